"""What a change of a column's type costs on PostgreSQL; measured on 15, 16 and 18.

PostgreSQL keeps the rows as they are where every old value is a new one, byte for byte. Otherwise
it writes the table and all its indexes anew, and nobody reads or writes meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemagen.kinds import Column
    from schemagen.schema import Schema
    from schemagen.types import Spec

NOTHING, RECHECK, REWRITE = "", "recheck", "rewrite"

_FULL = 6  # digits of a second, where none are said


def work(old: Column, new: Column, schema: Schema) -> str:
    """Say what the change of a column's type costs.

    Args:
        old: the column as it is.
        new: the column as it shall be.
        schema: the schema that the column is in when its type changes.

    Returns:
        "" for nothing, "recheck" where checks are proven and indexes built again under the lock,
        "rewrite" where the whole table is written anew.

    """
    if (old.type, old.collation) == (new.type, new.collation):
        return NOTHING
    if old.type != new.type and not fits(old.spec, new.spec):
        return REWRITE
    if old.collation != new.collation:
        return RECHECK
    view = schema.view(new.table)
    proven = (c for c in view.checks if new.key in set(c.needs(schema)))
    return RECHECK if any(proven) else NOTHING


def fits(old: Spec | None, new: Spec | None) -> bool:
    """Say whether every value of one type is stored as it would be in the other."""
    if old is None or new is None or old.logical is None or new.logical is None:
        return False
    if old.dims or new.dims:
        return False
    if old.name != new.name:
        return _coercible(old, new)
    wider = _WIDER.get(old.name)
    return wider is not None and wider(old.args, new.args)


def _coercible(old: Spec, new: Spec) -> bool:
    if (old.name, new.name) == ("cidr", "inet"):
        return True
    return {old.name, new.name} == {"varchar", "text"} and not new.args


def _longer(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    return not new or (bool(old) and new >= old)


def _more_digits(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    one, two = (*old, 0)[:2], (*new, 0)[:2]
    return not new or (bool(old) and one[1] == two[1] and one[0] <= two[0])


def _more_precise(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    return (new or (_FULL,)) >= (old or (_FULL,))


_WIDER: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    "varchar": _longer,
    "varbit": _longer,
    "numeric": _more_digits,
    **dict.fromkeys(("timestamp", "timestamptz", "time", "timetz", "interval"), _more_precise),
}
