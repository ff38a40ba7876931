"""Where the working database stands: asked before a revision that it is at is taken away."""

from __future__ import annotations

import configparser
import os
import re
from typing import TYPE_CHECKING

from schemagen.errors import SchemagenError
from schemagen.patterns import pattern

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import URL

VARIABLE = "DATABASE_URL"
DEFAULT = "sqlite:///./dev.db"  # as in the configuration that schemagen scaffolds
_LINE = pattern(rf"\s*(?:export\s+)?{VARIABLE}\s*=\s*(.*?)\s*\Z")


def url(root: Path) -> str | None:
    """Give DATABASE_URL of the environment or of .env, else Alembic's own, else the default."""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE] or None
    return _from_dotenv(root / ".env") or _from_ini(root) or DEFAULT


def _from_dotenv(file: Path) -> str | None:
    if not file.is_file():
        return None
    found = None
    for line in file.read_text(encoding="utf-8").splitlines():
        if match := _LINE.match(line):
            found = _unquoted(match[1])
    return found or None


def _unquoted(value: str) -> str:
    if quoted := re.match(r"""(["'])(.*?)\1""", value):
        return quoted[2]
    return re.sub(r"\s+#.*", "", value)


def _from_ini(root: Path) -> str | None:
    parser = configparser.ConfigParser({"here": str(root)})
    try:
        parser.read(root / "alembic.ini", encoding="utf-8")
        return parser.get("alembic", "sqlalchemy.url", fallback=None) or None
    except configparser.Error:
        return None  # Alembic will say what is wrong with it


def stamps(root: Path) -> frozenset[str]:
    """Give the revisions that the working database is at; none when there is no database.

    Raises SchemagenError when there is a URL and the database does not answer: then nobody knows.
    """
    address = url(root)
    if not address:
        return frozenset()
    import sqlalchemy as sa  # noqa: PLC0415 - a second to import, and rarely needed

    from schemagen.db import versions  # noqa: PLC0415 - as above

    try:
        parsed = _absolute(sa.make_url(address), root)
    except (sa.exc.ArgumentError, ValueError) as error:  # its words repeat what it cannot read
        msg = f"{VARIABLE} is no URL that SQLAlchemy can read ({type(error).__name__})"
        raise SchemagenError(msg) from None
    try:
        if parsed is None:
            return frozenset()
        engine = sa.create_engine(parsed)
        try:
            with engine.connect() as connection:
                tables = versions.version_tables(connection)
                return frozenset(s for t in tables for s in versions.stamps(connection, t) or ())
        finally:
            engine.dispose()
    except (sa.exc.SQLAlchemyError, ImportError) as error:
        raise SchemagenError(_unanswered(address, error)) from error


def _absolute(address: URL, root: Path) -> URL | None:
    """Lay a SQLite file's path under the root; None when the file is not there (nor to be made)."""
    if address.get_backend_name() != "sqlite":
        return address
    if not address.database or address.database == ":memory:":
        return None
    file = root / address.database
    return address.set(database=str(file)) if file.exists() else None


def _unanswered(address: str, error: Exception) -> str:
    """Name the database without what is secret in its URL; drivers' words may repeat the URL."""
    hidden = re.sub(r"//.*@", "//***@", address).partition("?")[0]
    return (
        f"the database at {hidden} does not answer ({type(error).__name__}), so nobody knows which "
        f"revision it is at\nstart it, or run this command with {VARIABLE}= (empty) and "
        "no database is asked"
    )
