"""Sequences as `sa.Sequence(...)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified
from schemagen.expr import Call, call

if TYPE_CHECKING:
    from schemagen.expr import Expr
    from schemagen.kinds import Sequence

_TYPES = {"smallint": "sa.SmallInteger", "integer": "sa.Integer"}


def sequence_expr(sequence: Sequence, **more: Expr) -> Call:
    """Write a sequence with what differs from any other; `more` are further keywords."""
    numbers = {
        "start": sequence.start,
        "increment": sequence.increment if sequence.increment != 1 else None,
        "minvalue": sequence.min,
        "maxvalue": sequence.max,
        "cache": sequence.cache if sequence.cache != 1 else None,
        "cycle": True if sequence.cycle else None,
    }
    options: dict[str, Expr] = {name: n for name, n in numbers.items() if n is not None}
    if kind := _TYPES.get(sequence.type):
        options["data_type"] = call(kind)
    if schema := qualified.namespace(sequence.name):
        options["schema"] = schema
    return call("sa.Sequence", qualified.bare(sequence.name), **options, **more)
