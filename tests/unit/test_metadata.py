from __future__ import annotations

import random
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from property.random_schemas import random_schema
from sqlalchemy import Identity
from support import road, texts
from support.declared import EVERYTHING, package

import schemagen
from schemagen.db.catalog import differences
from schemagen.errors import Findings, SchemagenError
from schemagen.metadata import metadata

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.databases import Database

    from schemagen.schema import Schema

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def everything() -> Schema:
    return texts.read(EVERYTHING).schema


def same(schema: Schema, dialect: str, new_database: Callable[[str], Database]) -> None:
    """Create a schema by each road and compare what the databases hold."""
    revised, made = new_database(dialect), new_database(dialect)
    road.create(schema, revised)
    metadata(schema, dialect).create_all(made.engine)
    found = differences(revised.catalog(), made.catalog(), "the revision", "the metadata")
    assert not found, "\n".join(found)


def test_create_all_makes_what_a_revision_makes_for_f2x(
    dialect: str, new_database: Callable[[str], Database]
) -> None:
    same(schemagen.load(ROOT / "schema").schema, dialect, new_database)


def test_create_all_makes_what_a_revision_makes_for_every_kind_of_object(
    everything: Schema, dialect: str, new_database: Callable[[str], Database]
) -> None:
    same(everything, dialect, new_database)


@pytest.mark.parametrize("seed", range(8))
def test_create_all_makes_what_a_revision_makes_for_random_schemas(
    seed: int, dialect: str, new_database: Callable[[str], Database]
) -> None:
    same(random_schema(random.Random(seed)), dialect, new_database)


def test_models_and_the_metadata_of_both_databases_create_the_same(
    everything: Schema, dialect: str, new_database: Callable[[str], Database], tmp_path: Path
) -> None:
    own, both, models = (new_database(dialect) for _ in range(3))
    metadata(everything, dialect).create_all(own.engine)
    whole = metadata(everything)
    here = [t for t in whole.sorted_tables if t.info.get("only") in (None, dialect)]
    whole.create_all(both.engine, tables=here)
    module = package(everything, tmp_path)
    there = module.Base.metadata
    tables = [there.tables[table.name] for table in here]
    there.create_all(models.engine, tables=tables)
    module.Base.registry.dispose()
    assert not differences(own.catalog(), both.catalog())
    found = differences(own.catalog(), models.catalog())
    untold = ("enum unused: comment", "sequence ticket_no: comment", "sequence odd")
    assert [line for line in found if not line.startswith(untold)] == []


def test_drop_all_takes_the_types_along(everything: Schema, postgresql: Database) -> None:
    made = metadata(everything, "postgresql")
    made.create_all(postgresql.engine)
    made.drop_all(postgresql.engine)
    assert postgresql.rows("SELECT typname FROM pg_type WHERE typname = 'colour'") == []
    assert not postgresql.catalog().objects


def test_for_both_databases_what_one_has_says_so(everything: Schema) -> None:
    made = metadata(everything)
    accounts = made.tables["accounts"]
    items = {item.name: item for item in (*accounts.constraints, *accounts.indexes)}
    assert made.tables["local"].info == {"only": "sqlite"}
    assert items["idx_accounts_tags"].info == {"only": "postgresql"}
    assert items["idx_accounts_tags"]._ddl_if.dialect == "postgresql"
    assert items["chk_accounts_one"].info == {"only": "sqlite"}
    assert items["chk_accounts_one"]._ddl_if.dialect == "sqlite"
    assert items["chk_accounts_order"].info == {}
    assert items["chk_accounts_order"]._ddl_if is None


def test_for_one_database_there_is_nothing_of_the_other(everything: Schema) -> None:
    made = metadata(everything, "sqlite")
    accounts = made.tables["accounts"]
    assert "remote" not in made.tables
    assert {"idx_accounts_tags", "idx_accounts_data"}.isdisjoint(i.name for i in accounts.indexes)
    assert accounts.comment is None
    assert not [c for t in made.tables.values() for c in t.columns if c.identity]
    members = metadata(everything, "postgresql").tables["members"]
    assert isinstance(members.c.id.identity, Identity)


def test_a_descending_item_is_bound_to_its_column(everything: Schema) -> None:
    accounts = metadata(everything).tables["accounts"]
    index = next(i for i in accounts.indexes if i.name == "idx_accounts_newest")
    assert list(index.columns) == [accounts.c.order, accounts.c.name]


def test_an_unknown_database_is_refused() -> None:
    with pytest.raises(SchemagenError, match="mysql is not a database that schemagen knows"):
        schemagen.load(ROOT / "schema").metadata("mysql")


def test_load_raises_what_is_wrong_in_the_yaml(tmp_path: Path) -> None:
    (tmp_path / "lots.yaml").write_text("table: lots\ncolumns: {id: bigint pk identiti}\n")
    with pytest.raises(Findings) as caught:
        schemagen.load(tmp_path)
    assert caught.value.diagnostics[0].place.line == 2


def test_a_schema_can_be_loaded_from_a_string_or_a_path() -> None:
    assert schemagen.load(str(ROOT / "schema")) == schemagen.load(ROOT / "schema")


def test_alembic_finds_no_difference_to_what_the_metadata_created(
    everything: Schema, database: Database
) -> None:
    made = metadata(everything, database.dialect)
    made.create_all(database.engine)
    with database.engine.connect() as connection, warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # SQLAlchemy knows no type `point`, nor SQLite's expressions
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        found = compare_metadata(context, made)
    beyond_alembic = "idx_accounts_collated"  # it does not read the collation of an index
    assert [change for change in found if change[1].name != beyond_alembic] == []


def test_a_column_that_one_database_lets_be_null_says_so() -> None:
    schema = texts.read("table: t\ncolumns: {a: {type: text, sqlite: {nullable: true}}}\n").schema
    column = metadata(schema).tables["t"].c.a
    assert column.info == {"nullable": {"sqlite": True, "postgresql": False}}
    assert column.nullable
    assert not metadata(schema, "postgresql").tables["t"].c.a.nullable


def test_a_default_of_sqlite_alone_may_stand_for_an_identity_or_an_expression(
    tmp_path: Path,
) -> None:
    schema = texts.read(
        "table: t\n"
        "columns:\n"
        "  id: bigint pk\n"
        "  turn: {type: bigint identity, sqlite: {identity: false, default: 0}}\n"
        "  next: {type: bigint, generated: {sql: id + 1}, sqlite: {generated: null, default: 0}}\n"
    ).schema
    table = package(schema, tmp_path).Base.metadata.tables["t"]
    for columns in (table.c, metadata(schema).tables["t"].c):
        assert columns.turn.identity is not None
        assert columns.next.computed is not None
    for column in ("turn", "next"):
        assert metadata(schema, "sqlite").tables["t"].c[column].server_default is not None
