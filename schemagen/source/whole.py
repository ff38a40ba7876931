"""All that was read, as a whole: what refers to what, and what a database would refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.source.doubles import check_doubles
from schemagen.source.expressions import check_expressions
from schemagen.source.indexable import check_indexable
from schemagen.source.namespaces import check_names
from schemagen.source.portability import check_portability
from schemagen.source.postgresnames import check_postgresql_names
from schemagen.source.references import check_keys, check_options

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from schemagen.kinds import ForeignKey
    from schemagen.schema import Schema
    from schemagen.source.draft import Draft

    Ready = Callable[[Schema], None]


def check(
    draft: Draft,
    schema: Schema,
    keys: Mapping[str, list[ForeignKey]],
    fresh: Collection[str],
    ready: Ready | None,
) -> None:
    """Look at the whole: at what is not remembered, and at what refers to that.

    Args:
        draft: all that was read.
        schema: what it is together.
        keys: the foreign keys by table.
        fresh: the tables that are not remembered.
        ready: is told the schema first, and has something to do with it.

    """
    if ready is not None:
        ready(schema)
    check_names(draft, schema)
    check_keys(draft, schema, keys, fresh)
    check_options(draft, schema)
    check_doubles(draft, schema)
    _check_notable(draft, schema)


def _check_notable(draft: Draft, schema: Schema) -> None:
    """Look at what is not as most is; what another of its key has replaced can be forgotten."""
    if draft.problems.sorted():  # only then can there be two of one key
        for table in draft.tables.values():
            table.notable = [obj for obj in table.notable if schema.get(obj.key) is obj]
    check_portability(draft, schema)
    check_indexable(draft, schema)
    check_expressions(draft, schema)
    check_postgresql_names(draft, schema)
