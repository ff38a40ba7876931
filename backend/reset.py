"""Recreate the development database: `python -m backend.reset`. Its rows are lost."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, make_url

from backend.config import ROOT, Settings


def main() -> None:
    """Remove an SQLite file, or go down to nothing on a server; then upgrade to the head."""
    url = make_url(Settings().database_url)
    config = Config(ROOT / "alembic.ini")
    if url.get_backend_name() == "sqlite":
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{url.database or ':memory:'}{end}").unlink(missing_ok=True)
    else:
        _ask(url)
        command.downgrade(config, "base")
    command.upgrade(config, "head")


def _ask(url: URL) -> None:
    """Make sure that this is the database meant: a server may be anyone's."""
    question = f"All rows of {url.render_as_string()} will be lost. Type its name to go on: "
    try:
        answer = input(question)
    except EOFError:
        answer = ""
    if answer != url.database:
        msg = "\nNothing was changed."
        raise SystemExit(msg)


if __name__ == "__main__":
    main()
