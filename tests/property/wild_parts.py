"""Random keys, uniques, checks and indexes over the columns of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import wild_columns

from schemagen import kinds as k
from schemagen import sql

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from schemagen.schema import Schema

ACTIONS = (None, "no action", "restrict", "cascade", "set null", "set default")
_ONLY = (None, None, None, None, "sqlite", "postgresql")


def sortable(column: k.Column) -> bool:
    """Say whether the column can be in a key or a btree index on both databases."""
    spec = column.spec
    if spec is None or (column.generated and not column.generated.stored):
        return False
    return spec.name not in wild_columns.UNORDERED


def _some(rng: random.Random, columns: Sequence[k.Column], most: int) -> list[k.Column]:
    fitting = [c for c in columns if sortable(c)]
    return rng.sample(fitting, min(len(fitting), rng.randint(1, most)))


def condition(rng: random.Random, columns: Sequence[k.Column]) -> str:
    """Write a condition that both databases read and that rows can meet."""
    one = rng.choice(columns)
    said = f"{_atom(rng, one)}"
    if rng.random() < 0.3:
        word = rng.choice(("or", "OR", "and"))
        said = f"{said} {word} {_atom(rng, rng.choice(columns))}"
    return said


def _atom(rng: random.Random, column: k.Column) -> str:
    spec, said = column.spec, sql.quote(column.name)
    name = spec.name if spec and spec.logical and not spec.dims else ""
    if column.sqlite.get("type"):
        name = ""
    if name in (*wild_columns.INTEGERS, "numeric", "real", "double precision"):
        return rng.choice((f"{said} > 0", f"{said} <> 77", f"{said} between -5 and 1000"))
    if name in ("varchar", "text"):
        bar = rng.choice(("'no''t'", "'a:b'", "'100%s'", "'{{ x }}'", "'\\'"))
        return rng.choice((f"{said} <> {bar}", f"length({said}) < 90", f"{said} not like '%zz:%'"))
    if name == "boolean":
        return f"({said} or not {said})"
    if name in ("date", "timestamp"):
        return f"{said} > '2000-01-01'"
    return f"{said} is not null or {said} is null"


def check(rng: random.Random, table: str, name: str, columns: Sequence[k.Column]) -> k.Check:
    made = k.Check(table=table, name=name, sql=condition(rng, columns), only=rng.choice(_ONLY))
    if made.only is None and rng.random() < 0.15:
        return made.model_copy(update={"sqlite": {"sql": condition(rng, columns)}})
    return made


def unique(
    rng: random.Random, table: str, name: str, columns: Sequence[k.Column]
) -> k.Unique | None:
    over = _some(rng, columns, 3)
    if not over:
        return None
    include = [c.name for c in columns if sortable(c) and c not in over]
    return k.Unique(
        table=table,
        name=name,
        columns=tuple(c.name for c in over),
        nulls_distinct=rng.random() < 0.8,
        deferrable=rng.choice((None, None, None, "immediate", "deferred")),
        include=tuple(include[:1]) if rng.random() < 0.15 else (),
        only=rng.choice(_ONLY),
    )


def index(rng: random.Random, table: str, name: str, columns: Sequence[k.Column]) -> k.Index | None:
    over = _some(rng, columns, 3)
    if not over:
        return None
    if rng.random() < 0.1 and (special := _special(rng, table, name, columns)):
        return special
    include = [c.name for c in columns if sortable(c) and c not in over]
    plain = [c for c in columns if not (c.generated and not c.generated.stored)]
    only = rng.choice(_ONLY)
    made = k.Index(
        table=table,
        name=name,
        columns=tuple(_item(rng, c) for c in over),
        unique=rng.random() < 0.25,
        where=condition(rng, plain) if plain and rng.random() < 0.25 else None,
        include=tuple(include[:1]) if rng.random() < 0.15 else (),
        with_={"fillfactor": rng.choice((70, 80))} if rng.random() < 0.15 else {},
        only=only,
    )
    if made.unique and rng.random() < 0.2:
        made = made.model_copy(update={"nulls_distinct": False})
    if only is None and rng.random() < 0.1:
        return made.model_copy(update={"sqlite": {"where": condition(rng, columns)}})
    return made


def _special(
    rng: random.Random, table: str, name: str, columns: Sequence[k.Column]
) -> k.Index | None:
    gin = [c for c in columns if c.type in ("jsonb", "tsvector", "integer[]", "text[]")]
    gin = [c for c in gin if not c.generated]
    if gin:
        one = rng.choice(gin)
        opclass = "jsonb_path_ops" if one.type == "jsonb" and rng.random() < 0.5 else None
        item = k.Item(column=one.name, opclass=opclass)
        only = rng.choice((None, "postgresql"))
        return k.Index(table=table, name=name, columns=(item,), using="gin", only=only)
    hashed = [c for c in columns if sortable(c) and c.type in ("integer", "text")]
    if not hashed:
        return None
    item = k.Item(column=rng.choice(hashed).name)
    return k.Index(table=table, name=name, columns=(item,), using="hash")


def _item(rng: random.Random, column: k.Column) -> k.Item:
    more: dict[str, Any] = {
        "order": "desc" if rng.random() < 0.3 else "asc",
        "nulls": rng.choice((None, None, None, "first", "last")),
    }
    said = sql.quote(column.name)
    spec = column.spec
    name = spec.name if spec and spec.logical and not spec.dims else ""
    if column.sqlite.get("type"):
        name = ""
    if rng.random() < 0.2 and name in wild_columns.INTEGERS:
        return k.Item(sql=rng.choice((f"abs({said})", f"{said} % 7", f"{said} + 1")), **more)
    if rng.random() < 0.3 and name in ("text", "varchar"):
        return k.Item(sql=rng.choice((f"lower({said})", f"{said} || ':x'")), **more)
    if rng.random() < 0.15 and name in ("text", "varchar"):
        return k.Item(column=column.name, opclass=f"{name}_pattern_ops", **more)
    return k.Item(column=column.name, **more)


def primary_key(
    rng: random.Random, table: str, name: str, columns: Sequence[k.Column]
) -> k.PrimaryKey | None:
    fitting = [
        c.name
        for c in columns
        if sortable(c)
        and not c.generated
        and not any(c.on(d).nullable for d in ("sqlite", "postgresql"))
    ]
    if not fitting:
        return None
    return k.PrimaryKey(
        table=table, name=name, columns=tuple(rng.sample(fitting, min(len(fitting), 2)))
    )


def foreign_key(
    rng: random.Random, schema: Schema, table: str, name: str
) -> tuple[k.ForeignKey, list[k.Column]] | None:
    """Make a key from a table to any, itself included, with new columns of the right types."""
    targets = [t for view in schema.views() for t in _targets(schema, view.name)]
    if not targets:
        return None
    there, over = rng.choice(targets)
    taken = {c.lower() for c in schema.view(table).column_names}
    columns: list[k.Column] = []
    nullable = rng.random() < 0.7
    for i, target in enumerate(over):
        column = schema.view(there).column(target)
        assert column is not None
        called = f"{name[:40]}_{i}"
        if called.lower() in taken:
            return None
        over_ = {d: {f: v for f, v in getattr(column, d).items() if f == "type"} for d in _DIALECTS}
        columns.append(
            k.Column(table=table, name=called, type=column.type, nullable=nullable, **over_)
        )
    only = schema.tables[there].only or rng.choice(_ONLY)
    actions = ACTIONS if nullable else ACTIONS[:4]
    key = k.ForeignKey(
        table=table,
        name=f"fk_{table[:25]}_{name[:25]}",
        columns=tuple(c.name for c in columns),
        references=k.References(table=there, columns=over),
        on_delete=rng.choice(actions),
        on_update=rng.choice(actions),
        match="full" if rng.random() < 0.15 else None,
        deferrable=rng.choice((None, None, None, "immediate", "deferred")),
        only=only,
    )
    return key, columns


_DIALECTS = ("sqlite", "postgresql")


def _targets(schema: Schema, table: str) -> list[tuple[str, tuple[str, ...]]]:
    """Give what a foreign key can point at, on both databases."""
    view = schema.view(table)
    found = [view.primary_key.columns] if view.primary_key else []
    found += [u.columns for u in view.uniques if not u.deferrable and not u.only and not u.include]
    found += [
        i.plain_columns
        for i in view.indexes
        if i.unique and i.plain_columns and i.only is None and not i.sqlite and not i.include
        if not any(item.opclass or item.collate for item in i.columns)
    ]
    fixed = {c.name for c in view.columns if c.generated or _collated(c) or "[" in c.type}
    return [(table, columns) for columns in found if not fixed.intersection(columns)]


def _collated(column: k.Column) -> bool:
    return any("collation" in over for over in (column.sqlite, column.postgresql))
