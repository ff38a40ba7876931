from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schemagen.config import Postgresql, SettingsError, load
from schemagen.diagnostics import Place

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(text)
    return folder


def problem(folder: Path, text: str) -> tuple[str, str, Place | None, str]:
    with pytest.raises(SettingsError) as caught:
        load(write(folder, text))
    (found,) = caught.value.diagnostics
    return found.code, found.message, found.place, found.label


def test_paths_are_below_the_folder_of_pyproject(tmp_path: Path) -> None:
    root = write(tmp_path, '[tool.schemagen]\nschema = "db"\nmodels = "app/models"\n')
    settings = load(root)
    assert settings.root == root
    assert settings.schema == root / "db"
    assert settings.versions == root / "alembic" / "versions"
    assert settings.models == root / "app" / "models"


def test_pyproject_is_found_from_a_folder_below(tmp_path: Path) -> None:
    write(tmp_path, "[tool.schemagen]\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert load(tmp_path / "a" / "b").root == tmp_path


def test_the_nearest_pyproject_with_our_section_wins(tmp_path: Path) -> None:
    write(tmp_path, "[tool.schemagen]\n")
    inner = write(tmp_path / "package", "[project]\nname = 'x'\n")
    assert load(inner).root == tmp_path


def test_without_our_section_the_nearest_pyproject_is_the_root(tmp_path: Path) -> None:
    write(tmp_path, "[project]\nname = 'y'\n")
    inner = write(tmp_path / "package", "[project]\nname = 'x'\n")
    assert load(inner).root == inner


def test_flags_are_relative_to_where_they_are_typed_and_win(tmp_path: Path) -> None:
    write(tmp_path, '[tool.schemagen]\nschema = "db"\n')
    (tmp_path / "sub").mkdir()
    settings = load(tmp_path / "sub", {"schema": "other", "versions": None})
    assert settings.schema == tmp_path / "sub" / "other"


def test_an_unknown_key_is_pointed_at_and_the_likely_one_named(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.schemagen]\n  shema = "db"\n'
    code, message, place, label = problem(tmp_path, text)
    assert (code, message) == ("C002", "unknown key 'shema'")
    assert place == Place("pyproject.toml", 5, 3, 5)
    assert label == "did you mean 'schema'?"


@pytest.mark.parametrize("value", ["1", "true", '["a"]', '""', "{a = 1}"])
def test_a_path_has_to_be_a_string(tmp_path: Path, value: str) -> None:
    code, message, _, _ = problem(tmp_path, f"[tool.schemagen]\nschema = {value}\n")
    assert (code, message) == ("C003", "'schema' has to be a path, written as a string")


@pytest.mark.parametrize("key", ["url", "database_url", "password"])
def test_credentials_do_not_belong_in_it(tmp_path: Path, key: str) -> None:
    code, message, _, _ = problem(tmp_path, f'[tool.schemagen]\n{key} = "secret"\n')
    assert code == "C004"
    assert "secret" not in message


def test_broken_toml_is_a_diagnostic_with_its_line(tmp_path: Path) -> None:
    code, message, place, _ = problem(tmp_path, "[tool.schemagen]\nschema = \n")
    assert code == "C001"
    assert message.startswith("not valid TOML")
    assert place is not None
    assert place.line == 2


def test_a_section_that_is_no_table_is_a_diagnostic(tmp_path: Path) -> None:
    assert problem(tmp_path, "[tool]\nschemagen = 1\n")[0] == "C001"


def test_from_below_the_file_is_named_as_one_would_type_it(tmp_path: Path) -> None:
    write(tmp_path, "[tool.schemagen]\nnope = 1\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "a" / "b")
    assert str(caught.value.diagnostics[0].place) == "../../pyproject.toml:2:1"


def test_the_linter_has_a_section_of_its_own(tmp_path: Path) -> None:
    text = '[tool.schemagen.lint]\nselect = ["DL", "fk-without-index"]\nmax_lock = "SHARE"\n'
    lint = load(write(tmp_path, text)).lint
    assert (lint.select, lint.ignore, lint.max_lock) == (("DL", "fk-without-index"), (), "share")


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("selct = []", "C002", "unknown key 'selct'"),
        ('select = "DL"', "C003", "'select' has to be a list of rules, each a string"),
        ('max_lock = "huge"', "C003", "'max_lock' has to be the name of a lock"),
    ],
)
def test_the_linters_section_is_strict(tmp_path: Path, line: str, code: str, message: str) -> None:
    found = problem(tmp_path, f"[tool.schemagen]\n[tool.schemagen.lint]\n{line}\n")
    assert found[:2] == (code, message)
    assert found[2] is not None
    assert found[2].line == 3


def test_a_section_that_is_no_table_is_refused(tmp_path: Path) -> None:
    found = problem(tmp_path, "[tool.schemagen]\nlint = true\n")
    assert found[:2] == ("C003", "[tool.schemagen.lint] has to be a table")


def test_postgresql_is_changed_online_unless_said_otherwise(tmp_path: Path) -> None:
    assert load(write(tmp_path, "[tool.schemagen]\n")).postgresql == Postgresql(online=True)
    text = "[tool.schemagen]\n[tool.schemagen.postgresql]\nonline = false\nmin_version = 18\n"
    assert load(write(tmp_path, text)).postgresql == Postgresql(online=False, min_version=18)


@pytest.mark.parametrize("line", ['online = "yes"', "min_version = 13", "min_version = true"])
def test_the_section_of_postgresql_is_strict(tmp_path: Path, line: str) -> None:
    found = problem(tmp_path, f"[tool.schemagen]\n[tool.schemagen.postgresql]\n{line}\n")
    assert found[0] == "C003"
