"""What the checks look at. Most objects are as most are, which is told once for each definition."""

from __future__ import annotations

from schemagen.kinds import Check, Column, Index, Obj, PrimaryKey, Sql, Unique
from schemagen.source.indexable import is_sortable


def is_notable(obj: Obj) -> bool:
    """Say whether a check may have something to say of an object, whatever it is called."""
    if obj.sqlite or obj.postgresql or obj.only_on:
        return True
    if isinstance(obj, Column):
        return _is_notable_column(obj)
    if isinstance(obj, Check):
        return not obj.enum
    if isinstance(obj, Index):
        return bool(obj.where or obj.using != "btree" or any(i.sql for i in obj.columns))
    return not isinstance(obj, (PrimaryKey, Unique))


def _is_notable_column(column: Column) -> bool:
    filled = column.identity or column.is_serial or column.generated
    expressed = isinstance(column.default, Sql)
    return bool(filled or expressed or column.collation or not is_sortable(column))
