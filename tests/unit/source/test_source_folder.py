"""Reading a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schemagen.errors import SourceError
from schemagen.kinds import Key
from schemagen.source import read

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "table: {}\ncolumns: {{id: bigint pk identity}}\n"


def test_files_at_any_depth_are_read_under_names_relative_to_the_root(tmp_path: Path) -> None:
    (tmp_path / "schema/tables/more").mkdir(parents=True)
    (tmp_path / "schema/tables/more/t.yml").write_text(TABLE.format("t"))
    (tmp_path / "schema/enums.yaml").write_text("enums: {e: [a]}")
    (tmp_path / "schema/table.schema.json").write_text("{}")
    (tmp_path / "schema/.hidden.yaml").write_text("not: [yaml")
    source = read(tmp_path / "schema", tmp_path)
    assert source.diagnostics == ()
    assert list(source.texts) == ["schema/enums.yaml", "schema/tables/more/t.yml"]
    assert str(source.places[Key("table", "", "t")]) == "schema/tables/more/t.yml:1:8"


def test_the_order_of_files_does_not_depend_on_the_disk(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.yaml").write_text(TABLE.format(name))
    assert list(read(tmp_path, tmp_path).schema.tables) == ["a", "b", "c"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no schema folder"):
        read(tmp_path / "schema", tmp_path)


def test_a_file_that_is_not_utf_8_is_a_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_bytes(b"table: t\ncomment: caf\xe9\n")
    source = read(tmp_path, tmp_path)
    assert [(d.code, str(d.place)) for d in source.diagnostics] == [("Y010", "t.yaml:2:13")]
    "".join(source.texts.values()).encode()  # what is shown can be printed
