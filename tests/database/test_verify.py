"""`schemagen verify` on the repository's own revisions, and on what only PostgreSQL has."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support import f2x, road, texts
from support.project import Project

from schemagen.db import rows
from schemagen.db.rows.foresight import foresee
from schemagen.diff import compare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.databases import Database
    from support.postgres import Server


@pytest.fixture
def url(postgres_server: Server) -> Iterator[str]:
    """A server's URL; nothing of this process may be left there."""
    yield postgres_server.url.render_as_string(hide_password=False)
    with postgres_server.database() as there:
        mine = f"schemagen_verify_{os.getpid()}_"
        assert [name for name in databases(there) if name.startswith(mine)] == []


def databases(url: str) -> list[str]:
    import sqlalchemy as sa  # noqa: PLC0415 - for the fixture alone

    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        return list(connection.scalars(sa.text("SELECT datname FROM pg_database")))


def test_the_repositorys_revisions_are_proven_on_both_databases(tmp_path: Path, url: str) -> None:
    project = f2x.copy(tmp_path / "project")
    done = project.schemagen("verify", "--all", "--url", url).ok()
    assert done.stdout == PROVEN
    assert done.stderr == "proven: 2 revisions on sqlite and postgresql\n"


PROVEN = """\
revision                      database    up  catalog  down  rows  again
0001_initial                  sqlite      ok  ok       ok    ok    ok
0001_initial                  postgresql  ok  ok       ok    ok    ok
0002_add_auto_print_label_to  sqlite      ok  ok       ok    ok    ok
0002_add_auto_print_label_to  postgresql  ok  ok       ok    ok    ok
"""


def test_the_embedded_server_serves_where_no_url_is_given(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "project", {"tables/t.yaml": TABLE})
    project.schemagen("generate").ok()
    assert "0001_initial  postgresql  ok" in project.schemagen("verify").ok().stdout


TABLE = "table: t\ncolumns:\n  id: bigint pk identity\n  a: text?\n"


def test_a_block_with_commits_of_its_own_runs(tmp_path: Path, url: str) -> None:
    project = Project.create(tmp_path / "project", {"tables/t.yaml": TABLE})
    project.schemagen("generate").ok()
    project.write("schema/tables/t.yaml", TABLE + "indexes: [[a]]\n")
    project.schemagen("generate").ok()
    path = project.revisions()[-1]
    text = path.read_text()
    assert '    op.create_index("idx_t_a", "t", ["a"])' in text
    path.write_text(text.replace('    op.create_index("idx_t_a", "t", ["a"])', CONCURRENT))
    done = project.schemagen("verify", "--url", url).ok()
    assert "postgresql  ok  ok" in done.stdout


CONCURRENT = """\
    with op.get_context().autocommit_block():
        op.create_index("idx_t_a", "t", ["a"], postgresql_concurrently=True)"""


EGGS = """\
table: eggs
columns:
  id: bigint pk identity
  hen_id: bigint{} -> hens
---
table: hens
columns:
  id: bigint pk identity
  egg_id: bigint -> eggs
---
table: farms
columns:
  id: bigint pk identity
  egg_id: bigint -> eggs
"""


@pytest.mark.parametrize(("null", "filled"), [("?", True), ("", False)])
def test_whoever_may_not_turn_checks_off_is_told_what_stays_empty(
    postgresql: Database, null: str, *, filled: bool
) -> None:
    from support import road  # noqa: PLC0415 - beside its only use

    schema = texts.read(EGGS.format(null)).schema
    road.create(schema, postgresql)
    name = f"plain_{'null' if null else 'not_null'}"
    postgresql.execute(
        f"CREATE ROLE {name}",
        f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {name}",
    )
    try:
        with postgresql.engine.begin() as connection:
            connection.exec_driver_sql(f"SET ROLE {name}")
            unfilled = rows.fill(connection, schema)
        reasons = {table.table: table.reason for table in unfilled}
        assert (not reasons) is filled
        if not filled:
            assert reasons["farms"] == "it refers to eggs, which has no row"
    finally:
        postgresql.execute(f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def test_rows_keep_the_rules_that_come(database: Database) -> None:
    old = texts.read(OLD).schema
    new = texts.read(NEW)
    changes = compare(old, new.schema, new.directions).changes
    road.create(old, database)
    there, then = old.on(database.dialect), new.schema.on(database.dialect)
    ahead = foresee(there, then, changes)
    with database.engine.begin() as connection:
        assert rows.fill(connection, ahead.schema, demands=ahead.demands) == []
    assert database.rows("SELECT count(*) FROM a WHERE sort NOT IN ('X', 'Y')") == [(0,)]
    assert database.rows("SELECT count(*) - count(DISTINCT sort) FROM a") == [(0,)]
    strangers = "SELECT count(*) FROM a WHERE boss IS NOT NULL AND boss NOT IN (SELECT id FROM b)"
    assert database.rows(strangers) == [(0,)]


TYPES = (
    *("integer", "smallint", "varchar(3)", "numeric(4,1)", "boolean"),
    *("date", "timestamp", "time", "uuid", "jsonb"),
)


def test_rows_of_another_type_are_found_for_each_type(sqlite: Database) -> None:
    """Text that is none of the type is refused; verify notes it, and tries what the type holds."""
    names = [f"c{i}" for i, _ in enumerate(TYPES)]
    old = "".join(f"  {name}: text\n" for name in names)
    new = "".join(f"  {name}: {kind}\n" for name, kind in zip(names, TYPES, strict=True))
    before, after = (
        texts.read(f"table: t\ncolumns:\n  id: bigint pk identity\n{columns}").schema
        for columns in (old, new)
    )
    changes = compare(before, after).changes
    road.create(before, sqlite)
    ahead = foresee(before, after, changes, dialect="sqlite", careful=True)
    with sqlite.engine.begin() as connection:
        assert rows.fill(connection, ahead.schema, demands=ahead.demands) == []
    road.run(road.revision(before, after), "upgrade", sqlite)
    assert sqlite.rows("SELECT count(*) FROM t") == [(3,)]


OLD = """\
table: a
columns:
  id: bigint pk identity
  sort: varchar(10)
  boss: bigint?
---
table: b
columns:
  id: bigint pk identity
"""
NEW = """\
table: a
columns:
  id: bigint pk identity
  kind: {type: varchar(10) unique, renamed_from: sort}
  boss: bigint? -> b
checks:
  kind: kind in ('X', 'Y')
---
table: b
columns:
  id: bigint pk identity
"""
