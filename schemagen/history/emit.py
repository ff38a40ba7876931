"""Plain data to YAML text that every reader of YAML 1.1 or 1.2 takes for the same data.

Text is left bare only where no reader could see anything else in it; what YAML cannot hold raw is
escaped. No line is folded, no anchor, no tag; the same data gives the same bytes.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WIDTH = 100
_LONG_KEY = 500  # libyaml wants `? ` before a key of over 1024 characters, escapes counted

# Fixed classes, not str.isprintable(), whose answer changes with Python's Unicode tables: controls,
# line ends, no-break and zero-width spaces, marks of direction, surrogates, what is no character.
_SPECIAL = pattern(
    "[\\x00-\\x1f\\x7f-\\xa0\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\ud800-\\udfff\\ufeff\\ufff0-\\uffff\\U000e0000-\\U000e0fff]"
)
# A letter first, or a hash with a letter that stands in no number, be it 1e5 or 0b1.
_BARE = pattern(r"[A-Za-z_][^#]*\Z|(?=.*[acdf])[0-9a-f]+\Z")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_ASTRAL = 0x10000
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


class Block(dict[str, Any]):
    """A map that is never written on one line, and neither is what holds it."""


def emit(data: Mapping[str, Any]) -> str:
    """Write a document.

    Args:
        data: maps with text keys, sequences, text, numbers, booleans and None.

    """
    return "".join(line + "\n" for line in _map(data, 0))


def _map(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, value in data.items():
        written = scalar(key)
        if len(written) > _LONG_KEY:
            yield f"{' ' * indent}? {written}"
            written = ""
        yield from _entry(f"{' ' * indent}{written}:", value, indent + 2)


def _list(data: Sequence[Any], indent: int) -> Iterator[str]:
    for value in data:
        yield from _entry(f"{' ' * indent}-", value, indent + 2)


def _entry(head: str, value: Any, indent: int) -> Iterator[str]:  # noqa: ANN401 - any data
    """Write `head` and a value: on one line if it may be and fits, else the value below."""
    line = f"{head} {_flow(value)}"
    if not isinstance(value, (dict, list)) or not value or (_inline(value) and len(line) <= WIDTH):
        yield line
        return
    below = _map(value, indent) if isinstance(value, dict) else _list(value, indent)
    if head.endswith("-"):
        first = next(below)
        yield f"{head} {first.lstrip(' ')}"
    else:
        yield head
    yield from below


def _inline(value: Any) -> bool:  # noqa: ANN401 - any data
    """Say whether a value may stand on one line."""
    if isinstance(value, Block):
        return False
    if isinstance(value, dict):
        short = all(len(key) <= _LONG_KEY for key in value)
        return short and all(map(_inline, value.values()))
    return all(map(_inline, value)) if isinstance(value, list) else True


def _flow(value: Any) -> str:  # noqa: ANN401 - any data
    if isinstance(value, dict):
        pairs = (f"{scalar(k, flow=True)}: {_inner(v)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inner, value)) + "]"
    return scalar(value)


def _inner(value: Any) -> str:  # noqa: ANN401 - any data
    return _flow(value) if isinstance(value, (dict, list)) else scalar(value, flow=True)


def scalar(value: object, *, flow: bool = False) -> str:
    """Write a scalar.

    Args:
        value: text, a number, a boolean or None.
        flow: whether it stands inside braces or brackets.

    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float(value)
    assert isinstance(value, str), value  # noqa: S101 - there is no other data
    return value if _bare(value, flow=flow) else _quoted(value)


def _float(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    return text if "." in text or "e" not in text else text.replace("e", ".0e")


def _bare(text: str, *, flow: bool) -> bool:
    """Say whether text can stand without quotes: it looks like nothing else."""
    if not _BARE.match(text) or _SPECIAL.search(text) or text.endswith((" ", ":")):
        return False
    if ": " in text or (flow and re.search(r"[][{},?:]", text)):
        return False
    return text.lower() not in _WORDS


def _quoted(text: str) -> str:
    if _SPECIAL.search(text) or ("'" in text and not set('"\\') & set(text)):
        plain = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + _SPECIAL.sub(_escaped, plain) + '"'
    return "'" + text.replace("'", "''") + "'"


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _ESCAPES.get(found[0]) or (f"\\u{code:04x}" if code < _ASTRAL else f"\\U{code:08x}")
