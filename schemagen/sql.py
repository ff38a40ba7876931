"""SQL as tokens: enough to quote a name, find the columns in an expression and rename them.

Of SQL we know tokens, not grammar. An identifier token that equals a column's name, does not stand
before `(` and does not stand after `.` or `::`, is that column.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = pattern(
    r"""
      (?P<space>\s+)
    | (?P<comment>--[^\n]*|/\*.*?\*/)
    | (?P<string>[eE]'(?:[^'\\]|\\.|'')*'|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*')
    | (?P<dollar>\$(?P<tag>[^\W\d]\w*|)\$.*?\$(?P=tag)\$)
    | (?P<quoted>"(?:[^"]|"")*")
    | (?P<word>[^\W\d][\w$]*)
    | (?P<number>\d[\w.]*|\.\d\w*)
    | (?P<op>::|.)
    """,
    re.VERBOSE | re.DOTALL,
)

# Words that cannot stand bare as a column's name in PostgreSQL: pg_get_keywords, R and T.
POSTGRESQL_RESERVED = frozenset(  # one string reads better than 100
    """
    all analyse analyze and any array as asc asymmetric authorization binary both case cast check
    collate collation column concurrently constraint create cross current_catalog current_date
    current_role current_schema current_time current_timestamp current_user default deferrable desc
    distinct do else end except false fetch for foreign freeze from full grant group having ilike in
    initially inner intersect into is isnull join lateral leading left like limit localtime
    localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
    references returning right select session_user similar some symmetric system_user table
    tablesample then to trailing true union unique user using variadic verbose when where window
    with
    """.split()  # noqa: SIM905 - as said
)
# The same in PostgreSQL or in SQLite.
RESERVED = POSTGRESQL_RESERVED | frozenset(
    """
    add alter autoincrement begin between by commit deferred delete drop each escape exists explain
    glob if immediate index indexed insert instead key match no nothing of over plan pragma query
    raise recursive regexp reindex release rename replace restrict rollback row rows savepoint set
    temp temporary transaction trigger update vacuum values view virtual without
    """.split()  # noqa: SIM905 - as said
)
_PLAIN = pattern(r"[a-z_][a-z0-9_]*\Z")
_NUMBERING = frozenset(("nextval", "currval", "setval"))
_PORTABLE: dict[tuple[str, ...], str] = {("now", "(", ")"): "CURRENT_TIMESTAMP"}


class Token(NamedTuple):
    """One token: its class (a group of the pattern above) and its text."""

    group: str
    text: str


@lru_cache(maxsize=4096)
def tokens(sql: str) -> tuple[Token, ...]:
    """Split `sql`; the texts joined give it back unchanged."""
    groups = (m for m in _TOKEN.finditer(sql))
    return tuple(Token("dollar" if m["dollar"] else m.lastgroup or "op", m.group()) for m in groups)


def quote(name: str) -> str:
    """Quote an identifier where the databases need it: `order` becomes `"order"`."""
    if _PLAIN.match(name) and name not in RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Write a string as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


@lru_cache(maxsize=4096)
def tidy(sql: str) -> str:
    """Fold white space and comments between tokens, so that layout is never a difference.

    A comment goes: on one line, `--` would take what follows with it.
    """
    parts: list[str] = []
    for token in tokens(sql):
        gap = token.group in ("space", "comment")
        if not gap or parts[-1:] != [" "]:
            parts.append(" " if gap else token.text)
    return "".join(parts).strip()


def _names(sql: str) -> Iterator[tuple[int, str]]:
    """Yield the place and the folded name of each token that can be a column."""
    found = tokens(sql)
    solid = [i for i, t in enumerate(found) if t.group not in ("space", "comment")]
    for at, i in enumerate(solid):
        token = found[i]
        if token.group not in ("word", "quoted"):
            continue
        before = found[solid[at - 1]].text if at else ""
        after = found[solid[at + 1]].text if at + 1 < len(solid) else ""
        if before in (".", "::") or after == "(":
            continue
        bare = token.group == "word"
        yield i, token.text.lower() if bare else token.text[1:-1].replace('""', '"')


@lru_cache(maxsize=4096)
def identifiers(sql: str) -> frozenset[str]:
    """Give every name in `sql` that can be a column, unquoted ones in lower case."""
    return frozenset(name for _, name in _names(sql))


def words(sql: str) -> frozenset[str]:
    """Give every word and name in `sql`, those after dots too; unquoted ones in lower case."""
    return frozenset(_unquoted(t) for t in tokens(sql) if t.group in ("word", "quoted"))


def rename(sql: str, old: str, new: str) -> str:
    """Give `sql` with the column `old` called `new`."""
    hits = {i for i, name in _names(sql) if name == old}
    if not hits:
        return sql
    return "".join(quote(new) if i in hits else t.text for i, t in enumerate(tokens(sql)))


def has_query(sql: str) -> bool:
    """Say whether a query stands in `sql`; a column may be called "select"."""
    return any(t.group == "word" and t.text.lower() == "select" for t in tokens(sql))


def functions(sql: str) -> frozenset[str]:
    """Give the names, in lower case, of the functions that `sql` calls."""
    solid = [t for t in tokens(sql) if t.group not in ("space", "comment")]
    pairs = pairwise(solid)
    return frozenset(a.text.lower() for a, b in pairs if a.group == "word" and b.text == "(")


def replace_words(sql: str, words: dict[tuple[str, ...], str]) -> str:
    """Replace runs of tokens, written in lower case: `{("now", "(", ")"): "CURRENT_TIMESTAMP"}`."""
    found = tokens(sql)
    out: list[str] = []
    i = 0
    while i < len(found):
        run = next((w for w in words if _at(found, i, w)), None)
        out.append(words[run] if run else found[i].text)
        i += len(run) if run else 1
    return "".join(out)


def _at(found: tuple[Token, ...], i: int, run: tuple[str, ...]) -> bool:
    here = found[i : i + len(run)]
    plain = all(t.group in ("word", "op") for t in here)
    return plain and tuple(t.text.lower() for t in here) == run


def _sequence_texts(sql: str) -> Iterator[tuple[int, str]]:
    """Yield the place and the name of each sequence that `nextval` and its like are given."""
    found = tokens(sql)
    solid = [i for i, t in enumerate(found) if t.group not in ("space", "comment")]
    for at in range(2, len(solid)):
        call, bracket, name = (found[i] for i in solid[at - 2 : at + 1])
        if call.text.lower() in _NUMBERING and bracket.text == "(" and name.group == "string":
            parts = tokens(name.text[1:-1].replace("''", "'"))
            said = ".".join(_unquoted(part) for part in parts[::2])
            if said and len(parts) in (1, 3) and {part.text for part in parts[1::2]} <= {"."}:
                yield solid[at], said


def _unquoted(token: Token) -> str:
    """Give the name that a token stands for; nothing if it is no name."""
    if token.group == "word":
        return token.text.lower()
    return token.text[1:-1].replace('""', '"') if token.group == "quoted" else ""


def sequences(sql: str) -> frozenset[str]:
    """Give the names of the sequences that `sql` takes numbers from."""
    return frozenset(name for _, name in _sequence_texts(sql))


def rename_sequence(sql: str, old: str, new: str) -> str:
    """Give `sql` with the sequence `old` called `new`."""
    hits = {i for i, name in _sequence_texts(sql) if name == old}
    said = literal(".".join(map(quote, new.split(".", 1))))
    return "".join(said if i in hits else t.text for i, t in enumerate(tokens(sql)))


def portable(text: str) -> str:
    """Write the user's SQL so that both databases read it.

    `now()` is the standard's CURRENT_TIMESTAMP. `true` and `false` need nothing: SQLite has had
    them since 3.23.
    """
    return replace_words(text, _PORTABLE)
