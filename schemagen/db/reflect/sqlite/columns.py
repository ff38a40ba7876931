"""Columns of SQLite: their types are words, of which some mean one of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import sqlite

from schemagen import sql, types
from schemagen.db import sqlite_text
from schemagen.db.reflect.literals import read_default
from schemagen.db.reflect.reflected import Unmanaged
from schemagen.expr import build
from schemagen.exprs.types import logical_type
from schemagen.kinds import Column, Generated, Identity, Literal
from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schemagen.db.reflect.reflected import Found
    from schemagen.db.reflect.sqlite.tables import Read
    from schemagen.db.sqlite_text import ColumnText
    from schemagen.kinds import Key, Value

_SIGN = pattern(r"- (\d[\d.]*)\Z")
_STORED = 3  # of table_xinfo's `hidden`; 2 is a virtual generated column
# What a type that we do not know is on PostgreSQL, by the affinity that SQLite gives it.
_AFFINITIES = (
    ("int", "bigint"),
    ("char", "text"),
    ("clob", "text"),
    ("text", "text"),
    ("blob", "bytea"),
    ("real", "double precision"),
    ("floa", "double precision"),
    ("doub", "double precision"),
)
_STRICT = {"int": "bigint", "integer": "bigint", "real": "real", "text": "text", "blob": "bytea"}


def read(table: Read, known: Mapping[str, Read], found: Found) -> None:
    """Read the columns of a table."""
    written = {column.name: column for column in table.text.columns}
    by_fold = {name.lower(): column for name, column in written.items()}
    for row in table.rows:
        more = by_fold[row.name.lower()]
        column = _column(table, row, more, known)
        found.objects.append(column)
        found.unmanaged += _properties(table, row, more, column.key)


def _column(table: Read, row: Any, more: ColumnText, known: Mapping[str, Read]) -> Column:  # noqa: ANN401 - a row
    said: dict[str, Any] = {"type": "", **dict(_type(table, row, known))}
    if more.generated is not None:
        made = table.said(more.generated)
        said["generated"] = Generated(sql=made, stored=row.hidden == _STORED)
    elif row.dflt_value is not None and sqlite_text.default(row.dflt_value) != "null":
        said["default"] = _default(row.dflt_value, said["type"])
    if row.name == table.rowid:
        said["identity"] = Identity()
    is_key = row.name in table.key
    return Column(
        table=table.name,
        name=row.name,
        nullable=not (row.notnull or is_key),
        collation=more.collation,
        **said,
    )


def _default(text: str, kind: str) -> Value:
    """Read a default: SQLite keeps the words of whoever wrote it."""
    normal = sqlite_text.default(text)
    while normal.startswith("(") and _is_one(normal):
        normal = normal[1:-1]
    if kind == "boolean" and normal in ("0", "1", "false", "true"):
        return Literal(literal=normal in ("1", "true"))
    return read_default(_SIGN.sub(r"-\1", normal), kind)


def _is_one(text: str) -> bool:
    """Say whether the first parenthesis ends at the end."""
    depth = 0
    found = sql.tokens(text)
    for i, token in enumerate(found):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0:
            return i == len(found) - 1
    return False


def _type(table: Read, row: Any, known: Mapping[str, Read]) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a row
    """Give the type; and SQLite's own word where ours would be written otherwise there."""
    declared = row.type
    if row.name == table.rowid:
        yield "type", _rowid(table, known)
        return
    if "strict" in table.options:
        yield "type", _STRICT.get(declared.lower(), "text")
        if declared.lower() in ("int", "any"):  # the others are written so
            yield "sqlite", {"type": f'"{declared}"'}
        return
    spec = _spec(declared)
    if spec and spec.logical:
        yield "type", str(spec)
        if sqlite_text.normal(written(spec)) != sqlite_text.normal(declared):
            yield "sqlite", {"type": f'"{declared}"'}
        return
    word = declared.lower()
    guess = next((name for part, name in _AFFINITIES if part in word), "text")
    yield "type", "bytea" if not word else guess
    if sqlite_text.normal(declared) != sqlite_text.normal(written(types.parse(guess))):
        yield "sqlite", {"type": declared or '""'}


def written(spec: types.Spec | None) -> str:
    """Write a type as SQLite is told it."""
    made = build(logical_type(spec, "sqlite")) if spec else None
    return "" if made is None else str(made.compile(dialect=sqlite.dialect()))


def _rowid(table: Read, known: Mapping[str, Read]) -> str:
    """Choose the integer type of a key as what refers to it does; rowids have 64 bits."""
    declared = {
        row.type.lower()
        for other in known.values()
        for row in other.rows
        if _refers(other, row.name, table)
    }
    return "integer" if declared == {"integer"} else "bigint"


def _refers(other: Read, column: str, table: Read) -> bool:
    start = f"foreign key({sql.quote(column.lower())}) references {sql.quote(table.name.lower())}"
    return any(c.definition.startswith(start) for c in other.text.constraints)


def _spec(text: str) -> types.Spec | None:
    try:
        return types.parse(text)
    except ValueError:
        return None


def _properties(table: Read, row: Any, more: ColumnText, key: Key) -> Iterator[Unmanaged]:  # noqa: ANN401 - a row
    name, mine = f"{table.name}.{row.name}", (table.name,)
    if more.on_conflict:
        reason = "there is no word for ON CONFLICT in a table"
        yield Unmanaged("conflict clause", name, reason, key, ("on_conflict",), mine)
    if row.name in table.key and not row.notnull and row.name != table.rowid:
        reason = "SQLite alone allows NULL in a primary key"
        yield Unmanaged("NULL in the primary key", name, reason, key, ("nullable",), mine)
