"""Changes shown to a person, grouped by table, or given to a program."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from schemagen.changes import Add, Alter, Change, Drop, Rename
from schemagen.plan.describe import details
from schemagen.renames import collapse
from schemagen.report.objects import words
from schemagen.report.summary import counted
from schemagen.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from schemagen.kinds import Obj

SIGNS = {Add: "+", Drop: "-", Alter: "~", Rename: "→"}
VERBS = {Add: "add", Drop: "drop", Alter: "alter", Rename: "rename"}
_COLOURS = {Add: "green", Drop: "red", Alter: "yellow", Rename: "cyan"}


def changes_text(changes: Iterable[Change]) -> str:
    """Write changes as `+ - ~ →` lines under the table that they belong to."""
    groups: dict[str, list[Change]] = {}
    for change in collapse(changes):
        groups.setdefault(_group(change.subject), []).append(change)
    return "\n".join(line for name, group in groups.items() for line in _lines(name, group))


def counts_text(changes: Iterable[Change]) -> str:
    """Say `3 changes: 2 added, 1 renamed`."""
    shown = collapse(changes)
    found = Counter(type(change) for change in shown)
    past = {Add: "added", Drop: "dropped", Alter: "changed", Rename: "renamed"}
    said = ", ".join(f"{found[verb]} {word}" for verb, word in past.items() if found[verb])
    return f"{counted(len(shown), 'change')}: {said}" if said else "no changes"


def changes_data(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Give changes as plain data: verb, kind, table, name, and `was` or `now` in full."""
    return [_data(change) for change in collapse(changes)]


def _group(obj: Obj) -> str:
    return obj.name if obj.kind == "table" else obj.table if obj.kind != "enum_value" else ""


def _lines(name: str, group: Sequence[Change]) -> Iterator[str]:
    """A table, and what happens to it. Enums have no table and stand by themselves."""
    if not name:
        yield from (_line(change, "") for change in group)
        return
    own = next((change for change in group if change.subject.kind == "table"), None)
    yield _line(own, "") if own else f"~ table {visible(name)}"
    yield from (_line(change, "    ") for change in group if change is not own)


def _line(change: Change, indent: str) -> str:
    said = f"{SIGNS[type(change)]} {_kind(change)} {_what(change)}"
    return indent + click.style(visible(said.rstrip()), fg=_COLOURS[type(change)])


def _kind(change: Change) -> str:
    obj = change.subject
    value = f" {obj.table}:" if obj.kind == "enum_value" else ""
    return obj.kind.replace("_", " ") + value


def _what(change: Change) -> str:
    if isinstance(change, Rename):
        return f"{change.old.name} → {change.new.name}"
    if isinstance(change, Alter):
        return f"{change.new.name}: {details(change)}"
    return f"{change.subject.name} {words(change.subject)}"


def _data(change: Change) -> dict[str, Any]:
    obj = change.subject
    data: dict[str, Any] = {
        "verb": VERBS[type(change)],
        "kind": obj.kind,
        "table": obj.table or None,
        "name": obj.name,
    }
    if isinstance(change, Rename):
        return {**data, "from": change.old.name}
    if isinstance(change, (Drop, Alter)):
        data["was"] = _dump(change.old)
    if isinstance(change, (Add, Alter)):
        data["now"] = _dump(change.new)
    return data


def _dump(obj: Obj) -> dict[str, Any]:
    shown: dict[str, Any] = obj.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {name: value for name, value in shown.items() if name not in ("table", "name")}
