"""Random edits of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import wild_columns
import wild_words as words

from schemagen import kinds as k
from schemagen import types

if TYPE_CHECKING:
    from wild_draft import Draft

_FAMILY = {
    "number": ("smallint", "integer", "bigint", "numeric(8, 1)", "double precision", "numeric"),
    "text": ("varchar(50)", "text", "varchar(12)", "char(30)", "varchar"),
    "time": ("date", "timestamp", "timestamptz", "timestamptz(3)"),
    "json": ("json", "jsonb"),
}
_PLAIN = {"default": None, "sqlite": {}, "postgresql": {}, "collation": None, "identity": None}


def add_column(draft: Draft) -> None:
    view = draft.table()
    name = draft.new_name("column", view.name)
    enums = dict(draft.schema.enums)
    made: k.Column | None = wild_columns.column(draft.rng, view.name, name, enums)
    if draft.rng.random() < 0.25:
        made = wild_columns.generated(draft.rng, view.name, name, view.columns)
    if made is not None:
        draft.put(made)


def drop_column(draft: Draft) -> None:
    view = draft.table()
    if len(view.columns) > 1:
        draft.drop(draft.rng.choice(view.columns).key)


def change_type(draft: Draft) -> None:
    """Change to any type at all; what was written for the old one goes."""
    column = _own(draft)
    if column is None:
        return
    kind = wild_columns.random_type(draft.rng, tuple(draft.schema.enums))
    if kind in ("tsquery", "tsvector"):  # not every text can be one
        kind = "text"
    draft.forget(column)
    made = column.model_copy(update={**_PLAIN, "type": kind})
    if draft.rng.random() < 0.4:
        default = wild_columns.default(draft.rng, kind, dict(draft.schema.enums))
        made = made.model_copy(update={"default": default})
    draft.put(made)


def widen(draft: Draft) -> None:
    """Change within a family: expressions, keys and indexes stay."""
    column = _own(draft)
    spec = column.spec if column else None
    family = _FAMILY.get(spec.logical.family, ()) if spec and spec.logical and not spec.dims else ()
    if column is None or not family or column.sqlite or column.postgresql:
        return
    kind = draft.rng.choice(family)
    if column.identity:
        kind = draft.rng.choice(wild_columns.INTEGERS)
    if kind in wild_columns.UNORDERED:
        draft.forget(column)
    fits = {} if types.parse(kind) and column.default is None else {"default": None}
    draft.change(column, type=kind, **fits)


def retype_reference(draft: Draft) -> None:
    """Change both ends of a foreign key."""
    key = draft.some(k.ForeignKey)
    if key is None or len(key.columns) != 1:
        return
    mine = draft.schema.get(k.Key("column", key.table, key.columns[0]))
    theirs = draft.schema.get(k.Key("column", key.references.table, key.references.columns[0]))
    if not isinstance(mine, k.Column) or not isinstance(theirs, k.Column):
        return
    pools = (wild_columns.INTEGERS, ("varchar(30)", "text", "varchar(40)"))
    pool = next((p for p in pools if theirs.type in p), None)
    if pool:
        kind = draft.rng.choice(pool)
        draft.change(mine, type=kind, default=None)
        draft.change(theirs, type=kind, default=None)


def change_nullability(draft: Draft) -> None:
    column = _own(draft)
    if column is not None and not column.identity:
        draft.change(column, nullable=not column.nullable)


def change_default(draft: Draft) -> None:
    column = _own(draft)
    if column is None or column.identity or column.sqlite.get("type"):
        return
    made = wild_columns.default(draft.rng, column.type, dict(draft.schema.enums))
    draft.change(column, default=draft.rng.choice((made, made, None)))


def comment_column(draft: Draft) -> None:
    column = draft.some(k.Column)
    draft.change(column, comment=words.comment(draft.rng, 0.7))


def change_overrides(draft: Draft) -> None:
    column = _own(draft)
    if column is None or column.identity:
        return
    bare = column.model_copy(update={"sqlite": {}, "postgresql": {}})
    over = wild_columns.overrides(draft.rng, bare) if draft.rng.random() < 0.7 else {}
    if "type" in over.get("sqlite", {}) or "type" in column.sqlite:
        draft.forget(column)
    draft.put(bare.model_copy(update=over))


def change_identity(draft: Draft) -> None:
    """Give, take or change an identity; SQLite has them in primary keys alone."""
    view = draft.table()
    columns = [c for c in view.columns if c.type in wild_columns.INTEGERS and not c.generated]
    columns = [c for c in columns if not any(c.name in f.columns for f in view.foreign_keys)]
    if not columns:
        return
    column = draft.rng.choice(columns)
    made = (
        None if column.identity and draft.rng.random() < 0.5 else wild_columns.identity(draft.rng)
    )
    keyed = view.primary_key is not None and view.primary_key.columns == (column.name,)
    over = {} if keyed or made is None else {"identity": None}
    draft.change(column, identity=made, nullable=False, default=None, sqlite=over, postgresql={})


def change_generated(draft: Draft) -> None:
    """Change the expression, or let the column hold values of its own, or the other way round."""
    view = draft.table()
    column = draft.rng.choice(view.columns)
    if column.identity:
        return
    others = [c for c in view.columns if c != column]
    made = wild_columns.generated(draft.rng, view.name, column.name, others)
    if column.generated and draft.rng.random() < 0.4:
        draft.change(column, generated=None, nullable=True)
    elif made is not None:
        draft.forget(column)
        if view.primary_key and column.name in view.primary_key.columns:
            draft.drop(view.primary_key.key)
        draft.put(made)


def _own(draft: Draft) -> k.Column | None:
    columns = [c for c in draft.table().columns if not c.generated]
    return draft.rng.choice(columns) if columns else None


EDITS = (
    *(add_column, add_column, drop_column, drop_column, change_type, change_type, widen, widen),
    *(retype_reference, change_nullability, change_nullability, change_default, comment_column),
    *(change_overrides, change_identity, change_generated),
)
