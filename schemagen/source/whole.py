"""All that was read, looked at as a whole: what refers to what, and what a database would refuse.

Most often nothing is wrong. So where there is much to look at and something else to do, half of it
is looked at in a second process, which says that it has found nothing. What it has found is found
once more.
"""

from __future__ import annotations

from functools import partial
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

    from schemagen.beside import Beside
    from schemagen.kinds import ForeignKey
    from schemagen.schema import Schema
    from schemagen.source.draft import Draft

    Ready = Callable[[Schema], None]

_MUCH = 5000  # objects, not remembered: to look at more takes longer than a process to begin
_FINE = b"fine"


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
    is_much = ready is not None and len(draft.placed) > _MUCH and not draft.problems.sorted()
    second = _looking(draft, schema) if is_much else None
    try:
        if ready is not None:
            ready(schema)
        check_names(draft, schema)
        check_keys(draft, schema, keys, fresh)
        check_options(draft, schema)
        check_doubles(draft, schema)
        if second is None or second.answer() != _FINE:
            _check_notable(draft, schema)
    finally:
        if second is not None:
            second.end()


def _looking(draft: Draft, schema: Schema) -> Beside | None:
    from schemagen import beside  # noqa: PLC0415 - for large schemas alone

    return beside.begin(partial(_nothing, draft, schema))


def _nothing(draft: Draft, schema: Schema, _: object, say: Callable[[bytes], None]) -> None:
    """Be the second process: say whether nothing is wrong."""
    _check_notable(draft, schema)
    say(b"" if draft.problems.sorted() else _FINE)


def _check_notable(draft: Draft, schema: Schema) -> None:
    """Look at what is not as most is; what another of its key has replaced can be forgotten."""
    if draft.problems.sorted():  # only then can there be two of one key
        for table in draft.tables.values():
            table.notable = [obj for obj in table.notable if schema.get(obj.key) is obj]
    check_portability(draft, schema)
    check_indexable(draft, schema)
    check_expressions(draft, schema)
    check_postgresql_names(draft, schema)
