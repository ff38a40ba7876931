"""What was read from a database: the schema, and what schemagen has no kind for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.catalog import Catalog
from schemagen.records import field, record
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from schemagen.kinds import Key, Obj


@record
class Unmanaged:
    """An object, or a property of one, that schemagen leaves alone.

    Args:
        kind: what it is, as a person says it: `view`, `trigger`, `row security`.
        name: its name; with its table's before it, or its schema's where that is not the usual one.
        reason: why it is not managed.
        key: the object of the catalog that it is, or whose property it is.
        fields: the properties alone, of an object that is managed; empty for the whole object.
        tables: the managed tables that it hangs on, so that changes to them may be refused.
        definition: the statement that makes it, where the database tells it.
        needed: whether managed objects rest on it, so that it must be there before them.

    """

    kind: str
    name: str
    reason: str
    key: Key | None = None
    fields: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    definition: str = ""
    needed: bool = False

    def __str__(self) -> str:
        """Print as in reports: `view open_orders`."""
        return f"{self.kind} {self.name}"


@record
class Reflected:
    """A database, read.

    Args:
        dialect: `sqlite` or `postgresql`.
        schema: what schemagen manages, in the database's own words.
        unmanaged: everything else, in a stable order.
        nameless: where objects that were given a name stand in the catalog, which has none.

    """

    dialect: str
    schema: Schema
    unmanaged: tuple[Unmanaged, ...] = ()
    nameless: Mapping[Key, Key] = field(default_factory=dict)


def in_order(unmanaged: Iterable[Unmanaged]) -> tuple[Unmanaged, ...]:
    """Give what is unmanaged in a stable order, each once."""
    return tuple(sorted(dict.fromkeys(unmanaged), key=lambda u: (u.kind, u.name, u.reason)))


def managed(catalog: Catalog, unmanaged: Iterable[Unmanaged]) -> Catalog:
    """Give a catalog without what is unmanaged; parts go with their table."""
    whole: set[Key] = set()
    parts: dict[Key, set[str]] = {}
    for each in unmanaged:
        if each.key is not None and each.fields:
            parts.setdefault(each.key, set()).update(each.fields)
        elif each.key is not None:
            whole.add(each.key)
    tables = {key.name for key in whole if key.kind == "table"}
    tables |= {key.name for key in catalog.objects if key.kind in NEVER and not key.table}
    left: dict[Key, Mapping[str, object]] = {
        key: {f: v for f, v in definition.items() if f not in parts.get(key, ())}
        for key, definition in catalog.objects.items()
        if key not in whole and key.table not in tables and key.kind not in NEVER
    }
    return Catalog(catalog.dialect, left)


NEVER = frozenset(
    {"view", "materialized_view", "function", "trigger", "constraint_trigger", "domain", "type"}
)


@record(frozen=False)
class Found:
    """What has been read so far.

    Args:
        objects: the managed ones.
        unmanaged: the others.
        nameless: as `Reflected` has it.

    """

    objects: list[Obj] = field(default_factory=list)
    unmanaged: list[Unmanaged] = field(default_factory=list)
    nameless: dict[Key, Key] = field(default_factory=dict)

    def settled(self, dialect: str) -> Reflected:
        """Take out of the managed objects what rests on one that is not, and give the result."""
        schema = Schema(self.objects)
        while missing := dict(_orphans(schema, self.nameless)):
            self.unmanaged += missing.values()
            schema = Schema(obj for obj in schema if obj.key not in missing)
        return Reflected(dialect, schema, in_order(self.unmanaged), self.nameless)


def _orphans(schema: Schema, nameless: Mapping[Key, Key]) -> Iterator[tuple[Key, Unmanaged]]:
    for obj, need in schema.missing():
        name = f"{obj.table}.{obj.name}" if obj.table else obj.name
        reason = f"it rests on {need}, which is not managed"
        tables = (obj.table,) if obj.table in schema.tables else ()
        kind = obj.kind.replace("_", " ")
        key = nameless.get(obj.key, obj.key)
        yield obj.key, Unmanaged(kind, name, reason, key, tables=tables)
