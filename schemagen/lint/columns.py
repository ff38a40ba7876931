"""Columns, as rules ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Column
    from schemagen.schema import Schema


def columns_of_type(schema: Schema, *names: str) -> Iterator[Column]:
    """Give the columns of some types of the type table, or of arrays of them."""
    for table in schema.views():
        for column in table.columns:
            spec = column.spec
            if spec is not None and spec.logical is not None and spec.name in names:
                yield column
