"""Comments of a YAML file, put back where what they speak of is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY = pattern(r"( *)((?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s#:'\"\[{-][^:#]*)):(?:\s|\Z)")
_ITEM = pattern(r"( *)- ")
_BLOCK = pattern(r"[|>][-+\d]*(?:\s+#.*)?\Z")  # the value goes on below, and is no YAML
# A value that begins with a quote or a bracket: in those, and in quotes within, # is a letter.
_QUOTED = pattern(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_PLAIN = pattern(r"[^'\"{}\[\],\s#](?:[^,{}\[\]#\s]|(?<!\s)#)*")
_COMMENT = pattern(r"(?:^|\s)(#.*)\Z")

Path = tuple[str, ...]


def with_comments(text: str, before: str, names: Mapping[str, str] | None = None) -> str:
    """Give a text with the comments that another one has at the same keys and items.

    Args:
        text: new, without comments of its own but the modeline and what it begins with.
        before: the one that it takes the place of.
        names: what keys that are called otherwise now were called in it.

    """
    earlier = names or {}
    above, beside, last = _comments(before)
    out: list[str] = []
    for line, now in _paths(text):
        path = tuple(earlier.get(name, name) for name in now)
        if path and (block := above.pop(path, None)):
            pad = line[: len(line) - len(line.lstrip())]
            said = [pad + comment for comment in block]
            out += [] if out[-len(said) :] == said else said
        tail = beside.get(path, "") if path and not _trailing(line) else ""
        out.append(f"{line} {tail}" if tail else line)
    if last and out[-1] == "":
        out[-1:] = [*last, ""]
    return "\n".join(out)


def _comments(text: str) -> tuple[dict[Path, list[str]], dict[Path, str], list[str]]:
    """Give the comments above a key or an item, those beside one, and those at the end."""
    above: dict[Path, list[str]] = {}
    beside: dict[Path, str] = {}
    waiting: list[str] = []
    for line, path in _paths(text):
        bare = line.strip()
        if bare.startswith("#"):
            waiting += [] if bare.startswith("# yaml-language-server") else [bare]
        elif path:
            if waiting:
                above[path], waiting = waiting, []
            if said := _trailing(line):
                beside[path] = said
    return above, beside, waiting


def _trailing(line: str) -> str:
    """Give the comment at the end of a line with a key or an item."""
    opened = _KEY.match(line) or _ITEM.match(line)
    value = line[opened.end() :].strip() if opened else ""
    at = 0
    if value[:1] in ("'", '"', "{", "["):
        while at < len(value) and not _COMMENT.match(value, max(at - 1, 0)):
            found = _QUOTED.match(value, at) or _PLAIN.match(value, at)
            at = found.end() if found else at + 1
        at = max(at - 1, 0)
    said = _COMMENT.search(value, at) if at < len(value) else None
    return said[1] if said else ""


def _paths(text: str) -> list[tuple[str, Path]]:
    """Give each line with the keys that lead to the one it opens; none for another line.

    An item of a list is known by its text.
    """
    stack: list[tuple[int, str]] = []
    found: list[tuple[str, Path]] = []
    inside: int | None = None  # of a text that stands below its key, as far as that is indented
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if inside is not None and (not line.strip() or indent > inside):
            found.append((line, ()))
            continue
        inside = indent if _BLOCK.search(line) and _KEY.match(line) else None
        key, item = _KEY.match(line), _ITEM.match(line)
        if key is None and item is None:
            found.append((line, ()))
            continue
        bare = key[2].strip("'\"") if key else line.strip().removesuffix(_trailing(line)).strip()
        stack = [each for each in stack if each[0] < indent]
        stack.append((indent, bare))
        found.append((line, tuple(name for _, name in stack)))
    return found
