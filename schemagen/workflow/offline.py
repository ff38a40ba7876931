"""The SQL of a revision that is not written yet, as Alembic's offline mode prints it."""

from __future__ import annotations

import io
from types import ModuleType
from typing import TYPE_CHECKING, Any, SupportsIndex

from schemagen.plan.options import PLAIN
from schemagen.plan.planning import plan
from schemagen.records import replace
from schemagen.render.header import Header
from schemagen.render.revision import revision_text
from schemagen.workflow.project import insist

if TYPE_CHECKING:
    from schemagen.diff import Comparison
    from schemagen.plan.options import Options
    from schemagen.workflow.sides import Side

NAME = "pending"


def pending_sql(
    left: Side, right: Side, comparison: Comparison, dialect: str, options: Options = PLAIN
) -> str:
    """Give the SQL that leads from one state to another. Raises Findings on open decisions."""
    options = replace(options, irreversible=True)
    planned = plan(
        comparison.changes,
        left.schema,
        right.directions or {},
        places=right.places,
        options=options,
    )
    insist(planned.problems)
    return upgrade_sql(revision_text(Header(NAME, None, NAME, ""), planned), dialect)


class _Verbatim(str):
    """SQL whose tabs stay: Alembic would make four spaces of each, in the middle of a text too."""

    __slots__ = ()

    def replace(self, old: str, new: str, count: SupportsIndex = -1, /) -> str:
        return self if old == "\t" else super().replace(old, new, count)


def _keep_tabs(dialect: Any) -> None:  # noqa: ANN401 - SQLAlchemy is not imported here
    for name in ("ddl_compiler", "statement_compiler"):
        said = {"__str__": lambda compiled: _Verbatim(compiled.string or "")}
        setattr(dialect, name, type(name, (getattr(dialect, name),), said))


def upgrade_sql(text: str, dialect: str) -> str:
    """Run a revision's `upgrade()` against a text instead of a database."""
    from alembic.operations import Operations  # noqa: PLC0415 - a second to import
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 - as above

    out = io.StringIO()
    context = MigrationContext.configure(
        dialect_name=dialect,
        dialect_opts={"paramstyle": "named"},
        opts={
            "as_sql": True,
            "output_buffer": out,
            "literal_binds": True,
            "transactional_ddl": True,
        },
    )
    _keep_tabs(context.impl.dialect)
    module = ModuleType(NAME)
    with Operations.context(context):
        exec(compile(text, NAME, "exec"), module.__dict__)  # noqa: S102 - our own text
        module.upgrade()
    return out.getvalue()
