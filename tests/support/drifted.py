"""A small project for the tests of drift, and databases that are as it says but for one thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import schemagen
from schemagen import config
from schemagen.workflow.drift import Compared, drift
from support.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database
    from support.project import Result

HEAD = "0001_initial"
REWRITE = " => "  # a part of a SQLite table's text, and what it is instead
FILES = {
    "schema.yaml": "schemagen: 1\n",
    "enums.yaml": """\
enums:
  status: [OPEN, DONE]
  grade: {storage: varchar(5), values: [A, B]}
""",
    "tables/lots.yaml": """\
table: lots
comment: What is made at once
columns:
  id: bigint pk identity
  code: varchar(20) unique
  size: integer = 0
  status: status = 'OPEN'
  grade: grade?
  note: {type: text?, comment: Remarks}
  total: {type: bigint, generated: {sql: size * 2, stored: true}}
checks: {size: size >= 0}
indexes:
  code_size: [code, size desc]
  open: {columns: [size], where: note is null}
""",
    "tables/parts.yaml": """\
table: parts
columns:
  id: bigint pk identity
  lot_id: bigint -> lots on delete cascade
  name: varchar(40)
  batch: bigint?
unique: [[lot_id, name]]
""",
}


def project(root: Path) -> Project:
    """Make the project, its one revision written."""
    made = Project.create(root, FILES)
    made.schemagen("generate").ok()
    return made


def create(project: Project, database: Database) -> None:
    """Make a database as the project's only revision leaves it."""
    with database.engine.begin() as connection:
        loaded = schemagen.load(project.root / "schema")
        loaded.metadata(database.dialect).create_all(connection)
    stamp(database, HEAD)


def stamp(database: Database, *revisions: str) -> None:
    """Tell a database which revisions it is at."""
    database.execute(
        "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))",
        *(f"INSERT INTO alembic_version VALUES ('{revision}')" for revision in revisions),
    )


def plant(database: Database, *statements: str) -> None:
    """Run statements; `TABLE: OLD => NEW` makes a SQLite table anew with one thing else in it."""
    for statement in statements:
        rewritten = re.fullmatch(rf"(\w+): (.*){REWRITE}(.*)", statement)
        if rewritten is None:
            run(database, statement)
        else:
            rewrite(database, *rewritten.groups())


def run(database: Database, statement: str) -> None:
    """Run one statement; a CONCURRENTLY may fail, since that is what it is here for."""
    if database.dialect == "sqlite":
        database.execute(statement)
        return
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        try:
            connection.exec_driver_sql(statement)
        except Exception:
            if "CONCURRENTLY" not in statement:
                raise


def rewrite(database: Database, table: str, old: str, new: str) -> None:
    """Make a table anew with a part of its text replaced, and its indexes as they are."""
    query = f"SELECT sql FROM sqlite_master WHERE tbl_name = '{table}' AND sql IS NOT NULL"
    made, *indexes = [str(row[0]) for row in database.rows(f"{query} ORDER BY type = 'index'")]
    made = " ".join(made.split())
    assert made.count(old) == 1, made
    database.execute(f"DROP TABLE {table}", made.replace(old, new), *indexes)


class Look:
    """Runs `schemagen drift` on a database, its scratch database on the tests' own server."""

    def __init__(self, project: Project, scratch: Callable[[], str]) -> None:
        self.project, self._scratch = project, scratch

    def __call__(self, database: Database, *options: str) -> Result:
        more = ["--scratch-url", self._scratch()] if database.dialect == "postgresql" else []
        return self.project.schemagen("drift", database.url, *more, *options)

    def compare(self, database: Database) -> Compared:
        """Compare without the command line around it."""
        scratch = self._scratch() if database.dialect == "postgresql" else None
        return drift(config.load(self.project.root), database.url, head=False, scratch=scratch)
