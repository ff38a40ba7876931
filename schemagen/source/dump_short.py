"""A column in short, where the short form gives the same column back; else in the long form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import sql
from schemagen.kinds import Column, ForeignKey, Literal, Sql
from schemagen.records import record, replace
from schemagen.source.dump_fields import own_fields
from schemagen.source.nodes import Scalar, Span, plain
from schemagen.source.problems import Problems
from schemagen.source.shorthand import expand
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from schemagen.schema import Schema


@record(frozen=False)
class Words:
    """The keys that a column says by itself."""

    primary_key: bool = False
    unique: bool = False
    references: ForeignKey | None = None


def column_value(column: Column, schema: Schema, words: Words) -> Any:  # noqa: ANN401 - text or map
    """Give a column as plain data."""
    said = own_fields(column)
    if not _is_known(column, schema):
        return _per_dialect(column, said, words)
    short, rest = _short(column, words), said
    for name in ("type", "nullable"):
        rest.pop(name, None)
    if said.get("identity") == {}:
        rest.pop("identity")
        short += " identity"
    if words.references is not None and _is_ambiguous(words.references, schema):
        rest["references"] = _references(words.references)
        words = replace(words, references=None)
    short += _keys(words, schema)
    if column.default is not None:
        whole = f"{short} = {_default(column.default)}"
        if _default(column.default) and _reads_back(whole, column.default):
            short = whole
            rest.pop("default")
    return {"type": short, **rest} if rest else short


def _is_known(column: Column, schema: Schema) -> bool:
    spec = column.spec
    return bool(spec and spec.logical) or column.enum(schema) is not None


def _per_dialect(column: Column, said: dict[str, Any], words: Words) -> dict[str, Any]:
    """Write a type that only its database knows."""
    typed = {d: getattr(column, d).get("type", column.type) for d in reversed(DIALECTS)}
    for dialect in DIALECTS:
        there = said.get(dialect, {})
        there.pop("type", None)
        if not there:
            said.pop(dialect, None)
    keys: dict[str, Any] = {"primary_key": True} if words.primary_key else {}
    keys.update({"unique": True} if words.unique else {})
    if words.references is not None:
        keys["references"] = _references(words.references)
    return {**said, "type": typed, **keys}


def _references(key: ForeignKey) -> dict[str, str]:
    there = key.references
    actions = {name: getattr(key, name) for name in ("on_delete", "on_update")}
    said = {name: action for name, action in actions.items() if action}
    return {"table": there.table, "column": there.columns[0], **said}


def _is_ambiguous(key: ForeignKey, schema: Schema) -> bool:
    """Say whether `-> a.b` could be a column of a table, and a table in a schema."""
    one, dot, two = key.references.table.partition(".")
    if dot:
        return one in schema.tables and two in schema.view(one).column_names
    return f"{one}.{key.references.columns[0]}" in schema.tables


def _short(column: Column, words: Words) -> str:
    return column.type + "?" * column.nullable + " pk" * words.primary_key


def _keys(words: Words, schema: Schema) -> str:
    text = " unique" * words.unique
    if words.references is None:
        return text
    there = words.references.references
    key = schema.view(there.table).primary_key if there.table in schema.tables else None
    column = "" if key and key.columns == there.columns else f".{_name(there.columns[0])}"
    text += f" -> {'.'.join(map(_name, there.table.split('.', 1)))}{column}"
    for event in ("delete", "update"):
        if action := getattr(words.references, f"on_{event}"):
            text += f" on {event} {action}"
    return text


def _name(name: str) -> str:
    plain_name = name.replace("_", "a").isalnum() and not name[0].isdigit()
    return name if plain_name else '"' + name.replace('"', '""') + '"'


def _default(default: Sql | Literal) -> str:
    if isinstance(default, Sql):
        return default.sql
    value = default.literal
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return sql.literal(value) if value.isprintable() else ""
    return repr(value) if isinstance(value, (int, float)) else ""


def _reads_back(short: str, default: Sql | Literal) -> bool:
    long = expand(Scalar("", Span(0, 0, 0, len(short)), short, "'"), Problems())
    found = plain(long.get("default")) if long else None
    value = default.sql if isinstance(default, Sql) else default.literal
    wanted = {"sql" if isinstance(default, Sql) else "literal": value}
    return bool(found == wanted and type(next(iter(found.values()))) is type(value))
