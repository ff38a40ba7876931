"""The Python type of a column's values, as `Mapped[...]` says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from schemagen.kinds import Column
    from schemagen.render.names import Names
    from schemagen.schema import Schema

# Modules are imported under names that a column is unlikely to have.
_SHORT = {"decimal.Decimal": "Decimal", "uuid.UUID": "UUID", "datetime.": "dt."}


# What comes back from a STRICT table of SQLite, whose columns have few types.
_STRICT = {"int": "int", "float": "float", "bytes": "bytes", "Any": "Any"}


def annotation(column: Column, schema: Schema, names: Names) -> str:
    """Write the annotation: `int`, `dt.datetime | None`, `list[Colour]`, `Any`."""
    table = schema.tables[column.table]
    forms = {d: column.on(d) for d in DIALECTS if table.exists_on(d)}
    found = {d: _value(form, schema, names) for d, form in forms.items()}
    if "sqlite" in found and table.options.strict and not column.enum(schema):
        found["sqlite"] = _STRICT.get(found["sqlite"], "str")
    values = set(found.values())
    inner = values.pop() if len(values) == 1 else "Any"
    nullable = inner != "Any" and any(form.nullable for form in forms.values())
    return f"{inner} | None" if nullable else inner


def _value(column: Column, schema: Schema, names: Names) -> str:
    spec = column.spec
    if spec is None:
        return "Any"
    if key := column.enum(schema):
        return "list[" * spec.dims + names.enums[key.name] + "]" * spec.dims
    if spec.logical is None or spec.name.endswith("range"):
        return "Any"  # ranges come back as objects of SQLAlchemy's
    text = spec.python
    for long, short in _SHORT.items():
        text = text.replace(long, short)
    return text
