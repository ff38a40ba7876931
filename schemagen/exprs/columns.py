"""Columns as `sa.Column(...)`: type, default, identity, generated expression."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from schemagen import qualified, sql, types
from schemagen.expr import Call, call, escaped
from schemagen.exprs.types import array, logical_type
from schemagen.kinds import Column, Enum, Sql
from schemagen.records import record, replace
from schemagen.sql import portable

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemagen.expr import Expr
    from schemagen.schema import Schema

# Nor does PostgreSQL read an operator that is a word there, without parentheses.
_OPERATORS = frozenset(
    "and at between collate ilike in is isnull like not notnull or overlaps similar".split()  # noqa: SIM905
)
_INTEGERS = ("smallint", "integer", "bigint", "oid")  # what SQLAlchemy takes for one
_STRICT_WORDS = frozenset(("INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"))
# What a STRICT table of SQLite may hold, by the Python type of the values.
_STRICT = {"int": "sa.Integer", "bool": "sa.Integer", "float": "sa.REAL", "bytes": "sa.LargeBinary"}


@record
class EnumForms:
    """How an enum's type is written.

    Args:
        native: its type on PostgreSQL.
        stored: what becomes of the type that holds its values where it has none of its own.

    """

    native: Callable[[Enum], Call]
    stored: Callable[[Enum, Call], Call]


def _typeless(enum: Enum) -> Call:
    """A revision creates types in steps of their own."""
    return call("postgresql.ENUM", *enum.values, **enum_name(enum), create_type=False)


def enum_name(enum: Enum) -> dict[str, Expr]:
    """Give the keywords that say what a native type is called."""
    schema = qualified.namespace(enum.name)
    return {"name": qualified.bare(enum.name), **({"schema": schema} if schema else {})}


BARE = EnumForms(_typeless, lambda _, kind: kind)


def column_expr(
    column: Column,
    schema: Schema,
    dialect: str | None,
    enums: EnumForms = BARE,
    **more: Expr,
) -> Call:
    """Write `sa.Column(name, type, ...)`; `more` are further keywords."""
    marks: list[Expr] = []
    options: dict[str, Expr] = {"nullable": column.nullable}
    if column.identity and dialect != "sqlite":
        marks.append(identity_expr(column))
    if column.generated:
        text = escaped(portable(column.generated.sql))
        marks.append(call("sa.Computed", text, persisted=column.generated.stored))
    if (default := default_expr(column, dialect)) is not None:
        options["server_default"] = default
    if column.comment and dialect != "sqlite":
        options["comment"] = column.comment
    if _looks_serial(column, schema):
        options["autoincrement"] = False
    kind = type_expr(column, schema, dialect, enums)
    if column.is_serial and dialect != "sqlite":
        kind, numbered = _serial(column, schema, dialect, written_out=enums is BARE)
        options.update(numbered)
    return call("sa.Column", column.name, kind, *marks, **options, **more)


def _serial(
    column: Column, schema: Schema, dialect: str | None, *, written_out: bool
) -> tuple[Call, dict[str, Expr]]:
    """Write the type and the keywords of a serial column.

    SQLAlchemy knows it as the one column of a primary key. Elsewhere PostgreSQL's word stands for
    the type; a model says what the type is then, and that the database fills it.
    """
    spec = types.parse(types.SERIAL[column.type])
    assert spec is not None  # noqa: S101 - an integer
    if _is_key(column, schema):
        kind = logical_type(spec, dialect) if dialect else _rowid(spec, None)
        return kind, {"autoincrement": True}
    word = column.type.upper()
    if written_out:
        return call("RawType", word), {}
    return call("RawType", word, str(spec).upper()), {"server_default": call("sa.FetchedValue")}


def _is_key(column: Column, schema: Schema) -> bool:
    key = schema.view(column.table).primary_key if column.table in schema.tables else None
    return key is not None and key.columns == (column.name,)


def _looks_serial(column: Column, schema: Schema) -> bool:
    """Say whether SQLAlchemy would make a plain key a SERIAL column."""
    if column.identity or column.default is not None or column.table not in schema.tables:
        return False
    spec = column.spec
    whole = spec is not None and spec.name in _INTEGERS and not spec.dims
    return whole and _is_key(column, schema)


def identity_expr(column: Column) -> Call:
    """Write `sa.Identity(...)`."""
    assert column.identity  # noqa: S101 - the caller has looked
    mine = column.identity
    said: dict[str, Expr] = {"always": True} if mine.always else {}
    numbers = {"start": mine.start, "increment": mine.increment, "minvalue": mine.min}
    numbers |= {"maxvalue": mine.max, "cache": mine.cache}
    said |= {name: number for name, number in numbers.items() if number is not None}
    said |= {"cycle": True} if mine.cycle else {}
    return call("sa.Identity", **said)


def type_expr(column: Column, schema: Schema, dialect: str | None, enums: EnumForms = BARE) -> Call:
    """Write the SQLAlchemy type of a column."""
    spec = column.spec
    if spec is None:
        return call("RawType", column.type)
    key = column.enum(schema)
    enum = schema.enums[key.name] if key else None
    if dialect == "sqlite" and _is_strict(column, schema) and not _is_strict_word(spec):
        kind = _strict(column, spec)
        return enums.stored(enum, kind) if enum else kind
    if spec.logical is None:
        return _enum(enum, spec, dialect, enums) if enum else call("RawType", column.type)
    numbered = column.identity or (column.is_serial and _is_key(column, schema))
    if numbered and not spec.dims and dialect != "postgresql":
        return _rowid(spec, dialect)
    if spec.dims and column.collation:
        item = logical_type(replace(spec, dims=0), "postgresql")
        return array(_collated(item, column.collation), spec.dims, dialect)
    return _collated(logical_type(spec, dialect), column.collation)


def _is_strict(column: Column, schema: Schema) -> bool:
    table = schema.tables.get(column.table)
    return table is not None and table.options.strict


def _is_strict_word(spec: types.Spec) -> bool:
    """Say whether a type is written as the user has it, and a STRICT table knows it."""
    return spec.logical is None and spec.name.upper() in _STRICT_WORDS and not spec.dims


def _strict(column: Column, spec: types.Spec) -> Call:
    python = spec.python if spec.logical and not spec.dims else "str"
    return _collated(call(_STRICT.get(python, "sa.Text")), column.collation)


def _rowid(spec: types.Spec, dialect: str | None) -> Call:
    """SQLite assigns rowids to a column of type INTEGER alone."""
    if dialect == "sqlite" or spec.name == "integer":
        return call("sa.Integer")
    return logical_type(spec).then("with_variant", call("sa.Integer"), "sqlite")


def _collated(kind: Call, collation: str | None) -> Call:
    if collation is None:
        return kind
    return Call(kind.func, kind.args, (*kind.kwargs, ("collation", collation)))


def _enum(enum: Enum, spec: types.Spec, dialect: str | None, forms: EnumForms) -> Call:
    if enum.storage is not None:
        storage = types.parse(enum.storage + "[]" * spec.dims)
        assert storage is not None  # noqa: S101 - the source has looked
        return forms.stored(enum, logical_type(storage, dialect))
    plain = forms.stored(enum, call("sa.JSON" if spec.dims else "sa.Text"))
    if dialect == "sqlite":
        return plain
    native = forms.native(enum)
    own = array(native, spec.dims, "postgresql") if spec.dims else native
    return own if dialect == "postgresql" else plain.then("with_variant", own, "postgresql")


def default_expr(column: Column, dialect: str | None) -> Expr:
    """Write the value of `server_default`, or None."""
    default = column.default
    if default is None:
        return None
    if isinstance(default, Sql):
        return call("sa.text", escaped(default_sql(column, dialect) or ""))
    if isinstance(default.literal, bool) and column.type == "boolean":
        return call("sa.true" if default.literal else "sa.false")
    said = default_sql(column, dialect)
    return None if said is None else call("sa.text", escaped(said))


def default_sql(column: Column, dialect: str | None) -> str | None:
    """Write the default as SQL, or None when there is none."""
    default = column.default
    if default is None:
        return None
    if isinstance(default, Sql):
        text = portable(default.sql)
        # Without parentheses SQLite takes only literals and the CURRENT_… words.
        plain = dialect == "postgresql" and not _OPERATORS.intersection(sql.identifiers(text))
        bare = plain or len(sql.tokens(text)) == 1 or _parenthesised(text)
        return text if bare else f"({text})"
    spec = column.spec
    holds_json = spec is not None and spec.name in ("json", "jsonb")
    array = spec is not None and bool(spec.dims) and dialect != "sqlite"
    if holds_json and array and isinstance(default.literal, (list, tuple)):
        return literal_sql([_json(item) for item in default.literal], array=True)
    if holds_json and not array:
        return sql.literal(_json(default.literal))
    return literal_sql(default.literal, array=array)


def _json(value: Any) -> str:  # noqa: ANN401 - any YAML value
    return json.dumps(value, ensure_ascii=False)


def _parenthesised(text: str) -> bool:
    """Say whether one pair of parentheses holds the whole text."""
    depth = 0
    found = sql.tokens(text)
    for i, token in enumerate(found):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0:
            return token.text == ")" and i == len(found) - 1
    return False


def literal_sql(value: Any, *, array: bool = False) -> str | None:  # noqa: ANN401 - any YAML value
    """Write a plain value as an SQL literal; None for null.

    Args:
        value: text, a number, a boolean, null, a list or a mapping.
        array: write a list as a PostgreSQL array and not as JSON.

    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return sql.literal(value)
    if array and isinstance(value, list):
        return sql.literal(_array(value))
    return sql.literal(_json(value))


def _array(value: list[Any]) -> str:
    return "{" + ",".join(_element(item) for item in value) + "}"


def _element(item: Any) -> str:  # noqa: ANN401 - any YAML value
    if isinstance(item, list):
        return _array(item)
    if item is None:
        return "NULL"
    text = str(item).lower() if isinstance(item, bool) else str(item)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
