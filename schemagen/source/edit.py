"""Edits of YAML: lines are put in or replaced at marks, so comments and layout survive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.diagnostics import Fix
from schemagen.source import parse
from schemagen.source.locate import Found, find_object
from schemagen.source.nodes import Map, Node, Scalar, Seq, Span
from schemagen.source.write import lines_of, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemagen.kinds import Key
    from schemagen.source import Source


def rename_hint(source: Source, key: Key, old: str) -> Fix:
    """Write `renamed_from: old` for an object.

    Args:
        source: as it was read.
        key: the object; `Key("enum_value", enum, value)` is a value of an enum.
        old: its earlier name.

    Raises:
        KeyError: the object does not stand in the source, or is not written out there.

    """
    found = find_object(source, key)
    known = found.node.get("renamed_from") if isinstance(found.node, Map) else None
    if known is not None:
        return _prepend(source.texts[found.node.file], known, old)
    return direct(source, key, _hint(old))


def direct(source: Source, key: Key, said: str) -> Fix:
    """Write a direction, `strategy: shadow`, for an object that has none of the name.

    Raises:
        KeyError: the object does not stand in the source, or is not written out there.

    """
    found = find_object(source, key)
    text = source.texts[found.node.file]
    if found.kind == "table" or (isinstance(found.node, Map) and found.node.entries):
        return _into_map(text, found, said)
    if not found.bare:
        return replace(text, found.node, f"{{{said}}}")
    return replace(text, found.node, f"{{{found.bare}: {_value(text, found)}, {said}}}")


def forget_hint(source: Source, key: Key) -> Fix:
    """Take the `renamed_from` of an object out. Raises KeyError when it has none."""
    return forget(source, key, "renamed_from")


def forget(source: Source, key: Key, word: str) -> Fix:
    """Take one direction of an object out. Raises KeyError when it has none."""
    found = find_object(source, key)
    if not isinstance(found.node, Map) or word not in found.node:
        raise KeyError(key)
    text = source.texts[found.node.file]
    hint = found.node.entries[word]
    if not found.node.flow:
        first, last = hint.key.span.line, last_line(hint.value)
        return Fix(found.node.file, first + 1, "", last - first + 1)
    names = list(found.node.entries)
    rest = [name for name in names if name != word]
    if rest == [found.bare]:
        return replace(text, found.node, _raw(text, found.node.entries[found.bare].value))
    at = names.index(word)
    before = found.node.entries[names[at - 1]].value.span if at else None
    after = found.node.entries[names[at + 1]].key.span if at + 1 < len(names) else None
    end = hint.value.span
    if before is not None:
        span = Span(before.end_line, before.end_column, end.end_line, end.end_column)
    else:
        start = hint.key.span
        stop = (after.line, after.column) if after else (end.end_line, end.end_column)
        span = Span(start.line, start.column, *stop)
    return replace(text, Node(found.node.file, span), "")


def with_hints(source: Source, hints: Iterable[tuple[Key, str]]) -> Mapping[str, str]:
    """Write several hints, one after the other, since two may stand in one line."""
    for key, old in hints:
        source = parse(apply_fixes(source.texts, [rename_hint(source, key, old)]))
    return source.texts


def without_hints(source: Source, keys: Iterable[Key]) -> Mapping[str, str]:
    """Take the hints of several objects out."""
    for key in keys:
        source = parse(apply_fixes(source.texts, [forget_hint(source, key)]))
    return source.texts


def last_line(node: Node) -> int:
    """Give the last line of a node; a block ends with its last child, not where the next begins."""
    below: Node | None = None
    if isinstance(node, Map) and not node.flow and node.entries:
        below = list(node.entries.values())[-1].value
    elif isinstance(node, Seq) and not node.flow and node.items:
        below = node.items[-1]
    if below is not None:
        return last_line(below)
    end = node.span
    return end.end_line if end.end_column else max(end.end_line - 1, end.line)


def _hint(old: str) -> str:
    return f"renamed_from: {scalar(old)}"


def _value(text: str, found: Found) -> str:
    """Give a value as it can stand inside of { }."""
    node = found.node
    raw = _raw(text, node)
    if not isinstance(node, Scalar):
        return raw
    one_line = node.span.line == node.span.end_line
    if one_line and node.style in ("'", '"'):
        return raw
    return scalar(node.text.strip("\n"))


def _raw(text: str, node: Node) -> str:
    lines = lines_of(text)
    line, column, end_line, end_column = node.span
    if line == end_line:
        return lines[line][column:end_column]
    middle = lines[line + 1 : end_line]
    return "\n".join([lines[line][column:], *middle, lines[end_line][:end_column]])


def _into_map(text: str, found: Found, said: str) -> Fix:
    """Put a direction into a mapping that is there."""
    node = found.node
    assert isinstance(node, Map)  # noqa: S101 - the caller has looked
    first = next(iter(node.entries.values()))
    if not node.flow:
        indent = " " * first.key.span.column
        after = found.after if found.after is not None else first.key.span.line
        return Fix(node.file, after + 1, indent + said)
    last = list(node.entries.values())[-1].value.span
    at = Span(last.end_line, last.end_column, last.end_line, last.end_column)
    return replace(text, Node(node.file, at), f", {said}")


def _prepend(text: str, hint: Node, old: str) -> Fix:
    """Put the newest name before those that are there."""
    if isinstance(hint, Seq) and hint.items and not hint.flow:
        line, column = hint.items[0].span[:2]
        indent = " " * (column - 2)
        return Fix(hint.file, line + 1, f"{indent}- {scalar(old)}")
    names = (
        [item.text for item in hint.items if isinstance(item, Scalar)]
        if isinstance(hint, Seq)
        else []
    )
    names = [hint.text] if isinstance(hint, Scalar) else names
    return replace(text, hint, f"[{', '.join(map(scalar, [old, *names]))}]")


def replace(text: str, node: Node, new: str) -> Fix:
    """Replace a node by text of one line, as an edit of whole lines."""
    lines = lines_of(text)
    line, column, _, end_column = node.span
    last = last_line(node)
    tail = lines[node.span.end_line][end_column:] if last == node.span.end_line else ""
    return Fix(node.file, line + 1, lines[line][:column] + new + tail, last - line + 1)


def apply_fixes(texts: Mapping[str, str], fixes: Iterable[Fix]) -> Mapping[str, str]:
    """Carry out edits; give the new texts of all files, with the line ends that they had."""
    edited = dict(texts)
    for fix in sorted(set(fixes), key=lambda f: (f.file, f.line, f.replaces), reverse=True):
        edited[fix.file] = _apply(edited[fix.file], fix)
    return edited


def _apply(text: str, fix: Fix) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    put = fix.text.split("\n") if fix.text or not fix.replaces else []
    mark = "\ufeff" if fix.line == 1 and lines[0].startswith("\ufeff") and put else ""
    if mark:
        put[0] = mark + put[0].removeprefix(mark)
        lines[0] = lines[0].removeprefix(mark)
    lines[fix.line - 1 : fix.line - 1 + fix.replaces] = put
    return end.join(lines)


__all__ = [
    "apply_fixes",
    "forget",
    "forget_hint",
    "last_line",
    "rename_hint",
    "replace",
    "with_hints",
    "without_hints",
]
