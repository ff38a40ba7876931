"""What rows have to keep because a revision will ask for it: its new checks, keys and types.

A revision that makes a column unique fails on rows that repeat its values, and rightly so. Rows
that are made to prove it keep such rules already before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import sql
from schemagen.changes import Alter
from schemagen.db.rows.fill import Demand
from schemagen.db.rows.read import quoted, relation
from schemagen.db.tracks import moved
from schemagen.kinds import Check, Column, Enum, ForeignKey, Index, PrimaryKey, Unique
from schemagen.plan import sqlite_casts, sqlite_fits
from schemagen.records import record
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemagen.changes import Change
    from schemagen.db.tracks import Place
    from schemagen.kinds import Obj


@record
class Foresight:
    """What to fill tables by.

    Args:
        schema: the schema before, with the rules that come; only for filling.
        demands: the rules that the database does not hold yet, by table.

    """

    schema: Schema
    demands: Mapping[str, Sequence[Demand]]


def foresee(
    before: Schema,
    after: Schema,
    changes: Sequence[Change],
    *,
    dialect: str = "postgresql",
    careful: bool = False,
) -> Foresight:
    """Look at the rules of the schema after from before.

    Args:
        before: as the database has it.
        after: as the database will have it.
        changes: what leads from one to the other.
        dialect: of the database.
        careful: also keep clear of what the revision may refuse or map: NULLs where there will be
            none, values that the new type cannot hold, enum values that go.

    """
    back = {now: old for old, now in moved(before, changes).items()}
    coming = [o for o in after if before.get(o.key) != o]
    rules = [rule for obj in coming if (rule := _rule(obj, before, back))]
    demands: dict[str, list[Demand]] = {}
    for rule in rules:
        if demand := _demand(rule):
            demands.setdefault(rule.table, []).append(demand)
    if careful:
        rules += [obj for old, new in _altered(changes) for obj in _narrowed(old, new, before)]
        for old, new in _altered(changes):
            for table, demand in _careful(old, new, back, dialect):
                demands.setdefault(table, []).append(demand)
    known = {obj.key: obj for obj in before}
    return Foresight(Schema((known | {rule.key: rule for rule in rules}).values()), demands)


def _rule(obj: Obj, before: Schema, back: Mapping[Place, Place]) -> Obj | None:
    """Give a rule as it would be in the schema before, if its columns are there."""
    if getattr(obj, "not_valid", False):
        return None
    if isinstance(obj, Check) and not obj.enum:
        return _check(obj, back)
    columns: tuple[str, ...] | None = None
    if isinstance(obj, (PrimaryKey, Unique, ForeignKey)):
        columns = obj.columns
    elif isinstance(obj, Index) and obj.unique and not obj.where:
        columns = obj.plain_columns
    places = [back.get((obj.table, name)) for name in columns or ()]
    if not places or None in places:
        return None
    named = [place for place in places if place]
    change: dict[str, Any] = {"table": named[0][0], "columns": tuple(name for _, name in named)}
    if isinstance(obj, ForeignKey):
        return _foreign_key(obj, before, back, change)
    distinct = getattr(obj, "nulls_distinct", True)
    return Unique(**change, name=obj.name, nulls_distinct=distinct)


def _check(check: Check, back: Mapping[Place, Place]) -> Check | None:
    names = {c: p for (t, c), p in back.items() if t == check.table}
    tables = {table for table, _ in names.values()}
    used = sql.identifiers(check.sql)
    if len(tables) != 1 or not used & names.keys():
        return None
    text = check.sql
    for at, name in enumerate(sorted(used & names.keys())):
        text = sql.rename(text, name, f"schemagen_{at}")
    for at, name in enumerate(sorted(used & names.keys())):
        text = sql.rename(text, f"schemagen_{at}", names[name][1])
    return check.model_copy(update={"table": tables.pop(), "sql": text})


def _foreign_key(
    key: ForeignKey, before: Schema, back: Mapping[Place, Place], change: dict[str, Any]
) -> ForeignKey | None:
    targets = [back.get((key.references.table, name)) for name in key.references.columns]
    named = [place for place in targets if place]
    if len(named) != len(targets) or named[0][0] not in before.tables:
        return None
    to = {"table": named[0][0], "columns": tuple(name for _, name in named)}
    update = {**change, "references": key.references.model_copy(update=to)}
    return key.model_copy(update=update)


def _demand(rule: Obj) -> Demand | None:
    """Say what a rule forbids. Foreign keys need no word: rows without a target are removed."""
    if isinstance(rule, Check):
        query = f"SELECT 1 FROM {relation(rule.table)} WHERE NOT ({rule.sql})"
        return Demand(rule.name, query, tuple(sorted(sql.identifiers(rule.sql))))
    if isinstance(rule, Unique):
        names = ", ".join(map(quoted, rule.columns))
        told = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in rule.columns)
        where = f"WHERE {told} " if rule.nulls_distinct else ""
        query = f"SELECT 1 FROM {relation(rule.table)} {where}GROUP BY {names} HAVING count(*) > 1"
        return Demand(rule.name, query, rule.columns)
    return None


def _altered(changes: Sequence[Change]) -> Iterator[tuple[Obj, Obj]]:
    yield from ((c.old, c.new) for c in changes if isinstance(c, Alter))


def _narrowed(old: Obj, new: Obj, before: Schema) -> Iterator[Obj]:
    """Give a column with its new type, an enum with the values that stay: for what to try."""
    there = before.get(old.key)
    if isinstance(there, Column) and isinstance(new, Column) and there.spec and new.spec:
        yield there.model_copy(update={"type": new.type})
    if isinstance(there, Enum) and isinstance(new, Enum):
        left = tuple(value for value in there.values if value in new.values)
        yield there.model_copy(update={"values": left or there.values})


def _careful(
    old: Obj, new: Obj, back: Mapping[Place, Place], dialect: str
) -> Iterator[tuple[str, Demand]]:
    if not (isinstance(old, Column) and isinstance(new, Column)):
        return
    place = back.get((new.table, new.name))
    if place is None:
        return
    table, column = relation(place[0]), quoted(place[1])
    if old.nullable and not new.nullable:
        query = f"SELECT 1 FROM {table} WHERE {column} IS NULL"
        yield place[0], Demand(f"{place[1]} is not null", query, (place[1],))
    if old.type != new.type and old.spec and new.spec:
        name, by = f"{place[1]} as {new.type}", (place[1],)
        if query := _misfits(old, new, place, dialect):
            yield place[0], Demand(name, query, by)


def _misfits(old: Column, new: Column, place: Place, dialect: str) -> str:
    """Find the values that the new type cannot hold, or not all of."""
    table, column = relation(place[0]), quoted(place[1])
    if dialect == "sqlite":  # whose CAST makes a number of nearly everything
        renamed = new.model_copy(update={"table": place[0], "name": place[1]})
        value = sqlite_casts.cast(old, renamed, sql.quote(place[1]))
        return "".join(sqlite_fits.misfits(place[0], (), old, renamed, value))
    there = f"CAST(CAST({column} AS {new.type}) AS {old.type})"
    return f"SELECT 1 FROM {table} WHERE CAST({there} AS text) <> CAST({column} AS text)"
