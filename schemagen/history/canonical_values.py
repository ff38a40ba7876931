"""What stands behind a key of an entry, read at once where it is as simple as it mostly is.

A plain text, a map or a list on one line, or a map with one of these on each line; in braces and
brackets words, plain or in single quotes, and whole numbers alone. What it takes for text, the YAML
reader does, too.
"""

from __future__ import annotations

import json
import re
from json.encoder import encode_basestring
from typing import Any

from schemagen.patterns import pattern

_WORDS = {
    **dict.fromkeys(("null", "Null", "NULL"), "null"),
    **dict.fromkeys(("true", "True", "TRUE"), "true"),
    **dict.fromkeys(("false", "False", "FALSE"), "false"),
}
_TEXT = pattern(r"[^\W\d](?:[^:#\n]*[^:# \n])?\Z")
_PIECE = pattern(
    r"([{}\[\]]|, |: )"
    r"|([^\W\d][\w.()*+<>=%-]*(?: [\w.()*+<>=%-]+)*)"
    r"|'([^']*)'(?!')"
    r"|((?:0|-?[1-9]\d{0,15})(?![\w.()*+<>=%-]))"
    r"|.",
    re.ASCII,
)
_LINE = pattern(r"( +)([^\W\d][\w.]{0,200}): (.+)\n")
_DEEP = 10  # brackets of one value, whether within each other or not
_LONG = 4000


class UnlikeError(ValueError):
    """The text is not so simple; it may well be right."""


def read(text: str, indent: int) -> Any:  # noqa: ANN401 - text, a map or a list
    """Read what stands behind the colon of a key, up to its last line end. Raises UnlikeError.

    Args:
        text: it.
        indent: how far the lines below the key are indented.

    """
    if text[0] == "\n":
        return fields(text[1:], indent)
    is_one = text[0] == " " and text.find("\n") == len(text) - 1
    return _value(text[1:-1]) if is_one else _unlike()


def fields(text: str, indent: int) -> dict[str, Any]:
    """Read a map with a key on each line. Raises UnlikeError."""
    found: dict[str, Any] = {}
    at = 0
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None or line.end(1) - at != indent or line[2] in found:
            raise UnlikeError
        found[line[2]] = _value(line[3])
        at = line.end()
    return found or _unlike()


def _value(text: str) -> Any:  # noqa: ANN401 - as above
    """Read a value of one line."""
    if text[:1] not in ("{", "["):
        return text if _TEXT.match(text) and text not in _WORDS else _unlike()
    if len(text) > _LONG or text.count("{") + text.count("[") > _DEEP:
        raise UnlikeError
    try:
        return _loads(_PIECE.sub(_as_json, text))
    except json.JSONDecodeError as error:
        raise UnlikeError from error


def _as_json(piece: re.Match[str]) -> str:
    """Write a piece of a map or list in YAML as it is in JSON."""
    if piece[2]:
        return _WORDS.get(piece[2]) or encode_basestring(piece[2])
    if piece[3] is not None:
        return encode_basestring(piece[3])
    return piece[1] or piece[4] or _unlike()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _unlike()


def _unlike() -> Any:  # noqa: ANN401 - nothing at all
    raise UnlikeError


_loads = json.JSONDecoder(object_pairs_hook=_once).decode
