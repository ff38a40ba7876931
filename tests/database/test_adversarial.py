"""Names and texts that try to be code: they come out as data, online and offline, on both sides."""

from __future__ import annotations

import sqlite3
import subprocess
from typing import TYPE_CHECKING

import pytest
from support.postgres import plain
from support.project import Project

from schemagen import kinds as k
from schemagen.kinds.check import values_in
from schemagen.schema import Schema
from schemagen.source.dump import dump
from schemagen.sql import literal, quote

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database
    from support.postgres import Server

    New = Callable[[str], Database]
    Start = Callable[[], Server]

TEXTS = {
    "quotes": """it's a "quoted" `word` '' \"\"""",
    "backslashes": r"C:\temp\new \\server \' \" \x41 \N{DASH}",
    "triple": '""" + __import__("os").system("touch PWNED") + """',
    "newlines": "first\nsecond\r\nthird",
    "tabs": "\tone\t\ttwo\n\tthree\t",
    "template": "{{ 7 * 7 }} {% for x in y %} {# comment #} ${x} #{x}",
    "percent": "100% %s %(name)s %%s %d",
    "colons": ":name ::text [1:2] \\:escaped := :",
    "dollars": "$$ $tag$ $1 $tag$",
    "comments": "-- not a comment /* nor */ this; DROP TABLE lots; --",
    "unicode": "größe 大小 مقاس \N{ZERO WIDTH SPACE} 🏭",
    "commands": ".quit\n\\q\n\\! touch PWNED",
}
NAMES = {
    "reserved": "order",
    "user": "user",
    "capitals": "MixedCase",
    "spaces": "two words",
    "quotes": """it's "x\"""",
    "backslash": r"back\slash\n",
    "tab": "one\ttwo",
    "template": "{{ 7*7 }}{% x %}",
    "percent": "100% %s",
    "colon": "a:name",
    "dollar": "$$x$1",
    "semicolon": "x; DROP TABLE y; --",
    "unicode": "größe_大小",
    "long": "n" * 63,
}


def schema_of(text: str) -> Schema:
    """A schema that says `text` wherever a text can stand."""
    table = k.Table(name="lots", comment=text)
    plain_default = k.Column(
        table="lots", name="note", type="text", default=k.Literal(literal=text)
    )
    state = k.Column(
        table="lots", name="state", type="state", comment=text, default=k.Literal(literal=text)
    )
    mood = k.Column(table="lots", name="mood", type="mood", default=k.Literal(literal=text))
    data = k.Column(
        table="lots", name="data", type="jsonb", default=k.Literal(literal={text: [text]})
    )
    return Schema(
        [
            k.Enum(name="state", values=(text, "other")),
            k.Enum(name="mood", values=("other", text), storage="varchar(200)"),
            table,
            k.Column(table="lots", name="id", type="bigint", identity=k.Identity()),
            plain_default,
            state,
            mood,
            data,
            k.PrimaryKey(table="lots", name="pk_lots", columns=("id",)),
            _values("state", (text, "other"), only="sqlite"),
            _values("mood", ("other", text)),
            k.Check(table="lots", name="chk_lots_note", sql=f"note <> {literal(text + '!')}"),
            k.Index(
                table="lots",
                name="idx_lots_note",
                columns=(k.Item(column="note"),),
                where=f"note = {literal(text)}",
            ),
        ]
    )


def _values(column: str, values: tuple[str, ...], only: str | None = None) -> k.Check:
    text = values_in(column, values)
    return k.Check(table="lots", name=f"chk_lots_{column}", sql=text, enum=column, only=only)


def named(name: str) -> Schema:
    """A schema that is called `name`, but for its end, wherever something may be called so."""
    end = [name[:-1] + digit for digit in "23456"]
    column = quote(name)
    return Schema(
        [
            k.Enum(name="mood", values=("a", "b")),
            k.Table(name=name),
            k.Column(table=name, name=name, type="bigint", identity=k.Identity()),
            k.Column(table=name, name=end[0], type="mood", nullable=True),
            k.Column(table=name, name="self", type="bigint", nullable=True),
            k.PrimaryKey(table=name, name=end[0], columns=(name,)),
            k.ForeignKey(
                table=name,
                name=end[1],
                columns=("self",),
                references=k.References(table=name, columns=(name,)),
            ),
            k.Unique(table=name, name=end[2], columns=(name, "self")),
            k.Check(
                table=name,
                name=f"chk_{end[0]}"[:63],
                sql=values_in(end[0], ("a", "b")),
                enum="mood",
                only="sqlite",
            ),
            k.Check(table=name, name=end[3], sql=f"{column} > 0"),
            k.Index(table=name, name=end[4], columns=(k.Item(column=name), k.Item(column="self"))),
        ]
    )


def project_of(schema: Schema, folder: Path) -> Project:
    project = Project.create(folder, dump(schema))
    project.schemagen("generate").ok()
    return project


def offline(project: Project, database: Database, server: Server | None) -> None:
    """Run the `--sql` output in the database's own client."""
    script = project.alembic("upgrade", "head", "--sql", url=database.url).ok().stdout
    if server is None:
        client = sqlite3.connect(database.url.removeprefix("sqlite:///"))
        client.executescript("\n".join(li for li in script.split("\n") if li != ".bail on"))
        client.close()
        return
    command = [server.psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", plain(database.url)]
    subprocess.run(command, input=script, text=True, check=True, cwd=project.root)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_is_data_all_the_way(
    text: str, dialect: str, new_database: New, tmp_path: Path
) -> None:
    project = project_of(schema_of(text), tmp_path / "project")
    database = new_database(dialect)
    project.upgrade(database.url)

    database.execute("INSERT INTO lots (id) VALUES (1)")
    (row,) = database.rows("SELECT note, state, mood, data FROM lots")
    assert row[:3] == (text, text, text)
    assert "note" in str(database.catalog().objects[k.Key("check", "lots", "chk_lots_note")])
    if dialect == "postgresql":
        assert database.rows("SELECT obj_description('lots'::regclass)") == [(text,)]
        assert database.rows("SELECT unnest(enum_range(NULL::state))::text") == [
            (text,),
            ("other",),
        ]
    assert project.schemagen("diff", "--exit-code").code == 0
    if not (dialect == "sqlite" and "\n" in text):  # SQLAlchemy's reflection reads line by line
        check = project.alembic("check", url=database.url).ok()
        assert "No new upgrade operations" in check.stdout
    assert not list(tmp_path.rglob("PWNED"))

    project.downgrade(database.url, "base")
    assert database.catalog().objects == {}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_is_data_offline_too(
    text: str, dialect: str, new_database: New, postgres_server_if_needed: Start, tmp_path: Path
) -> None:
    project = project_of(schema_of(text), tmp_path / "project")
    online, by_script = new_database(dialect), new_database(dialect)
    project.upgrade(online.url)
    offline(project, by_script, postgres_server_if_needed() if dialect == "postgresql" else None)
    assert by_script.catalog() == online.catalog()
    assert not list(tmp_path.rglob("PWNED"))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_only_a_name(
    name: str, dialect: str, new_database: New, postgres_server_if_needed: Start, tmp_path: Path
) -> None:
    schema = named(name)
    project = project_of(schema, tmp_path / "project")
    online, by_script = new_database(dialect), new_database(dialect)
    project.upgrade(online.url)
    offline(project, by_script, postgres_server_if_needed() if dialect == "postgresql" else None)

    assert by_script.catalog() == online.catalog()
    assert online.catalog().names("table") == [name]
    assert set(online.catalog().names("column", name)) == set(schema.view(name).column_names)
    assert project.schemagen("diff", "--exit-code").code == 0
    if not (dialect == "sqlite" and '"' in name):  # whose reflection does not find quoted quotes
        check = project.alembic("check", url=online.url).ok()
        assert "No new upgrade operations" in check.stdout
    project.downgrade(online.url, "base")
    assert online.catalog().names("table") == []
