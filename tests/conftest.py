"""Databases for the tests: real SQLite files and a real PostgreSQL, the embedded one by default."""

from __future__ import annotations

import itertools
import os
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.register_assert_rewrite("support")  # its assertions are the tests' own

from support import databases, postgres  # noqa: E402 - after what it needs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.databases import Database

_NUMBERS = itertools.count(1)
_FOLDER = pytest.StashKey[Path]()
_OWNER = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="rewrite the expected blocks of tests/cases/*.md",
    )
    parser.addoption(
        "--update-docs",
        action="store_true",
        help="rewrite the outputs that README.md and docs/guide.md show",
    )


def pytest_configure(config: pytest.Config) -> None:
    mine = getattr(config, "workerinput", None)  # set in the workers of pytest-xdist
    config.stash[_FOLDER] = Path(mine["pg_folder"]) if mine else postgres.new_folder()
    config.stash[_OWNER] = mine["pg_owner"] if mine else os.getpid()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    config = node.config
    node.workerinput.update(pg_folder=str(config.stash[_FOLDER]), pg_owner=config.stash[_OWNER])


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and _FOLDER in config.stash:
        postgres.stop(config.stash[_FOLDER])


@pytest.fixture(scope="session")
def postgres_server_if_needed(pytestconfig: pytest.Config) -> Callable[[], postgres.Server]:
    """Give the server of this run, started when it is first asked for."""
    return cache(lambda: postgres.start(pytestconfig.stash[_FOLDER], pytestconfig.stash[_OWNER]))


@pytest.fixture
def postgres_server(postgres_server_if_needed: Callable[[], postgres.Server]) -> postgres.Server:
    """The server of this run, for tests that need its `psql` or databases of their own."""
    return postgres_server_if_needed()


@pytest.fixture
def scratch_there(postgres_server: postgres.Server) -> tuple[str, str]:
    """The option that makes scratch databases on the server of this run: another takes seconds."""
    return ("--scratch-url", postgres_server.url.render_as_string(hide_password=False))


@pytest.fixture
def new_database(
    tmp_path: Path, postgres_server_if_needed: Callable[[], postgres.Server]
) -> Iterator[Callable[[str], Database]]:
    """Make fresh, empty databases: call it with a dialect."""
    with ExitStack() as stack:

        def make(dialect: str) -> Database:
            if dialect == "sqlite":
                return databases.at(f"sqlite:///{tmp_path / f'test{next(_NUMBERS)}.db'}")
            return databases.at(stack.enter_context(postgres_server_if_needed().database()))

        yield make


@pytest.fixture(params=databases.DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    """Each of the two databases in turn."""
    return request.param


@pytest.fixture
def database(dialect: str, new_database: Callable[[str], Database]) -> Database:
    """A fresh, empty database of each dialect in turn."""
    return new_database(dialect)


@pytest.fixture
def sqlite(new_database: Callable[[str], Database]) -> Database:
    """A fresh, empty SQLite file."""
    return new_database("sqlite")


@pytest.fixture
def postgresql(new_database: Callable[[str], Database]) -> Database:
    """A fresh, empty PostgreSQL database; `support.postgres.plain` makes its URL one for psql."""
    return new_database("postgresql")
