"""The databases' own clients, which `alembic … --sql` is piped into."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from typing import TYPE_CHECKING

from support.postgres import plain
from support.project import Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.databases import Database
    from support.postgres import Server

SQLITE = ("python", "sqlite3") if shutil.which("sqlite3") else ("python",)
KEYS_ON = "PRAGMA foreign_keys = ON;"


def psql(server: Server, database: Database, script: str) -> Result:
    """Pipe a script into psql, as the guide says."""
    command = [server.psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", plain(database.url)]
    return _piped(command, script)


def sqlite(client: str, file: Path, script: str) -> Result:
    """Pipe a script into a client that has foreign keys on.

    Args:
        client: `sqlite3`, or `python` for one that does what sqlite3 does with a script, so that
            the tests need no more than Python.
        file: the database.
        script: SQL, and sqlite3's `.bail`.

    """
    if client == "sqlite3":
        return _piped(["sqlite3", "-cmd", KEYS_ON, str(file)], script)
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        return _run(connection, script)
    finally:
        connection.close()


def _piped(command: list[str], script: str) -> Result:
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    return Result(done.returncode, done.stdout, done.stderr)


def _run(connection: sqlite3.Connection, script: str) -> Result:
    """Go on after an error, as sqlite3 does, until `.bail on` is said."""
    bail, said = False, ""
    for statement in (KEYS_ON, *_statements(script)):
        if statement.startswith("."):
            assert statement in (".bail on", ".bail off"), f"unknown command {statement}"
            bail = statement == ".bail on"
            continue
        try:
            connection.execute(statement)
        except sqlite3.Error as error:
            said += f"Error: {error}\n"
            if bail:
                break
    return Result(1 if said else 0, "", said)


def _statements(script: str) -> Iterator[str]:
    """Split a script by the rule of sqlite3: lines, until they are complete statements."""
    lines: list[str] = []
    for line in script.splitlines(keepends=True):
        if not lines and line.startswith("."):
            yield line.strip()
        elif lines or line.strip():
            lines.append(line)
            if sqlite3.complete_statement("".join(lines)):
                yield "".join(lines)
                lines = []
    assert not "".join(lines).strip(), f"incomplete: {lines}"
