"""One mistake, one diagnostic, in its place. `▸` stands where the caret has to be."""

from __future__ import annotations

import pytest
from marked import FILE, column, table, unmark

from schemagen.source import parse

YAML = [
    ("Y001", "a: one▸: two"),
    ("Y001", "table: t\ncomment: 'a' ▸and 'b'"),
    ("Y001", 'table: t\ncomment: "a" ▸and "b"'),
    ("Y001", "table: t\ncomment: 'it' |▸| 'is'"),
    ("Y001", "table: t\ncomment: ▸'never closed"),
    ("Y001", "enums:\n  e: ▸[a, b\n"),
    ("Y001", "enums:\n  e: ▸{values: [a]\n"),
    ("Y001", "enums:\n  e: [a ▸# b]\n"),
    ("Y001", "table: ▸@t"),
    ("Y001", "table: ▸`t`"),
    ("Y001", "table: ▸%t"),
    ("Y001", "table: t\ncolumns:\n  id: bigint\n ▸x: text"),
    ("Y001", "- a\n▸b: c"),
    ("Y001", "table: t\ncomment: a # b\n  ▸c"),
    ("Y001", "table: ▸? t"),
    ("Y001", 'comment: "a▸\\q"'),
    ("Y001", "table: t\ncolumns:\n  id: bigint pk\n   b▸: text"),
    ("Y001", "table: t\ncolumns:\n  id: bigint pk\n  ▸b text"),
    ("Y001", "table: t\ncolumns:\n▸<<<<<<< HEAD\n  a: text\n=======\n  b: text\n>>>>>>> theirs"),
    ("Y001", "table: t\ncolumns:\n  id: bigint pk\n  ▸b:text\n  c: text"),
    ("Y002", "table: t\ncolumns:\n  id: bigint pk\n  ▸id: text"),
    ("Y002", "table: t\ncolumns: {id: bigint pk}\n▸columns: {x: text}"),
    ("Y003", "enums:\n  e: ▸&values [a, b]"),
    ("Y003", "enums:\n  e: [a]\n  f: ▸*e"),
    ("Y004", column("integer")[:-1] + "?\n  d: {type: integer, default: ▸007}"),
    ("Y005", "enums:\n  e: [a]\n  ▸<<: {f: [b]}"),
    ("Y006", "enums:\n  e: ▸!!set [a]"),
    ("Y006", "enums:\n  e: [▸!colour red]"),
    ("Y006", "▸%YAML 1.1\n---\nenums: {e: [a]}"),
    ("Y007", "enums: {e: [a]}\n▸---\nenums: {f: [a]}"),
    ("Y008", "table: t\ncolumns:\n▸\tid: bigint pk"),
    ("Y009", "enums:\n  ▸[e]: [a]"),
    ("Y010", "table: t\ncomment: ▸\0"),
    ("Y010", table('comment: ▸"a\\0b"')),
    ("Y011", column("{type: jsonb, default: " + "[" * 37 + "▸[1]" + "]" * 37 + "}")),
]

SHAPES = [
    ("S001", "▸- a list"),
    ("S001", "▸just text"),
    ("S001", "table:▸\ncolumns: {id: bigint}"),
    ("S001", "table: ▸[t]\ncolumns: {id: bigint pk}"),
    ("S001", "table: t\ncolumns: ▸[id, name]"),
    ("S001", column("▸5")),
    ("S001", column("▸[text]")),
    ("S001", column("{type: text, nullable: ▸yes}")),
    ("S001", column("{type: text, comment: ▸2026}")),
    ("S001", table("indexes: {x: {columns: [id], unique: ▸on}}")),
    ("S001", table("indexes: [▸id]")),
    ("S001", table("unique: [▸id]")),
    ("S001", table("indexes: {x: ▸[]}")),
    ("S001", table("checks: {x: ▸''}")),
    ("S001", table("checks: ▸[id > 0]")),
    ("S001", "enums: {e: [▸true, b]}"),
    ("S001", "enums: {e: [▸1, b]}"),
    ("S002", table("▸colums: {}")),
    ("S002", column("{type: text, ▸defualt: x}")),
    ("S002", column("{type: numeric(12,▸2)}")),
    ("S002", table("indexes: {x: {columns: [id], ▸wher: id > 0}}")),
    ("S002", table("options: {▸fillfactor: 70}")),
    ("S002", table("indexes: {x: {columns: [{▸colum: id}]}}")),
    ("S002", "table: t\ncolumns:\n  id: {type: bigint pk, identity: {▸alway: true}}"),
    ("S003", "▸columns: {id: bigint}"),
    ("S003", "table: ▸t"),
    ("S003", "table: t\ncolumns:\n  ▸c:\n  d: text"),
    ("S003", "table: t\ncolumns:\n  ▸c: {comment: no type}"),
    ("S003", table("indexes: {x: ▸{where: id > 0}}")),
    ("S003", table("foreign_keys: {x: ▸{columns: [id]}}")),
    ("S003", table("indexes: [▸[{sql: id + 1}]]")),
    ("S003", column("{type: ▸{postgresql: citext}}")),
    ("S003", column("{type: integer, generated: ▸{stored: true}}")),
    ("S003", "enums:\n  e: ▸{storage: varchar(5)}"),
    ("S004", table("indexes: {x: {columns: [id], only: ▸mysql}}")),
    ("S004", table("unique: {x: {columns: [id], deferrable: ▸maybe}}")),
    ("S004", table("indexes: {x: {columns: [{column: id, order: ▸down}]}}")),
    ("S030", "schemagen: ▸2"),
]

SHORT = [
    ("S005", column("text ▸not null")),
    ("S005", column("text ▸default 5")),
    ("S005", column("bigint ▸primary key")),
    ("S005", column("bigint ▸references lots")),
    ("S005", column("bigint ▸->")),
    ("S005", column("bigint -> t on delete ▸explode")),
    ("S005", column("text ▸=")),
    ("S005", column("text = ▸'LOT")),
    ("S005", column("▸(10)")),
    ("S005", table("checks: {x: ▸id > 'a}")),
    ("S005", table("checks:\n  x: ▸id > 1 -- why\n    and id < 9")),
    ("S006", column("text unique ▸unique")),
    ("S006", column("{type: text?, ▸nullable: true}")),
    ("S006", table("unique: [[id, ▸id]]")),
    ("S006", table("indexes: [[id, ▸id desc]]")),
    ("S006", table("primary_key: [id]").replace("{id", "{▸id")),
]

MEANING = [
    ("S007", column("▸varchr(10)")),
    ("S007", column("▸varchar(10,2)")),
    ("S007", column("▸varchar(0)")),
    ("S007", column("▸serial[]")),
    ("S007", column("{type: serial, sqlite: {type: ▸integer = 5}}")),
    ("S007", column("{type: serial, sqlite: {type: ▸integer?}}")),
    ("S007", column("{type: bigint, postgresql: {type: ▸bigint identity}}")),
    ("S007", column("{type: {postgresql: ▸hstore -> t, sqlite: text}}")),
    ("S022", column("serial = ▸1")),
    ("S007", "enums: {e: {storage: ▸integer, values: [a]}}"),
    ("S010", column("bigint -> ▸lots")),
    ("S011", column("bigint -> t.▸idd")),
    ("S011", table("indexes: {x: [▸idd]}")),
    ("S011", table("unique: {x: [id, ▸code]}")),
    ("S011", "table: t\ncolumns: {a: text}\nprimary_key: [a, ▸b]"),
    ("S011", table("indexes: {x: {columns: [id], include: [▸b]}}")),
    ("S011", table("checks: {x: ▸idd > 0}")),
    ("S011", table("indexes: {x: {columns: [id], where: ▸idd > 0}}")),
    ("S011", column("{type: integer, generated: {sql: ▸idd + 1}}")),
    ("S013", table("mixins: [▸timestamps]")),
    ("S014", column("integer -> ▸t.c")),
    ("S015", column("uuid -> ▸t")),
    ("S018", table("indexes: {x: [▸lower(id)]}")),
    ("S018", table("indexes: {x: [▸coalesce(id, 0)]}")),
    ("S019", column("{type: timestamptz, default: ▸now()}")),
    ("S019", column("text = ▸LOT")),
    ("S019", column('text = ▸"LOT"')),
    ("S019", column("{type: text, ▸backfill: DAY}")),
    ("S020", column("integer = ▸'x'")),
    ("S020", column("text = ▸5")),
    ("S020", column("boolean = ▸0")),
    ("S020", column("smallint = ▸70000")),
    ("S020", column("date = ▸'tomorrow'")),
    ("S020", column("date = ▸'2026-02-30'")),
    ("S020", column("time = ▸'12:60'")),
    ("S020", column("timestamptz = ▸'2026-01-31 25:00+02'")),
    ("S020", column("varchar(2) = ▸'abc'")),
    ("S020", column("text = ▸null")),
    ("S021", column("{type: integer, renamed_from: old}") + "checks: {x: ▸old > 0}"),
    ("S022", column("text ▸identity")),
    ("S022", "table: t\ncolumns: {id: bigint? pk ▸identity}"),
    ("S022", table("options: {autoincrement: ▸true}").replace(" identity", "")),
    ("S023", "table: t\ncolumns: {id: bigint▸? pk}"),
    ("S023", column("bigint pk").replace("  c", "  ▸c")),
    ("S024", column("{type: integer, generated: ▸{sql: id}, default: 1}")),
    ("S024", column("{type: integer, generated: {sql: ▸c + 1}}")),
    (
        "S024",
        column("{type: integer, generated: {sql: id + 1}}")
        + "  d: {type: integer, generated: {sql: ▸c + 1}}",
    ),
    ("S025", "enums: {e: ▸[]}"),
    ("S025", "enums: {e: [a, ▸a]}"),
    ("S025", "enums: {e: {storage: varchar(2), values: [▸abc]}}"),
    ("S026", "enums: {e: {values: [a], removed: {b: ▸c}}}"),
    ("S026", "enums: {e: {values: [a], removed: {▸a: a}}}"),
    ("S027", table("restore: {▸id: 0}")),
    ("S028", column("bigint -> t on delete ▸set null")),
    ("S029", table('checks: {x: ▸"exists (select 1)"}')),
    ("S029", column("{type: timestamptz, generated: {sql: ▸now()}}")),
    ("S029", table("indexes: {x: {columns: [id], where: ▸current_date > id}}")),
]

NAMES = [
    ("N001", f"table: ▸{'t' * 64}\ncolumns: {{id: bigint pk}}"),
    ("N001", table(f"checks: {{x: {{sql: id > 0, name: ▸{'n' * 64}}}}}")),
    ("N001", f"enums: {{e: [▸{'é' * 32}]}}"),
    ("N002", column("text").replace("  c", "  ▸ID")),
    ("N002", table("indexes: {x: [id], ▸y: {columns: [id], name: idx_t_x}}")),
    ("N002", table("indexes: {▸x: {columns: [id], name: t}}")),
    ("N003", 'naming: {index: ▸"idx_{tabel}_{name}"}'),
    ("N003", 'naming: {index: ▸"idx_{table"}'),
    ("N003", 'naming: {primary_key: ▸"pk_{name}"}'),
    ("N004", "table: ▸sqlite_t\ncolumns: {id: bigint pk}"),
    ("N004", "table: ▸alembic_version\ncolumns: {id: bigint pk}"),
    ("N004", "enums: {▸text: [a]}"),
    ("N004", column("text").replace("  c", "  ▸xmin")),
    ("N004", column("text").replace("  c", "  ▸''")),
]

PORTABILITY = [
    ("P001", table("checks: {x: ▸btrim(id) > 'a'}")),
    ("P001", column("uuid = ▸gen_random_uuid()")),
    ("P001", column("{type: text, ▸backfill: \"to_char(id, '9')\"}")),
    ("P002", table('checks: {x: ▸"id::int > 0"}')),
    ("P002", column('{type: text, ▸using: "id::text"}')),
    ("P003", table("checks: {x: {sql: id > 0, ▸mysql: {sql: id > 1}}}")),
    ("P003", column("{type: text, ▸postgres: {type: citext}}")),
    ("P004", column("bigint ▸identity")),
    ("P007", column("{type: text, collation: ▸C}")),
    ("P007", "table: t\ncolumns: {id: {type: text pk, collation: ▸C}}\n"),
    ("P008", column("text").replace(" c:", " user:") + "checks: {x: ▸user > 'a'}\n"),
    ("P007", column("{type: text, collation: ▸nocase, postgresql: {type: citext}}")),
    ("P005", table("checks: {x: {sql: id > 0, only: postgresql, ▸sqlite: {sql: id}}}")),
]

CASES = [*YAML, *SHAPES, *SHORT, *MEANING, *NAMES, *PORTABILITY]


@pytest.mark.parametrize(("code", "marked"), CASES)
def test_a_mistake_gives_one_diagnostic_in_its_place(code: str, marked: str) -> None:
    text, line, column = unmark(marked)
    found = [
        (d.code, d.place.line, d.place.column) for d in parse({FILE: text}).diagnostics if d.place
    ]
    assert found == [(code, line, column)]


@pytest.mark.parametrize(("code", "marked"), CASES)
def test_every_diagnostic_says_what_and_how_to_go_on(code: str, marked: str) -> None:
    text, _, _ = unmark(marked)
    for diagnostic in parse({FILE: text}).diagnostics:
        assert diagnostic.message
        assert not diagnostic.message.endswith(".")
        assert diagnostic.help or diagnostic.label, (code, diagnostic.message)
