"""Say what a change does, in a line; the same words stand in `diff`, `log` and the revision."""

from __future__ import annotations

from schemagen.changes import Add, Alter, Change, Drop, Rename
from schemagen.kinds import Column, Enum, Table
from schemagen.plan.shown import shown
from schemagen.types import DIALECTS

_SHOWN = 60


def describe(change: Change) -> str:
    """Say what a change does: `add column processes.sort_order`."""
    if isinstance(change, Rename):
        return f"rename {change.old.key} to {change.new.name}"
    verb = {Add: "add", Drop: "drop", Alter: "change"}[type(change)]
    said = f"{verb} {change.subject.key}"
    return f"{said}: {details(change)}" if isinstance(change, Alter) else said


def details(change: Alter) -> str:
    """Say which fields change, and how."""
    return ", ".join(_field(change, name) for name in change.fields)


def _field(change: Alter, name: str) -> str:
    old, new = getattr(change.old, name), getattr(change.new, name)
    if name == "nullable":
        return "NULL allowed" if new else "NOT NULL"
    if isinstance(change.new, Enum) and name == "values":
        return f"values {_list(old)} → {_list(new)}"
    return f"{name.rstrip('_')} {_cut(shown(old))} → {_cut(shown(new))}"


def _list(values: tuple[str, ...]) -> str:
    return _cut(", ".join(values))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def lossy(change: Change) -> bool:
    """Say whether a change destroys values that nothing else holds, on one database or on both."""
    if isinstance(change, Alter) and isinstance(change.old, Table):
        return any(change.old.exists_on(d) and not change.new.exists_on(d) for d in DIALECTS)
    if not isinstance(change, Drop):
        return False
    old = change.old
    return old.kind == "table" or (isinstance(old, Column) and old.generated is None)
