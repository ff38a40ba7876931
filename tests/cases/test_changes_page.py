"""`docs/changes.md` says what the cases show; `--update-cases` writes it anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from support import cases, roads

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).parents[2] / "docs" / "changes.md"


def test_the_page_of_changes_is_true(pytestconfig: pytest.Config) -> None:
    plain = [case for case in cases.read(Path(__file__).parent) if not case.online]
    text = roads.page(plain)
    if pytestconfig.getoption("--update-cases"):
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == text
