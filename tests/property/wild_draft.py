"""A schema under edit: its objects, and what each was called in the beginning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import wild_words as words
from wild_settle import without

from schemagen import sql
from schemagen.changes import apply, carry
from schemagen.directions import NONE, Direction
from schemagen.kinds import Column, Enum, EnumValue, Key, Obj, Table
from schemagen.records import replace
from schemagen.schema import Schema

if TYPE_CHECKING:
    import random

    from schemagen.schema import View


@dataclass
class Draft:
    """A schema under edit.

    Args:
        rng: chooses.
        schema: as it stands.
        origins: the first name of what holds rows, under its key now.
        removed: for each enum, the values that were taken away, with what their rows get.

    """

    rng: random.Random
    schema: Schema
    origins: dict[Key, str] = field(default_factory=dict)
    removed: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Everything is called what it is called."""
        for obj in self.schema:
            if not getattr(obj, "enum", None):
                self.origins[obj.key] = obj.name
            if isinstance(obj, Enum):
                self.origins |= {Key("enum_value", obj.name, v): v for v in obj.values}

    def table(self) -> View:
        """Choose a table."""
        return self.rng.choice(list(self.schema.views()))

    def some(self, kind: type[Obj]) -> Any:  # noqa: ANN401 - an object of the kind
        """Choose an object of a kind; None when there is none."""
        found = [o for o in self.schema if isinstance(o, kind)]
        return self.rng.choice(found) if found else None

    def put(self, *objects: Obj) -> None:
        """Add objects, or put them in the place of those of the same key."""
        self.schema = Schema((*self.schema, *objects))

    def change(self, obj: Obj, **fields: Any) -> None:  # noqa: ANN401 - fields of any kind
        """Change fields of an object."""
        self.put(obj.model_copy(update=fields))

    def drop(self, key: Key) -> None:
        """Drop an object with all that needs it."""
        self.schema = without(self.schema, {key})
        self.origins.pop(key, None)

    def forget(self, column: Column) -> None:
        """Drop what was written for the column's type: expressions, and keys over it."""
        said = {
            o.key
            for o in self.schema
            if o.table == column.table and o.key != column.key and o.kind != "primary_key"
            if column.key in set(o.needs(self.schema))
        }
        self.schema = without(self.schema, said)

    def rename(self, obj: Obj, new: str) -> None:
        """Rename an object; what refers to it follows."""
        old = obj.key
        first = self.origins.pop(old, None)
        self.schema = apply(self.schema, [carry(self.schema, obj, new)])
        if isinstance(obj, (Table, Enum)):
            inside = {k: v for k, v in self.origins.items() if self._is_in(k, obj)}
            for key, name in inside.items():
                del self.origins[key]
                self.origins[key._replace(table=new)] = name
        if isinstance(obj, Enum) and obj.name in self.removed:
            self.removed[new] = self.removed.pop(obj.name)
        if first is not None:
            self.origins[old._replace(name=new)] = first
        if self.rng.random() < 0.5:
            self._rename_parts(obj, new)

    @staticmethod
    def _is_in(key: Key, obj: Obj) -> bool:
        return (key.kind == "enum_value") == isinstance(obj, Enum) and key.table == obj.name

    def _rename_parts(self, obj: Obj, new: str) -> None:
        """Let names follow that hold the old one, as the convention would."""
        if isinstance(obj, EnumValue):
            return
        held = ("primary_key", "unique", "check", "index", "foreign_key")
        for part in [o for o in self.schema if o.kind in held and obj.name in o.name]:
            name = part.name.replace(obj.name, new)[:63]
            there = {o.name.lower() for o in self.schema}
            if part.key in self.schema and name.lower() not in there and len(name.encode()) < 64:
                self.schema = apply(self.schema, [carry(self.schema, part, name)])

    def new_name(self, kind: str, table: str = "") -> str:
        """Choose a name that is free."""
        if kind == "column":
            taken = {c.lower() for c in self.schema.view(table).column_names}
            return words.name(self.rng, words.PLAIN_COLUMNS, words.ODD_COLUMNS, taken)
        taken = {o.name.lower() for o in self.schema if o.kind != "column"}
        return words.name(self.rng, words.PLAIN_TABLES, words.ODD_TABLES, taken)

    def directions(self, schema: Schema) -> dict[Key, Direction]:
        """Give the hints for the finished schema."""
        out: dict[Key, Direction] = {}
        for key, first in self.origins.items():
            if first == key.name:
                continue
            if key.kind == "enum_value":
                owner = Key("enum", "", key.table)
                enum = schema.get(owner)
                if isinstance(enum, Enum) and key.name in enum.values:
                    known = out.get(owner, NONE)
                    out[owner] = replace(known, values={**known.values, key.name: (first,)})
            elif key in schema:
                out[key] = replace(out.get(key, NONE), renamed_from=(first,))
        for name, pairs in self.removed.items():
            owner = Key("enum", "", name)
            enum = schema.get(owner)
            if isinstance(enum, Enum):
                kept = {o: n for o, n in pairs.items() if o not in enum.values and n in enum.values}
                out[owner] = replace(out.get(owner, NONE), removed=kept)
        return out


def is_mentioned(column: Column, schema: Schema) -> bool:
    """Say whether an expression names the column."""
    return any(
        column.name in sql.identifiers(text)
        for part in schema.view(column.table).parts
        for text in (getattr(part, "sql", None), getattr(part, "where", None))
        if text
    )
