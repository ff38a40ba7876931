"""Writing YAML: scalars that read back as the same text, wherever they stand."""

from __future__ import annotations

import re
from typing import Any

from schemagen import sql
from schemagen.diagnostics import Fix
from schemagen.patterns import pattern
from schemagen.source.nodes import Node, Scalar

_PLAIN = pattern(r"[A-Za-z_][\w .?()=<>+*/'-]*(?<! )\Z", re.ASCII)
_WORDS = frozenset({"true", "false", "null"})
_NAMED = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_WIDTHS = ((0x100, "\\x{:02x}"), (0x10000, "\\u{:04x}"), (0x110000, "\\U{:08x}"))


def scalar(text: str) -> str:
    """Write text as a YAML scalar that stands anywhere, within [ ] and { } too."""
    if _PLAIN.match(text) and text.lower() not in _WORDS:
        return text
    if text.isprintable() and "'" in text and not re.search(r'["\\]', text):
        return f'"{text}"'
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in _NAMED or char.isprintable():
        return _NAMED.get(char, char)
    code = ord(char)
    return next(form for limit, form in _WIDTHS if code < limit).format(code)


def lines_of(text: str) -> list[str]:
    """Split a file's text as places count: no byte order mark, no carriage returns."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def renaming(text: str, node: Node, old: str, new: str) -> Fix | None:
    """Write the new name of a column where a scalar says the old one.

    Args:
        text: the file's text.
        node: a name, or an expression that mentions it.
        old: the name that is gone.
        new: the one to write.

    """
    if not isinstance(node, Scalar) or (node.style == "'" and "'" in node.text):
        return None
    if node.style == '"' and "\\" in node.text:
        return None
    lines = lines_of(text)
    line, column, end_line, end_column = node.span
    last = end_line if end_column else max(end_line - 1, line)
    block = node.style in ("|", ">")
    first = line + 1 if block else line
    fixed = lines[first : last + 1]
    if first == last and not block:
        quoted = bool(node.style)
        inner = lines[line][column + quoted : end_column - quoted]
        there = node.style + sql.rename(inner, old, new) + node.style
        there = scalar(new) if node.text == old else there
        fixed = [lines[line][:column] + there + lines[line][end_column:]]
    else:
        fixed = [sql.rename(each, old, new) for each in fixed]
    return Fix(node.file, first + 1, "\n".join(fixed), len(fixed))


_BLOCK_PLAIN = pattern(r"[A-Za-z_][^\n\t]*[^\s:]\Z|[A-Za-z_]\Z")
WIDTH = 100


def flow(value: Any) -> str:  # noqa: ANN401 - whatever YAML holds
    """Write a value on one line, as it can stand within [ ] and { }."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(k))}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str):
        return scalar(value)
    words = {None: "null", True: "true", False: "false"}
    return words[value] if value is None or isinstance(value, bool) else repr(value)


def line(text: str) -> str:
    """Write text as the value of a key in block style, without quotes where that is safe."""
    safe = _BLOCK_PLAIN.match(text) and text.isprintable() and text.lower() not in _WORDS
    return text if safe and ": " not in text and " #" not in text else scalar(text)


def _folded(text: str, indent: int) -> str | None:
    """Write long text over several lines, where YAML puts the same text together again."""
    if len(text) + indent <= WIDTH or not text.isprintable() or "  " in f" {text} ":
        return None
    pad = " " * indent
    width = WIDTH - indent
    import textwrap  # noqa: PLC0415 - for long comments alone

    folded = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join([">-", *(pad + each for each in folded)]) if len(folded) > 1 else None


def block(value: dict[str, Any], indent: int = 0, deep: int = 2) -> str:
    """Write a mapping in block style.

    Args:
        value: what to write.
        indent: how far it is indented.
        deep: how many levels are in block style, however short they are.

    """
    return "".join(_entry(key, each, indent, deep) for key, each in value.items())


def _entry(key: str, value: Any, indent: int, deep: int) -> str:  # noqa: ANN401 - as above
    lead = f"{' ' * indent}{scalar(key)}:"
    if isinstance(value, str):
        return f"{lead} {_folded(value, indent + 2) or line(value)}\n"
    short = f"{lead} {flow(value)}\n"
    if not isinstance(value, dict) or not value or (deep <= 1 and len(short) <= WIDTH):
        return short
    return f"{lead}\n{block(value, indent + 2, deep - 1)}"
