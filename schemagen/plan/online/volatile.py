"""Which defaults PostgreSQL computes row by row: a column that comes with one is a rewrite."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from schemagen import exprs, sql

if TYPE_CHECKING:
    from schemagen.kinds import Column

# What gives the same value to all rows of a statement, as PostgreSQL's catalog says.
_STEADY = frozenset(
    """
    now transaction_timestamp statement_timestamp current_setting current_schema version
    jsonb_build_object jsonb_build_array json_build_object json_build_array to_jsonb to_json
    make_date make_time make_timestamp make_timestamptz make_interval to_timestamp to_date
    date_trunc timezone age concat concat_ws lower upper trim ltrim rtrim btrim replace repeat
    substring substr left right lpad rpad md5 sha256 encode decode format abs round floor ceil
    ceiling trunc mod power sqrt greatest least coalesce nullif cast length char_length array_fill
    int4range int8range numrange daterange tsrange tstzrange to_tsvector
    localtime localtimestamp current_time current_timestamp
    """.split()  # noqa: SIM905 - one string reads better
)
_TYPES = frozenset(("numeric", "decimal", "varchar", "char", "bit", "varbit", "in", "values"))


def volatile(column: Column) -> bool:
    """Say whether the column's default may differ from row to row; what is not known may."""
    default = exprs.default_sql(column, "postgresql")
    return default is not None and any(name not in _STEADY for name in _called(default))


def _called(text: str) -> list[str]:
    words = [t for t in sql.tokens(text) if t.group not in ("space", "comment")]
    called = [
        one.text.strip('"').lower()
        for one, two in pairwise(words)
        if two.text == "(" and one.group in ("word", "quoted")
    ]
    return [name for name in called if name not in _TYPES]
