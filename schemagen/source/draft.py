"""What has been read so far, before references across files are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.records import field, record
from schemagen.source.convention import DEFAULT, Names, check_name
from schemagen.source.placed import Nodes
from schemagen.source.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from schemagen.diagnostics import Place
    from schemagen.directions import Direction
    from schemagen.kinds import (
        Column,
        Enum,
        ForeignKey,
        Key,
        Namespace,
        Obj,
        PrimaryKey,
        Sequence,
        Table,
    )
    from schemagen.source.nodes import Entry, Late, Map, Node, Scalar
    from schemagen.source.placed import Placed, Stands
    from schemagen.source.problems import Problems
    from schemagen.source.repeated import Short
    from schemagen.source.unmanaged import Apart


@record(frozen=False)
class ForeignKeyDraft:
    """A foreign key whose target is not looked up yet.

    Args:
        name: its full name.
        fields: what is known of the object.
        table: the table that it points at.
        columns: the columns there; None for the primary key.
        node: its long form.
        place: where it stands.
        direction: its directions.
        known: the key as it was, if it is remembered.
        alike: a key that does what this one does, where that is known.

    """

    name: str
    fields: dict[str, Any]
    table: Scalar
    columns: list[Scalar] | None
    node: Map | Late
    place: Place
    direction: Direction | None = None
    known: ForeignKey | None = None
    alike: ForeignKey | None = None


@record(frozen=False)
class TableDraft:
    """One table: its parts as far as they could be read.

    Args:
        name: the table's name.
        names: how its constraints are called.
        has_key: whether the YAML says a primary key, readable or not.
        declared: every column that the YAML names, readable or not, with the mixin it is from.
        notable: the parts that the checks look at, but foreign keys.
        listed: the columns that hold a value of an enum, after it.
        run: the table and its parts in the order of the schema, if it is remembered.

    """

    name: str
    names: Names
    table: Table | None = None
    declared: dict[str, tuple[Entry, str]] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    primary_key: PrimaryKey | None = None
    has_key: bool = False
    keys: list[ForeignKeyDraft] = field(default_factory=list)
    parts: dict[str, list[Obj]] = field(default_factory=dict)
    notable: list[Obj] = field(default_factory=list)
    listed: list[tuple[Enum, Placed]] = field(default_factory=list)
    run: list[Obj] | None = None


class Draft:
    """Everything read so far, and where it stood."""

    def __init__(self, problems: Problems, texts: Mapping[str, str]) -> None:
        """Write diagnostics to `problems`."""
        self.problems = problems
        self.texts = texts
        self.reader = Reader(problems)
        self.convention = DEFAULT
        self.enums: dict[str, Enum] = {}
        self.declared_enums: set[str] = set()
        self.sequences: dict[str, Sequence] = {}
        self.namespaces: dict[str, Namespace] = {}
        self.mixins: list[str] = []
        self.unmanaged: list[Apart] = []
        self.tables: dict[str, TableDraft] = {}
        self.placed: list[Placed] = []  # two of one key, too; what is remembered, when asked for
        self.nodes = Nodes(self.placed)
        self.shorts: dict[Hashable, Short | None] = {}  # what short forms mean, by their texts
        self.parts: dict[Hashable, tuple[Obj, bool] | None] = {}  # what parts mean, likewise
        self.directions: dict[Key, Direction] = {}
        # With a file that could not be read, what is unknown may well be there.
        self.partial = False

    def put(self, obj: Obj, at: Stands, node: Map | Late, direction: Direction | None) -> None:
        """Keep where an object stands and what its directions are."""
        self.placed.append((obj, at, node))
        if direction is not None:
            self.directions.setdefault(obj.key, direction)

    def usable(self, name: str, node: Node, what: str) -> bool:
        """Say whether a given name can be used, after a diagnostic if not."""
        return check_name(self.reader, name, node, what)

    def unknown(self, code: str, kind: str, node: Scalar, known: list[str]) -> None:
        """Complain of a name that nothing answers to, unless it may be in an unreadable file."""
        if self.partial:
            return
        name = node.text
        new = next((k.name for k, d in self.directions.items() if self._was(k, d, kind, name)), "")
        if new:
            label, way_out = f"it is called {new!r} now", "write the new name everywhere"
            self.problems.error(code, f"unknown {kind} {name!r}", node, label=label, help=way_out)
        else:
            self.problems.unknown(code, kind, name, node, known)

    @staticmethod
    def _was(key: Key, direction: Direction, kind: str, name: str) -> bool:
        return key.kind == kind and name in direction.renamed_from
