"""The text of a revision: steps of both dialects laid out as a person would write them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from schemagen.expr import Attribute, Call, Lines, Name, Pairs, string
from schemagen.plan.steps import Assign, Block
from schemagen.render.body import body
from schemagen.render.environment import template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.expr import Expr
    from schemagen.plan import Plan, Way
    from schemagen.plan.steps import Statement

HELPERS = ("_begin_rebuild", "_check_copy", "_end_rebuild")


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the code of a revision.

    Args:
        id: the revision id, at most 32 characters.
        revises: the parent's id, or None for the first revision.
        title: the slug, as the docstring's first line.
        created: the creation date, as text.
        entry: the file name of the entry beside it; empty for a revision without one.
        lost: what the way down cannot bring back, when there is no way down.

    """

    id: str
    revises: str | None
    title: str
    created: str
    entry: str = ""
    lost: tuple[str, ...] = field(default=())


def revision_text(header: Header, plan: Plan) -> str:
    """Print a revision. Raises SyntaxError if what came out is not Python, a bug of ours."""
    ways = [plan.up, *([plan.down] if plan.down else [])]
    names = set(_names(ways))
    text = template("revision.py.j2").render(
        header=header,
        upgrade=body(plan.up),
        downgrade=body(plan.down) if plan.down else None,
        refusal=string(f"{header.id} cannot be undone: it was generated with --irreversible"),
        uses_postgresql=any(n.startswith("postgresql.") for n in names),
        uses_sqlalchemy=any(n.startswith("sa.") for n in names) or bool(names & set(HELPERS)),
        uses_raw_type="RawType" in names,
        rebuilds=bool(names & set(HELPERS)),
    )
    ast.parse(text)
    return text


def _names(ways: Iterable[Way]) -> Iterator[str]:
    """Give every name that the code calls."""
    for way in ways:
        for step in (*way.sqlite, *way.postgresql):
            for statement in step.code:
                yield from _in_statement(statement)


def _in_statement(statement: Statement) -> Iterator[str]:
    if isinstance(statement, Block):
        for each in statement.body:
            yield from _in_statement(each)
    else:
        yield from _in_expr(statement.value if isinstance(statement, Assign) else statement)


def _in_expr(expr: Expr) -> Iterator[str]:
    if isinstance(expr, Name):
        yield expr.text
    elif isinstance(expr, Attribute):
        yield from _in_expr(expr.owner)
    elif isinstance(expr, Call):
        inner = (expr.func, *expr.args, *(value for _, value in expr.kwargs))
        yield from (name for each in inner for name in _in_expr(each))
    elif isinstance(expr, tuple):
        yield from (name for each in expr for name in _in_expr(each))
    elif isinstance(expr, Pairs):
        yield from (name for _, each in expr.items for name in _in_expr(each))
    else:
        assert not isinstance(expr, Lines) or expr.pieces  # noqa: S101 - a leaf without names
