"""A column that gets a shadow on PostgreSQL: its numbers, and what else uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic.util import CommandError
from support.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database

TABLE = "table: lots\ncolumns:\n  id: {}\n  size: integer\n"
NARROW = "{type: integer pk, identity: {start: 10}}"
WIDE = "{type: bigint pk, identity: {start: 10}, strategy: shadow}"


@pytest.mark.parametrize(
    ("before", "number"),
    [
        ("INSERT INTO lots (size) SELECT n FROM generate_series(1, 5) AS n", 15),
        ("INSERT INTO lots (id, size) VALUES (1, 1)", 10),
    ],
)
def test_the_numbers_of_an_identity_go_on_after_the_last_that_was_given(
    tmp_path: Path, new_database: Callable[[str], Database], before: str, number: int
) -> None:
    project = Project.create(tmp_path, {"tables/lots.yaml": TABLE.format(NARROW)}, online=True)
    project.schemagen("generate", "--no-input").ok()
    database = new_database("postgresql")
    project.upgrade(database.url)
    database.execute(before, "DELETE FROM lots")

    project.write("schema/tables/lots.yaml", TABLE.format(WIDE))
    project.schemagen("generate", "--no-input").ok()
    project.upgrade(database.url)
    database.execute("INSERT INTO lots (size) VALUES (1)")
    assert database.rows("SELECT id FROM lots") == [(number,)]

    project.downgrade(database.url)
    database.execute("INSERT INTO lots (size) VALUES (1)")
    assert database.rows("SELECT max(id) FROM lots") == [(number + 1,)]


TRIGGER = """
    CREATE FUNCTION doubled() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.size := NEW.size * 2; RETURN NEW; END $$
"""


def test_a_shadow_sees_what_the_triggers_of_the_table_make_of_a_row(
    tmp_path: Path, new_database: Callable[[str], Database]
) -> None:
    text = "table: lots\ncolumns:\n  id: bigint pk identity\n  size: {}\n"
    files = {"tables/lots.yaml": text.format("integer")}
    project = Project.create(tmp_path, files, online=True)
    project.schemagen("generate", "--no-input").ok()
    database = new_database("postgresql")
    project.upgrade(database.url)
    on = "CREATE TRIGGER doubled BEFORE INSERT OR UPDATE ON lots FOR EACH ROW"
    database.execute(TRIGGER, f"{on} EXECUTE FUNCTION doubled()")

    project.write("schema/tables/lots.yaml", text.format("{type: text, strategy: shadow}"))
    project.schemagen("generate", "--no-input").ok()
    revision = project.revisions()[-1]
    whole = revision.read_text()
    stop, sign = (
        "        raise SystemExit(9)\n",
        "        with op.get_context().autocommit_block():\n",
    )
    revision.write_text(whole.replace(sign, stop + sign, 1))
    with pytest.raises(SystemExit):
        project.upgrade(database.url)
    database.execute("INSERT INTO lots (size) VALUES (21)")
    assert database.rows("SELECT size, _new_size FROM lots") == [(42, "42")]


@pytest.mark.parametrize(
    ("use", "way_out", "named"),
    [
        ("CREATE VIEW big AS SELECT size FROM lots", "DROP VIEW big", "view big"),
        (
            "CREATE TRIGGER t BEFORE UPDATE OF size ON lots EXECUTE FUNCTION doubled()",
            "DROP TRIGGER t ON lots",
            "trigger t on table lots",
        ),
        (
            "CREATE POLICY p ON lots USING (size > 1)",
            "DROP POLICY p ON lots",
            "policy p on table lots",
        ),
    ],
)
def test_what_would_keep_the_column_from_going_is_named_before_a_row_is_written(
    tmp_path: Path, new_database: Callable[[str], Database], use: str, way_out: str, named: str
) -> None:
    files = {"tables/lots.yaml": TABLE.format(NARROW)}
    project = Project.create(tmp_path, files, online=True)
    project.schemagen("generate", "--no-input").ok()
    database = new_database("postgresql")
    project.upgrade(database.url)
    database.execute(TRIGGER, use)
    before = database.catalog()

    wide = TABLE.format(NARROW).replace("size: integer", "size: {type: bigint, strategy: shadow}")
    project.write("schema/tables/lots.yaml", wide)
    project.schemagen("generate", "--no-input").ok()
    with pytest.raises(CommandError, match=f"{named} uses lots.size: drop it before"):
        project.upgrade(database.url)
    assert database.catalog() == before

    database.execute(way_out)
    project.upgrade(database.url)
    database.execute("INSERT INTO lots (size) VALUES (3000000000)")
