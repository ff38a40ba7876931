"""A column type in the user's own SQL; revisions and models carry a copy of this class."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import types


class RawType(types.UserDefinedType[Any]):
    """A type that is written as it stands.

    Args:
        sql: the type as the database reads it, `geometry(Point,4326)`.
        stored: what the database makes of it, if that is something else: `INTEGER` for `SERIAL`.

    """

    cache_ok = True

    def __init__(self, sql: str, stored: str = "") -> None:
        """Keep the texts."""
        self.sql = sql
        self.stored = stored

    def get_col_spec(self, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
        """Give the compiler the text, where a column is created; else what is stored."""
        made = isinstance(kw.get("type_expression"), sa.Column)
        return self.sql if made or not self.stored else self.stored
