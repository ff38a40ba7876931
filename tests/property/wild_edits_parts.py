"""Random edits of keys, uniques, checks and indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import wild_parts
import wild_schemas

from schemagen import kinds as k

if TYPE_CHECKING:
    from wild_draft import Draft

_PARTS = (k.ForeignKey, k.Unique, k.Check, k.Index)


def rename_part(draft: Draft) -> None:
    part = draft.some(draft.rng.choice((*_PARTS, k.PrimaryKey)))
    if part is not None and not getattr(part, "enum", None):
        draft.rename(part, f"renamed {draft.rng.randint(1, 99)} {part.table}"[:60])


def drop_part(draft: Draft) -> None:
    part = draft.some(draft.rng.choice(_PARTS))
    if part is not None:
        draft.drop(part.key)


def add_part(draft: Draft) -> None:
    view = draft.table()
    names = {o.name for o in draft.schema}
    made = wild_schemas.random_parts(draft.rng, view.name, list(view.columns))
    draft.put(*(part for part in made if part.name not in names))


def add_foreign_key(draft: Draft) -> None:
    view = draft.table()
    draft.schema = wild_schemas.with_foreign_key(draft.rng, draft.schema, view.name)


def replace_part(draft: Draft) -> None:
    """Give a part another definition under the name that it has."""
    part = draft.some(draft.rng.choice((k.Unique, k.Check, k.Index)))
    if part is None or getattr(part, "enum", None):
        return
    make = {k.Unique: wild_parts.unique, k.Check: wild_parts.check, k.Index: wild_parts.index}
    columns = draft.schema.view(part.table).columns
    made = make[type(part)](draft.rng, part.table, part.name, columns)
    if made is not None:
        draft.put(made)


def change_only(draft: Draft) -> None:
    part = draft.some(draft.rng.choice(_PARTS))
    if part is not None and not getattr(part, "enum", None):
        only = draft.rng.choice((None, "sqlite", "postgresql"))
        draft.change(part, only=only, sqlite={}, postgresql={})


def change_actions(draft: Draft) -> None:
    key = draft.some(k.ForeignKey)
    if key is not None:
        draft.change(
            key,
            on_delete=draft.rng.choice(wild_parts.ACTIONS),
            on_update=draft.rng.choice(wild_parts.ACTIONS),
            match=draft.rng.choice((None, "full")),
            deferrable=draft.rng.choice((None, "immediate", "deferred")),
        )


def change_primary_key(draft: Draft) -> None:
    view = draft.table()
    if view.table.options.without_rowid or any(c.on("sqlite").identity for c in view.columns):
        return
    name = view.primary_key.name if view.primary_key else f"pk_{view.name[:50]}"
    made = wild_parts.primary_key(draft.rng, view.name, name, view.columns)
    if view.primary_key and (made is None or draft.rng.random() < 0.3):
        draft.drop(view.primary_key.key)
    elif made is not None:
        if view.primary_key:
            draft.drop(view.primary_key.key)
        draft.put(made)


def reorder_parts(draft: Draft) -> None:
    """Change the order in which all is written: no difference."""
    objects = list(draft.schema)
    draft.rng.shuffle(objects)
    draft.schema = type(draft.schema)(objects)


EDITS = (
    *(rename_part, drop_part, add_part, add_part, add_foreign_key, replace_part, change_only),
    *(change_actions, change_primary_key, reorder_parts),
)
