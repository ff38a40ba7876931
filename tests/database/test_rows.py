"""Every table of a database can be filled with rows, whatever hangs on them, and read back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from support import road, texts
from support.rows import fill, read_rows

from schemagen import source

if TYPE_CHECKING:
    from support.databases import Database
    from support.rows import Rows

    from schemagen.schema import Schema

F2X = Path(__file__).parents[2] / "schema"


def _filled(database: Database, schema: Schema, count: int = 3) -> Rows:
    road.create(schema, database)
    with database.engine.begin() as connection:
        fill(connection, schema, count)
    with database.engine.connect() as connection:
        return read_rows(connection)


def test_the_f2x_schema_gets_rows_in_every_table(database: Database) -> None:
    schema = source.read(F2X, F2X.parent).schema
    rows = _filled(database, schema)
    assert set(rows) == set(schema.tables)
    assert {name: len(found) for name, found in rows.items() if not found} == {}


def test_cycles_and_self_references_are_real_references(database: Database) -> None:
    schema = texts.read("""\
table: eggs
columns:
  id: bigint pk identity
  hen_id: bigint -> hens
  twin_id: bigint? -> eggs
---
table: hens
columns:
  id: bigint pk identity
  egg_id: bigint -> eggs
""").schema
    rows = _filled(database, schema)
    assert len(rows["eggs"]) == len(rows["hens"]) == 3


def test_checks_are_solved(database: Database) -> None:
    schema = texts.read("""\
table: t
columns:
  id: bigint pk identity
  state: varchar(10)
  share: integer
  low: integer
  high: integer
checks:
  state: state in ('OPEN', 'SHUT')
  share: share between 50 and 60
  range: high > low and low >= 100
""").schema
    rows = _filled(database, schema)
    assert len(rows["t"]) == 3


def test_null_stands_in_every_column_that_allows_it(database: Database) -> None:
    schema = texts.read("""\
table: t
columns:
  id: bigint pk identity
  a: text?
  b: numeric(8, 3)?
""").schema
    rows = _filled(database, schema)["t"]
    null = "null NULL" if database.dialect == "sqlite" else None
    assert sorted(sum(value == null for value in row.values()) for row in rows) == [0, 0, 2]


def test_every_type_gets_values_that_differ(database: Database) -> None:
    types = """
        smallint integer bigint numeric numeric(10,2) numeric(4,4) real double-precision money
        varchar varchar(3) char(5) text bytea boolean date time timetz timestamp timestamptz(3)
        interval uuid json jsonb inet cidr macaddr macaddr8 tsvector tsquery oid text[] integer[]
        int4range int8range numrange daterange tsrange tstzrange interval(3)
        int4multirange int8multirange nummultirange datemultirange tsmultirange tstzmultirange
        point line lseg box path polygon circle jsonpath pg_lsn point[]
    """.split()  # noqa: SIM905 - one string reads better
    columns = "".join(f"  c{i}: {name.replace('-', ' ')}\n" for i, name in enumerate(types))
    schema = texts.read(f"table: t\ncolumns:\n  id: bigint pk identity\n{columns}").schema
    rows = _filled(database, schema)["t"]
    assert len(rows) == 3
    same = [types[i] for i in range(len(types)) if len({row[f"c{i}"] for row in rows}) == 1]
    assert same == ["tsquery"]


def test_a_bit_of_difference_shows(sqlite: Database) -> None:
    sqlite.execute("CREATE TABLE t (a)", "INSERT INTO t VALUES (1), ('1'), (1.0), (x'31'), (NULL)")
    with sqlite.engine.connect() as connection:
        read = [row["a"] for row in read_rows(connection)["t"]]
    assert read == ["blob X'31'", "integer 1", "null NULL", "real 1.0", "text '1'"]
