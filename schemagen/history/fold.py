"""Replay: entries folded into a state. It compares and assigns, and works nothing out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from schemagen.changes import Add, Alter, Change, Drop, Rename
from schemagen.diagnostics import Diagnostic
from schemagen.diff import difference
from schemagen.history import codec
from schemagen.history.document import HAND_EDITED, MALFORMED
from schemagen.kinds import Enum, EnumValue, Key, Obj
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.diagnostics import Place
    from schemagen.history.entry import Entry
    from schemagen.history.record import Record

State = dict[Key, Obj]

_WAY_OUT = (
    "the revision was moved to another parent, or one before it was changed: take the entries "
    "back from version control, or `schemagen undo` it and `schemagen generate` it anew"
)


class Fold:
    """A state that entries are applied to, one after the other.

    What does not fit becomes a diagnostic; the fold goes on with what can be assigned.

    Args:
        state: the objects to start from, by key.

    """

    def __init__(self, state: Mapping[Key, Obj] | None = None) -> None:
        """Start from a state, which stays as it is."""
        self.state: State = dict(state or {})
        self.changes: list[Change] = []
        self.diagnostics: list[Diagnostic] = []
        self._parts: dict[str, set[Key]] | None = None

    def take(self, entry: Entry) -> None:
        """Apply an entry; `changes` holds its changes then, `diagnostics` what does not fit."""
        self.changes, self.diagnostics = [], []
        if entry.full is not None:
            full = Schema(entry.full)
            self.changes = difference(self.schema, full)
            self.state = dict(full.objects)
            self._parts = None
            return
        for record in entry.records:
            try:
                change = self._change(record)
            except ValueError as error:
                message = f"not {record.key}: {codec.reason(error)}"
                self._complain(MALFORMED, message, record.place, HAND_EDITED)
                continue
            if change is not None:
                self.changes.append(change)

    @property
    def schema(self) -> Schema:
        """The state as a schema."""
        return Schema.of(dict(self.state))

    def table(self, name: str) -> list[Obj]:
        """Give a table with all its parts; nothing when it is not there."""
        if Key("table", "", name) not in self.state:
            return []
        return [self.state[key] for key in self._by_table.get(name, ())]

    @property
    def _by_table(self) -> dict[str, set[Key]]:
        if self._parts is None:
            self._parts = defaultdict(set)
            for key in self.state:
                self._parts[_home(key)].add(key)
        return self._parts

    def _put(self, obj: Obj) -> None:
        self.state[obj.key] = obj
        if self._parts is not None:
            self._parts[_home(obj.key)].add(obj.key)

    def _take_out(self, key: Key) -> Obj | None:
        if self._parts is not None:
            self._parts[_home(key)].discard(key)
        return self.state.pop(key, None)

    def _change(self, record: Record) -> Change | None:
        make = {"add": self._add, "drop": self._drop, "alter": self._alter}
        return make.get(record.verb, self._rename)(record)

    def _add(self, record: Record) -> Change:
        new = codec.make(*record.key, record.now)
        if new.key in self.state:
            self._differs(record, f"{new.key} is added, but it is there already")
        self._put(new)
        return Add(new)

    def _drop(self, record: Record) -> Change | None:
        was = codec.make(*record.key, record.was)
        old = self._take_out(record.key)
        if old is None:
            self._differs(record, f"{record.key} is dropped, but it is not there")
            return None
        if old != was:
            self._differs(record, f"{record.key} was not so when it was dropped")
        return Drop(old)

    def _alter(self, record: Record) -> Alter | None:
        old = self.state.get(record.key)
        if old is None:
            self._differs(record, f"{record.key} is changed, but it is not there")
            return None
        if codec.patch(old, record.was) != old:
            said = ", ".join(record.was)
            self._differs(record, f"{record.key} was not so before the change: {said}")
        new = codec.patch(old, record.now)
        self.state[record.key] = new
        return Alter(old, new)

    def _rename(self, record: Record) -> Change | None:
        old = self._renamed(record)
        if old is None:
            self._differs(record, f"{record.key} is renamed, but it is not there")
            return None
        new = old.model_copy(update={"name": record.now})
        if self._taken(new):
            self._differs(record, f"{new.key} is there already")
        bare = Rename(old, new)
        self.state, self._parts = bare.carry_out(self.state), None
        carried = [self._alter(alter) for alter in record.carried]
        return Rename(old, new, tuple(alter for alter in carried if alter is not None))

    def _renamed(self, record: Record) -> Obj | None:
        if record.key.kind != EnumValue.kind:
            return self.state.get(record.key)
        enum = self.state.get(Key("enum", "", record.key.table))
        there = isinstance(enum, Enum) and record.key.name in enum.values
        return EnumValue(table=record.key.table, name=record.key.name) if there else None

    def _taken(self, new: Obj) -> bool:
        if not isinstance(new, EnumValue):
            return new.key in self.state
        enum = self.state.get(Key("enum", "", new.table))
        return isinstance(enum, Enum) and new.name in enum.values

    def _differs(self, record: Record, message: str) -> None:
        self._complain("H002", message, record.was_place, _WAY_OUT)

    def _complain(self, code: str, message: str, place: Place, way_out: str) -> None:
        self.diagnostics.append(Diagnostic(code, message, place, help=way_out))


def _home(key: Key) -> str:
    """Name the table that an object belongs to, or is."""
    return key.name if key.kind == "table" else key.table
