"""The cases of tests/cases/*.md, each on both databases; `support.cases` says how to write one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import cases
from support.journey import Journey

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.cases import Case
    from support.databases import Database

CASES = cases.read(Path(__file__).parent)


@pytest.mark.parametrize(
    ("case", "dialect"),
    [
        pytest.param(case, dialect, id=f"{case}-{dialect}")
        for case in CASES
        for dialect in case.dialects
        if not case.online
    ],
)
def test_case(
    case: Case,
    dialect: str,
    tmp_path: Path,
    new_database: Callable[[str], Database],
    pytestconfig: pytest.Config,
) -> None:
    update = pytestconfig.getoption("--update-cases")
    Journey(case, tmp_path / "project", dialect, update).run(new_database)


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=str(case)) for case in CASES if "postgresql" in case.dialects],
)
def test_case_online(
    case: Case,
    tmp_path: Path,
    new_database: Callable[[str], Database],
    pytestconfig: pytest.Config,
) -> None:
    """The same catalogs and the same rows, both ways, where clients need not wait."""
    update = case.online and pytestconfig.getoption("--update-cases")
    Journey(case, tmp_path / "project", "postgresql", update, online=True).run(new_database)
