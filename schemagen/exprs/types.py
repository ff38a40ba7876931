"""The types of the table as SQLAlchemy has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.expr import Call, call
from schemagen.types import SIZED

if TYPE_CHECKING:
    from schemagen.types import Dialect, Logical, Spec


def logical_type(spec: Spec, dialect: Dialect | None = None) -> Call:
    """Write a type; with no dialect, one that serves both. Raises KeyError when there is none.

    Args:
        spec: the type, read.
        dialect: the database that it is for.

    """
    if spec.logical is None:
        msg = f"{spec.name!r} is not a type of the table"
        raise KeyError(msg)
    if not spec.dims:
        return _item(spec.logical, spec.args, dialect)
    return array(_item(spec.logical, spec.args, "postgresql"), spec.dims, dialect)


def array(item: Call, dims: int, dialect: Dialect | None = None) -> Call:
    """Write an array type: ARRAY on PostgreSQL, JSON elsewhere."""
    more = {"dimensions": dims} if dims > 1 else {}
    return _for(call("sa.JSON"), call("postgresql.ARRAY", item, **more), dialect)


def _item(row: Logical, args: tuple[int, ...], dialect: Dialect | None) -> Call:
    own = _own(row, args)
    sized = args if row.generic in SIZED else ()
    generic = call(row.generic, *sized, **dict(row.flags))
    return generic if own is None else _for(generic, own, dialect)


def _own(row: Logical, args: tuple[int, ...]) -> Call | None:
    """Write PostgreSQL's own type, where the generic one is not enough."""
    if row.postgresql == "RawType":
        return call("RawType", row.name.upper())
    if not row.postgresql or (row.keyword and not args):
        return None
    if row.keyword:
        return call(row.postgresql, **dict(row.flags), **{row.keyword: args[0]})
    return call(row.postgresql, *args, **dict(row.own))


def _for(generic: Call, own: Call, dialect: Dialect | None) -> Call:
    if dialect == "sqlite":
        return generic
    return own if dialect == "postgresql" else generic.then("with_variant", own, "postgresql")
