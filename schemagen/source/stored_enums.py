"""Columns of text whose check lists their values, as the enums that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from schemagen import sql, types
from schemagen.kinds import Check, Column, Enum, Key, Literal, Obj
from schemagen.kinds.check import values_in
from schemagen.schema import Schema
from schemagen.source.convention import DEFAULT
from schemagen.source.dump_naming import fits, own_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_STORAGE = ("varchar", "char", "text")


class _Listed(NamedTuple):
    """A column with its check, and the enum that they are together."""

    column: Column
    check: Check
    values: tuple[str, ...]


def as_enums(schema: Schema, naming: Mapping[str, str]) -> Schema:
    """Make enums of checks that list values, where the convention gives the check's name.

    Args:
        schema: with expressions in plain words.
        naming: the project's convention.

    """
    listed = [
        found
        for view in schema.views()
        for check in view.checks
        if (found := _listed(check, view.column))
    ]
    while True:
        made = _made(schema, listed)
        odd = _odd(made, naming)
        if not odd:
            return made
        listed = [each for each in listed if each.check.key not in odd]


def _odd(schema: Schema, naming: Mapping[str, str]) -> set[Key]:
    """Give the checks of enums whose names the convention would not give."""
    base = DEFAULT.over(naming)
    return {
        check.key
        for view in schema.views()
        for check in view.checks
        if check.enum and not fits(check, base.over(own_templates(view, base)))
    }


def _listed(check: Check, called: Callable[[str], Column | None]) -> _Listed | None:
    """Read `status in ('NEW', 'DONE')`, and nothing else."""
    column = called(next(iter(sql.identifiers(check.sql) - {"in"}), ""))
    words = [t for t in sql.tokens(check.sql) if t.group not in ("space", "comment")]
    values = tuple(t.text[1:-1].replace("''", "'") for t in words if t.text.startswith("'"))
    plain = Check(table=check.table, name=check.name, sql=check.sql)
    if column is None or not values or check != plain:
        return None
    if check.sql != values_in(column.name, values) or len(set(values)) != len(values):
        return None
    return _Listed(column, check, values) if _holds(column, values) else None


def _holds(column: Column, values: tuple[str, ...]) -> bool:
    spec = column.spec
    if spec is None or spec.logical is None or spec.name not in _STORAGE or spec.dims:
        return False
    if column.sqlite or column.postgresql or column.collation or column.generated:
        return False
    default = column.default
    fits_values = default is None or (isinstance(default, Literal) and default.literal in values)
    return fits_values and not (spec.args and any(len(v) > spec.args[0] for v in values))


def _made(schema: Schema, listed: list[_Listed]) -> Schema:
    """Give the schema with the enums in it."""
    enums: dict[tuple[str, tuple[str, ...]], Enum] = {}
    changed: dict[Key, Obj] = {}
    doubtful = {each.column.name for each in listed} & _ambiguous(listed)
    taken = {*schema.enums, *schema.tables}
    for each in listed:
        what = (each.column.type, each.values)
        if what not in enums:
            name = _name(each, taken, full=each.column.name in doubtful)
            taken.add(name)
            enums[what] = Enum(name=name, values=each.values, storage=each.column.type)
        enum = enums[what].name
        changed[each.column.key] = each.column.model_copy(update={"type": enum})
        changed[each.check.key] = each.check.model_copy(update={"enum": enum})
    return Schema([*enums.values(), *(changed.get(obj.key, obj) for obj in schema)])


def _ambiguous(listed: list[_Listed]) -> set[str]:
    """Give the names of columns that hold different values in different tables."""
    seen: dict[str, tuple[str, tuple[str, ...]]] = {}
    found: set[str] = set()
    for each in listed:
        what = (each.column.type, each.values)
        if seen.setdefault(each.column.name, what) != what:
            found.add(each.column.name)
    return found


def _name(each: _Listed, taken: set[str], *, full: bool) -> str:
    column, table = each.column.name, each.column.table
    usable = not full and sql.quote(column) == column and column not in types.ALIASES
    base = column if usable else f"{table}_{column}"
    base = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in base).lower()
    base = base if base[:1].isalpha() else f"e_{base}"
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}_{count}"
    return name
