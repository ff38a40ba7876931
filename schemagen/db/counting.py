"""Count what a query finds, in a database that is only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from schemagen import sql
from schemagen.db.live import words
from schemagen.expr import escaped

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def count(connection: Connection, query: str) -> int | str:
    """Count the rows that a query gives; a query that fails gives the database's words.

    Args:
        connection: as `live.look` gives it.
        query: one query, in part the user's own SQL.

    """
    if any(token.text == ";" for token in sql.tokens(query)):
        return "this is more than one statement"  # the second one might end the transaction
    try:
        with connection.begin_nested():
            whole = f"SELECT count(*) FROM ({query}) AS found"  # noqa: S608 - it is only read
            return int(connection.execute(sa.text(escaped(whole))).scalar_one())
    except sa.exc.SQLAlchemyError as error:
        return words(error, connection.engine.url)
