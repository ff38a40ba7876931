"""Look at a revision, or at env.py, as lint does."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from schemagen.lint.envview import EnvView
from schemagen.lint.offline import render
from schemagen.lint.sqlview import SqlView, of_revision

if TYPE_CHECKING:
    from schemagen.lint.pages import Example
    from schemagen.lint.rule import Finding, Rule
    from schemagen.schema import Schema

FILE = "0002_change.py"
HEAD = '''\
"""change"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002_change"
down_revision = "0001_initial"


def upgrade():
'''


def view_of(body: str, schema: Schema | None = None, env: EnvView | None = None) -> SqlView:
    """Give the view of a revision with this upgrade().

    Args:
        body: the statements of upgrade().
        schema: the schema before it.
        env: what env.py sets.

    """
    text = HEAD + textwrap.indent(textwrap.dedent(body), "    ")
    return of_revision(render(text, FILE, "upgrade"), FILE, schema=schema, env=env)


def in_revision(rule: Rule, example: Example) -> list[Finding]:
    """Give what a rule finds in the body of an upgrade()."""
    return list(rule.look("sql", view_of(example.text)))


def in_revision_of_few_locks(rule: Rule, example: Example) -> list[Finding]:
    """Give what a rule finds where no lock may keep writers out."""
    view = view_of(example.text)
    view.max_lock = "share update exclusive"
    return list(rule.look("sql", view))


def in_env(rule: Rule, example: Example) -> list[Finding]:
    """Give what a rule finds in an env.py."""
    return list(rule.look("env", EnvView("env.py", example.text)))
