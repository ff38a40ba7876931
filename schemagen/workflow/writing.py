"""Write the texts of a revision."""

from __future__ import annotations

import ast
import contextlib
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from schemagen.changes import Add, apply
from schemagen.config import Settings
from schemagen.diagnostics import Severity
from schemagen.errors import SchemagenError
from schemagen.history.entry import body_hash
from schemagen.history.entry_text import entry_text
from schemagen.kinds import Column, Table
from schemagen.plan.planning import plan
from schemagen.records import replace
from schemagen.render.environment import template
from schemagen.render.header import Header
from schemagen.render.revision import revision_text
from schemagen.schema import Schema
from schemagen.workflow.hanging import taken
from schemagen.workflow.hazards import hazards, steps_data
from schemagen.workflow.options import options_of
from schemagen.workflow.order import Order, Written

if TYPE_CHECKING:
    from schemagen.diagnostics import Diagnostic
    from schemagen.plan.planning import Plan

_TEMPLATES = ("revision.py.j2", "rebuild.py.j2", "online.py.j2")  # of which a revision is made


def practise(own: Path | None) -> None:
    """Read the templates, and write once what nobody will read: the first time takes twice as long.

    Args:
        own: the project's folder of templates, if it has one.

    """
    with contextlib.suppress(SchemagenError):  # whoever needs a template will say so
        template("models/table.py.j2", own)
        write(_example(own))


def _example(own: Path | None) -> Order:
    """Give what most revisions are: a column is added."""
    here = Path()
    table, column = Table(name="t"), Column(table="t", name="c", type="integer", nullable=True)
    before, after = Schema([table]), Schema([table, column])
    header = Header("0002_c", "0001", "c", "")
    settings = Settings(here, here, here, templates=own)
    changes = (Add(column),)
    return Order(
        settings, header, changes, before, after, {}, {}, (), offline=False, irreversible=False
    )


def write(order: Order) -> Written:
    """Write a revision, unless a decision is missing."""
    planned = _planned(order)
    problems = (*planned.problems, *taken(order.unmanaged, order.changes, planned))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Written(problems)
    text = revision_text(order.header, planned, order.settings.templates)
    _insist_on_python(text, order.settings.templates)
    return Written(problems, text, _entry(order, text), _hazards(order), steps_data(planned))


def _insist_on_python(text: str, own: Path | None) -> None:
    """See to it that what is not Python reaches no folder."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it is for Alembic to warn of what it runs
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        theirs = [own / name for name in _TEMPLATES if (own / name).exists()] if own else []
        if not theirs:
            raise  # it is a mistake of ours
        line = f", see line {error.lineno}" if isinstance(error, SyntaxError) else ""
        names = " or ".join(map(str, theirs))
        msg = f"template {names}: it makes no Python{line} of what it makes: {error}"
        raise SchemagenError(msg) from error


def _entry(order: Order, text: str) -> str:
    before = order.before
    after = apply(before, order.changes)
    is_first = order.header.revises is None
    return entry_text(order.changes, before, after, body_hash(text), full=is_first)


def _hazards(order: Order) -> tuple[Diagnostic, ...]:
    return hazards(
        order.settings,
        (order.before, order.after),
        order.changes,
        order.directions,
        order.places,
        order.unmanaged,
    )


def _planned(order: Order) -> Plan:
    options = options_of(order.settings, offline=order.offline)
    return plan(
        order.changes,
        order.before,
        order.directions,
        places=order.places,
        options=replace(options, irreversible=order.irreversible),
    )
