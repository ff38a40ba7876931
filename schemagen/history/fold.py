"""Replay: entries folded into a state. It compares and assigns, and works nothing out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from schemagen.changes import Add, Alter, Change, Drop, Rename
from schemagen.diagnostics import Diagnostic
from schemagen.diff import difference
from schemagen.fingerprint import of_table
from schemagen.history import codec
from schemagen.history.definition import Definition
from schemagen.history.document import HAND_EDITED, MALFORMED
from schemagen.kinds import Enum, EnumValue, Key, Obj, Table
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.diagnostics import Place
    from schemagen.history.entry import Entry
    from schemagen.history.full import Whole
    from schemagen.history.record import Record

State = dict[Key, Obj]
Tables = dict[str, dict[Key, Definition | None]]

_WAY_OUT = (
    "the revision was moved to another parent, or one before it was changed: take the entries "
    "back from version control, or `schemagen undo` it and `schemagen generate` it anew"
)


class Fold:
    """A state that entries are applied to, one after the other.

    What does not fit becomes a diagnostic; the fold goes on with what can be assigned.

    Args:
        state: the objects to start from, by key.
        tells: whether it tells the changes of each entry.

    """

    def __init__(self, state: Mapping[Key, Obj] | None = None, *, tells: bool = True) -> None:
        """Start from a state, which stays as it is."""
        self._tells = tells
        self._state: dict[Key, Obj | Definition] = dict(state or {})
        self.changes: list[Change] = []
        self.diagnostics: list[Diagnostic] = []
        self._tables: Tables = {}
        self._sort(dict.fromkeys(self._state))

    def branch(self) -> Fold:
        """Give a fold of its own that starts where this one is."""
        made = Fold(tells=self._tells)
        made._state = dict(self._state)
        made._tables = {name: dict(parts) for name, parts in self._tables.items()}
        return made

    def take(self, entry: Entry) -> None:
        """Apply an entry; `changes` holds its changes then, `diagnostics` what does not fit."""
        self.changes, self.diagnostics = [], []
        if entry.full is not None:
            self._begin_anew(entry.full)
            return
        add, tells = self._add, self._tells
        for record in entry.records:
            try:
                if record[1].verb == "add":
                    add(record)
                    if tells:
                        self.changes.append(Add(self._made(record.key)))
                elif (change := self._change(record)) is not None:
                    self.changes.append(change)
            except ValueError as error:
                message = f"not {record.key}: {codec.reason(error)}"
                self._complain(MALFORMED, message, record.place, HAND_EDITED)

    def _begin_anew(self, whole: Whole) -> None:
        before = self.schema if self._tells else None
        self._state = dict(whole)
        if before is not None:
            self.changes = difference(before, self.schema)
        self._sort(dict(whole))

    @property
    def state(self) -> State:
        """The objects by their keys, all of them made."""
        for key, said in self._state.items():
            if isinstance(said, Definition):
                self._state[key] = said.make(key)
        return cast("State", self._state)

    @property
    def schema(self) -> Schema:
        """The state as a schema."""
        return Schema.of(dict(self.state))

    def runs(self) -> list[tuple[str, list[tuple[Obj, str]]]]:
        """Give all objects in order, those together that follow each other in one table.

        Returns:
            The table's name, or "", and for each object one that is like it, and its name: none
            has to be made for that.

        """
        found: list[tuple[str, list[tuple[Obj, str]]]] = []
        for (kind, table, name), said in self._state.items():
            home = name if kind == Table.kind else table
            if not found or found[-1][0] != home:
                found.append((home, []))
            like = said.example if isinstance(said, Definition) else said
            assert like is not None  # noqa: S101 - all that is here has been checked
            found[-1][1].append((like, name))
        return found

    def _made(self, key: Key) -> Obj:
        """Give the object of a key, which is made when somebody asks for it."""
        said = self._state[key]
        if isinstance(said, Definition):
            said = self._state[key] = said.make(key)
        return said

    def _get(self, key: Key) -> Obj | None:
        return self._made(key) if key in self._state else None

    def fingerprint(self, table: str) -> str | None:
        """Give a table's fingerprint; None when it is not there."""
        if Key("table", "", table) not in self._state:
            return None
        parts = self._tables[table]
        for key in [key for key, said in parts.items() if said is None]:
            parts[key] = Definition.of(self._made(key))
        return of_table(
            table, [(key, said.pattern_for(key)) for key, said in parts.items() if said]
        )

    def _sort(self, said: Mapping[Key, Definition | None]) -> None:
        """Sort all objects, each with its definition where it is known, into their tables."""
        self._tables = {}
        for key, definition in said.items():
            self._tables.setdefault(_home(key), {})[key] = definition

    def _put(self, key: Key, obj: Obj) -> None:
        self._state[key] = obj
        self._tables.setdefault(_home(key), {})[key] = None

    def _take_out(self, key: Key) -> Obj | None:
        found = self._get(key)
        self._tables.get(_home(key), {}).pop(key, None)
        self._state.pop(key, None)
        return found

    def _change(self, record: Record) -> Change | None:
        make = {"drop": self._drop, "alter": self._alter}
        return make.get(record.said.verb, self._rename)(record)

    def _add(self, record: Record) -> None:
        """Keep what is said of an object. Raises ValueError when it is none."""
        key, said = record[0], record[1].whole  # by number, which is faster, for most are of these
        said.check(key)
        if key in self._state:
            self._differs(record, f"{key} is added, but it is there already")
        self._state[key] = said
        kind, table, name = key
        home = name if kind == Table.kind else table  # as `_home`, which takes longer to call
        parts = self._tables.get(home)
        if parts is None:
            parts = self._tables[home] = {}
        parts[key] = said

    def _drop(self, record: Record) -> Change | None:
        was = record.said.whole.make(record.key)
        old = self._take_out(record.key)
        if old is None:
            self._differs(record, f"{record.key} is dropped, but it is not there")
            return None
        if old != was:
            self._differs(record, f"{record.key} was not so when it was dropped")
        return Drop(old)

    def _alter(self, record: Record) -> Alter | None:
        old = self._get(record.key)
        if old is None:
            self._differs(record, f"{record.key} is changed, but it is not there")
            return None
        if codec.patch(old, record.said.was) != old:
            said = ", ".join(record.said.was)
            self._differs(record, f"{record.key} was not so before the change: {said}")
        new = codec.patch(old, record.said.now)
        self._put(record.key, new)
        return Alter(old, new)

    def _rename(self, record: Record) -> Change | None:
        old = self._renamed(record)
        if old is None:
            self._differs(record, f"{record.key} is renamed, but it is not there")
            return None
        new = old.model_copy(update={"name": record.said.now})
        if self._taken(new):
            self._differs(record, f"{new.key} is there already")
        bare = Rename(old, new)
        self._carry_out(bare)
        carried = [self._alter(alter) for alter in record.said.carried]
        return Rename(old, new, tuple(alter for alter in carried if alter is not None))

    def _carry_out(self, bare: Rename) -> None:
        """Carry out a rename; what is moved by it keeps its definition, which has no names."""
        self._state = dict(bare.carry_out(self.state))
        old, new = bare.old.key, bare.new.key
        if old.kind == EnumValue.kind:
            self._tables[""][Key("enum", "", old.table)] = None
        elif old.kind == Table.kind:
            parts = self._tables.pop(old.name)
            moved = {_moved(key, old, new): said for key, said in parts.items()}
            self._tables.setdefault(new.name, {}).update(moved)
        else:
            parts = self._tables[_home(old)]
            parts[new] = parts.pop(old)

    def _renamed(self, record: Record) -> Obj | None:
        if record.key.kind != EnumValue.kind:
            return self._get(record.key)
        enum = self._get(Key("enum", "", record.key.table))
        there = isinstance(enum, Enum) and record.key.name in enum.values
        return EnumValue(table=record.key.table, name=record.key.name) if there else None

    def _taken(self, new: Obj) -> bool:
        if not isinstance(new, EnumValue):
            return new.key in self._state
        enum = self._get(Key("enum", "", new.table))
        return isinstance(enum, Enum) and new.name in enum.values

    def _differs(self, record: Record, message: str) -> None:
        self._complain("H002", message, record.was_place, _WAY_OUT)

    def _complain(self, code: str, message: str, place: Place, way_out: str) -> None:
        self.diagnostics.append(Diagnostic(code, message, place, help=way_out))


def _moved(key: Key, old: Key, new: Key) -> Key:
    """Give the key of a table, or of a part of it, once the table has another name."""
    return new if key == old else key._replace(table=new.name)


def _home(key: Key) -> str:
    """Name the table that an object belongs to, or is."""
    return key.name if key.kind == "table" else key.table
