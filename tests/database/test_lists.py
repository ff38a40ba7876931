"""Arrays of an enum's values: rows follow when a value is renamed or removed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from support.databases import Database

TABLE = "table: lots\ncolumns:\n  id: integer pk\n  moods: mood[]?\n  n: integer = 0\n"
WIDER = TABLE.replace("n: integer = 0", "n: bigint = 0")  # has SQLite rebuild the table
OLD = "enums:\n  mood: {%svalues: [happy, sad, calm]}\n"
NEW = (
    "enums:\n"
    "  mood:\n"
    "    %s\n"
    "    values: [{name: sad, renamed_from: happy}, {name: happy, renamed_from: sad}]\n"
    "    removed: {calm: sad}\n"
)
ROWS = [(1, ["happy", "calm", "sad", "happy"]), (2, []), (3, None), (4, ["sad"])]
MAPPED = [(1, ["sad", "sad", "happy", "sad"]), (2, []), (3, None), (4, ["happy"])]


@pytest.mark.parametrize("storage", ["storage: varchar(10), ", ""], ids=["varchar", "native"])
@pytest.mark.parametrize("table", [TABLE, WIDER], ids=["in place", "rebuilt"])
def test_swapped_and_removed_values_are_mapped_in_every_item(
    storage: str, table: str, database: Database, tmp_path: Path
) -> None:
    project = Project.create(tmp_path, {"enums.yaml": OLD % storage, "tables/lots.yaml": TABLE})
    project.schemagen("generate").ok()
    project.upgrade(database.url)
    for number, moods in ROWS:
        database.execute(
            f"INSERT INTO lots (id, moods) VALUES ({number}, {array(moods, database)})"
        )

    project.write("schema/enums.yaml", NEW % (storage.strip(", ") or "comment: native"))
    project.write("schema/tables/lots.yaml", table)
    project.schemagen("generate").ok()
    project.upgrade(database.url)
    assert moods_in(database) == MAPPED

    project.downgrade(database.url)
    back = [(1, ["happy", "happy", "sad", "happy"]), *ROWS[1:]]  # calm is sad, sad was happy
    assert moods_in(database) == back


def array(moods: list[str] | None, database: Database) -> str:
    if moods is None:
        return "NULL"
    postgresql = "{" + ",".join(moods) + "}"
    return f"'{json.dumps(moods) if database.dialect == 'sqlite' else postgresql}'"


def moods_in(database: Database) -> list[tuple[object, ...]]:
    kind = "" if database.dialect == "sqlite" else "::text[]"
    rows = database.rows(f"SELECT id, moods{kind} FROM lots ORDER BY id")
    return [(i, json.loads(m) if isinstance(m, str) else m) for i, m in rows]


def test_arrays_of_arrays_are_refused(tmp_path: Path) -> None:
    deep = TABLE.replace("mood[]", "mood[][]")
    old = OLD % "storage: varchar(10), "
    project = Project.create(tmp_path, {"enums.yaml": old, "tables/lots.yaml": deep})
    project.schemagen("generate").ok()
    project.write("schema/enums.yaml", NEW % "storage: varchar(10)")
    refused = project.schemagen("generate")
    assert refused.code == 1
    assert "error[G006]" in refused.stderr
