"""One scratch database, of either dialect."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from schemagen.errors import SchemagenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.db.scratch import Database

NO_SERVER = (
    "there is no PostgreSQL to make a scratch database on: give --scratch-url, "
    "or pip install 'schemagen[verify]'"
)


@contextmanager
def database(dialect: str, url: str | None) -> Iterator[Database]:
    """Give an empty database that is gone at the end. Raises SchemagenError.

    Args:
        dialect: `sqlite` or `postgresql`.
        url: a PostgreSQL server to make it on; else the embedded one serves.

    """
    from schemagen.db import embedded, scratch  # noqa: PLC0415 - a second to import

    with ExitStack() as stack:
        if dialect == "sqlite":
            databases = stack.enter_context(scratch.files())
        elif url or embedded.is_installed():
            server = url or stack.enter_context(embedded.server())
            databases = stack.enter_context(scratch.server(server, "--scratch-url"))
        else:
            raise SchemagenError(NO_SERVER)
        yield databases.new()
