"""SQL that each database has its own words for; models carry a copy of this class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler


class PerDialect(sa.ColumnElement[Any]):
    """An expression that is not the same on every database.

    Args:
        words: the expression for each dialect, by its name.

    """

    inherit_cache = False

    def __init__(self, **words: sa.ColumnElement[Any] | sa.TextClause) -> None:
        """Keep the expressions."""
        self.words = words


@compiles(PerDialect)
def _compile(element: PerDialect, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - its signature
    return compiler.process(element.words[compiler.dialect.name], **kw)
