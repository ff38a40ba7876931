"""A script that mends: statements in order, what loses values left for a person to put in."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from schemagen.patterns import pattern
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE_END = pattern(r"\r\n|\r|\n")
_GAP = pattern(r"[\s\x00-\x1f\x7f-\x9f]+")  # a remark has one line, whatever names hold


class Rank(IntEnum):
    """When a statement of PostgreSQL comes: a foreign key goes before its key, and comes after."""

    SCHEMA = -2
    CALL = -1
    TAKE_FOREIGN_KEY = 0
    TAKE = 1
    TYPE = 2
    TABLE = 3
    COLUMN = 4
    KEY = 5
    CHECK = 6
    INDEX = 7
    FOREIGN_KEY = 8
    LATE = 9
    DROP = 10
    DROP_SCHEMA = 11


@record
class Statement:
    """One statement, or a remark where there is none.

    Args:
        sql: the statement without its semicolon; empty when what differs cannot be written.
        rank: statements run by rank.
        remark: what to know before running it.
        off: whether it is written as a comment, because it loses values.
        part: -1 before the transaction, 0 in it, 1 after it.

    """

    sql: str
    rank: int = 0
    remark: str = ""
    off: bool = False
    part: int = 0


def text(statements: Iterable[Statement], opening: str, closing: str) -> str:
    """Write the script; nothing when there is nothing to mend.

    Args:
        statements: in any order; those of one rank stay as they are.
        opening: what begins the transaction.
        closing: what ends it.

    """
    found = sorted(statements, key=lambda s: s.rank)
    parts = {part: [s for s in found if s.part == part] for part in (-1, 0, 1)}
    lines = [line for s in parts[-1] for line in _lines(s)]
    if parts[0]:
        lines += [opening, *(line for s in parts[0] for line in _lines(s)), closing]
    return "\n".join([*lines, *(line for s in parts[1] for line in _lines(s))])


def _lines(statement: Statement) -> Iterator[str]:
    if statement.remark:
        yield f"-- {_GAP.sub(' ', statement.remark)}"
    if statement.sql and statement.off:
        yield from (f"-- {line}" for line in _LINE_END.split(f"{statement.sql};"))
    elif statement.sql:
        yield f"{statement.sql};"
