"""Renames: which objects of the state become which of the wanted schema, in a workable order.

A hint (`renamed_from`) decides for whatever holds rows. Keys, uniques, checks and indexes hold
none, so the same definition under a new name is a rename by itself. Swaps and chains go through a
temporary name.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from schemagen import qualified
from schemagen.changes import Add, Change, Drop, Rename, apply, carry
from schemagen.diagnostics import Diagnostic, did_you_mean
from schemagen.directions import NONE, Directions
from schemagen.hashes import sha256
from schemagen.kinds import EnumValue, Key, Obj, Sequence
from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from schemagen.diagnostics import Place
    from schemagen.kinds.sequence import Owner
    from schemagen.schema import Schema

TEMPORARY = "_schemagen_"
ROWLESS = ("primary_key", "foreign_key", "unique", "check", "exclusion", "index")
# Each name once in a schema of PostgreSQL, whatever the table.
RELATIONS = ("primary_key", "unique", "exclusion", "index", "sequence")

Done = frozenset[tuple[Key, str]]


@record(frozen=False, slots=False)
class Found:
    """What the search has found so far: the schema as it stands, and the changes up to there."""

    schema: Schema
    wanted: Schema
    directions: Directions
    done: Done
    changes: list[Change] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @cached_property
    def hinted(self) -> frozenset[tuple[str, str]]:
        """The kinds in tables of which there is a hint at all, on values of enums too."""
        said = self.directions.items()
        return frozenset((k.kind, k.table) for k, way in said if way.renamed_from or way.values)

    def gone(self) -> set[tuple[str, str]]:
        """Give the kinds in tables of which the wanted schema has no longer all that is there."""
        here, there = self.schema.beside(self.wanted)
        return {(key.kind, key.table) for key in here if key not in there}

    def push(self, change: Change) -> None:
        """Apply a change and keep it."""
        self.schema = apply(self.schema, (change,))
        self.changes.append(change)


def find(state: Schema, wanted: Schema, directions: Directions, done: Done) -> Found:
    """Find every rename from `state` to `wanted`.

    Args:
        state: the schema to start from.
        wanted: the schema to reach.
        directions: the hints, under the wanted objects' keys.
        done: renames that the history has carried out; their hints are silent.

    """
    found = Found(state, wanted, directions, done)
    for name in wanted.namespaces:  # into which tables may be moved
        if (key := Key("schema", "", name)) not in state:
            found.push(Add(wanted[key]))
    if found.hinted:
        _by_hint(found, "table", "", wanted.tables)
        _by_hint(found, "enum", "", wanted.enums)
        for name in wanted.enums:
            _values(found, name)
        for name in wanted.tables:
            if ("column", name) in found.hinted:
                _by_hint(found, "column", name, wanted.view(name).column_names)
    _rowless(found)
    return found


def _by_hint(found: Found, kind: str, table: str, names: Iterable[str]) -> None:
    _carry_out(found, _hinted(found, kind, table, names))


def _hinted(found: Found, kind: str, table: str, names: Iterable[str]) -> dict[Key, str]:
    """Give the renames that the hints ask for; the names that they take are free then."""
    if (kind, table) not in found.hinted:
        return {}
    hints = {
        name: olds
        for name in names
        if (olds := found.directions.get(Key(kind, table, name), NONE).renamed_from)
    }
    if not hints:
        return {}
    have = {o.name for o in found.schema if o.kind == kind and o.table == table}
    wants = {o.name for o in found.wanted if o.kind == kind and o.table == table}
    pairs = _pending(found, Key(kind, table, ""), hints, have, wants)
    _vacate(found, kind, table, pairs)
    return {Key(kind, table, old): new for old, new in pairs.items()}


def _values(found: Found, enum: str) -> None:
    hints = found.directions.get(Key("enum", "", enum), NONE).values
    if hints and enum in found.schema.enums:
        have = set(found.schema.enums[enum].values)
        wants = set(found.wanted.enums[enum].values)
        pairs = _pending(found, Key("enum_value", enum, ""), hints, have, wants)
        for old in sorted((pairs.keys() & wants) - set(pairs.values())):
            _comes_anew(found, Key("enum_value", enum, old), pairs[old])
        for old, new in sorted(pairs.items()):
            if new in have and new not in pairs:
                _is_there(found, Key("enum_value", enum, old), new)
                del pairs[old]
        _carry_out(found, {Key("enum_value", enum, old): new for old, new in pairs.items()})


def _pending(
    found: Found,
    family: Key,
    hints: Mapping[str, tuple[str, ...]],
    have: set[str],
    wants: set[str],
) -> dict[str, str]:
    """Give the hints to carry out now, as {old: new}."""
    pairs: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    for new, olds in hints.items():
        old = next((o for o in olds if o in have and o != new), None)
        if old is None:
            _unknown(found, family._replace(name=new), olds, have)
        elif new not in have:
            _claim(found, family._replace(name=new), old, pairs)
        elif not _carried_out(found, family.kind, old, new):
            doubtful[old] = new
    # A hint whose new name exists already counts when that name is given up: by another rename
    # (swaps, chains), or because the old object would be gone otherwise, or lose its own name.
    while settled := {
        old: new
        for old, new in doubtful.items()
        if new in pairs or old not in wants or old in pairs.values()
    } or _cycle(doubtful):
        pairs.update(settled)
        doubtful = {old: new for old, new in doubtful.items() if old not in settled}
    return pairs


def _carried_out(found: Found, kind: str, old: str, new: str) -> bool:
    return any(k.kind == kind and k.name == old and n == new for k, n in found.done)


def _cycle(pairs: Mapping[str, str]) -> dict[str, str]:
    """Give the pairs that form closed cycles among themselves."""
    news = set(pairs.values())
    kept = {old: new for old, new in pairs.items() if old in news and new in pairs}
    return kept if len(kept) == len(pairs) or not kept else _cycle(kept)


def _claim(found: Found, key: Key, old: str, pairs: dict[str, str]) -> None:
    if old in pairs:
        message = f"{key} and {pairs[old]!r} both say renamed_from: {old}"
        found.diagnostics.append(
            Diagnostic(
                "R003", message, _place(found, key), help="only one of them can be the renamed one"
            )
        )
        return
    pairs[old] = key.name


def _comes_anew(found: Found, key: Key, new: str) -> None:
    """Complain of a value that is renamed while another one takes its name: none could go back."""
    found.diagnostics.append(
        Diagnostic(
            "R004",
            f"{key} is renamed to {new!r}, and a new value has its name at once",
            _place(found, key),
            help="rename it in one revision, and add the new value in the next",
        )
    )


def _is_there(found: Found, key: Key, new: str) -> None:
    """Complain of a value that is renamed to another one that is there: two would become one."""
    found.diagnostics.append(
        Diagnostic(
            "R004",
            f"{key} is renamed to {new!r}, which is a value already",
            _place(found, key),
            help=f"take renamed_from out; to make {new!r} of its rows: removed: "
            f"{{{key.name!r}: {new!r}}}",
        )
    )


def _place(found: Found, key: Key) -> Place | None:
    owner = Key("enum", "", key.table) if key.kind == "enum_value" else key
    return found.directions[owner].places.get("renamed_from")


def _unknown(found: Found, key: Key, olds: tuple[str, ...], have: set[str]) -> None:
    """Complain of a hint whose old name neither the state nor the history knows."""
    known = {k.name for k, _ in found.done if k.kind == key.kind}
    if not have or known.intersection(olds) or set(olds) == {key.name}:
        return
    found.diagnostics.append(
        Diagnostic(
            "R002",
            f"{key} says renamed_from: {olds[0]}, a name that was never there",
            _place(found, key),
            label=did_you_mean(olds[0], have),
            help="take the hint out, or give the name that the history knows",
        )
    )


def _vacate(found: Found, kind: str, table: str, pairs: Mapping[str, str]) -> None:
    """Drop what stands under a name that a rename takes over without giving it another."""
    for new in pairs.values():
        key = Key(kind, table, new)
        if key in found.schema and new not in pairs:
            for obj in _with_dependants(found.schema, key):
                found.push(Drop(obj))


def _with_dependants(schema: Schema, key: Key) -> list[Obj]:
    gone = {key}
    for _ in range(4):  # constraint → column → table is the longest chain
        gone |= {
            obj.key
            for obj in schema
            if obj.kind != "column" or obj.table in (key.name, key.table)
            if gone.intersection(obj.needs(schema))
        }
    return [obj for obj in reversed(list(schema)) if obj.key in gone]


def _carry_out(found: Found, pairs: Mapping[Key, str]) -> None:
    """Rename in an order in which no name is taken twice."""
    left = dict(pairs)
    while left:
        names = {(_space(key), key.name) for key in left}
        free = {key: new for key, new in left.items() if (_space(key), new) not in names}
        if free:
            for key, new in free.items():
                _rename(found, key, new)
                del left[key]
            continue
        key = next(iter(left))
        aside = temporary(key.name)
        _rename(found, key, aside)
        left[key._replace(name=aside)] = left.pop(key)


def _space(key: Key) -> tuple[str, str]:
    """Give the space in which a name is taken once."""
    if key.kind in RELATIONS:
        return "relation", qualified.namespace(key.table)
    return key.kind, key.table


def _rename(found: Found, key: Key, new: str) -> None:
    value = EnumValue(table=key.table, name=key.name) if key.kind == "enum_value" else None
    found.push(carry(found.schema, value or found.schema[key], new))


def temporary(name: str) -> str:
    """Give the name that stands in for `name` during a swap; never over 63 bytes."""
    mark = sha256(name.encode()).hexdigest()[:12]
    return qualified.beside(name, f"{TEMPORARY}{mark}")


def _rowless(found: Found) -> None:
    """Rename what holds no rows: by hint, else what has the same definition.

    A sequence counts as the same where it goes with the same column; that of a serial column may
    also be of another type. That is done for all tables at once, since one may take the name of
    another's key or index.
    """
    pairs: dict[Key, str] = {}
    for kind, table in _families(found, found.hinted):
        pairs |= _hinted(found, kind, table, [o.name for o in _parts(found.wanted, kind, table)])
    _carry_out(found, pairs)
    _follow_tables(found)
    alike: dict[Key, str] = {}
    for kind, table in _families(found, found.gone()):
        alike |= dict(_alike(found, kind, table))
    _carry_out(found, _possible(found, alike))


def _families(found: Found, some: AbstractSet[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Go through those of some kinds in tables that hold no rows, table by table."""
    tables = {table for _, table in some}
    for table in found.wanted.tables if tables else ():
        if table in tables:
            yield from ((kind, table) for kind in ROWLESS if (kind, table) in some)
    if ("sequence", "") in some:
        yield ("sequence", "")


def _follow_tables(found: Found) -> None:
    """Let the sequences that go with a table's columns be in the schema that the table is in."""
    for sequence in list(found.schema.sequences.values()):
        home = sequence.owned_by.table if sequence.owned_by else sequence.name
        name = qualified.beside(home, qualified.bare(sequence.name))
        if name != sequence.name and Key("sequence", "", name) not in found.schema:
            _rename(found, sequence.key, name)


def _parts(schema: Schema, kind: str, table: str) -> list[Obj]:
    if not table:
        return list(schema.sequences.values())
    there = schema.view(table).parts if table in schema.tables else ()
    return [obj for obj in there if obj.kind == kind]


def _alike(found: Found, kind: str, table: str) -> Iterator[tuple[Key, str]]:
    state, wanted = _parts(found.schema, kind, table), _parts(found.wanted, kind, table)
    have, want = {o.name for o in state}, {o.name for o in wanted}
    gone = [o for o in state if o.name not in want]
    for obj in wanted if gone else ():
        definition = obj.definition()
        match = next((o for o in gone if o.definition() == definition), None)
        if match is None and isinstance(obj, Sequence) and obj.is_of_serial:
            match = next((o for o in gone if _owner(o) == obj.owned_by), None)
        if kind == "sequence" and "owned_by" not in definition:
            continue  # its numbers may not be the other one's
        if match is not None and obj.name not in have:
            gone.remove(match)
            yield match.key, obj.name


def _owner(obj: Obj) -> Owner | None:
    return obj.owned_by if isinstance(obj, Sequence) else None


def _possible(found: Found, pairs: Mapping[Key, str]) -> dict[Key, str]:
    """Leave out what takes the name of a relation that is not renamed: it is dropped and added."""
    if not pairs:
        return {}
    kinds = ("table", *RELATIONS)
    bearers = {qualified.beside(o.table, o.name): o.key for o in found.schema if o.kind in kinds}
    kept = dict(pairs)
    while barred := [
        key
        for key, new in kept.items()
        if key.kind in RELATIONS
        if bearers.get(qualified.beside(key.table, new), key) not in kept
    ]:
        for key in barred:
            del kept[key]
    return kept


def _is_aside(name: str) -> bool:
    return qualified.bare(name).startswith(TEMPORARY)


def collapse(changes: Iterable[Change]) -> list[Change]:
    """Fold renames through a temporary name back into one, to show them."""
    shown: list[Change] = []
    aside: dict[tuple[str, str, str], Rename] = {}
    for change in changes:
        if isinstance(change, Rename) and _is_aside(change.new.name):
            aside[change.new.key] = change
        elif isinstance(change, Rename) and change.old.key in aside:
            shown.append(Rename(aside[change.old.key].old, change.new, change.carried))
        else:
            shown.append(change)
    return shown
