"""What mends a column of PostgreSQL, written from the fields of its catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.db.drift.script import Rank, Statement
from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemagen.db.drift.found import Field
    from schemagen.kinds import Key

_SEQUENCE = pattern(
    r"(?P<type>.+?) start (\S+) increment (\S+) from (\S+) to (\S+) cache (\S+)( cycle)?\Z"
)


def clause(name: str, fields: Mapping[str, object]) -> str:
    """Write a column as CREATE TABLE and ADD COLUMN take it."""
    words = [sql.quote(name), str(fields["type"])]
    if "collation" in fields:
        words.append(f"COLLATE {sql.quote(str(fields['collation']))}")
    if "default" in fields:
        words.append(f"DEFAULT {fields['default']}")
    if "generated" in fields:
        kept = "STORED" if fields.get("stored") else "VIRTUAL"
        words.append(f"GENERATED ALWAYS AS ({fields['generated']}) {kept}")
    if "identity" in fields:
        words.append(f"GENERATED {str(fields['identity']).upper()} AS IDENTITY{_named(fields)}")
    if not fields.get("nullable"):
        words.append("NOT NULL")
    return " ".join(words)


def _named(fields: Mapping[str, object]) -> str:
    said = options(str(fields.get("sequence", "")), typed=False)
    if name := fields.get("sequence_name"):
        said = f"SEQUENCE NAME {sql.quote(str(name))} {said}"
    return f" ({said.strip()})" if said.strip() else ""


def options(definition: str, *, typed: bool = True) -> str:
    """Write a sequence's options from how the catalog tells them."""
    found = _SEQUENCE.match(definition)
    if found is None:
        return ""
    start, step, low, high, cache = found.groups()[1:6]
    kind = f"AS {found['type']} " if typed else ""
    return (
        f"{kind}START WITH {start} INCREMENT BY {step} MINVALUE {low} MAXVALUE {high} "
        f"CACHE {cache}{' CYCLE' if found[7] else ''}"
    )


def added(key: Key, fields: Mapping[str, object]) -> Iterator[Statement]:
    """Add a column."""
    remark = ""
    if not fields.get("nullable") and not {"default", "generated", "identity"} & fields.keys():
        remark = f"fails while the table has rows, which have no value for it: {key}"
    table, made = qualified.quote(key.table), clause(key.name, fields)
    yield Statement(f"ALTER TABLE {table} ADD COLUMN {made}", Rank.COLUMN, remark)
    if fields.get("comment"):
        said = f"COMMENT ON COLUMN {table}.{sql.quote(key.name)} IS "
        yield Statement(said + sql.literal(str(fields["comment"])), Rank.LATE)


def altered(
    key: Key, fields: Sequence[Field], whole: Mapping[str, object], *, texts: bool
) -> Iterator[Statement]:
    """Alter a column, field by field.

    Args:
        key: the column.
        fields: what differs, the comment left out.
        whole: all that it should be.
        texts: whether its type is an enum, to which only texts can be cast.

    """
    column = f"ALTER TABLE {qualified.quote(key.table)} ALTER COLUMN {sql.quote(key.name)}"
    names = {field.name for field in fields}
    if names & {"type", "collation"}:
        if "default" in names:  # the one that is there may not fit the new type
            yield Statement(f"{column} DROP DEFAULT", Rank.COLUMN)
        yield _retyped(key, column, whole, "text" * texts)
    for field in fields:
        action = _action(field, whole)
        if action:
            yield Statement(f"{column} {action}", Rank.COLUMN, _warning(key, field))
        elif field.name not in ("type", "collation"):
            said = f"expected {field.expected}, found {field.found}"
            why = f"{key}: {field.name.replace('_', ' ')}: {said}: no statement is written for this"
            yield Statement("", Rank.LATE, why)


def _retyped(key: Key, column: str, whole: Mapping[str, object], through: str) -> Statement:
    kind, name = str(whole["type"]), sql.quote(key.name)
    collated = f" COLLATE {sql.quote(str(whole['collation']))}" if "collation" in whole else ""
    if through:
        name = f"{name}::{through}{'[]' * kind.endswith('[]')}"
    remark = f"may rewrite the table, and stops at a value that does not fit: {key}"
    return Statement(f"{column} TYPE {kind}{collated} USING {name}::{kind}", Rank.COLUMN, remark)


def _action(field: Field, whole: Mapping[str, object]) -> str:
    if field.name == "nullable":
        return "DROP NOT NULL" if field.expected else "SET NOT NULL"
    if field.name == "default":
        there = field.expected is not None
        return f"SET DEFAULT {field.expected}" if there else "DROP DEFAULT"
    if field.name == "identity":
        if field.expected is None:
            return "DROP IDENTITY"
        said = f"GENERATED {str(field.expected).upper()}"
        return f"SET {said}" if field.found else f"ADD {said} AS IDENTITY{_named(whole)}"
    return ""


def _warning(key: Key, field: Field) -> str:
    if field.name == "nullable" and not field.expected:
        return f"stops at a row without a value: {key}"
    return ""
