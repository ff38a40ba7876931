"""The catalog of a live database, in the database's own words, and how two of them differ.

Two catalogs are equal when the databases hold the same schema, whichever statements led there.
What is presentation is no part of it: the order of columns, constraints and indexes, the names of
PostgreSQL's NOT NULL constraints, the layout and quoting of SQLite's CREATE text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from schemagen.db import postgresql, sqlite
from schemagen.db.scope import narrow
from schemagen.db.versions import is_versions
from schemagen.errors import SchemagenError
from schemagen.kinds import Key
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy.engine import Connection

    Reader: TypeAlias = Callable[[Connection], Iterator[tuple[Key, Mapping[str, object]]]]

_READERS: dict[str, Reader] = {"postgresql": postgresql.objects, "sqlite": sqlite.objects}
KINDS = ("table", "column", "primary_key", "unique", "check", "foreign_key", "exclusion", "index")


@record
class Catalog:
    """What a database holds.

    Args:
        dialect: `sqlite` or `postgresql`.
        objects: each object's definition, field by field. A field that is unset, false or empty is
            left out.

    """

    dialect: str
    objects: Mapping[Key, Mapping[str, object]]

    def names(self, kind: str, table: str = "") -> list[str]:
        """Give the names, sorted, of the objects of one kind and table."""
        return sorted(k.name for k in self.objects if (k.kind, k.table) == (kind, table))


def read(connection: Connection, schemas: tuple[str, ...] = ()) -> Catalog:
    """Read the catalog that `connection` sees. Alembic's own table is left out.

    Args:
        connection: to the database.
        schemas: of PostgreSQL, as `scope.narrow` takes them.

    """
    dialect = connection.dialect.name
    if dialect not in _READERS:
        msg = f"{dialect} is not a database that schemagen knows; it knows {' and '.join(_READERS)}"
        raise SchemagenError(msg)
    narrow(connection, schemas)
    found = (
        (key, {field: value for field, value in definition.items() if value not in _UNSET})
        for key, definition in _READERS[dialect](connection)
    )
    there = dict(found)
    columns: dict[str, list[str]] = {}
    for key in there:
        if key.kind == "column":
            columns.setdefault(key.table, []).append(key.name)
    own = {table for table, names in columns.items() if is_versions(names)} | {"alembic_version"}
    return Catalog(dialect, {k: d for k, d in there.items() if own.isdisjoint((k.table, k.name))})


_UNSET: tuple[object, ...] = (None, False, "", [])


_CONSTRAINTS = ("primary_key", "unique", "check", "foreign_key")


def named_as(catalog: Catalog, other: Catalog) -> Catalog:
    """Give constraints without a name, which SQLite allows, the names that another one has.

    They stay what they are: nothing on SQLite asks for a constraint by its name.
    """
    names: dict[tuple[str, str, object], str] = {}
    for key, fields in other.objects.items():
        if key.kind in _CONSTRAINTS and key not in catalog.objects:
            names[key.kind, key.table, fields.get("definition")] = key.name
    named = {}
    for key, fields in catalog.objects.items():
        said = fields.get("definition")
        name = names.get((key.kind, key.table, said)) if key.name == said else None
        named[key._replace(name=name) if name else key] = fields
    return Catalog(catalog.dialect, named)


def differences(
    a: Catalog, b: Catalog, first: str = "the first", second: str = "the second"
) -> list[str]:
    """Say, one sentence each, where two catalogs differ; nothing when they are equal.

    Args:
        a: one catalog.
        b: the other.
        first: what to call `a`.
        second: what to call `b`.

    """
    if a.dialect != b.dialect:
        return [f"{first} is {a.dialect}, {second} is {b.dialect}"]
    keys = sorted(a.objects.keys() | b.objects.keys(), key=_place)
    return [line for key in keys for line in _differ(key, a, b, (first, second))]


def _place(key: Key) -> tuple[str, int, str, str]:
    rank = KINDS.index(key.kind) if key.kind in KINDS else len(KINDS)
    return (key.name if key.kind == "table" else key.table, rank, key.kind, key.name)


def _differ(key: Key, a: Catalog, b: Catalog, names: tuple[str, str]) -> Iterator[str]:
    mine, theirs = a.objects.get(key), b.objects.get(key)
    if mine is None or theirs is None:
        if not _goes_with_table(key, b if mine is None else a, a if mine is None else b):
            yield f"{key} is only in {names[mine is None]}"
        return
    for field in sorted(mine.keys() | theirs.keys()):
        one, two = mine.get(field), theirs.get(field)
        if one != two:
            yield (
                f"{key}: {field.replace('_', ' ')} is {_say(one)} in {names[0]}, "
                f"{_say(two)} in {names[1]}"
            )


def _goes_with_table(key: Key, having: Catalog, lacking: Catalog) -> bool:
    """A part of a table that is missing as a whole is not worth a sentence of its own."""
    table = Key("table", "", key.table)
    return table in having.objects and table not in lacking.objects


def _say(value: object) -> str:
    return "not set" if value is None else str(value)
