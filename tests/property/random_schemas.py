"""Random schemas and random edits of them, for the laws of the algebra."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import kinds as k
from schemagen.kinds.check import values_in
from schemagen.schema import Schema

if TYPE_CHECKING:
    import random

TABLES = ("alpha", "beta", "gamma")
COLUMNS = ("a", "b", "c", "d", "order")
TYPES = ("integer", "bigint", "varchar(10)", "text", "boolean", "colour", "shade")


def random_schema(rng: random.Random) -> Schema:
    """Make a valid schema of up to three tables with every kind of object."""
    enums = [_enum(rng, name) for name in ("colour", "shade")]
    tables = rng.sample(TABLES, rng.randint(1, len(TABLES)))
    objects: list[k.Obj] = [*enums]
    for table in tables:
        objects += _table(rng, table)
    for table in tables:
        objects += _foreign_keys(rng, table, Schema(objects))
    return Schema(objects)


def _enum(rng: random.Random, name: str) -> k.Enum:
    values = rng.sample(("red", "green", "blue", "it's"), rng.randint(2, 4))
    storage = "varchar(10)" if name == "shade" else None
    return k.Enum(name=name, values=tuple(values), storage=storage)


def _table(rng: random.Random, table: str) -> list[k.Obj]:
    comment = rng.choice((None, "a table", "it's {{ one }}"))
    out: list[k.Obj] = [k.Table(name=table, comment=comment)]
    names = rng.sample(COLUMNS, rng.randint(1, len(COLUMNS)))
    out.append(k.Column(table=table, name="id", type="bigint", identity=k.Identity()))
    out += [_column(rng, table, name) for name in names]
    if rng.random() < 0.3:
        total = k.Generated(sql="id + 1", stored=rng.random() < 0.5)
        out.append(
            k.Column(table=table, name="total", type="bigint", nullable=True, generated=total)
        )
    out.append(k.PrimaryKey(table=table, name=f"pk_{table}", columns=("id",)))
    types = {c.name: c.type for c in out if isinstance(c, k.Column)}
    for name in names:
        out += _parts(rng, table, name, types)
    return out


def _column(rng: random.Random, table: str, name: str) -> k.Column:
    kind = rng.choice(TYPES)
    default = k.Literal(literal=7) if kind == "integer" and rng.random() < 0.5 else None
    return k.Column(table=table, name=name, type=kind, nullable=rng.random() < 0.5, default=default)


def _parts(rng: random.Random, table: str, name: str, types: dict[str, str]) -> list[k.Obj]:
    out: list[k.Obj] = []
    plain = k.Item(column=name)
    quoted = f'"{name}"' if name == "order" else name
    if types[name] in ("colour", "shade"):
        only = "sqlite" if types[name] == "colour" else None
        text = values_in(name, ("red", "green"))
        out.append(
            k.Check(table=table, name=f"chk_{table}_{name}", sql=text, enum=types[name], only=only)
        )
    elif types[name] in ("integer", "bigint") and rng.random() < 0.4:
        out.append(k.Check(table=table, name=f"chk_{table}_{name}", sql=f"{quoted} > 0"))
    if rng.random() < 0.3:
        out.append(k.Unique(table=table, name=f"uk_{table}_{name}", columns=(name, "id")))
    if rng.random() < 0.4:
        where = rng.choice((None, f"{quoted} is not null"))
        order = rng.choice(("asc", "desc"))
        items = (plain.model_copy(update={"order": order}), k.Item(column="id"))
        out.append(k.Index(table=table, name=f"idx_{table}_{name}", columns=items, where=where))
    return out


def _foreign_keys(rng: random.Random, table: str, schema: Schema) -> list[k.Obj]:
    out: list[k.Obj] = []
    for column in schema.view(table).columns:
        if column.type == "bigint" and not column.identity and not column.generated:
            there = k.References(table=rng.choice(list(schema.tables)), columns=("id",))
            name = f"fk_{table}_{column.name}"
            out.append(
                k.ForeignKey(table=table, name=name, columns=(column.name,), references=there)
            )
    return out
