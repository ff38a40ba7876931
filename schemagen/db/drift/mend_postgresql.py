"""What mends a PostgreSQL database: its own words for what should be there, in its own ALTER."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.db.drift import mend_column
from schemagen.db.drift.found import What
from schemagen.db.drift.script import Rank, Statement
from schemagen.kinds import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schemagen.db.catalog import Catalog
    from schemagen.db.drift.found import Difference, Drift, Field

    Fields = dict[str, object]

CONSTRAINTS = ("primary_key", "unique", "check", "exclusion", "foreign_key")
_ADD = {
    "primary_key": Rank.KEY,
    "unique": Rank.KEY,
    "check": Rank.CHECK,
    "exclusion": Rank.CHECK,
    "index": Rank.INDEX,
    "foreign_key": Rank.FOREIGN_KEY,
}
_WORDS = {"table": "TABLE", "enum": "TYPE", "index": "INDEX"}
_NOUNS = {"enum": "TYPE", "schema": "SCHEMA"}
_SWITCHES = {"row_security": ("ENABLE", "DISABLE"), "force_row_security": ("FORCE", "NO FORCE")}


def statements(drift: Drift, expected: Catalog) -> Iterator[Statement]:
    """Give the statements, in any order: each knows its rank."""
    anew = {d.key for d in drift.differences if d.what is What.DIFFERENT and _is_made_anew(d)}
    for each in drift.differences:
        if each.what is not What.NOT_IN_FORCE or each.key not in anew:
            yield from _HOW[each.what](each, expected)


def _is_made_anew(found: Difference) -> bool:
    return found.key.kind in _ADD and any(f.name != "comment" for f in found.fields)


def _missing(found: Difference, expected: Catalog) -> Iterator[Statement]:
    fields = {field.name: field.expected for field in found.fields}
    if found.key.kind == "table":
        yield from _whole_table(found.key, fields, expected)
    elif found.key.kind == "column":
        yield from mend_column.added(found.key, fields)
    else:
        yield from _made(found.key, fields)


def _whole_table(key: Key, fields: Fields, expected: Catalog) -> Iterator[Statement]:
    """Make a table, and then its parts."""
    parts = {k: dict(f) for k, f in expected.objects.items() if k.table == key.name}
    columns = (mend_column.clause(k.name, f) for k, f in parts.items() if k.kind == "column")
    listed = ",\n    ".join(columns)
    yield Statement(f"CREATE TABLE {qualified.quote(key.name)} (\n    {listed}\n)", Rank.TABLE)
    yield from _commented(key, fields)
    for part, its in parts.items():
        yield from _commented(part, its) if part.kind == "column" else _made(part, its)


def _quoted(key: Key) -> str:
    return sql.quote(key.name) if key.table else qualified.quote(key.name)


def _made(key: Key, fields: Fields) -> Iterator[Statement]:
    name, table = _quoted(key), qualified.quote(key.table)
    if key.kind in CONSTRAINTS:
        made = f"ALTER TABLE {table} ADD CONSTRAINT {name} {fields['definition']}"
        yield Statement(made, _ADD[key.kind])
    elif key.kind == "index":
        yield Statement(str(fields["definition"]), _ADD[key.kind])
    elif key.kind == "schema":
        yield Statement(f"CREATE SCHEMA {name}", Rank.SCHEMA)
    elif key.kind == "enum":
        yield Statement(f"CREATE TYPE {name} AS ENUM ({_listed(fields.get('values'))})", Rank.TYPE)
    elif key.kind == "sequence":
        made = f"CREATE SEQUENCE {name} {mend_column.options(str(fields['definition']))}"
        yield Statement(made, Rank.TYPE)
    else:
        yield Statement("", Rank.LATE, f"{key} is missing; no statement is written for it")
    yield from _commented(key, fields)


def _listed(values: object) -> str:
    return ", ".join(sql.literal(str(v)) for v in values) if isinstance(values, list) else ""


def _commented(key: Key, fields: Fields) -> Iterator[Statement]:
    if fields.get("comment"):
        yield comment(key, fields["comment"])


def comment(key: Key, said: object) -> Statement:
    """Comment an object, or take its comment away."""
    name, table = _quoted(key), qualified.quote(key.table)
    what = {"table": f"TABLE {name}", "column": f"COLUMN {table}.{name}"}.get(key.kind)
    if what is None and key.kind in CONSTRAINTS:
        what = f"CONSTRAINT {name} ON {table}"
    if key.kind == "index":
        name = qualified.quote_part(key.table, key.name)
    what = what or f"{_NOUNS.get(key.kind, key.kind.upper())} {name}"
    value = "NULL" if said is None else sql.literal(str(said))
    return Statement(f"COMMENT ON {what} IS {value}", Rank.LATE)


def _extra(found: Difference, _: Catalog) -> Iterator[Statement]:
    key, name = found.key, _quoted(found.key)
    if key.kind == "table":
        yield Statement(f"DROP TABLE {name}", Rank.DROP, f"its rows would be lost: {key}", off=True)
    elif key.kind == "column":
        gone = f"ALTER TABLE {qualified.quote(key.table)} DROP COLUMN {name}"
        yield Statement(gone, Rank.DROP, f"its values would be lost: {key}", off=True)
    elif key.kind == "sequence":
        yield Statement(
            f"DROP SEQUENCE {name}", Rank.DROP, f"its number would be lost: {key}", off=True
        )
    elif key.kind in ("enum", "schema"):
        rank = Rank.DROP_SCHEMA if key.kind == "schema" else Rank.DROP
        yield Statement(f"DROP {_NOUNS[key.kind]} {name}", rank)
    else:
        yield _taken(key)


def _taken(key: Key) -> Statement:
    name = sql.quote(key.name)
    if key.kind == "index":
        return Statement(f"DROP INDEX {qualified.quote_part(key.table, key.name)}", Rank.TAKE)
    rank = Rank.TAKE_FOREIGN_KEY if key.kind == "foreign_key" else Rank.TAKE
    return Statement(f"ALTER TABLE {qualified.quote(key.table)} DROP CONSTRAINT {name}", rank)


def _renamed(found: Difference, _: Catalog) -> Iterator[Statement]:
    table = found.key.table
    old, new = sql.quote(found.called), sql.quote(found.key.name)
    if not table:
        yield from _moved(found)
    elif found.key.kind in _WORDS:
        old = qualified.quote_part(table, found.called)
        yield Statement(f"ALTER {_WORDS[found.key.kind]} {old} RENAME TO {new}", Rank.TAKE)
    else:
        yield Statement(
            f"ALTER TABLE {qualified.quote(table)} RENAME CONSTRAINT {old} TO {new}", Rank.TAKE
        )


def _moved(found: Difference) -> Iterator[Statement]:
    """Call a table or an enum as it should be called, in the schema where it should be."""
    word, name, called = _WORDS[found.key.kind], found.key.name, found.called
    if qualified.namespace(name) != qualified.namespace(called):
        schema = sql.quote(qualified.namespace(name) or qualified.DEFAULT)
        yield Statement(f"ALTER {word} {qualified.quote(called)} SET SCHEMA {schema}", Rank.CALL)
        called = qualified.beside(name, qualified.bare(called))
    if name != called:
        new = sql.quote(qualified.bare(name))
        yield Statement(f"ALTER {word} {qualified.quote(called)} RENAME TO {new}", Rank.CALL)


def _different(found: Difference, expected: Catalog) -> Iterator[Statement]:
    key, fields = found.key, [field for field in found.fields if field.name != "comment"]
    yield from (comment(key, f.expected) for f in found.fields if f.name == "comment")
    if key.kind == "column":
        whole = dict(expected.objects[key])
        enum = Key("enum", "", str(whole["type"]).removesuffix("[]"))
        yield from mend_column.altered(key, fields, whole, texts=enum in expected.objects)
    elif key.kind in _FIELDS:
        for field in fields:
            yield from _FIELDS[key.kind](key, field)
    elif key.kind in _ADD and fields:
        yield _taken(key)
        yield from _made(key, dict(expected.objects[key]))
    else:
        yield from (unwritten(key, field) for field in fields)


def _of_table(key: Key, field: Field) -> Iterator[Statement]:
    if field.name not in _SWITCHES:
        yield unwritten(key, field)
        return
    word = _SWITCHES[field.name][not field.expected]
    yield Statement(f"ALTER TABLE {qualified.quote(key.name)} {word} ROW LEVEL SECURITY", Rank.LATE)


def _of_sequence(key: Key, field: Field) -> Iterator[Statement]:
    altered, said = f"ALTER SEQUENCE {qualified.quote(key.name)}", str(field.expected)
    if field.name == "definition":
        cycle = "" if said.endswith(" cycle") else " NO CYCLE"
        yield Statement(f"{altered} {mend_column.options(said)}{cycle}", Rank.LATE)
    elif field.name == "owned_by":
        yield Statement(f"{altered} OWNED BY {field.expected or 'NONE'}", Rank.LATE)
    else:
        yield unwritten(key, field)


def _values(key: Key, field: Field) -> Iterator[Statement]:
    """Add the values that are missing; the rest of an enum cannot be changed."""
    mine, theirs = field.expected, field.found
    if not isinstance(mine, list) or not isinstance(theirs, list):
        yield unwritten(key, field)
        return
    there = list(theirs)
    for value in [v for v in mine if v not in theirs]:
        before = mine[: mine.index(value)]
        where = f" AFTER {sql.literal(before[-1])}" if before else ""
        where = where or (f" BEFORE {sql.literal(there[0])}" if there else "")
        there.insert(there.index(before[-1]) + 1 if before else 0, value)
        added = f"ALTER TYPE {qualified.quote(key.name)} ADD VALUE {sql.literal(value)}{where}"
        yield Statement(added, part=-1)
    if there != mine:
        yield unwritten(key, field, "values that an enum has stay, and so does their order")


_FIELDS: dict[str, Callable[[Key, Field], Iterator[Statement]]] = {
    "table": _of_table,
    "enum": _values,
    "sequence": _of_sequence,
}


def unwritten(key: Key, field: Field, why: str = "no statement is written for this") -> Statement:
    """Remark on what no statement is written for."""
    said = f"expected {field.expected}, found {field.found}"
    return Statement("", Rank.LATE, f"{key}: {field.name.replace('_', ' ')}: {said}: {why}")


def _forced(found: Difference, _: Catalog) -> Iterator[Statement]:
    """Let an object do its work again."""
    key, name, table = found.key, sql.quote(found.key.name), qualified.quote(found.key.table)
    for field in found.fields:
        if field.name == "disabled" and isinstance(field.found, list):
            remark = f"rows that came meanwhile are not looked at: {key}"
            for trigger, _, on in (each.partition(" on ") for each in field.found):
                yield Statement(f"ALTER TABLE {on} ENABLE TRIGGER {trigger}", Rank.LATE, remark)
                remark = ""
        elif field.name == "unproven":
            validated = f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}"
            yield Statement(validated, Rank.LATE, f"stops at the first row that breaks it: {key}")
        elif field.name == "not_null_unproven":
            yield Statement(f"ALTER TABLE {table} ALTER COLUMN {name} SET NOT NULL", Rank.COLUMN)
        elif field.name == "not_enforced" and key.kind == "foreign_key":
            enforced = f"ALTER TABLE {table} ALTER CONSTRAINT {name} ENFORCED"
            yield Statement(enforced, Rank.LATE)
        elif field.name == "invalid":
            yield Statement(f"REINDEX INDEX CONCURRENTLY {name}", part=1)
        else:
            yield unwritten(key, field)


_HOW: dict[What, Callable[[Difference, Catalog], Iterator[Statement]]] = {
    What.MISSING: _missing,
    What.EXTRA: _extra,
    What.DIFFERENT: _different,
    What.RENAMED: _renamed,
    What.NOT_IN_FORCE: _forced,
}
