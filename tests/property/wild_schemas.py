"""Random schemas with everything that the YAML can say, as the loader would read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import wild_columns
import wild_parts
import wild_words as words
from wild_settle import settled

from schemagen import kinds as k
from schemagen.schema import Schema

if TYPE_CHECKING:
    import random


def wild_schema(rng: random.Random) -> Schema:
    """Make a valid schema of up to four tables."""
    enums = {e.name: e for e in random_enums(rng)}
    taken: set[str] = {e.lower() for e in enums}
    names = [
        words.name(rng, words.PLAIN_TABLES, words.ODD_TABLES, taken)
        for _ in range(rng.randint(1, 4))
    ]
    objects: list[k.Obj] = [*enums.values()]
    for name in names:
        objects += random_table(rng, name, enums)
    schema = settled(objects)
    for table in list(schema.tables):
        for _ in range(rng.choice((0, 1, 1, 2))):
            schema = with_foreign_key(rng, schema, table)
    return settled(schema)


def random_enums(rng: random.Random) -> list[k.Enum]:
    return [random_enum(rng, name) for name in rng.sample(words.ENUMS, rng.randint(0, 3))]


def random_enum(rng: random.Random, name: str) -> k.Enum:
    values = tuple(rng.sample(words.VALUES, rng.randint(1, 5)))
    storage = rng.choice((None, None, "varchar(10)", "text"))
    return k.Enum(name=name, values=values, storage=storage, comment=words.comment(rng))


def random_table(rng: random.Random, table: str, enums: dict[str, k.Enum]) -> list[k.Obj]:
    """Make a table without foreign keys."""
    taken: set[str] = set()
    columns = [
        wild_columns.column(rng, table, new_column_name(rng, taken), enums)
        for _ in range(rng.randint(1, 6))
    ]
    key: list[k.Obj] = []
    roll = rng.random()
    if roll < 0.65:
        key = [_identity(rng, table, columns, taken)]
    elif roll < 0.8:
        key = [o for o in [wild_parts.primary_key(rng, table, f"pk_{table[:50]}", columns)] if o]
    elif roll < 0.9:
        _identity_on_postgresql(rng, table, columns, taken)
    for _ in range(rng.choice((0, 0, 1, 2))):
        name = new_column_name(rng, taken)
        if made := wild_columns.generated(rng, table, name, columns):
            columns.append(made)
    head = k.Table(
        name=table,
        comment=words.comment(rng),
        only=rng.choice((*[None] * 12, "sqlite", "postgresql")),
        options=random_options(rng, columns, bool(key)),
    )
    return [head, *columns, *key, *random_parts(rng, table, columns)]


def new_column_name(rng: random.Random, taken: set[str]) -> str:
    return words.name(rng, words.PLAIN_COLUMNS, words.ODD_COLUMNS, taken)


def _identity(
    rng: random.Random, table: str, columns: list[k.Column], taken: set[str]
) -> k.PrimaryKey:
    name = "id" if "id" not in taken else new_column_name(rng, taken)
    taken.add(name)
    made = wild_columns.identity(rng) if rng.random() < 0.9 else None
    kind = rng.choice(wild_columns.INTEGERS)
    key = k.Column(table=table, name=name, type=kind, identity=made, comment=words.comment(rng))
    columns.insert(rng.choice((0, 0, len(columns))), key)
    called = f"pk_{table[:50]}" if rng.random() < 0.8 else f"{table[:40]} is unique"
    return k.PrimaryKey(table=table, name=called, columns=(name,))


def _identity_on_postgresql(
    rng: random.Random, table: str, columns: list[k.Column], taken: set[str]
) -> None:
    """SQLite has no identity outside the primary key."""
    made = wild_columns.identity(rng)
    name = new_column_name(rng, taken)
    over = {"sqlite": {"identity": None, "nullable": rng.random() < 0.5}}
    columns.append(k.Column(table=table, name=name, type="bigint", identity=made, **over))


def random_options(rng: random.Random, columns: list[k.Column], keyed: bool) -> k.Options:  # noqa: FBT001
    identity = any(c.identity for c in columns)
    return k.Options(
        with_={"fillfactor": rng.choice((60, 90))} if rng.random() < 0.15 else {},
        strict=rng.random() < 0.12,
        without_rowid=keyed and not identity and rng.random() < 0.3,
        autoincrement=identity and rng.random() < 0.15,
    )


def random_parts(rng: random.Random, table: str, columns: list[k.Column]) -> list[k.Obj]:
    """Make checks, uniques and indexes of a table."""
    out: list[k.Obj | None] = []
    for prefix, make, counts in _MAKERS:
        many = range(rng.choice(counts))
        out += [make(rng, table, part_name(rng, prefix, table, i), columns) for i in many]
    return [obj for obj in out if obj is not None]


_MAKERS = (
    ("chk", wild_parts.check, (0, 1, 1, 2)),
    ("uk", wild_parts.unique, (0, 0, 1, 2)),
    ("idx", wild_parts.index, (0, 0, 1, 2, 3)),
)


def part_name(rng: random.Random, prefix: str, table: str, number: int) -> str:
    odd = rng.choice(('it"s', "a b", "100%", "x:y", "it's", "X"))
    end = odd if rng.random() < 0.15 else f"p{number}"
    return f"{prefix}_{table[:45]}_{end}"


def with_foreign_key(rng: random.Random, schema: Schema, table: str) -> Schema:
    """Add a foreign key with its columns, now and then an index on them."""
    name = rng.choice(("parent", "owner", "next one", "other"))
    made = wild_parts.foreign_key(rng, schema, table, name)
    if made is None or made[0].key in schema:
        return schema
    key, columns = made
    more: list[k.Obj] = []
    if rng.random() < 0.3:
        items = tuple(k.Item(column=c.name) for c in columns)
        more.append(k.Index(table=table, name=f"idx_{key.name}"[:60], columns=items))
    return Schema((*schema, *columns, key, *more))
