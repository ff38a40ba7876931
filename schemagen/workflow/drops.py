"""Drops of tables, columns and enum values: what is lost needs a yes of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.changes import Alter
from schemagen.diagnostics import Diagnostic, did_you_mean
from schemagen.directions import NONE
from schemagen.kinds import Enum, Key
from schemagen.plan.describe import lossy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from schemagen.changes import Change
    from schemagen.diagnostics import Place
    from schemagen.directions import Directions
    from schemagen.schema import Schema
    from schemagen.source.unmanaged import Apart

ALL = "all"
# What is not managed and goes with its table.
_WITH_TABLE = frozenset(
    {"trigger", "rule", "policy", "index", "check", "unique", "primary key", "foreign key"}
    | {"exclusion", "row security", "forced row security", "replica identity", "grants", "comment"}
    | {"storage", "compression", "storage parameters", "tablespace", "clustering", "owner"}
)


def dotted(key: Key) -> str:
    """Give the name that `--allow-drop` and `--assume-drop` take: `table.column`."""
    return f"{key.table}.{key.name}" if key.table else key.name


def losses(changes: Iterable[Change]) -> list[Key]:
    """Give the tables and columns whose values go, those of dropped tables not told again."""
    drops = [c.subject for c in changes if lossy(c)]
    tables = {obj.name for obj in drops if obj.kind == "table"}
    return [obj.key for obj in drops if obj.kind == "table" or obj.table not in tables]


def forbidden(
    lost: Sequence[Key], allowed: Collection[str], before: Schema, places: Mapping[Key, Place]
) -> Iterator[Diagnostic]:
    """Give G002 for each loss that nothing allows, naming what is lost."""
    for key in lost:
        if ALL not in allowed and not _named(key, lost, allowed):
            yield Diagnostic(
                "G002",
                f"{key} would be dropped, and {_loss(key, before)}",
                places.get(_home(key)),
                help=f"if that is meant: schemagen generate --allow-drop {dotted(key)}",
            )


def orphaned(
    changes: Iterable[Change],
    directions: Directions,
    allowed: Collection[str],
    places: Mapping[Key, Place],
) -> Iterator[Diagnostic]:
    """Give G004 for each enum value that goes while nothing says which one takes its rows."""
    for key in removed_values(changes):
        enum = Key("enum", "", key.table)
        mapped = directions.get(enum, NONE).removed
        if key.name not in mapped and not {ALL, dotted(key), key.name}.intersection(allowed):
            yield Diagnostic(
                "G004",
                f"{key} would be removed, and nothing says which value its rows get",
                places.get(enum),
                help=f"add to the enum `removed: {{{key.name}: VALUE}}`; or, where no row has it: "
                f"schemagen generate --allow-drop {dotted(key)}",
            )


def removed_values(changes: Iterable[Change]) -> list[Key]:
    """Give the enum values that go."""
    pairs = ((c.old, c.new) for c in changes if isinstance(c, Alter))
    return [
        Key("enum_value", new.name, value)
        for old, new in pairs
        if isinstance(old, Enum) and isinstance(new, Enum)
        for value in old.values
        if value not in new.values
    ]


def occupied(schemas: Iterable[str], unmanaged: Iterable[Apart]) -> Iterator[Diagnostic]:
    """Give G009 for each schema of PostgreSQL that goes while something unmanaged is in it."""
    gone = set(schemas)
    for each in unmanaged:
        schema, dot, _ = each.name.partition(".")
        if dot and schema in gone and each.kind not in _WITH_TABLE:
            yield Diagnostic(
                "G009",
                f"schema {schema} would be dropped, and {each.kind} {each.name} is in it, "
                "which is not managed",
                each.place,
                help=f"keep it, with `schemas: [{schema}]`; or drop what is in it yourself, and "
                "take it off the list",
            )


def unknown(lost: Iterable[str], names: Iterable[str], flag: str) -> Iterator[Diagnostic]:
    """Give C005 for each name of a flag that names no loss: a typing error, most likely."""
    known = list(lost)
    for name in names:
        if name != ALL and not any(k == name or k.endswith(f".{name}") for k in known):
            yield Diagnostic(
                "C005",
                f"{flag} {name}: nothing of that name would be dropped",
                label=did_you_mean(name, known),
                help=f"dropped would be: {', '.join(known) or 'nothing'}",
            )


def _named(key: Key, lost: Sequence[Key], names: Collection[str]) -> bool:
    """A bare column name counts where it can mean only one."""
    if dotted(key) in names:
        return True
    return key.name in names and sum(other.name == key.name for other in lost) == 1


def _loss(key: Key, before: Schema) -> str:
    if key.kind == "table":
        known = before.view(key.name).column_names if key.name in before.tables else ()
        listed = f" ({', '.join(known)})" if known else ""
        return f"with it every row of it{listed}"
    return "with it its value in every row"


def _home(key: Key) -> Key:
    return key if key.kind == "table" else key._replace(kind="table", table="", name=key.table)
