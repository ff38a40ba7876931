"""Names in expressions that only PostgreSQL reads, as far as tokens can tell that they are columns.

What SQLite reads too, SQLite is asked about. Here a name counts as a column only where nothing else
can stand: alone on one side of a comparison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.diagnostics import did_you_mean
from schemagen.kinds import once
from schemagen.source.expressions import expressions
from schemagen.source.model import find

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from schemagen.kinds import Obj
    from schemagen.schema import Schema, View
    from schemagen.source.draft import Draft

_COMPARING = frozenset({"=", "<", ">", "is", "in", "between", "like", "ilike", "isnull", "notnull"})
_BEFORE = frozenset({"", "(", "and", "or", "not"})
_OWN = frozenset({"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "user", "value"})


def check_postgresql_names(draft: Draft, schema: Schema) -> None:
    """Look for columns that are not there in what SQLite does not get to read.

    It reads all of what is the same on both databases, but columns that PostgreSQL takes for words
    of its own: to SQLite, `user` is a column.
    """
    differs = once(_differs)
    for table in draft.tables.values():
        only = table.table.only if table.table else None
        own = sql.POSTGRESQL_RESERVED.intersection(table.columns)
        if only == "sqlite":
            continue
        for obj in table.notable if own or only else filter(differs, table.notable):
            if own and obj.exists_on("postgresql"):
                _check_own(draft, obj, own)
            if (only or differs(obj)) and obj.exists_on("postgresql"):
                _check(draft, schema.view(table.name), obj)


def _differs(obj: Obj) -> bool:
    """Say whether an object is not the same on both databases."""
    return bool(obj.only_on or obj.sqlite or obj.postgresql)


def _check(draft: Draft, view: View, obj: Obj) -> None:
    on_sqlite = view.table.exists_on("sqlite") and obj.exists_on("sqlite")
    read = {said.text for said in expressions(obj.on("sqlite"))} if on_sqlite else set()
    known = draft.tables[view.name].declared
    for said in expressions(obj.on("postgresql")):
        if said.text in read or not said.bound:
            continue
        for name in map(_name, _columns(said.text)):
            if name and name not in known and name not in _OWN:
                at = find(draft.nodes[obj.key], said.path)
                label = did_you_mean(name, view.column_names)
                message = f"unknown column {name!r} in the expression"
                way_out = f"columns: {', '.join(view.column_names)}"
                draft.reader.error("S011", message, at, label=label, help=way_out)
                return


def _check_own(draft: Draft, obj: Obj, own: AbstractSet[str]) -> None:
    for said in expressions(obj.on("postgresql")):
        for token in _columns(said.text):
            name = token.text.lower()
            if name in own:
                at = find(draft.nodes[obj.key], said.path)
                message = f"PostgreSQL takes {name} for a word of its own, not for the column"
                draft.reader.error("P008", message, at, help=f'write it as "{name}"')


def _name(token: sql.Token) -> str:
    """Give the column's name that a token is; empty for a reserved word."""
    if token.group == "quoted":
        return token.text[1:-1].replace('""', '"')
    name = token.text.lower()
    return "" if name in sql.RESERVED else name


def _columns(text: str) -> Iterator[sql.Token]:
    """Give the words and quoted names that stand alone before a comparison."""
    solid = [t for t in sql.tokens(text) if t.group not in ("space", "comment")]
    if sql.has_query(text):
        return  # whose tables are others
    for at, token in enumerate(solid[:-1]):
        before = solid[at - 1].text.lower() if at else ""
        after = [t.text.lower() for t in solid[at + 1 : at + 3]]
        alone = before in _BEFORE and after[0] in _COMPARING and after != ["=", ">"]
        if alone and token.group in ("quoted", "word"):
            yield token
