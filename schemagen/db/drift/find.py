"""Two catalogs, one as it should be and one as it is, compared object by object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.catalog import KINDS, named_as
from schemagen.db.drift.found import Apart, Difference, Drift, Field, What
from schemagen.db.drift.moved import called_back, called_otherwise
from schemagen.db.drift.renames import renames
from schemagen.kinds import Key
from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemagen.db.catalog import Catalog

    Fields = Mapping[str, object]

# An object with one of these is as it should be and still does not do its work.
STATES = ("invalid", "unproven", "not_null_unproven", "not_enforced", "disabled")
_SUFFIX = pattern(r" NOT (VALID|ENFORCED)\Z")


def find(expected: Catalog, live: Catalog, unmanaged: Sequence[Apart] = ()) -> Drift:
    """Compare a live database with what it should be.

    Args:
        expected: the catalog of a database that is as it should be.
        live: that of the database as it is.
        unmanaged: what the live one has that schemagen has no kind for. What is expected is
            compared all the same.

    """
    wanted, there = _objects(expected), _objects(named_as(live, expected))
    apart = [u for u in unmanaged if u.key is None or u.fields or u.key not in wanted]
    _leave_out(apart, wanted, there)
    names = called_otherwise(wanted, there)
    there = called_back(there, wanted, names) if names else there
    keys = sorted(wanted.keys() | there.keys(), key=_place)
    found = [each for key in keys for each in _differ(key, wanted, there)]
    told = [u for u in apart if not u.fields or not set(u.fields) <= set(STATES)]
    moved = (
        Difference(What.RENAMED, Key("table", "", n), called=live) for n, live in names.items()
    )
    found = sorted([*moved, *renames(found, wanted, there)], key=lambda d: _place(d.key))
    return Drift(tuple(found), tuple(told))


def _objects(catalog: Catalog) -> dict[Key, dict[str, object]]:
    """Give the objects that belong to a table that is there, or to none."""
    tables = set(catalog.names("table"))
    return {
        key: _state_apart(fields)
        for key, fields in catalog.objects.items()
        if not key.table or key.table in tables
    }


def _state_apart(fields: Fields) -> dict[str, object]:
    """Take a constraint's state out of its definition, which PostgreSQL repeats there."""
    told = dict(fields)
    if suffix := _SUFFIX.search(str(told.get("definition", ""))):
        told["definition"] = _SUFFIX.sub("", str(told["definition"]))
        if suffix[1] == "ENFORCED":
            told.pop("unproven", None)
            told["not_enforced"] = True
    return told


def _leave_out(
    apart: Sequence[Apart],
    wanted: Mapping[Key, Fields],
    there: dict[Key, dict[str, object]],
) -> None:
    tables = set()
    for each in apart:
        if each.key is None:
            continue
        if not each.fields:
            there.pop(each.key, None)
            tables |= {each.key.name} if each.key.kind == "table" else set()
            continue
        for name in set(each.fields) - wanted.get(each.key, {}).keys() - set(STATES):
            there.get(each.key, {}).pop(name, None)
    for key in [key for key in there if key.table in tables]:
        del there[key]


def _place(key: Key) -> tuple[str, int, str, str]:
    rank = KINDS.index(key.kind) if key.kind in KINDS else len(KINDS)
    return (key.name if key.kind == "table" else key.table, rank, key.kind, key.name)


def _differ(
    key: Key, wanted: Mapping[Key, Fields], there: Mapping[Key, Fields]
) -> list[Difference]:
    mine, theirs = wanted.get(key), there.get(key)
    if mine is None or theirs is None:
        what = What.EXTRA if mine is None else What.MISSING
        return [] if _goes_with_table(key, wanted, there) else [_whole(what, key, mine, theirs)]
    return list(_same_key(key, mine, theirs))


def _goes_with_table(key: Key, wanted: Mapping[Key, Fields], there: Mapping[Key, Fields]) -> bool:
    """A part of a table that is missing or extra as a whole is not worth a word of its own."""
    table = Key("table", "", key.table)
    return bool(key.table) and not (table in wanted and table in there)


def _whole(what: What, key: Key, mine: Fields | None, theirs: Fields | None) -> Difference:
    names = mine or theirs or {}
    pairs = (Field(n, (mine or {}).get(n), (theirs or {}).get(n)) for n in names)
    return Difference(what, key, tuple(pairs))


def _same_key(key: Key, mine: Fields, theirs: Fields) -> Iterator[Difference]:
    """Say what differs; what only keeps an object from its work is said apart."""
    names = sorted(mine.keys() | theirs.keys())
    differing = [
        Field(n, mine.get(n), theirs.get(n)) for n in names if mine.get(n) != theirs.get(n)
    ]
    state = [f for f in differing if f.name in STATES and not f.expected]
    other = [f for f in differing if f not in state]
    if other:
        yield Difference(What.DIFFERENT, key, tuple(other))
    if state:
        yield Difference(What.NOT_IN_FORCE, key, tuple(state))
