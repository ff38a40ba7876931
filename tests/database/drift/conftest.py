"""What the tests of drift hand around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import drifted
from support.drifted import Look

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.postgres import Server
    from support.project import Project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return drifted.project(tmp_path_factory.mktemp("drift") / "project")


@pytest.fixture
def look(project: Project, postgres_server_if_needed: Callable[[], Server]) -> Look:
    return Look(
        project, lambda: postgres_server_if_needed().url.render_as_string(hide_password=False)
    )
