"""How each case's change is carried out on each database: the page `docs/changes.md`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from schemagen.diff import compare
from schemagen.expr import names
from schemagen.plan.options import Options
from schemagen.plan.planning import plan
from schemagen.plan.rewrites import REWRITE
from schemagen.plan.steps import Assign, Block, Transaction
from schemagen.schema import Schema
from support import texts
from support.databases import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.plan.planning import Plan
    from schemagen.plan.steps import Step
    from support.cases import Case

HEAD = """\
# What each change becomes

Every row is a case of `tests/cases/` that runs up, down and up again on the real database, with
rows in the tables, whenever the tests run. This page is made from them.

* **native**: the database's own ALTER, CREATE, DROP or RENAME.
* **rebuild**: on SQLite, one copy of the table into a new one, whatever else changes in it.
* **online**: on PostgreSQL, in steps that hold up no client, each committed by itself and skipped
  when it is done already; `--offline` takes the native way, and the case runs in both.
* **one rewrite**: on PostgreSQL, one ALTER TABLE that writes the table anew while its clients wait;
  with `strategy: shadow` it is online where a primary key lets it.
* **nothing**: the database does not hold what changes.
* **not there**: the case is about the other database.
* **refused by generate**: with the code that `docs/diagnostics.md` explains; nothing is written.
* **refused by the rows**: the upgrade fails on rows that do not fit, and changes nothing.
"""


def page(cases: Iterable[Case]) -> str:
    """Write the page."""
    lines = [HEAD]
    for kind, mine in groupby(cases, key=lambda case: case.file.stem):
        lines += [
            f"## {kind.replace('_', ' ').capitalize()}\n",
            "| change | SQLite | PostgreSQL |",
            "|---|---|---|",
        ]
        for case in sorted(mine, key=lambda c: c.title):
            sqlite, postgresql = (_road(case, dialect) for dialect in DIALECTS)
            lines.append(f"| {case.title} | {sqlite} | {postgresql} |")
        lines.append("")
    return "\n".join(lines)


def _road(case: Case, dialect: str) -> str:
    if dialect not in case.dialects:
        return "not there"
    if codes := case.words("text error", dialect):
        return f"refused by generate: {', '.join(codes)}"
    if case.lines("text refused up", dialect):
        return "refused by the rows"
    way = _plan(case).up
    back = "; the way down refused by the rows" if case.lines("text refused down", dialect) else ""
    return _steps(way.sqlite if dialect == "sqlite" else way.postgresql) + back


def _plan(case: Case) -> Plan:
    old = case.blocks.get("yaml old")
    state = texts.read(old).schema if old else Schema()
    wanted = texts.read(case.blocks["yaml new"])
    changes = compare(state, wanted.schema, wanted.directions).changes
    return plan(changes, state, wanted.directions, options=Options(online=True))


def _steps(steps: Iterable[Step]) -> str:
    found = sorted({_step(step) for step in steps})
    return " + ".join(found) or "nothing"


def _step(step: Step) -> str:
    if step.transaction is Transaction.OWN:
        return "online"
    calls = (s.value if isinstance(s, Assign) else s for s in step.code if not isinstance(s, Block))
    if "_begin_rebuild" in {name for call in calls for name in names(call)}:
        return "rebuild"
    return "one rewrite" if step.work == REWRITE else "native"
