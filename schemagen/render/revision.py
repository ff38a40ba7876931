"""The text of a revision: steps of both dialects laid out as a person would write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.expr import names, string
from schemagen.plan.steps import Assign, Block
from schemagen.render.body import body
from schemagen.render.environment import rendered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from schemagen.plan.planning import Plan, Way
    from schemagen.plan.steps import Statement
    from schemagen.render.header import Header

HELPERS = ("_begin_rebuild", "_check_copy", "_end_rebuild")


def revision_text(header: Header, plan: Plan, own: Path | None = None) -> str:
    """Print a revision.

    Args:
        header: what stands above the code.
        plan: both ways.
        own: the project's folder of templates, if it has one.

    """
    ways = [plan.up, *([plan.down] if plan.down else [])]
    used = set(_names(ways))
    rebuilds = not used.isdisjoint(HELPERS)
    looks = not used.isdisjoint(("_missing", "_in_batches"))
    refuses = not used.isdisjoint(("_proving", "_in_batches"))
    said = {
        "header": header,
        "upgrade": body(plan.up),
        "downgrade": body(plan.down) if plan.down else None,
        "refusal": string(f"{header.id} cannot be undone: it was generated with --irreversible"),
        "used": used,
        "standard": _standard(used),
        "uses_postgresql": any(n.startswith("postgresql.") for n in used),
        "uses_sqlalchemy": any(n.startswith("sa.") for n in used) or rebuilds or looks,
        "uses_raw_type": "RawType" in used,
        "uses_command_error": rebuilds or plan.down is None or refuses,
        "rebuilds": rebuilds,
    }
    text = rendered("revision.py.j2", said, own)
    return text.rstrip("\n") + "\n"


def _standard(used: set[str]) -> list[str]:
    """Write the imports of the standard library, as ruff sorts them."""
    wanted = {
        "import logging": {"_in_batches"},
        "import time": {"_in_batches"},
        "from collections.abc import Iterator": {"_patiently", "_proving"},
        "from contextlib import contextmanager": {"_patiently", "_proving"},
        "from typing import Any": {"RawType", "_in_batches"},
    }
    return [line for line, names in wanted.items() if not used.isdisjoint(names)]


def _names(ways: Iterable[Way]) -> Iterator[str]:
    """Give every name that the code calls."""
    for way in ways:
        for step in (*way.sqlite, *way.postgresql):
            for statement in step.code:
                yield from _in_statement(statement)


def _in_statement(statement: Statement) -> Iterator[str]:
    if isinstance(statement, Block):
        yield from names(statement.head)
        for each in statement.body:
            yield from _in_statement(each)
    else:
        yield from names(statement.value if isinstance(statement, Assign) else statement)
