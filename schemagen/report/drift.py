"""The drift of a database, shown to a person or given to a program."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from schemagen.report.summary import counted
from schemagen.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemagen.db.drift import Difference, Drift, Field

_SIGNS = {"missing": "-", "extra": "+", "different": "~", "renamed": "→", "not in force": "!"}
_COLOURS = {"missing": "red", "extra": "green", "renamed": "cyan"}
_STATES = {
    "invalid": "INVALID: it was not built to its end, and no query uses it",
    "unproven": "NOT VALID: rows that were there before it may break it",
    "not_null_unproven": "NOT VALID: its NOT NULL holds for new rows alone",
    "not_enforced": "NOT ENFORCED: nothing checks it",
    "disabled": "disabled: its triggers do not run, so nothing checks it",
}


def as_text(drift: Drift) -> str:
    """Write the differences under the table that they belong to; what is unmanaged comes last."""
    lines = [
        line
        for table, found in groupby(drift.differences, key=lambda d: d.table)
        for line in _table(table, list(found))
    ]
    if drift.unmanaged:
        lines += ["", "not managed by schemagen:"] if lines else ["not managed by schemagen:"]
        lines += [visible(f"    {each}") for each in drift.unmanaged]
    return "\n".join(lines)


def summary(drift: Drift) -> str:
    """Say `3 differences: 1 missing, 2 extra`."""
    found = Counter(str(d.what) for d in drift.differences)
    said = ", ".join(f"{found[what]} {what}" for what in _SIGNS if found[what])
    return f"{counted(len(drift.differences), 'difference')}: {said}" if said else "no drift"


def as_data(drift: Drift) -> dict[str, Any]:
    """Give the differences as plain data; absent things are null, never missing."""
    return {
        "differences": [_data(each) for each in drift.differences],
        "unmanaged": [
            {"kind": u.kind, "name": u.name, "reason": u.reason, "disabled": u.disabled}
            for u in drift.unmanaged
        ],
        "summary": dict(Counter(str(d.what).replace(" ", "_") for d in drift.differences)),
    }


def _data(difference: Difference) -> dict[str, Any]:
    key = difference.key
    return {
        "code": difference.what.code,
        "what": str(difference.what),
        "kind": key.kind,
        "table": key.table or None,
        "name": key.name,
        "called": difference.called or None,
        "fields": [
            {"name": f.name, "expected": f.expected, "found": f.found} for f in difference.fields
        ],
    }


def _table(table: str, found: Sequence[Difference]) -> Iterator[str]:
    own = [d for d in found if d.key.kind == "table" or not table]
    if table and not own:
        yield click.style(visible(f"~ table {table}"), fg="yellow")
    for each in own:
        yield from _shown(each, "")
    for each in found:
        if each not in own:
            yield from _shown(each, "    ")


def _shown(difference: Difference, indent: str) -> Iterator[str]:
    sign = _SIGNS[difference.what]
    colour = _COLOURS.get(difference.what, "yellow")
    said = visible(f"{sign} {_said(difference)} [{difference.what.code}]")
    yield indent + click.style(said, fg=colour)
    if difference.what not in ("renamed", "not in force"):
        for line in _fields(difference):
            yield f"{indent}    {visible(line)}"


def _said(difference: Difference) -> str:
    key = difference.key
    name = f"{key.kind.replace('_', ' ')} {key.name}"
    if difference.what == "renamed":
        return f"{name} is called {difference.called}"
    if difference.what == "not in force":
        states = "; ".join(_STATES.get(f.name, f.name) for f in difference.fields)
        return f"{name} is {states}"
    ends = {"missing": "is missing", "extra": "is not expected", "different": "is different"}
    return f"{name} {ends[difference.what]}"


def _fields(difference: Difference) -> Iterator[str]:
    if difference.what != "different":
        yield from _whole(difference.fields, extra=difference.what == "extra")
        return
    for field in difference.fields:
        name = "" if field.name == "definition" else f"{field.name.replace('_', ' ')} "
        yield f"{name}expected: {_word(field.expected)}"
        yield f"{name}found:    {_word(field.found)}"


def _whole(fields: Sequence[Field], *, extra: bool) -> Iterator[str]:
    """Show an object that only one side has: its definition, else all that it has."""
    values = {f.name: f.found if extra else f.expected for f in fields}
    if "definition" in values:
        state = "".join(f" ({n})" for n in ("invalid", "unproven", "disabled") if values.get(n))
        yield f"{_word(values['definition'])}{state}"
    elif values:
        yield ", ".join(_said_of(name.replace("_", " "), value) for name, value in values.items())


def _said_of(name: str, value: object) -> str:
    return name if value is True else f"{name} {_word(value)}"


def _word(value: object) -> str:
    if value is None:
        return "not set"
    if value is True:
        return "yes"
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return " ".join(said.split("\n"))
