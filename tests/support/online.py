"""What the revision of a case says to a PostgreSQL that is in use, and what linters say to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schemagen.diff import compare
from schemagen.lint.context import diff_views
from schemagen.lint.envview import EnvView
from schemagen.lint.offline import render
from schemagen.lint.rule import every
from schemagen.lint.sqlview import of_revision
from schemagen.plan.options import Options
from schemagen.plan.planning import plan
from schemagen.render.header import Header
from schemagen.render.revision import revision_text
from support import squawk, texts

if TYPE_CHECKING:
    from support.cases import Case

FILE = "0002_change.py"
ENV = Path(__file__).parents[2] / "backend" / "alembic" / "env.py"


@dataclass(frozen=True, slots=True)
class Told:
    """What linters say to a revision.

    Args:
        ours: the codes of our rules that look at SQL.
        changes: those of our rules that look at changes.
        theirs: squawk's rules.

    """

    ours: frozenset[str]
    changes: frozenset[str]
    theirs: frozenset[str]


NOTHING = Told(frozenset(), frozenset(), frozenset())


def told(case: Case) -> Told:
    """Lint the revision of a case; nothing is said when `generate` asks for a decision instead.

    Args:
        case: of `tests/cases`, with an old schema.

    """
    old, new = texts.read(case.blocks["yaml old"]).schema, texts.read(case.blocks["yaml new"])
    dropped = case.words("sh flags", "postgresql")
    changes = compare(old, new.schema, new.directions, dropped=dropped).changes
    options = Options(online=True, irreversible=True)
    planned = plan(changes, old, new.directions, options=options)
    if planned.problems:
        return NOTHING
    said = render(revision_text(Header(FILE, "", "", ""), planned), FILE, "upgrade")
    env = EnvView("env.py", ENV.read_text(encoding="utf-8"))
    view = of_revision(said, FILE, schema=old, env=env)
    assert view.unread == []
    views = [v for v in diff_views(old, new.schema, changes, new.directions) if v.is_postgresql]
    sql = "\n".join(each.text for each in said.said)
    return Told(
        frozenset(r.code for r in every() if any(r.look("sql", view))),
        frozenset(r.code for r in every() for v in views if any(r.look("diff", v))),
        squawk.found(f"SET lock_timeout = '200ms';\nBEGIN;\n{sql}\nCOMMIT;\n"),
    )
