"""SQLite's CREATE text, read: the same schema gives the same words, however it came about.

SQLite keeps the text that made a table and edits it: ADD COLUMN appends to it, RENAME writes the
new name quoted. So white space, case of keywords and quoting of names are folded, and a constraint
written at a column is the same as one written at the table.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from schemagen import sql
from schemagen.patterns import pattern
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

W = TypeVar("W", bound=str)

# What may hold a bracket or a backtick as data, then the two ways of quoting that are SQLite's own.
_QUOTES = pattern(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/|\[([^\]]*)\]|`((?:[^`]|``)*)`""",
    re.DOTALL,
)
_GLUED = frozenset(("<=", ">=", "<>", "!=", "==", "||", "<<", ">>", "->"))
_TABLE_CONSTRAINTS = {
    "primary": "primary_key",
    "unique": "unique",
    "check": "check",
    "foreign": "foreign_key",
}
_CLAUSES = frozenset(  # as in sql.py, one string reads better
    "constraint primary not null unique check default collate references generated as".split()  # noqa: SIM905
)
_ACTIONS = pattern(r"on (delete|update) (set null|set default|cascade|restrict|no action)")


@record
class ColumnText:
    """What `table_xinfo` does not say of a column."""

    name: str
    generated: str | None = None
    collation: str | None = None
    on_conflict: str | None = None


@record
class ConstraintText:
    """A constraint; `name` is empty when it has none."""

    kind: str
    name: str
    definition: str


@record
class TableText:
    """A CREATE TABLE statement in pieces."""

    columns: tuple[ColumnText, ...]
    constraints: tuple[ConstraintText, ...]
    options: tuple[str, ...]


def normal(text: str) -> str:
    """Fold the layout, the case of words and the quoting of names."""
    return _joined(_words(text))


def default(text: str) -> str:
    """Fold a default. A name stands for a text: no default can speak of a column."""
    found = [t for t in sql.tokens(_QUOTES.sub(_requoted, text)) if t.group != "space"]
    alone = found[0] if len(found) == 1 else None
    if alone is None or alone.group not in ("word", "quoted"):
        return normal(text)
    is_value = alone.group == "word" and alone.text.lower() in _VALUES
    return alone.text.lower() if is_value else sql.literal(_bare(alone.text))


_VALUES = frozenset(("null", "true", "false", "current_date", "current_time", "current_timestamp"))


class _Word(str):
    """A token as it counts, and the name that it is as it was written."""

    __slots__ = ("name",)
    name: str


def normal_index(text: str) -> str:
    """Fold a CREATE INDEX statement; parentheses around the whole of an item go, too."""
    words = _words(text)
    opening = _place(words, "(")
    end = closing(words, opening)
    for at in (opening - 3, opening - 1):  # of the index and the table
        words[at] = _named(words[at])
    items = (_joined(_item(piece)) for piece in split(words[opening + 1 : end]))
    rest = _joined(words[end + 1 :])
    return f"{_joined(words[:opening])}({', '.join(items)}){f' {rest}' if rest else ''}"


def _named(word: _Word) -> _Word:
    """Quote a word that stands where only a name can, if it may be another thing elsewhere."""
    if word.startswith('"'):
        return word
    quoted = _Word(sql.quote(word))
    quoted.name = word.name
    return quoted


def _listed(words: list[_Word]) -> list[_Word]:
    """Quote the names of a list: each begins an item."""
    starts = [0, *(i + 1 for i, word in enumerate(words) if word == ",")]
    return [_named(word) if i in starts else word for i, word in enumerate(words)]


def _item(words: list[_Word]) -> list[_Word]:
    """Fold an item of an index: a column's name, or an expression."""
    words = _unwrapped(words)
    is_name = len(words) == 1 or words[1] in ("asc", "desc", "collate")
    return [_named(words[0]), *words[1:]] if is_name and words[0].name else words


def _unwrapped(words: list[_Word]) -> list[_Word]:
    """Take parentheses away that hold everything but the order."""
    end = len(words) - (words[-1] in ("asc", "desc"))
    while words[0] == "(" and closing(words, 0) == end - 1:
        words, end = [*words[1 : end - 1], *words[end:]], end - 2
    return words


def _words(text: str) -> list[_Word]:
    """Give the tokens that count: words in lower case, names quoted only where needed.

    SQLite does not tell upper case from lower in a name, quoted or not.
    """
    out = []
    for token in sql.tokens(_QUOTES.sub(_requoted, text)):
        if token.group in ("space", "comment"):
            continue
        counts = token.text
        if token.group in ("word", "quoted"):
            bare = _bare(token.text)
            is_word = token.group == "word" and bare.isascii()  # else a name, quoted or not
            counts = bare.lower() if is_word else sql.quote(_lowered(bare))
        word = _Word(counts)
        word.name = _bare(token.text)
        out.append(word)
    return out


def _lowered(name: str) -> str:
    """Fold as SQLite does: ASCII alone."""
    return "".join(c.lower() if c.isascii() else c for c in name)


def _requoted(found: re.Match[str]) -> str:
    if found[1] is None and found[2] is None:
        return found[0]
    name = found[1] if found[2] is None else found[2].replace("``", "`")
    return '"' + name.replace('"', '""') + '"'


def _bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def _joined(words: Iterable[str]) -> str:
    """Write the words with one layout; `asc`, which is the default, is left out."""
    out = ""
    before = ""
    for word, after in pairwise([*words, ";"]):
        if word == "asc" and after in ",);":
            continue
        tight = before in ("", "(", ".") or word in (")", ",", ".", "(")
        spaced = word == "(" and before == ","
        glued = before + word in _GLUED
        out += word if (tight and not spaced) or glued else f" {word}"
        before = word
    return out


def read_table(text: str) -> TableText | None:
    """Read a CREATE TABLE statement; None for a virtual table."""
    words = _words(text)
    if "virtual" in words[:2]:
        return None
    opening = _place(words, "(")
    end = closing(words, opening)
    columns: list[ColumnText] = []
    constraints: list[ConstraintText] = []
    for piece in split(words[opening + 1 : end]):
        if piece[0] == "constraint" or piece[0] in _TABLE_CONSTRAINTS:
            constraints.append(_table_constraint(piece))
        else:
            column, more = _column(piece)
            columns.append(column)
            constraints += more
    options = tuple(" ".join(piece) for piece in split(words[end + 1 :]))
    return TableText(tuple(columns), tuple(constraints), options)


def _place(words: Sequence[str], word: str) -> int:
    return words.index(word)


def closing(words: Sequence[str], opening: int) -> int:
    """Give the place of the parenthesis that closes the one at `opening`."""
    depth = 0
    for i in range(opening, len(words)):
        depth += (words[i] == "(") - (words[i] == ")")
        if not depth:
            return i
    return len(words)


def split(words: list[W]) -> Iterator[list[W]]:
    """Split at the commas that are in no parenthesis."""
    depth, start = 0, 0
    for i, word in enumerate(words):
        depth += (word == "(") - (word == ")")
        if word == "," and not depth:
            yield words[start:i]
            start = i + 1
    if words[start:]:
        yield words[start:]


def _table_constraint(words: list[_Word]) -> ConstraintText:
    name = ""
    if words[0] == "constraint":
        name, words = words[1].name, words[2:]
    kind = _TABLE_CONSTRAINTS[words[0]]
    if kind != "check":
        opening = _place(words, "(")
        end = closing(words, opening)
        words = [*words[: opening + 1], *_listed(words[opening + 1 : end]), *words[end:]]
    text = _reference(words) if kind == "foreign_key" else _joined(words)
    return ConstraintText(kind, name, text)


def _reference(words: list[_Word]) -> str:
    """Write a foreign key's clauses in one order; the defaults are left out."""
    at = _place(words, "references")
    end = at + 2
    names = [_named(words[at + 1])]
    if words[end : end + 1] == ["("]:
        end = closing(words, end) + 1
        names += [words[at + 2], *_listed(words[at + 3 : end])]
    words = [*words[: at + 1], *names, *words[end:]]
    rest = " ".join(words[end:])
    actions = sorted(m[0] for m in _ACTIONS.finditer(rest) if m[2] != "no action")
    match = re.search(r"match (\w+)", rest)
    deferrable = re.search(r"(?<!not )deferrable(?: initially deferred)?", rest)
    more = [*actions, *(m[0] for m in (match, deferrable) if m)]
    return " ".join([_joined(words[:end]), *more])


def _column(words: list[_Word]) -> tuple[ColumnText, list[ConstraintText]]:
    """Read a column's definition: what is its own, and the constraints written at it."""
    name = _named(words[0])
    fields: dict[str, str] = {}
    constraints: list[ConstraintText] = []
    called = ""
    for clause in _clauses(words[1:]):
        head = clause[0]
        if head == "constraint":
            called = clause[1].name
            continue
        if head == "references":
            text = _reference([*_words("foreign key ("), name, *_words(")"), *clause])
            constraints.append(ConstraintText("foreign_key", called, text))
        elif head in ("primary", "unique", "check"):
            constraints.append(_at_column(name, called, clause))
        else:
            fields.update(_own(clause))
        called = ""
    return ColumnText(name.name, **fields), constraints


def _clauses(words: list[_Word]) -> Iterator[list[_Word]]:
    """Split what follows a column's name at the words that open a clause; the type comes first."""
    depth = 0
    starts = []
    for i, word in enumerate(words):
        if not depth and word in _CLAUSES and not _continues(words, i):
            starts.append(i)
        depth += (word == "(") - (word == ")")
    for start, end in pairwise([*starts, len(words)]):
        yield words[start:end]


def _continues(words: list[_Word], i: int) -> bool:
    """`NOT NULL`, `SET NULL`, `DEFAULT NULL`, `NOT DEFERRABLE`, `ALWAYS AS` are one clause."""
    before = words[i - 1] if i else ""
    after = words[i + 1] if i + 1 < len(words) else ""
    pairs = {
        "null": ("not", "set", "default"),
        "default": ("set",),
        "as": ("always",),
    }
    named = before in ("constraint", "collate", "references")
    return (
        named or before in pairs.get(words[i], ()) or (words[i] == "not" and after == "deferrable")
    )


def _at_column(name: str, called: str, clause: list[_Word]) -> ConstraintText:
    kind = _TABLE_CONSTRAINTS[clause[0]]
    if kind == "check":
        return ConstraintText(kind, called, _joined(clause))
    head, rest = clause[: 1 + (kind == "primary_key")], clause[1 + (kind == "primary_key") :]
    inside = [word for word in rest if word in ("desc", "autoincrement")]
    after = [word for word in rest if word not in ("asc", "desc", "autoincrement")]
    return ConstraintText(kind, called, _joined([*head, "(", name, *inside, ")", *after]))


def _own(clause: list[_Word]) -> dict[str, str]:
    """Read a clause that is the column's own; type, default and NOT NULL are table_xinfo's."""
    if clause[0] == "collate":
        return {"collation": _bare(clause[1]).lower()}
    if clause[0] in ("generated", "as"):
        opening = _place(clause, "(")
        return {"generated": _joined(clause[opening + 1 : closing(clause, opening)])}
    if "conflict" in clause:
        return {"on_conflict": clause[-1]}
    return {}
