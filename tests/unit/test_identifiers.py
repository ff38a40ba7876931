from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schemagen.errors import SchemagenError
from schemagen.render import identifiers
from schemagen.render.english import singular
from schemagen.render.environment import template

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("lots", "Lot"),
        ("processes", "Process"),
        ("process_data", "ProcessData"),
        ("statuses", "Status"),
        ("wip_process_history", "WipProcessHistory"),
        ("equipment", "Equipment"),
        ("histories", "History"),
        ("order", "Order"),
        ("2nd_lines", "Table2ndLine"),
        ("색", "Table"),
        ("it's a {{ table }}", "ItSATable"),
    ],
)
def test_a_class_is_called_after_one_row_of_its_table(table: str, name: str) -> None:
    assert identifiers.class_name(table) == name


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("boxes", "box"),
        ("batches", "batch"),
        ("databases", "database"),
        ("warehouses", "warehouse"),
        ("addresses", "address"),
        ("analyses", "analysis"),
        ("series", "series"),
        ("people", "person"),
        ("archives", "archive"),
        ("status", "status"),
    ],
)
def test_english_plurals(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_a_name_is_given_out_once_and_a_reserved_one_never() -> None:
    taken = identifiers.attributes(["Lot"])
    wishes = ("a", "a", "a", "class", "metadata", "Lot")
    assert [taken.give(w) for w in wishes] == ["a", "a_2", "a_3", "class_", "metadata_", "Lot_"]


def test_a_project_may_replace_a_template(tmp_path: Path) -> None:
    (tmp_path / "revision.py.j2").write_text("mine: {{ word }}\n")
    assert template("revision.py.j2", tmp_path).render(word="{{ x }}") == "mine: {{ x }}\n"
    assert template("models/table.py.j2", tmp_path).name == "models/table.py.j2"


def test_a_template_that_is_wrong_or_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.j2").write_text("\n{% if %}")
    with pytest.raises(SchemagenError, match=r"bad\.j2, line 2"):
        template("bad.j2", tmp_path)
    with pytest.raises(SchemagenError, match=r"no template 'none\.j2'"):
        template("none.j2", tmp_path)
