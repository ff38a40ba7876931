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


def annotation(column: Column, schema: Schema, names: Names) -> str:
    """Write the annotation: `int`, `dt.datetime | None`, `list[Colour]`, `Any`."""
    inner = _value(column.on("postgresql"), schema, names)
    nullable = any(column.on(dialect).nullable for dialect in DIALECTS)
    return f"{inner} | None" if nullable and inner != "Any" else inner


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
