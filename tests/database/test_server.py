"""The databases that the tests run on are real, fresh, and gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from support import postgres

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from support.databases import Database


def test_a_database_is_fresh_and_empty(database: Database) -> None:
    assert database.catalog().objects == {}
    database.execute("CREATE TABLE t (a integer)")
    assert database.catalog().names("table") == ["t"]


def test_the_embedded_server_is_postgresql_18(postgresql: Database) -> None:
    if postgres.OTHER_SERVER not in os.environ:
        assert postgresql.rows("SHOW server_version")[0][0].startswith("18.")


def test_psql_reaches_a_database(postgresql: Database, postgres_server: postgres.Server) -> None:
    command = [postgres_server.psql, "-XAtc", "SELECT 1 + 1", postgres.plain(postgresql.url)]
    assert subprocess.check_output(command, text=True).strip() == "2"


def test_a_test_may_have_several_databases(
    dialect: str, new_database: Callable[[str], Database]
) -> None:
    one, two = new_database(dialect), new_database(dialect)
    one.execute("CREATE TABLE t (a integer)")
    assert two.catalog().objects == {}


def test_the_server_ends_with_its_owner_even_when_that_is_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(postgres.OTHER_SERVER, raising=False)
    folder = postgres.new_folder()
    owner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        server = postgres.start(folder, owner.pid)
        server.execute("SELECT 1")
        owner.kill()
        owner.wait()
        end = time.monotonic() + 30
        while folder.exists() and time.monotonic() < end:
            time.sleep(0.1)
        assert not folder.exists()
    finally:
        owner.kill()
        owner.wait()
        postgres.stop(folder)
