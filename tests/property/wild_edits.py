"""Random small edits of a schema, as people make them, several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import wild_edits_columns
import wild_edits_enums
import wild_edits_parts
import wild_schemas
import wild_words as words
from wild_draft import Draft
from wild_settle import settled

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from schemagen import kinds as k
    from schemagen.directions import Directions
    from schemagen.schema import Schema


def edited(rng: random.Random, schema: Schema) -> tuple[Schema, Directions]:
    """Edit a schema one to five times; give the hints that say what was renamed."""
    draft = Draft(rng, schema)
    for _ in range(rng.choice((1, 1, 2, 3, 5))):
        edit = rng.choice(EDITS)
        if draft.schema.tables:
            edit(draft)
    wanted = settled(draft.schema)
    return wanted, draft.directions(wanted)


def rename_table(draft: Draft) -> None:
    draft.rename(draft.table().table, draft.new_name("table"))


def swap_tables(draft: Draft) -> None:
    views = list(draft.schema.views())
    if len(views) < 2:
        return
    one, two = (v.table for v in draft.rng.sample(views, 2))
    _swap(draft, one, two)


def swap_columns(draft: Draft) -> None:
    columns = [c for c in draft.table().columns if not c.generated]
    if len(columns) < 2:
        return
    one, two = draft.rng.sample(columns, 2)
    _swap(draft, one, two)


def _swap(draft: Draft, one: k.Obj, two: k.Obj) -> None:
    draft.rename(one, "aside for a while")
    draft.rename(draft.schema[two.key], one.name)
    draft.rename(draft.schema[one.key._replace(name="aside for a while")], two.name)


def chain_columns(draft: Draft) -> None:
    """Rename b to c, and a to b."""
    columns = draft.table().columns
    if len(columns) < 2:
        return
    one, two = draft.rng.sample(columns, 2)
    draft.rename(two, draft.new_name("column", two.table))
    draft.rename(draft.schema[one.key], two.name)


def take_over(draft: Draft) -> None:
    """Drop b, and rename a to b."""
    columns = draft.table().columns
    if len(columns) < 3:
        return
    one, two = draft.rng.sample(columns, 2)
    draft.drop(two.key)
    if one.key in draft.schema:
        draft.rename(draft.schema[one.key], two.name)


def take_over_table(draft: Draft) -> None:
    views = list(draft.schema.views())
    if len(views) < 2:
        return
    one, two = (v.table for v in draft.rng.sample(views, 2))
    draft.drop(two.key)
    if one.key in draft.schema:
        draft.rename(draft.schema[one.key], two.name)


def rename_column(draft: Draft) -> None:
    column = draft.rng.choice(draft.table().columns)
    draft.rename(column, draft.new_name("column", column.table))


def drop_table(draft: Draft) -> None:
    if len(draft.schema.tables) > 1:
        draft.drop(draft.table().table.key)


def add_table(draft: Draft) -> None:
    name = draft.new_name("table")
    draft.put(*wild_schemas.random_table(draft.rng, name, dict(draft.schema.enums)))
    draft.schema = settled(draft.schema)
    if name in draft.schema.tables:
        draft.schema = wild_schemas.with_foreign_key(draft.rng, draft.schema, name)


def comment_table(draft: Draft) -> None:
    draft.change(draft.table().table, comment=words.comment(draft.rng, 0.7))


def change_options(draft: Draft) -> None:
    view = draft.table()
    options = wild_schemas.random_options(
        draft.rng, list(view.columns), view.primary_key is not None
    )
    draft.change(view.table, options=options)


def keep_table_to(draft: Draft) -> None:
    only = draft.rng.choice((None, None, "sqlite", "postgresql"))
    draft.change(draft.table().table, only=only)


EDITS: tuple[Callable[[Draft], None], ...] = (
    *(rename_table, rename_column, rename_column, swap_tables, swap_columns, chain_columns),
    *(take_over, take_over_table, drop_table, add_table, comment_table, change_options),
    *(keep_table_to, *wild_edits_columns.EDITS, *wild_edits_parts.EDITS, *wild_edits_enums.EDITS),
)
