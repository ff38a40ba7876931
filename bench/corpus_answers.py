"""What a user would answer when `generate` asks, and when rows do not fit what they become."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schemagen.kinds import Column
    from schemagen.schema import Schema

_COLUMN = re.compile(r"( +)((?:\"[^\"]*\"|'[^']*'|[^:'\"]+)): (.*)\Z")


def answered(file: Path, line: int, word: str) -> bool:
    """Answer a question about the column of a line: a value of its type."""
    lines = file.read_text(encoding="utf-8").split("\n")
    found = _COLUMN.match(lines[line - 1])
    if not found or f"{word}:" in found[3]:
        return False
    said = found[3]
    inner = (
        said[1:-1]
        if said.startswith("{")
        else f"type: {said if not set(',[') & set(said) else repr(said)}"
    )
    value = value_of(said, word, found[2].strip('"'))
    lines[line - 1] = f"{found[1]}{found[2]}: {{{inner}, {word}: {value}}}"
    file.write_text("\n".join(lines), encoding="utf-8")
    return True


def value_of(said: str, word: str, column: str) -> str:
    """Give a value for a column as the YAML has it."""
    if "[" in said and word == "using":
        return column
    numbers = (
        "smallint",
        "serial",
        "bigserial",
        "smallserial",
        "integer",
        "bigint",
        "numeric",
        "real",
        "double",
    )
    words = said.removeprefix("{type: ").strip("'\"")
    if words.startswith(numbers) and re.search(r" (unique|pk)\b", words):
        return '"(random() * 1000000000)::int", sqlite: {backfill: "abs(random()) % 1000000000"}'
    if words.startswith(numbers):
        return '"1"'
    return '"now()"' if words.startswith("time") else "\"'x'\""


def restored(file: Path, columns: list[str]) -> bool:
    """Say in a table's file what the rows of dropped columns get on the way down."""
    text = file.read_text(encoding="utf-8")
    said = ", ".join(f'"{column}": "(random() * 1000000000)::int"' for column in columns)
    lite = ", ".join(f'"{column}": "abs(random()) % 1000000000"' for column in columns)
    if "\nrestore:" in text or not columns:
        return False
    more = f"restore: {{{said}}}\n"
    if "\nonly: postgresql\n" not in text:
        more += f"sqlite: {{restore: {{{lite}}}}}\n"
    file.write_text(f"{text.rstrip()}\n{more}", encoding="utf-8")
    return True


def fitted(folder: Path, before: Schema, after: Schema) -> bool:
    """Say what values become that their column's new type, or enum, cannot hold."""
    done = [
        _said(file, column.name, _using(old, column, before, after))
        for old, column in _retyped(before, after)
        for file in _files(folder, column.table)
    ]
    enums = folder / "schema" / "enums.yaml"
    for name, enum in after.enums.items():
        was = before.enums.get(name)
        gone = [v for v in was.values if v not in enum.values] if was else []
        if gone:
            mapped = ", ".join(f'"{value}": "{enum.values[0]}"' for value in gone)
            values = ", ".join(f'"{value}"' for value in enum.values)
            line = f'  "{name}": {{values: [{values}], removed: {{{mapped}}}}}'
            done.append(_replaced(enums, name, line))
    return any(done)


def _retyped(before: Schema, after: Schema) -> Iterator[tuple[Column, Column]]:
    for table in after.tables.keys() & before.tables.keys():
        for column in after.view(table).columns:
            old = before.view(table).column(column.name)
            if old is not None and old.on("postgresql").type != column.on("postgresql").type:
                yield old, column


def _files(folder: Path, table: str) -> Iterator[Path]:
    head = re.compile(rf"^table: ['\"]?{re.escape(table)}['\"]?$", re.MULTILINE)
    files = (folder / "schema" / "tables").glob("*.yaml")
    yield from (file for file in files if head.search(file.read_text("utf-8")))


def _using(old: Column, new: Column, before: Schema, after: Schema) -> str:
    ways = f"{{up: {_fit(new, after)}, down: {_fit(old, before)}}}"
    return f"using: {ways}, sqlite: {{using: {{up: 'NULL', down: 'NULL'}}}}"


def _fit(column: Column, schema: Schema) -> str:
    """Give a value of a column's type, made of the one that it had where that is a text."""
    enum = column.enum(schema)
    name = column.name.replace('"', '\\"\\"')
    if enum is not None:
        value = schema.enums[enum.name].values[0].replace("'", "''")
        return f"\"'{value}'\""
    spec = column.spec
    kind = spec.name if spec and spec.logical and not spec.dims else ""
    if kind in ("char", "varchar", "text"):
        length = spec.args[0] if spec and spec.args else 1
        return f'"right(\\"{name}\\"::text, {length})"'
    if kind == "bytea":
        return f'"convert_to(\\"{name}\\"::text, \'UTF8\')"'
    if kind in ("smallint", "integer", "bigint", "numeric", "real", "double precision"):
        return '"1"'
    return '"NULL"'


def _said(file: Path, column: str, words: str) -> bool:
    lines = file.read_text(encoding="utf-8").split("\n")
    for at, line in enumerate(lines):
        found = _COLUMN.match(line)
        if found and found[2].strip("'\"") == column and "using:" not in line:
            said = found[3]
            inner = said[1:-1] if said.startswith("{") else f"type: {_quoted(said)}"
            lines[at] = f"{found[1]}{found[2]}: {{{inner}, {words}}}"
            file.write_text("\n".join(lines), encoding="utf-8")
            return True
    return False


def _quoted(said: str) -> str:
    return said if not set(",[") & set(said) or said.startswith(("'", '"')) else repr(said)


def _replaced(file: Path, name: str, line: str) -> bool:
    lines = file.read_text(encoding="utf-8").split("\n")
    for at, each in enumerate(lines):
        if re.match(rf" +['\"]?{re.escape(name)}['\"]?:", each):
            lines[at] = line
            file.write_text("\n".join(lines), encoding="utf-8")
            return True
    return False
