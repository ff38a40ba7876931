"""Python identifiers for whatever a schema calls its tables, columns, enums and values."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from typing import TYPE_CHECKING

from schemagen.patterns import pattern
from schemagen.render.english import singular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

# What a generated module says itself, in the body of a class too: a column of such a name would
# hide it there.
_USUAL = pattern(r"[A-Za-z]\w*", re.ASCII)
_SQLALCHEMY = ("sa", "postgresql", "Base", "Mapped", "mapped_column", "relationship")
_TYPING = ("TYPE_CHECKING", "Any", "Decimal", "UUID", "MappingProxyType", "dt", "enum")
_OURS = frozenset((*_SQLALCHEMY, *_TYPING, "EnumType", "PerDialect", "RawType", "enum_values"))
_ANNOTATIONS = frozenset(("int", "str", "bool", "float", "bytes", "list", "dict"))
_DECLARATIVE = frozenset(("metadata", "registry", "type_annotation_map"))
_ATTRIBUTES = _OURS | _ANNOTATIONS | _DECLARATIVE | frozenset(keyword.kwlist)
_CLASSES = _OURS | frozenset(dir(builtins)) | frozenset(keyword.kwlist)
_MODULES = frozenset(("base", "enums", "sequences")) | frozenset(keyword.kwlist)


def ascii_word(text: str) -> str:
    """Fold text into letters, digits and `_`, none of them in front or behind."""
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    if not plain.isidentifier():
        plain = re.sub(r"\W+", "_", plain, flags=re.ASCII)
    return plain.strip("_")


def camel(text: str) -> str:
    """Write words as CamelCase: `wip_process_history` becomes `WipProcessHistory`."""
    return "".join(word[0].upper() + word[1:] for word in ascii_word(text).split("_") if word)


def singular_word(table: str) -> str:
    """Give the singular of a table's last word: `wip_items` becomes `wip_item`."""
    head, _, last = ascii_word(table).lower().rpartition("_")
    return f"{head}_{singular(last)}".lstrip("_") or "row"


def class_name(table: str) -> str:
    """Name the class of a row: the singular of the table, in CamelCase."""
    head, _, last = ascii_word(table).rpartition("_")
    one = singular(last) if last.islower() else last
    return _started(camel(f"{head}_{one}"), "Table")


def enum_name(enum: str) -> str:
    """Name the class of an enum."""
    return _started(camel(enum), "Enum")


def member_name(value: str) -> str:
    """Name a member of an enum after its value."""
    return _started(ascii_word(value).upper(), "VALUE_")


def attribute_name(column: str) -> str:
    """Name the attribute of a column: its own name wherever Python allows that."""
    return column if _USUAL.fullmatch(column) else _started(ascii_word(column).lower(), "column_")


def module_name(table: str) -> str:
    """Name the module of a table."""
    return _started(ascii_word(table).lower(), "table_")


def _started(word: str, prefix: str) -> str:
    """An identifier is not empty and does not start with a digit."""
    return word if word and not word[0].isdigit() else f"{prefix}{word}".rstrip("_")


class Taken:
    """Names that are given out once each.

    Args:
        reserved: names that are never given out.
        suffix: what a reserved name gets behind it.
        fold: what makes two names the same.
        others: more that is reserved, and shared with others.

    """

    def __init__(
        self,
        reserved: Iterable[str] = (),
        suffix: str = "_",
        fold: Callable[[str], str] = str,
        others: AbstractSet[str] = frozenset(),
    ) -> None:
        """Start with nothing given out."""
        self._reserved = frozenset(reserved)
        self._others = others
        self._suffix = suffix
        self._fold = fold
        self._given: set[str] = set()

    def give(self, *wishes: str) -> str:
        """Give the first wish that is free, or the last one with a number."""
        name = ""
        for wish in wishes:
            name = self._mended(_started(wish, "n_"))
            if self._fold(name) not in self._given:
                break
        else:
            name = self._numbered(name)
        self._given.add(self._fold(name))
        return name

    def _mended(self, word: str) -> str:
        return word + self._suffix if word in self._reserved or word in self._others else word

    def _numbered(self, wish: str) -> str:
        number = 2
        while self._fold(f"{wish}_{number}") in self._given:
            number += 1
        return f"{wish}_{number}"


def attributes(classes: AbstractSet[str]) -> Taken:
    """Start the names of one class's attributes.

    Args:
        classes: the names of all classes. One set serves them all.

    """
    return Taken(_ATTRIBUTES, others=classes)


def classes() -> Taken:
    """Start the names of the classes."""
    return Taken(_CLASSES, suffix="Row")


def modules() -> Taken:
    """Start the names of the modules; some file systems fold upper and lower case."""
    return Taken(_MODULES, fold=str.lower)
