"""What rules look at when they look at a revision: its statements, each with what is known."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from schemagen.diagnostics import Place
from schemagen.errors import SchemagenError
from schemagen.kinds import Key
from schemagen.lint import plpgsql, tree
from schemagen.lint.offline import BEGIN, COMMIT, Rendered, Said
from schemagen.lint.scene import Tracker
from schemagen.lint.statement import Command, Constraint, Scene, Statement
from schemagen.records import field, record, replace
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.envview import EnvView
    from schemagen.lint.tree import Node

_CHANGES = ("DeleteStmt", "InsertStmt", "MergeStmt", "UpdateStmt")
INSTALL = "lint reads SQL with pglast, which is not installed: pip install 'schemagen[lint]'"
_OPENS = ("TRANS_STMT_BEGIN", "TRANS_STMT_START")
_CLOSES = ("TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK")


@record
class Unread:
    """Something that cannot be read.

    Args:
        place: where it is.
        why: one sentence: what it is.

    """

    place: Place
    why: str


@record(frozen=False, slots=False)
class SqlView:
    """The statements of one way of a revision.

    Args:
        file: the revision, as in places.
        way: `upgrade` or `downgrade`.
        schema: the schema before, as PostgreSQL has it.
        statements: in order; those of DO blocks stand by themselves.
        unread: what cannot be read.
        nested: where the revision itself opens or closes a transaction.
        max_lock: the strongest lock that the configuration lets it take, `share`; empty for any.
        text: the revision.

    """

    file: str
    way: str = "upgrade"
    schema: Schema = field(default_factory=Schema)
    statements: list[Statement] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    nested: list[Statement] = field(default_factory=list)
    max_lock: str = ""
    text: str = field(default="", repr=False)

    def of(self, *kinds: str) -> Iterator[Statement]:
        """Give the statements of some classes."""
        return (each for each in self.statements if each.kind in kinds)

    def on_old(self, *kinds: str) -> Iterator[Statement]:
        """Give those whose table was there before the revision."""
        return (each for each in self.of(*kinds) if each.is_old)

    def commands(self, *kinds: str) -> Iterator[Command]:
        """Give the commands of ALTER TABLE on tables that were there before."""
        for statement in self.on_old("AlterTableStmt"):
            yield from (c for c in statement.commands if not kinds or c.kind in kinds)

    def constraints(self, *kinds: str, inline: bool = False) -> Iterator[Constraint]:
        """Give the constraints that are added to tables that were there before.

        Args:
            kinds: their kinds.
            inline: those that come with a new column, instead of those that come by themselves.

        """
        for command in self.commands("AddColumn" if inline else "AddConstraint"):
            yield from (c for c in command.constraints if c.kind in kinds)

    def new_columns(self, *types: str) -> Iterator[tuple[Statement, Key]]:
        """Give the columns of some types that come, those of new tables too."""
        for statement in self.of("CreateStmt", "AlterTableStmt"):
            elements = getattr(statement.node, "tableElts", None) or ()
            added = (c.definition for c in statement.commands if c.kind == "AddColumn")
            for node in (*elements, *added):
                if tree.kind(node) == "ColumnDef" and tree.type_name(node.typeName) in types:
                    yield statement, Key("column", statement.table, node.colname)

    def calls(self, name: str) -> Iterator[int]:
        """Give the lines where the revision calls a function or method of a name."""
        for node in ast.walk(ast.parse(self.text)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == name:
                yield node.lineno

    def dropped(self, *kinds: str) -> Iterator[tuple[Statement, str]]:
        """Give what DROP statements drop: `of("OBJECT_VIEW")`, with the names."""
        for statement in self.of("DropStmt"):
            if statement.node.removeType.name in kinds:
                for name in statement.node.objects:
                    yield statement, _name(name)


def _name(name: Node) -> str:
    if isinstance(name, tuple):
        return tree.dotted(name)
    if tree.kind(name) == "String":
        return str(name.sval)
    parts = getattr(name, "names", None) or getattr(name, "objname", None) or ()
    return tree.dotted(parts)


def of_revision(
    rendered: Rendered,
    file: str,
    way: str = "upgrade",
    schema: Schema | None = None,
    env: EnvView | None = None,
) -> SqlView:
    """Make the view of a revision that was rendered.

    Args:
        rendered: what it said.
        file: the revision, as in places.
        way: which way it was asked.
        schema: the schema before it, for both databases.
        env: what env.py sets for the session.

    """
    before = (schema or Schema()).on("postgresql")
    start = Scene(lock_timeout=env.lock_timeout if env else "")
    reader = _Reader(SqlView(file, way, before, text=rendered.text), start)
    reader.tracker.begin()
    for said in rendered.said:
        reader.take(said)
    if rendered.error:
        place = Place(file, rendered.line)
        reader.view.unread.append(Unread(place, f"it cannot be run offline: {rendered.error}"))
    return reader.view


def of_text(text: str, file: str, schema: Schema | None = None) -> SqlView:
    """Make the view of a file of SQL, with its own BEGIN and COMMIT."""
    view = SqlView(file, schema=(schema or Schema()).on("postgresql"))
    reader = _Reader(view, Scene(), is_file=True)
    reader.take(Said(text, 1))
    reader.close()
    return view


class _Reader:
    """Reads texts into a view."""

    def __init__(self, view: SqlView, start: Scene, *, is_file: bool = False) -> None:
        self.view = view
        self.tracker = Tracker(start)
        self._is_file = is_file
        self._begun: Statement | None = None

    def take(self, said: Said) -> None:
        """Take one text."""
        if said.mark == BEGIN:
            self.tracker.begin()
        elif said.mark == COMMIT:
            self.tracker.end()
        else:
            self._parse(said)

    def _parse(self, said: Said) -> None:
        for node, text, start in _parsed(said.text, self._unread(said.line)):
            line = said.line + (said.text.count("\n", 0, start) if self._is_file else 0)
            place = Place(self.view.file, line)
            found = self._statement(node, text, place)
            found = replace(found, is_guarded=said.is_guarded)
            if found.kind == "TransactionStmt":
                self._transaction(found)
            elif found.kind == "DoStmt":
                self._block(found)
            else:
                self._add(found)

    def _statement(self, node: Node, text: str, place: Place) -> Statement:
        return Statement(node, text, place, self.tracker.scene, self.view.schema)

    def _add(self, statement: Statement) -> None:
        clause = getattr(statement.node, "withClause", None)
        for each in clause.ctes if clause else ():
            if tree.kind(each.ctequery) in _CHANGES:  # it runs whether its rows are read or not
                self._add(replace(statement, node=each.ctequery))
        self.view.statements.append(statement)
        self.tracker.after(statement)

    def _transaction(self, statement: Statement) -> None:
        """Follow BEGIN and COMMIT: in a file they are meant, in a revision they are a mistake."""
        kind = statement.node.kind.name
        is_open = self.tracker.scene.transaction is not None
        if not self._is_file or (kind in _OPENS) is is_open:
            self.view.nested.append(statement)
        if kind in _OPENS and not is_open:
            self._begun = statement
            self.tracker.begin()
        elif kind in _CLOSES:
            self.tracker.end()

    def close(self) -> None:
        """Complain of a transaction that is never closed."""
        if self._begun is not None and self.tracker.scene.transaction is not None:
            self.view.nested.append(self._begun)

    def _block(self, statement: Statement) -> None:
        """Read the statements of a DO block, whose COMMITs part it into transactions."""
        unread = self._unread(statement.place.line)
        said = {o.defname: o.arg.sval for o in statement.node.args}
        body, language = said.get("as", ""), said.get("language", "plpgsql")
        if language != "plpgsql":
            unread(f"a block of {language}")
            return
        is_alone = statement.is_alone
        if is_alone:
            self.tracker.begin()
        for inner in _inner(body, unread):
            if inner.commits and is_alone:
                self.tracker.end()
                self.tracker.begin()
            elif inner.is_dynamic:
                unread("EXECUTE of SQL that is put together at run time")
            elif not inner.commits:
                self._within(inner, statement, unread)
        if is_alone:
            self.tracker.end()

    def _within(self, inner: plpgsql.Inner, around: Statement, unread: _Complain) -> None:
        for node, text, _ in _parsed(inner.text, unread):
            found = self._statement(node, text, around.place)
            self._add(
                replace(
                    found,
                    is_guarded=inner.is_guarded or around.is_guarded,
                    is_caught=inner.is_caught,
                    in_batches=inner.in_batches,
                )
            )

    def _unread(self, line: int) -> _Complain:
        return _Complain(self.view, Place(self.view.file, line))


@record
class _Complain:
    """Says that something cannot be read."""

    view: SqlView
    place: Place

    def __call__(self, why: str) -> None:
        """Say why."""
        self.view.unread.append(Unread(self.place, why))


def _parsed(text: str, unread: _Complain) -> Iterator[tuple[Node, str, int]]:
    """Parse SQL into statements, each with its text and where that starts."""
    try:
        from pglast import parse_sql  # noqa: PLC0415 - an extra
        from pglast.parser import ParseError  # noqa: PLC0415 - as above
    except ImportError:
        raise SchemagenError(INSTALL) from None
    try:
        found = parse_sql(text)
    except ParseError as error:
        unread(f"PostgreSQL cannot read this SQL: {error.args[0]}")
        return
    except UnicodeEncodeError:
        unread("PostgreSQL cannot read this SQL: it is no Unicode")
        return
    for raw in found:
        start = raw.stmt_location or 0
        end = start + raw.stmt_len if raw.stmt_len else len(text)
        yield raw.stmt, text[start:end].rstrip().rstrip(";"), start


def _inner(body: str, unread: _Complain) -> list[plpgsql.Inner]:
    from pglast.parser import ParseError  # noqa: PLC0415 - an extra

    try:
        return plpgsql.statements(body)
    except ParseError as error:
        unread(f"PostgreSQL cannot read this block: {error.args[0]}")
        return []
