"""Objects as expression trees: what models, metadata and revisions print or build.

Each function takes the dialect to write for, or None for one text that serves both; `serves_both`
says for which objects there is one.
"""

from schemagen.exprs.columns import (
    EnumForms,
    column_expr,
    default_expr,
    default_sql,
    enum_name,
    type_expr,
)
from schemagen.exprs.constraints import (
    added_sql,
    comment_sql,
    constraint_expr,
    exclusion_sql,
    foreign_key_options,
    key_options,
    table_kwargs,
)
from schemagen.exprs.indexes import create_index_expr, index_expr, index_items, index_options
from schemagen.exprs.portable import serves_both
from schemagen.exprs.sequences import sequence_expr

__all__ = [
    "EnumForms",
    "added_sql",
    "column_expr",
    "comment_sql",
    "constraint_expr",
    "create_index_expr",
    "default_expr",
    "default_sql",
    "enum_name",
    "exclusion_sql",
    "foreign_key_options",
    "index_expr",
    "index_items",
    "index_options",
    "key_options",
    "sequence_expr",
    "serves_both",
    "table_kwargs",
    "type_expr",
]
