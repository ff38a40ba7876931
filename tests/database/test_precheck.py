"""Before a revision, a live database tells which of its rows would stand in the way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from support.databases import DIALECTS
from support.lint import read
from support.project import Project

from schemagen.db import live
from schemagen.db.counting import count
from schemagen.diff import compare
from schemagen.lint.context import diff_views
from schemagen.lint.pages import examples
from schemagen.lint.rule import every
from schemagen.metadata import metadata

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database

    from schemagen.lint.pages import Example
    from schemagen.lint.rule import Rule

BEFORE = """\
table: lots
columns:
  id: bigint pk identity
  code: varchar(50)
  number: text?
  quantity: integer
  model: bigint?
  size: text = '1'
---
table: models
columns: {id: bigint pk identity, name: text}
"""
AFTER = """\
table: batches
renamed_from: lots
columns:
  id: bigint pk identity
  label: {type: varchar(5), renamed_from: code}
  number: {type: text, backfill: "case when quantity > 0 then label end"}
  quantity: integer
  model: bigint? -> models
  half: {type: integer, backfill: quantity / 2}
  size: {type: integer = 1, using: cast(size as integer)}
unique: [[label], [half]]
checks:
  quantity: quantity >= 0
  half: half < 40
  size: size > 1
---
table: models
columns: {id: bigint pk identity, name: text}
"""
ROWS = (
    "INSERT INTO models (id, name) VALUES (1, 'one')",
    """
    INSERT INTO lots (id, code, number, quantity, model) VALUES (1, 'a', 'x', 90, 1),
    (2, 'a', 'y', -10, 2), (3, 'too long', NULL, -20, NULL), (4, 'b', NULL, 20, 3),
    (5, 'c', 'z', 91, 1)
    """,
)
IN_THE_WAY = {
    "unique batches.uk_batches_label: rows of it may repeat": 1,
    "unique batches.uk_batches_half: rows of it may repeat": 1,
    "column batches.number: what fills it may be NULL": 1,
    "column batches.half: what fills it may be NULL": 0,
    "check batches.chk_batches_quantity: rows of it may break it": 2,
    "check batches.chk_batches_half: rows of it may break it": 2,
    "check batches.chk_batches_size: rows of it may break it": 5,
    "foreign key batches.fk_batches_model: rows of it may refer to nothing": 2,
    "column batches.label: not every varchar(50) is a varchar(5)": 1,
}
# A cast of the user's own may give SQLite what is none of the new type.
CAST = {"column batches.size: not every text is a integer": 0}
TEXTS = {
    "integer": ("zz", "99999999999", "1.5"),
    "numeric(5, 2)": ("x", "1000"),
    "double precision": ("q",),
    "boolean": ("perhaps",),
    "date": ("2020-13-01",),
    "timestamptz": ("never",),
    "jsonb": ("[1",),
}


def write(project: Project, text: str) -> None:
    for number, part in enumerate(text.split("---\n")):
        project.write(f"schema/tables/{number}.yaml", part)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project.create(tmp_path / "project")
    write(project, BEFORE)
    project.schemagen("generate").ok()
    return project


def filled(project: Project, database: Database) -> str:
    """Bring a database to the first revision, with rows; give its URL as a person types it."""
    project.upgrade(database.url)
    database.execute(*ROWS)
    return database.url


@pytest.mark.parametrize("dialect", DIALECTS)
def test_rows_that_would_stand_in_the_way_are_counted(
    project: Project, dialect: str, new_database: Callable[[str], Database]
) -> None:
    url = filled(project, new_database(dialect))
    write(project, AFTER)
    done = project.schemagen("verify", "--precheck", url, "--format", "json")
    assert done.code == 1
    document = json.loads(done.stdout)
    assert [answer["error"] for answer in document["answers"] if answer["error"]] == []
    answers = {answer["message"]: answer["rows"] for answer in document["answers"]}
    assert answers == (IN_THE_WAY | CAST if dialect == "sqlite" else IN_THE_WAY)
    assert document["what"] == "pending"
    assert document["notes"] == []


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("kind", TEXTS)
def test_texts_that_the_upgrade_refuses_are_counted(
    kind: str, dialect: str, project: Project, new_database: Callable[[str], Database]
) -> None:
    database = new_database(dialect)
    project.upgrade(database.url)
    database.execute(
        *(
            f"INSERT INTO lots (id, code, quantity, number) VALUES ({at}, '', 1, '{text}')"
            for at, text in enumerate(TEXTS[kind])
        )
    )
    after = BEFORE.replace("code: varchar(50)", 'label: {type: "varchar(50)", renamed_from: code}')
    number = f'count: {{type: "{kind}?", renamed_from: number}}'
    write(project, after.replace("number: text?", number))
    done = project.schemagen("verify", "--precheck", database.url, "--format", "json")
    (answer,) = json.loads(done.stdout)["answers"]
    assert (answer["code"], answer["rows"]) == ("DD105", len(TEXTS[kind]))
    project.schemagen("generate").ok()
    assert project.alembic("upgrade", "head", url=database.url).code


def test_people_see_what_is_in_the_way_and_the_query(
    project: Project, new_database: Callable[[str], Database]
) -> None:
    url = filled(project, new_database("sqlite"))
    write(project, AFTER)
    done = project.schemagen("verify", "--precheck", url)
    assert done.code == 1
    assert "2     DD104  foreign key batches.fk_batches_model" in done.stdout
    assert "error[DD103]" in done.stdout
    assert "SELECT * FROM lots AS batches WHERE NOT (quantity >= 0);" in done.stdout
    assert done.stderr.strip().endswith("rows are in the way of pending (10 queries)")


def test_a_revision_is_asked_about_from_its_entry(
    project: Project, new_database: Callable[[str], Database]
) -> None:
    url = filled(project, new_database("sqlite"))
    write(project, BEFORE.replace("---", "checks: {quantity: quantity >= 0}\n---"))
    project.schemagen("generate").ok()
    for more in ((), ("--from", "0002")):
        done = project.schemagen("verify", "--precheck", url, *more, "--format", "json")
        (answer,) = json.loads(done.stdout)["answers"]
        assert (answer["code"], answer["rows"]) == ("DD103", 2)
    project.schemagen("verify", "--precheck", url, "--from", "0001").ok()


def test_where_nulls_are_no_different_they_repeat(
    project: Project, new_database: Callable[[str], Database]
) -> None:
    url = filled(project, new_database("postgresql"))
    key = "unique: {number: {columns: [number], nulls_distinct: false, only: postgresql}}\n---"
    write(project, BEFORE.replace("---", key))
    done = project.schemagen("verify", "--precheck", url, "--format", "json")
    assert [answer["rows"] for answer in json.loads(done.stdout)["answers"]] == [1]


def test_a_database_elsewhere_in_the_history_is_told(
    project: Project, new_database: Callable[[str], Database]
) -> None:
    database = new_database("sqlite")
    database.execute("CREATE TABLE other (id INTEGER)")
    write(project, AFTER)
    done = project.schemagen("verify", "--precheck", database.url)
    assert done.code == 1
    assert "note: the database is at base; pending comes after 0001_initial" in done.stderr
    assert "it could not be asked: no such table: lots" in done.stdout


def test_a_database_that_is_not_there_is_not_made(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "none.db"
    done = project.schemagen("verify", "--precheck", f"sqlite:///{file}")
    assert done.code == 2
    assert "there is no database" in done.stderr
    assert not file.exists()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_nothing_is_written(
    project: Project, dialect: str, new_database: Callable[[str], Database]
) -> None:
    url = filled(project, new_database(dialect))
    with live.look(url) as connection:
        assert count(connection, "SELECT 1; DELETE FROM lots") == "this is more than one statement"
        assert count(connection, "SELECT 1 WHERE '%' = '%' AND 'a:b' <> ':c'") == 1
        with pytest.raises(sa.exc.SQLAlchemyError), connection.begin_nested():
            connection.exec_driver_sql("DELETE FROM lots")
        assert count(connection, "SELECT * FROM lots") == 5


DIFFS = [
    (rule, example)
    for rule in every()
    for example in examples(rule)
    if example.language == "diff" and rule.family in ("DD", "DL")
]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_query_of_the_examples_runs(
    dialect: str, new_database: Callable[[str], Database]
) -> None:
    asked = 0
    for rule, example in DIFFS:
        database = new_database(dialect)
        asked += sum(1 for _ in answers(rule, example, database))
    assert asked > 5


def answers(rule: Rule, example: Example, database: Database) -> list[int | str]:
    """Make the schema before, and ask what the rule would ask."""
    old, new = read(example.files(" -")), read(example.files(" +"))
    changes = compare(old.schema, new.schema, new.directions).changes
    metadata(old.schema, database.dialect).create_all(database.engine)
    views = diff_views(old.schema, new.schema, changes, new.directions)
    found = [
        finding.queries[database.dialect]
        for view in views
        if view.dialect == database.dialect
        for finding in rule.look("diff", view)
        if database.dialect in finding.queries
    ]
    with live.look(database.url) as connection:
        said = [count(connection, query) for query in found]
    assert all(isinstance(number, int) for number in said), said
    return said
