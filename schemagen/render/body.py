"""The body of `upgrade()` or `downgrade()`: what both dialects share, and where they part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.expr import source
from schemagen.plan.steps import Assign, Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemagen.plan.planning import Way
    from schemagen.plan.steps import Statement, Step

_DIALECT = "dialect = op.get_context().dialect.name"
_WIDTH = 100


def body(way: Way) -> str:
    """Lay out a way, indented by four; `pass` when there is nothing to do."""
    if not (way.sqlite or way.postgresql):
        return "    pass"
    parts = list(_aligned(way.sqlite, way.postgresql))
    lines: list[str] = []
    if any(one != two for one, two in parts):
        lines += [f"    {_DIALECT}", ""]
    for one, two in parts:
        if one == two:
            lines += _run(one, 4)
        else:
            lines += _branches(one, two)
    return "\n".join(lines).rstrip()


def _aligned(
    one: Sequence[Step], two: Sequence[Step]
) -> Iterator[tuple[tuple[Step, ...], tuple[Step, ...]]]:
    """Pair off equal runs of steps; between them lie the steps of one dialect each.

    Of two equal steps, the second knows what it does to PostgreSQL's clients.
    """
    numbers: dict[Step, int] = {}  # to hash and compare each step once
    left, right = ([numbers.setdefault(s, len(numbers)) for s in side] for side in (one, two))
    if left == right:  # as most are
        yield (tuple(two), tuple(two))
        return
    from difflib import SequenceMatcher  # noqa: PLC0415 - rarely needed

    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield tuple(two[k:m]), tuple(two[k:m])
        else:
            yield tuple(one[i:j]), tuple(two[k:m])


def _branches(sqlite: Sequence[Step], postgresql: Sequence[Step]) -> list[str]:
    lines: list[str] = []
    word = "if"
    for name, steps in (("sqlite", sqlite), ("postgresql", postgresql)):
        if steps:
            lines.append(f'    {word} dialect == "{name}":')
            lines += _run(steps, 8)[:-1]
            word = "elif"
    return [*lines, ""]


def _run(steps: Sequence[Step], indent: int) -> list[str]:
    """Lay out steps one after the other: a blank line, comments, code.

    A step that says what the one before says, or nothing, follows without a gap.
    """
    lines: list[str] = []
    said: tuple[str, ...] = ()
    for step in steps:
        if step.comments and step.comments != said:
            lines += [*([""] if lines else []), *_comments(step.comments, indent)]
            said = step.comments
        if step.note:
            lines += _comments((step.note,), indent)
        for statement in step.code:
            lines += _statement(statement, indent)
    return [*lines, ""]


def _comments(said: Sequence[str], indent: int) -> list[str]:
    return [" " * indent + "# " + _printable(line) for line in said]


def _printable(line: str) -> str:
    """A comment is one line, whatever the names in it hold."""
    plain = "".join(char if char.isprintable() else "?" for char in line)
    return (plain if len(plain) <= _WIDTH else plain[: _WIDTH - 1] + "…").rstrip()


def _statement(statement: Statement, indent: int) -> list[str]:
    if isinstance(statement, Assign):
        return source(statement.value, indent, f"{statement.target} = ").split("\n")
    if isinstance(statement, Block):
        lines = source(statement.head, indent, f"{statement.word} ", ":").split("\n")
        for each in statement.body:
            lines += _statement(each, indent + 4)
        return lines
    return source(statement, indent).split("\n")
