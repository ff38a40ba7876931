"""A column type in the user's own SQL; revisions and models carry a copy of this class."""

from __future__ import annotations

from typing import Any

from sqlalchemy import types


class RawType(types.UserDefinedType[Any]):
    """A type that is written as it stands.

    Args:
        sql: the type as the database reads it, `geometry(Point,4326)`.

    """

    cache_ok = True

    def __init__(self, sql: str) -> None:
        """Keep the text."""
        self.sql = sql

    def get_col_spec(self, **_: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
        """Give the text to the compiler."""
        return self.sql
