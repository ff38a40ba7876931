"""The rows of a pair: which of their values have to survive, and whether they did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from schemagen.db import rows

if TYPE_CHECKING:
    from schemagen.db.reflect import Reflected
    from schemagen.kinds import Column


class WrongError(Exception):
    """Something is not as it has to be."""


def wrong(said: str) -> NoReturn:
    """End the pair."""
    raise WrongError(said)


def survivors(
    before: Reflected, after: Reflected, renames: list[str]
) -> dict[str, tuple[str, dict[str, str]]]:
    """Give the tables that stay with the columns whose values stay, and what both are called."""
    hints = dict(each.removeprefix("--rename=").split("=", 1) for each in renames)
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for table in before.schema.tables:
        new = hints.get(table, table)
        if new not in after.schema.tables:
            continue
        there = after.schema.view(new)
        columns = {}
        for column in before.schema.view(table).columns:
            name = hints.get(f"{new}.{column.name}", column.name)
            other = there.column(name)
            if other is not None and keeps(column, other, before, after):
                columns[column.name] = name
        found[table] = (new, columns)
    return found


def orphaned(before: Reflected, after: Reflected, table: str) -> set[str]:
    """Give the columns that refer to a table which goes, and are nulled when it is back, empty."""
    return {
        name
        for key in before.schema.view(table).foreign_keys
        if key.references.table not in after.schema.tables
        for name in key.columns
    }


def keeps(one: Column, two: Column, before: Reflected, after: Reflected) -> bool:
    """Say whether every value of a column stays as it is when it becomes another one."""
    if (one.type, one.generated) != (two.type, two.generated) or (one.nullable > two.nullable):
        return False
    enum = one.enum(before.schema)
    if enum is None:
        return True
    here, there = before.schema.enums[enum.name], after.schema.enums.get(enum.name)
    return there is not None and set(here.values) <= set(there.values)


def compare(kept: Any, now: Any, ways: dict[str, tuple[str, dict[str, str]]], where: str) -> None:  # noqa: ANN401 - rows
    """Insist that every row is there, with every value that survives."""
    for table, (new, columns) in ways.items():
        mine, theirs = kept.get(table, ()), now.get(new, ())
        if len(mine) != len(theirs):
            wrong(f"{table} had {len(mine)} rows and has {len(theirs)} {where}")
        told = rows.in_order({columns[c]: row[c] for c in columns} for row in mine)
        if told != values(theirs, list(columns.values())):
            wrong(f"{table} has other values in its rows {where}")


def values(found: Any, columns: list[str]) -> Any:  # noqa: ANN401 - rows
    """Give the values of some columns, in an order."""
    return rows.in_order({c: row[c] for c in columns if c in row} for row in found)
