"""Expressions: do they name columns that are there, and can SQLite read them?

SQLite is asked itself: every expression is prepared, never run, against an empty table in memory.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from schemagen import sql
from schemagen.diagnostics import did_you_mean
from schemagen.kinds import Check, Column, Exclusion, Index, Obj, Sql, once
from schemagen.source.model import find
from schemagen.source.write import renaming
from schemagen.sql import portable
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from schemagen.directions import Direction
    from schemagen.schema import Schema, View
    from schemagen.source.draft import Draft
    from schemagen.source.nodes import Node

_OVERRIDE = "give it a version for SQLite, {where}, or keep it to PostgreSQL: only: postgresql"


class Said(NamedTuple):
    """An expression of an object, and where it stands in the object's long form."""

    text: str
    path: tuple[int | str, ...]
    bound: bool = True  # may it name the table's columns?


class Asked(NamedTuple):
    """What SQLite is asked about an expression.

    Args:
        said: the expression.
        words: its words, on which the answer rests as far as they are columns; None when it rests
            on more than that.
        fine: the columns among them with which the answer was that it is fine.

    """

    said: Said
    words: frozenset[str] | None
    fine: set[frozenset[str]]


def check_expressions(draft: Draft, schema: Schema) -> None:
    """Look at all expressions of a schema."""
    with closing(sqlite3.connect(":memory:")) as connection:
        known = {row[0] for row in connection.execute("select name from pragma_function_list")}
        judge = _Judge(draft, connection, known)
        for table in draft.tables.values():
            if table.notable or (table.table is not None and draft.directions):
                judge.table(schema.view(table.name), table.notable)


def expressions(obj: Obj) -> Iterator[Said]:
    """Give the expressions of an object."""
    if isinstance(obj, Check) and not obj.enum:
        yield Said(obj.sql, ("sql",))
    elif isinstance(obj, Index):
        items = ((i, item.sql) for i, item in enumerate(obj.columns))
        yield from (Said(text, ("columns", i, "sql")) for i, text in items if text)
        yield from (Said(text, ("where",)) for text in (obj.where,) if text)
    elif isinstance(obj, Exclusion):
        items = ((i, item.sql) for i, item in enumerate(obj.items))
        yield from (Said(text, ("items", i, "sql")) for i, text in items if text)
        yield from (Said(text, ("where",)) for text in (obj.where,) if text)
    elif isinstance(obj, Column):
        if obj.generated:
            yield Said(obj.generated.sql, ("generated", "sql"))
        if isinstance(obj.default, Sql):
            yield Said(obj.default.sql, ("default", "sql"), bound=False)


_ROWS = "both databases want an expression over the row alone"
_WHAT = {
    "check": "condition of a check",
    "index": "expressions of an index",
    "column": "default or expression of a column",
}


def _quoted(text: str) -> list[str]:
    """Give the names in double quotes."""
    return [t.text[1:-1].replace('""', '"') for t in sql.tokens(text) if t.group == "quoted"]


_NO_WORDS: frozenset[str] = frozenset()


def _is_computed(obj: Obj) -> bool:
    """Say whether an object is a column that is generated, or may be on one of the databases."""
    return isinstance(obj, Column) and bool(obj.generated or obj.sqlite or obj.postgresql)


def _words(text: str) -> frozenset[str] | None:
    """Give the words of an expression in lower case; None when that says too little.

    On which of them are columns, and on nothing else of a table, rests what SQLite says of it.
    """
    found = sql.tokens(text)
    if not text.isascii() or any(token.group == "quoted" for token in found):
        return None
    return frozenset(token.text.lower() for token in found if token.group == "word")


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """Give a name in lower case as SQLite has it, which knows of ASCII alone."""
    return name.encode().lower().decode()


class _Judge:
    """Asks SQLite about the expressions of one table after the other."""

    def __init__(self, draft: Draft, connection: sqlite3.Connection, functions: set[str]) -> None:
        self.draft = draft
        self.connection = connection
        self.functions = functions
        self.made = ""  # the table whose columns SQLite knows
        self.known: frozenset[str] = frozenset()  # the names of those, in lower case
        self.fine: dict[tuple[str, str, str], set[frozenset[str]]] = {}
        self.asked = once(self._asked)
        self.is_computed = once(_is_computed)
        self.renames: dict[str, list[tuple[str, str]]] = {}
        for key, direction in draft.directions.items():
            if key.kind == "column" and direction.renamed_from:
                olds = [(old, key.name) for old in direction.renamed_from]
                self.renames.setdefault(key.table, []).extend(olds)

    def table(self, view: View, objects: Iterable[Obj]) -> None:
        """Look at the expressions of the notable parts of a table."""
        renamed, on_sqlite = self._renamed(view), view.table.exists_on("sqlite")
        declared = self.draft.tables[view.table.name].declared
        self.known = frozenset(map(_folded, declared))
        for obj in objects:
            stale = renamed and self._stale(obj, renamed)
            for asked in self.asked(obj) if on_sqlite and not stale else ():
                self._ask(view, obj, asked)
            if self.is_computed(obj) and isinstance(obj, Column):
                self._computed(view, obj)
        for column in view.columns if self.draft.directions else ():
            self._fills(view, column)

    def _make(self, view: View) -> None:
        """Let SQLite know the columns of the table."""
        if self.made != view.name:
            # Names that are the same to SQLite have a diagnostic already.
            names = {_folded(name): name for name in self.draft.tables[view.name].declared}
            columns = ", ".join(map(sql.quote, names.values()))
            self.connection.execute("drop table if exists t")
            self.connection.execute(f"create table t ({columns or 'x'})")
            self.made = view.name

    def _computed(self, view: View, obj: Column) -> None:
        """Complain of a generated column that is computed from one, or from itself."""
        for dialect in DIALECTS:
            made = obj.on(dialect).generated
            same = _folded if dialect == "sqlite" else str
            names = set(map(same, sql.identifiers(made.sql))) if made else set()
            there = (column for column in view.columns if same(column.name) in names)
            found = [column.name for column in there if column.on(dialect).generated]
            if found:
                message = f"{obj.name!r} is computed from {found[0]!r}, which is generated"
                at = find(self.draft.nodes[obj.key], ("generated", "sql"))
                way_out = "PostgreSQL wants plain columns: write out how it is computed"
                self.draft.reader.error("S024", message, at, help=way_out)
                return

    def _renamed(self, view: View) -> dict[str, str]:
        """Give the names that columns had before, unless another column has them now."""
        olds = self.renames.get(view.name, ())
        return {old: new for old, new in olds if old not in view.column_names}

    def _stale(self, obj: Obj, renamed: dict[str, str]) -> bool:
        """Complain of an expression that says a name renamed away."""
        for each in (obj, obj.on("sqlite"), obj.on("postgresql")):
            for said in expressions(each):
                old = next((n for n in sql.identifiers(said.text) if n in renamed), None)
                if old is not None and said.bound:
                    new = renamed[old]
                    self.draft.reader.error(
                        "S021",
                        f"{old!r} is called {new!r} now",
                        at := self._at(obj, said),
                        help=f"write: {sql.rename(said.text, old, new)}",
                        fix=renaming(self.draft.texts[at.file], at, old, new),
                    )
                    return True
        return False

    def _at(self, obj: Obj, said: Said) -> Node:
        return find(self.draft.nodes[obj.key], said.path)

    def _asked(self, obj: Obj) -> tuple[Asked, ...]:
        """Give what is to be asked about an object, whatever it is called."""
        if not obj.exists_on("sqlite"):
            return ()
        return tuple(self._about(obj, said) for said in expressions(obj.on("sqlite")))

    def _about(self, obj: Obj, said: Said) -> Asked:
        words = _words(said.text) if said.bound else _NO_WORDS
        if obj.kind == "column" and said.bound:
            words = None  # it takes part in how its own table is made
        what = (said.text, obj.kind if said.bound else "", str(said.path[0]))
        return Asked(said, words, self.fine.setdefault(what, set()))

    def _ask(self, view: View, obj: Obj, asked: Asked) -> None:
        """Ask about an expression, unless one that can be no other has been fine already."""
        columns = None if asked.words is None else asked.words & self.known
        if columns is None or columns not in asked.fine:
            self._make(view)
            if self._is_fine(view, obj, asked.said) and columns is not None:
                asked.fine.add(columns)

    def _is_fine(self, view: View, obj: Obj, said: Said) -> bool:
        if sql.has_query(said.text):
            message = f"a subquery cannot stand in the {_WHAT[obj.kind]}"
            self.draft.reader.error("S029", message, self._at(obj, said), help=_ROWS)
            return False
        known = self.draft.tables[view.name].declared
        strange = next((n for n in _quoted(said.text) if n not in known), None)
        if strange is not None and said.bound:  # SQLite would take it for text
            self._refused(view, obj, said, f"no such column: {strange}")
            return False
        text = portable(said.text)
        scope = "from t" if said.bound else ""
        try:
            self.connection.execute(f"explain select ({text}\n) {scope}")
            if said.bound:
                self._use(obj, said, text, known)
        except sqlite3.Error as error:
            self._refused(view, obj, said, str(error))
            return False
        return True

    def _use(self, obj: Obj, said: Said, text: str, known: Collection[str]) -> None:
        """Let SQLite look at an expression in its place, where less is allowed."""
        if isinstance(obj, Column):
            own, others = sql.quote(obj.name), [sql.quote(n) for n in known if n != obj.name]
            columns = ", ".join([*others, f"{own} generated always as ({text}\n)"])
            self.connection.execute(f"explain create table g ({columns})")
        elif isinstance(obj, Index):
            shape = "(1) where" if said.path == ("where",) else ""
            self.connection.execute(f"explain create index i on t {shape} ({text}\n)")

    def _refused(self, view: View, obj: Obj, said: Said, message: str) -> None:
        at, (what, _, name) = self._at(obj, said), message.partition(": ")
        error = self.draft.reader.error
        if what == "no such column":
            known = view.column_names if said.bound else ()
            way_out = f"columns: {', '.join(known)}" if known else "a default cannot name one"
            bare = name.split(" ")[0].strip('"')
            label = did_you_mean(bare, known)
            error(
                "S011", f"unknown column {bare!r} in the expression", at, label=label, help=way_out
            )
        elif what == "no such function":
            error("P001", f"SQLite has no function {name}()", at, help=self._way_out(obj))
        elif what.startswith("non-deterministic"):
            message = f"what changes by itself cannot stand in the {_WHAT[obj.kind]}"
            error("S029", message, at, help=_ROWS)
        else:
            error("P002", f"SQLite cannot read this: {message}", at, help=self._way_out(obj))

    @staticmethod
    def _way_out(obj: Obj) -> str:
        field = {"column": "default", "index": "columns"}.get(obj.kind, "sql")
        if isinstance(obj, Column):
            field = "generated" if obj.generated else "default"
            return f"give it a version for SQLite: sqlite: {{{field}: …}}"
        return _OVERRIDE.format(where=f"sqlite: {{{field}: …}}")

    def _fills(self, view: View, column: Column) -> None:
        """Look at what fills and casts a column; other tables may stand in there."""
        direction = self.draft.directions.get(column.key)
        if direction is None or not view.table.exists_on("sqlite"):
            return
        for word, text in _fills(direction):
            place = direction.places[word]
            missing = sorted(sql.functions(text) - self.functions - _NO_FUNCTIONS)
            way_out = f"give it a version for SQLite: sqlite: {{{word}: …}}"
            if missing and text != "now()":
                message = f"SQLite has no function {missing[0]}()"
                self.draft.reader.error("P001", message, place, help=way_out)
            elif any(token.text == "::" for token in sql.tokens(text)):
                message = "SQLite cannot read '::'; cast(… as …) is for both"
                self.draft.reader.error("P002", message, place, help=way_out)
            elif self._is_bare(text, view):
                message = f"{text!r} is neither a column nor text"
                self.draft.reader.error(
                    "S019", message, place, help=f"text is written \"'{text}'\""
                )

    def _is_bare(self, text: str, view: View) -> bool:
        """Say whether the text is one word that means nothing in SQL."""
        found = sql.tokens(text)
        alone = len(found) == 1 and found[0].group == "word"
        old = {n for d in self.draft.directions.values() for n in d.renamed_from}
        known = {*view.column_names, *old, "true", "false", "null"}
        return alone and text.lower() not in known and text.lower() not in sql.RESERVED


_NO_FUNCTIONS = frozenset(
    {"in", "and", "or", "not", "exists", "cast", "values", "case", "when", "then", "else", "from"}
    | {"where", "select", "as", "over", "filter", "any", "all", "on", "by", "union", "is", "like"}
    | {"varchar", "numeric", "decimal", "char", "between", "now", "using", "having", "join"}
)


def _fills(direction: Direction) -> Iterator[tuple[str, str]]:
    """Give what a direction runs on SQLite, with its word."""
    said = {
        "backfill": [direction.backfill_on("sqlite")],
        "restore": [direction.restore_on("sqlite")],
        "using": [direction.using_on(way, "sqlite") for way in ("up", "down")],
    }
    for word, texts in said.items():
        yield from ((word, text) for text in texts if text and word in direction.places)
