"""What several tables say alike, taken out of them as mixins."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from schemagen import sql
from schemagen.records import field, record

Table = dict[str, Any]
_PARTS = ("checks", "indexes")
_NAMES = {
    frozenset({"created_at"}): "created",
    frozenset({"updated_at"}): "updated",
    frozenset({"created_at", "updated_at"}): "timestamps",
    frozenset({"created_at", "updated_at", "deleted_at"}): "timestamps",
}
_MANY = ((3, 2), (2, 4))  # so many columns in so many tables are worth a mixin


@record(frozen=False)
class _Group:
    """Columns that tables have alike."""

    columns: frozenset[str]
    tables: list[Table] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """How much need not be written, about."""
        one = self.tables[0]["columns"]
        size = sum(len(name) + len(str(one[name])) for name in self.columns)
        return size * (len(self.tables) - 1) - _COST * len(self.tables)


_COST = 12  # letters, about, to say that a table has a mixin


def share(tables: list[Table]) -> dict[str, Any]:
    """Take out what tables have in common; give the mixins, and leave the rest in the tables."""
    mixins: dict[str, Any] = {}
    found: list[frozenset[str]] = []
    while group := _largest(tables, found):
        found.append(group.columns)
        name = _name(group, mixins)
        mixins[name] = _take(group)
        for table in group.tables:
            table["mixins"] = [*table.get("mixins", ()), name]
    for at, table in enumerate(tables):
        tables[at] = _ordered(table)
    return mixins


def _largest(tables: list[Table], found: list[frozenset[str]]) -> _Group | None:
    sides = [(table, _items(table)) for table in tables]
    shared = {frozenset(a[1].items() & b[1].items()) for a, b in combinations(sides, 2)}
    groups = []
    for items in shared:
        if items:
            columns = frozenset(name for name, _ in items)
            having = [table for table, mine in sides if items <= mine.items()]
            groups.append(_Group(columns, having))
    good = [group for group in groups if _is_worth(group, found) and group.weight > 0]
    return max(good, key=_rank, default=None)


def _rank(group: _Group) -> tuple[bool, int, list[str]]:
    """When rows were written comes first: it is a thing of its own, whatever is beside it."""
    return group.columns in _NAMES, group.weight, sorted(group.columns)


def _items(table: Table) -> dict[str, str]:
    """Give the columns that may be shared; a key is a table's own, and so is what has naming."""
    if "naming" in table and {"foreign_key", "unique"} & set(table["naming"]):
        return {}
    key = table.get("primary_key", {})
    keys = key["columns"] if isinstance(key, dict) and key else key
    return {
        name: repr(value)
        for name, value in table["columns"].items()
        if name not in keys and " pk" not in str(value) and "primary_key" not in str(value)
    }


def _is_worth(group: _Group, found: list[frozenset[str]]) -> bool:
    many = any(len(group.columns) >= c and len(group.tables) >= t for c, t in _MANY)
    known = group.columns in _NAMES and group.columns not in found
    return many or known or any(group.columns < other for other in found)


def _name(group: _Group, taken: dict[str, Any]) -> str:
    ordered = [name for name in group.tables[0]["columns"] if name in group.columns]
    words = [name.removesuffix("_id").removesuffix("_at") for name in ordered[:2]]
    base = _NAMES.get(group.columns) or "_".join(words)
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}_{count}"
    return name


def _take(group: _Group) -> dict[str, Any]:
    """Take the columns out of the tables, and the checks and indexes that speak of them alone."""
    first = group.tables[0]
    mixin: dict[str, Any] = {
        "columns": {n: v for n, v in first["columns"].items() if n in group.columns}
    }
    for table in group.tables:
        table["columns"] = {n: v for n, v in table["columns"].items() if n not in group.columns}
    for section in _PARTS:
        entries = [dict(table.get(section, {})) for table in group.tables]
        common = {
            name: value
            for name, value in entries[0].items()
            if all(repr(other.get(name)) == repr(value) for other in entries)
            and _speaks_of(value, group.columns)
        }
        if not common or any(section in table.get("naming", {}) for table in group.tables):
            continue
        mixin[section] = common
        for table in group.tables:
            table[section] = {n: v for n, v in table[section].items() if n not in common}
            if not table[section]:
                del table[section]
    return mixin


def _speaks_of(value: Any, columns: frozenset[str]) -> bool:  # noqa: ANN401 - a part of a table
    """Say whether a check or an index names columns of the mixin, and no others."""
    if isinstance(value, str):
        said = sql.identifiers(value) - sql.RESERVED
        return bool(said) and said <= columns
    items = value.get("columns", []) if isinstance(value, dict) else value
    if isinstance(value, dict) and set(value) - {"columns", "using", "only", "unique"}:
        return False
    names = [item.split(" ")[0] if isinstance(item, str) else "" for item in items]
    return bool(names) and set(names) <= columns


_FIRST = ("table", "comment", "only", "mixins")


def _ordered(table: Table) -> Table:
    """Say first what the table is."""
    first = {key: table[key] for key in _FIRST if key in table}
    return {**first, **{key: value for key, value in table.items() if key not in _FIRST}}
