"""Random edits of enums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import wild_columns
import wild_schemas
import wild_words as words

from schemagen import kinds as k

if TYPE_CHECKING:
    from wild_draft import Draft


def rename_enum(draft: Draft) -> None:
    enum = draft.some(k.Enum)
    free = [name for name in words.ENUMS if name not in draft.schema.enums]
    if enum is not None:
        draft.rename(enum, draft.rng.choice(free))


def rename_value(draft: Draft) -> None:
    enum = draft.some(k.Enum)
    free = _free(enum) if enum is not None else []
    if free:
        value = draft.rng.choice(enum.values)
        draft.rename(k.EnumValue(table=enum.name, name=value), draft.rng.choice(free))


def swap_values(draft: Draft) -> None:
    enum = draft.some(k.Enum)
    if enum is None or len(enum.values) < 2:
        return
    one, two = draft.rng.sample(enum.values, 2)
    for old, new in ((one, "for a while"), (two, one), ("for a while", two)):
        draft.rename(k.EnumValue(table=enum.name, name=old), new)


def add_value(draft: Draft) -> None:
    enum = draft.some(k.Enum)
    free = _free(enum) if enum is not None else []
    if free:
        values = list(enum.values)
        values.insert(draft.rng.randint(0, len(values)), draft.rng.choice(free))
        draft.change(enum, values=tuple(values))


def remove_value(draft: Draft) -> None:
    enum = draft.some(k.Enum)
    if enum is None or len(enum.values) < 2:
        return
    gone = draft.rng.choice(enum.values)
    left = tuple(v for v in enum.values if v != gone)
    first = draft.origins.pop(k.Key("enum_value", enum.name, gone), None)
    if first is not None and draft.rng.random() < 0.8:
        draft.removed.setdefault(enum.name, {})[first] = draft.rng.choice(left)
    draft.change(enum, values=left)
    for column in draft.schema.columns_of(enum.name):
        if repr(gone)[1:-1] in repr(column.default):
            draft.change(column, default=None)


def reorder_values(draft: Draft) -> None:
    enum = draft.some(k.Enum)
    if enum is not None:
        draft.change(enum, values=tuple(draft.rng.sample(enum.values, len(enum.values))))


def change_storage(draft: Draft) -> None:
    enum = draft.some(k.Enum)
    if enum is not None:
        draft.change(enum, storage=draft.rng.choice((None, "varchar(10)", "text", "varchar(30)")))


def comment_enum(draft: Draft) -> None:
    enum = draft.some(k.Enum)
    if enum is not None:
        draft.change(enum, comment=words.comment(draft.rng, 0.7))


def drop_enum(draft: Draft) -> None:
    """Drop an enum; its columns become text."""
    enum = draft.some(k.Enum)
    if enum is None:
        return
    for column in draft.schema.columns_of(enum.name):
        draft.change(column, type=column.type.replace(enum.name, "text"), default=None)
    draft.drop(enum.key)


def add_enum(draft: Draft) -> None:
    """Add an enum, at best with a column."""
    free = [name for name in words.ENUMS if name not in draft.schema.enums]
    if not free:
        return
    enum = wild_schemas.random_enum(draft.rng, draft.rng.choice(free))
    draft.put(enum)
    view = draft.table()
    name = draft.new_name("column", view.name)
    draft.put(
        k.Column(
            table=view.name,
            name=name,
            type=enum.name,
            nullable=draft.rng.random() < 0.5,
            default=wild_columns.default(draft.rng, enum.name, {enum.name: enum}),
        )
    )


def _free(enum: k.Enum) -> list[str]:
    return [value for value in words.VALUES if value not in enum.values]


EDITS = (
    *(rename_enum, rename_value, swap_values, add_value, add_value, remove_value, remove_value),
    *(reorder_values, change_storage, comment_enum, drop_enum, add_enum),
)
