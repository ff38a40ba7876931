"""Comments of a YAML file, put back where what they speak of is still there."""

from __future__ import annotations

import re

_KEY = re.compile(r"( *)((?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s#:'\"\[{-][^:#]*)):(?:\s|\Z)")
_TRAILING = re.compile(r"\s+(#.*)\Z")


def with_comments(text: str, before: str) -> str:
    """Give a text with the comments that another one has at the same keys.

    Args:
        text: new, without comments of its own but the modeline.
        before: the one that it takes the place of.

    """
    above, beside = _comments(before)
    out: list[str] = []
    for line, path in _paths(text):
        if path and (block := above.pop(path, None)):
            pad = line[: len(line) - len(line.lstrip())]
            out += [pad + comment for comment in block]
        tail = beside.get(path, "") if path and not _TRAILING.search(line) else ""
        out.append(f"{line} {tail}" if tail else line)
    return "\n".join(out)


def _comments(text: str) -> tuple[dict[tuple[str, ...], list[str]], dict[tuple[str, ...], str]]:
    """Give the comments above a key, and those beside one."""
    above: dict[tuple[str, ...], list[str]] = {}
    beside: dict[tuple[str, ...], str] = {}
    waiting: list[str] = []
    for line, path in _paths(text):
        bare = line.strip()
        if bare.startswith("#"):
            waiting += [] if bare.startswith("# yaml-language-server") else [bare]
        elif path:
            if waiting:
                above[path], waiting = waiting, []
            found = _TRAILING.search(line)
            if found and not re.search(r"['\"|>]", line):
                beside[path] = found[1]
    return above, beside


def _paths(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Give each line with the keys that lead to the one it opens; none for another line."""
    stack: list[tuple[int, str]] = []
    found: list[tuple[str, tuple[str, ...]]] = []
    for line in text.split("\n"):
        key = _KEY.match(line)
        if key is None:
            found.append((line, ()))
            continue
        indent = len(key[1])
        stack = [each for each in stack if each[0] < indent]
        stack.append((indent, key[2].strip("'\"")))
        found.append((line, tuple(name for _, name in stack)))
    return found
