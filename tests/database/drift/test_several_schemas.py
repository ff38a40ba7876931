"""Several schemas of PostgreSQL, in which things are not what they should be."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import click
from support import drifted, postgres
from support.drifted import Look
from support.project import Project

from schemagen.report.drift import as_text

if TYPE_CHECKING:
    from pathlib import Path

    from support.databases import Database
    from support.postgres import Server

FILES = {
    "tables/lots.yaml": """\
table: a.lots
columns:
  id: integer pk
  note: text?
indexes: {note: [note]}
""",
    "tables/parts.yaml": """\
table: parts
columns:
  id: integer pk
  lot: integer? -> a.lots
sequences: {b.numbers: {start: 5, cycle: true}}
""",
}
PLANTED = (
    "CREATE SCHEMA other",
    "DROP INDEX a.idx_lots_note",
    "COMMENT ON TABLE a.lots IS 'All'",
    "ALTER TABLE a.lots RENAME TO batches",
    "ALTER TABLE a.batches SET SCHEMA b",
    "ALTER TABLE parts DISABLE TRIGGER ALL",
    "ALTER SEQUENCE b.numbers NO CYCLE CACHE 7",
    "ALTER TABLE parts DROP CONSTRAINT fk_parts_lot",
    """ALTER TABLE parts ADD CONSTRAINT fk_parts_lot FOREIGN KEY (lot) REFERENCES b.batches
       ON DELETE CASCADE NOT VALID""",
    "ALTER TABLE parts DISABLE TRIGGER ALL",
)
SAID = """\
~ sequence b.numbers is different [D003]
    expected: bigint start 5 increment 1 from 1 to 9223372036854775807 cache 1 cycle
    found:    bigint start 5 increment 1 from 1 to 9223372036854775807 cache 7
→ table a.lots is called b.batches [D004]
~ table a.lots is different [D003]
    comment expected: not set
    comment found:    All
    - index idx_lots_note is missing [D001]
        CREATE INDEX idx_lots_note ON a.lots USING btree (note)
~ table parts
    ~ foreign key fk_parts_lot is different [D003]
        expected: FOREIGN KEY (lot) REFERENCES a.lots(id)
        found:    FOREIGN KEY (lot) REFERENCES a.lots(id) ON DELETE CASCADE
    ! foreign key fk_parts_lot is disabled: its triggers do not run, so nothing checks it; \
NOT VALID: rows that were there before it may break it [D005]

not managed by schemagen:
    schema other
"""


def test_a_table_in_another_schema_is_found_with_all_that_it_has_and_mended(
    postgresql: Database, postgres_server: Server, tmp_path: Path
) -> None:
    project = Project.create(tmp_path, FILES)
    project.schemagen("generate").ok()
    look = Look(project, lambda: postgres_server.url.render_as_string(hide_password=False))
    drifted.create(project, postgresql)
    drifted.plant(postgresql, *PLANTED)
    done = look.compare(postgresql)
    assert click.unstyle(as_text(done.drift)) == SAID.rstrip("\n")
    command = [postgres_server.psql, "-X", "-q", "-v", "ON_ERROR_STOP=1"]
    command += ["-d", postgres.plain(postgresql.url)]
    run = subprocess.run(command, input=done.sql, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr + done.sql
    assert look.compare(postgresql).drift.differences == ()
