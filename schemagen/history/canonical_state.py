"""A full state in the form in which it is written here, read without a tree of its YAML."""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING

from schemagen.history import canonical_values, pieces
from schemagen.history.definition import Definition
from schemagen.history.full import PARTS
from schemagen.history.pieces import KEY, bare
from schemagen.kinds import KINDS, Key, Table
from schemagen.patterns import pattern
from schemagen.source.nodes import Map, plain

if TYPE_CHECKING:
    import re

    from schemagen.history.full import Defined, Whole

_KIND = pattern(rf" {{2}}({'|'.join(KINDS)}):\n")
_OBJECT = pattern(rf" {{4}}({KEY}):((?: .*)?\n(?: {{6}}.*\n)*)")
_PART_KINDS = "|".join(sorted(PARTS))
_OWN = rf" {{6}}(?!(?:{_PART_KINDS}):).*\n(?: {{8}}.*\n)*"
_TABLE = pattern(rf" {{4}}({KEY}):(?: \{{\}}\n|\n((?:{_OWN})*))")
_PART_KIND = pattern(rf" {{6}}({_PART_KINDS}):\n")
_PART = pattern(rf" {{8}}({KEY}):((?: .*)?\n(?: {{10}}.*\n)*)")
_OBJECTS, _FIELDS, _PARTS = 4, 6, 8  # how far each is indented


def read(text: str, at: int) -> Whole | None:
    """Read the objects from `at` on; None when they are not in this form.

    Raises ValueError when something is no object.
    """
    found: list[Defined] = []
    kinds: set[str] = set()
    while kind := _KIND.match(text, at):
        if kind[1] in kinds:
            return None
        kinds.add(kind[1])
        at = _kind(text, kind.end(), kind[1], found)
    is_all = at == len(text) and len({key for key, _ in found}) == len(found)
    return tuple(found) if is_all else None


def _kind(text: str, at: int, kind: str, found: list[Defined]) -> int:
    """Read the objects of one kind; give the place behind them. There must be one."""
    start = at
    if kind == Table.kind:
        while table := _TABLE.match(text, at):
            at = _table(text, table, found)
    else:
        while read := _OBJECT.match(text, at):
            found.append((Key(kind, "", bare(read[1])), _definition(kind, _OBJECTS, read[2])))
            at = read.end()
    if at == start:
        raise ValueError
    return at


def _table(text: str, table: re.Match[str], found: list[Defined]) -> int:
    """Read a table with its parts; give the place behind them."""
    name, own = bare(table[1]), table[2]
    found.append((Key(Table.kind, "", name), _own(own or "")))
    at, kinds = table.end(), set[str]()
    while own is not None and (section := _PART_KIND.match(text, at)):
        kind, at = intern(section[1]), section.end()
        read = _PART.match(text, at)
        if read is None or kind in kinds:
            raise ValueError
        kinds.add(kind)
        while read:
            key = Key(kind, name, bare(read[1]))
            found.append((key, _definition(kind, _PARTS, read[2])))
            at = read.end()
            read = _PART.match(text, at)
    if own == "" and not kinds:
        raise ValueError
    return at


@lru_cache(pieces.REMEMBERED)
def _definition(kind: str, indent: int, said: str) -> Definition:
    """Read what is said of an object behind the colon after its name."""
    try:
        data = canonical_values.read(said, indent + 2)
    except canonical_values.UnlikeError:
        root = pieces.read(f"a:{said}", indent)
        data = plain(root.get("a")) if isinstance(root, Map) else None
    return _checked(kind, data)


@lru_cache(pieces.REMEMBERED)
def _own(said: str) -> Definition:
    """Read what is said of a table itself."""
    try:
        data = canonical_values.fields(said, _FIELDS) if said else {}
    except canonical_values.UnlikeError:
        data = plain(pieces.read(said, _FIELDS))
    return _checked(Table.kind, data)


def _checked(kind: str, data: object) -> Definition:
    definition = Definition(kind, data)
    definition.make(Key(kind, "", ""))
    return definition


def forget() -> None:
    """Forget what has been read: a test counts from the start."""
    _definition.cache_clear()
    _own.cache_clear()
