"""Tables in PostgreSQL's schemas, in everything that looks at a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import texts
from support.project import Project
from support.sameness import same_catalog

import schemagen
from schemagen.db.scope import scope_of
from schemagen.metadata import metadata
from schemagen.source import parse
from schemagen.source.dump import dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database

FILES = {
    "schema.yaml": "schemagen: 1\nschemas: {spare: {comment: For later}}\n",
    "enums.yaml": "enums: {billing.status: [OPEN, PAID], plain: [A, B]}\n",
    "sequences.yaml": "sequences: {billing.number: {start: 100, increment: 5}}\n",
    "tables/customers.yaml": """\
table: customers
columns: {id: bigint pk identity, name: text, kind: plain = 'A'}
""",
    "tables/billing.invoices.yaml": """\
table: billing.invoices
comment: What is owed
columns:
  id: bigint pk identity
  customer_id: bigint -> customers on delete cascade
  status: billing.status = 'OPEN'
  number: bigint unique
  total: {type: integer, generated: {sql: number * 2, stored: true}}
  note: text?
checks: {number: number >= 0}
indexes:
  open: {columns: [customer_id desc], where: note is null}
""",
    "tables/billing.lines.yaml": """\
table: billing.lines
columns:
  id: serial pk
  invoice_id: bigint -> billing.invoices
  before_id: integer? -> billing.lines.id
""",
    "tables/notes.yaml": """\
table: notes
columns: {id: bigint pk identity, invoice_id: bigint? -> billing.invoices}
""",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Make a project that uses schemas."""
    made = Project.create(tmp_path / "project", FILES)
    made.schemagen("generate", "--no-input").ok()
    made.schemagen("models").ok()
    return made


def test_alembic_finds_no_difference(project: Project, database: Database) -> None:
    project.upgrade(database.url)
    said = project.alembic("check", url=database.url).ok().stdout
    assert "No new upgrade operations" in said


def test_alembic_writes_what_is_missing_in_a_schema(project: Project, postgresql: Database) -> None:
    project.upgrade(postgresql.url)
    postgresql.execute(
        "DROP TABLE billing.lines", "CREATE SCHEMA theirs", "CREATE TABLE theirs.t ()"
    )
    project.alembic("revision", "--autogenerate", "-m", "again", url=postgresql.url).ok()
    written = project.revisions()[-1].read_text(encoding="utf-8")
    assert "schema='billing'" in written
    assert "theirs" not in written
    project.upgrade(postgresql.url)
    assert "No new" in project.alembic("check", url=postgresql.url).ok().stdout


def test_what_the_metadata_creates_is_what_a_revision_creates(
    project: Project, new_database: Callable[[str], Database], dialect: str
) -> None:
    migrated, made = new_database(dialect), new_database(dialect)
    project.upgrade(migrated.url)
    schema = schemagen.load(project.root / "schema").schema
    metadata(schema, dialect).create_all(made.engine)
    scope = scope_of(schema)
    same_catalog(migrated.catalog(scope), made.catalog(scope), "migrated", "made")


def test_the_revision_proves_itself(project: Project, scratch_there: tuple[str, str]) -> None:
    project.schemagen("verify", "--all", "--url", scratch_there[1]).ok()


def test_two_schemas_are_imported_and_say_the_same(
    project: Project, postgresql: Database, scratch_there: tuple[str, str], tmp_path: Path
) -> None:
    project.upgrade(postgresql.url)
    there = Project.create(tmp_path / "other")
    names = ("--schema", "public", "--schema", "billing", "--schema", "spare")
    there.schemagen("import", postgresql.url, *names, *scratch_there).ok()
    found, wanted = (schemagen.load(p.root / "schema").schema for p in (there, project))
    pairs = {key: (found.get(key), obj) for key, obj in wanted.on("postgresql").objects.items()}
    mine = found.on("postgresql")
    assert mine.objects.keys() == pairs.keys()
    assert set(mine.namespaces) == {"billing", "spare"}
    text = there.read("schema/tables/billing_lines.yaml")
    assert "invoice_id: bigint -> billing.invoices\n" in text
    assert there.read("schema/schemas.yaml").endswith("schemas:\n  spare: {comment: For later}\n")


def test_other_schemas_are_named_and_left_alone(
    project: Project, postgresql: Database, scratch_there: tuple[str, str], tmp_path: Path
) -> None:
    project.upgrade(postgresql.url)
    there = Project.create(tmp_path / "other")
    done = there.schemagen("import", postgresql.url, "--schema", "billing", *scratch_there)
    assert done.code in (0, 1)
    schema = schemagen.load(there.root / "schema").schema
    assert set(schema.tables) == {"billing.invoices", "billing.lines"}
    assert "customers" in there.read("schema/unmanaged.yaml")


def test_a_schema_that_is_not_there_is_said(postgresql: Database, tmp_path: Path) -> None:
    postgresql.execute("CREATE SCHEMA billing")
    done = Project.create(tmp_path).schemagen("import", postgresql.url, "--schema", "biling")
    assert done.code == 2
    assert "there is no schema 'biling' in the source: did you mean 'billing'?" in done.stderr


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER TABLE billing.lines ADD extra integer", "table billing.lines"),
        ("DROP INDEX billing.idx_invoices_open", "index idx_invoices_open"),
        ("CREATE TABLE billing.more (id integer)", "table billing.more"),
        ("ALTER TYPE billing.status ADD VALUE 'LATE'", "enum billing.status"),
        ("DROP SCHEMA spare", "schema spare"),
        ("COMMENT ON SCHEMA spare IS NULL", "schema spare"),
        (
            "ALTER TABLE billing.lines ALTER before_id SET NOT NULL",
            "table billing.lines",
        ),
    ],
)
def test_drift_is_found_in_a_schema(
    project: Project,
    postgresql: Database,
    scratch_there: tuple[str, str],
    statement: str,
    said: str,
) -> None:
    project.upgrade(postgresql.url)
    postgresql.execute("CREATE SCHEMA theirs", "CREATE TABLE theirs.t ()")
    look = ("drift", postgresql.url, *scratch_there)
    project.schemagen(*look).ok()
    postgresql.execute(statement)
    done = project.schemagen(*look)
    assert done.code == 1
    found, _, apart = done.stdout.partition("not managed by schemagen:")
    assert said in found
    assert "theirs" not in found
    assert "table theirs.t" in apart
    sql = project.schemagen(*look, "--sql").stdout
    postgresql.execute(*(s for s in sql.split(";\n") if s.strip() and not s.startswith("--")))


def test_models_name_their_schema(project: Project) -> None:
    written = project.read("backend/models/billing_invoices.py")
    assert '__tablename__ = "invoices"' in written
    assert '"schema": "billing"' in written
    assert "class BillingInvoice(Base):" in written


def test_a_schema_that_holds_something_else_is_not_dropped(tmp_path: Path) -> None:
    table = "table: notes\ncolumns: {id: bigint pk identity}\n"
    project = Project.create(tmp_path, {"a.yaml": table, "b.yaml": "schemas: [spare]\n"})
    project.schemagen("generate", "--no-input").ok()
    said = "unmanaged:\n  - {kind: function, name: spare.f(), why: there is no kind for it}\n"
    project.write("schema/b.yaml", said)
    done = project.schemagen("generate", "--no-input")
    assert done.code == 1
    assert "[G009]: schema spare would be dropped, and function spare.f() is in it" in done.stderr
    project.write("schema/b.yaml", f"schemas: [spare]\n{said}")
    project.schemagen("generate", "--no-input").ok()


def test_a_data_migration_has_the_tables_at_hand(project: Project, database: Database) -> None:
    project.schemagen("generate", "--data", "-m", "notes", "--table", "billing.invoices").ok()
    file = project.revisions()[-1]
    text = file.read_text(encoding="utf-8")
    assert "return sa.table(" in text
    error = 'raise NotImplementedError("write here what happens to the data")'
    text = text.replace(error, 'op.execute(billing_invoices().update().values(note="seen"))')
    file.write_text(text, encoding="utf-8")
    project.upgrade(database.url, "0001")
    name = "invoices" if database.dialect == "sqlite" else "billing.invoices"
    database.execute(
        "INSERT INTO customers (name) VALUES ('a')",
        f"INSERT INTO {name} (customer_id, number) VALUES (1, 1)",
    )
    project.upgrade(database.url)
    assert database.rows(f"SELECT note FROM {name}") == [("seen",)]


def test_what_could_be_a_column_is_written_out() -> None:
    text = """
table: a
columns: {id: bigint pk, b: bigint unique, c: bigint?}
---
table: a.b
columns:
  id: bigint pk
  one: {type: bigint, references: {table: a, column: b, on_delete: cascade}}
  two: bigint -> a.b.id
"""
    schema = texts.read(text).schema
    assert set(schema.tables) == {"a", "a.b"}
    assert parse(dump(schema)).schema == schema


def test_a_project_with_schemas_is_adopted(
    postgresql: Database, scratch_there: tuple[str, str], tmp_path: Path
) -> None:
    postgresql.execute(
        "CREATE SCHEMA billing", "CREATE TABLE billing.bills (id bigint CONSTRAINT pk PRIMARY KEY)"
    )
    project = Project.create(tmp_path)
    (tmp_path / "schema").rmdir()
    names = ("--schema", "billing", "--schema", "public")
    project.schemagen("init", postgresql.url, "--no-input", *names, *scratch_there).ok()
    assert "table: billing.bills" in project.read("schema/tables/billing_bills.yaml")
    project.schemagen("generate", "--no-input").ok()
    project.alembic("stamp", "head", url=postgresql.url).ok()
    project.schemagen("drift", postgresql.url, *scratch_there).ok()
