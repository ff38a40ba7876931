"""The editor's schema: what a YAML file may hold, as JSON Schema, draft 7.

Editors complete and check the files by it. Names of tables, enums and mixins are filled in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from schemagen import types
from schemagen.kinds import Element, Identity, Item, Options, PrimaryKey, Sequence
from schemagen.source import vocabulary as words
from schemagen.source.aims import STRATEGIES
from schemagen.source.convention import LIMIT, TEMPLATES
from schemagen.source.json_types import array, closed, of_annotation, one_or_more
from schemagen.source.shorthand import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemagen.kinds import Obj
    from schemagen.schema import Schema

Json = dict[str, Any]

TEXT: Json = {"type": "string", "minLength": 1}
NAME: Json = {"type": "string", "minLength": 1, "maxLength": LIMIT}
SQL: Json = {"type": ["string", "number", "boolean"]}
COLUMNS: Json = array(NAME)
_QUALIFIED: Json = {**NAME, "maxLength": 2 * LIMIT + 1}
_NAME = r'("([^"]|"")+"|[A-Za-z_][A-Za-z0-9_$]*)'


def _ref(name: str) -> Json:
    return {"$ref": f"#/definitions/{name}"}


_COLUMN: Json = {"anyOf": [_ref("short"), _ref("column")]}


def json_schema(schema: Schema, mixins: Iterable[str] = ()) -> Json:
    """Write the editor's schema.

    Args:
        schema: its tables and enums are offered.
        mixins: the names of the mixins.

    """
    tables = sorted(schema.tables)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "schemagen",
        "description": "Tables, enums, mixins and the naming convention of a database schema",
        "type": "object",
        "properties": _file(sorted(mixins)),
        "additionalProperties": False,
        "dependencies": {"columns": ["table"]},
        "definitions": {
            "short": _short(sorted(schema.enums), tables),
            "column": _column(),
            "references": _references(tables, "column"),
            "enum": _enum(),
            "sequence": _sequence(),
            "schema": {"anyOf": [_schema(), {"type": "null"}]},
            "mixin": closed({**_columns(), **_sections()}),
            "naming": _naming(),
            "columns": {"type": "object", "additionalProperties": _COLUMN},
            **_definitions(tables),
        },
    }


def _described(properties: Mapping[str, Json], said: Mapping[str, str]) -> dict[str, Json]:
    """Add descriptions."""
    return {
        name: {"description": said[name], **value} if name in said else dict(value)
        for name, value in properties.items()
    }


def _file(mixins: list[str]) -> dict[str, Json]:
    used: Json = array({"enum": mixins} if mixins else NAME, least=0)
    defined: Json = {"type": "object", "additionalProperties": _ref("mixin")}
    enums: Json = {"type": "object", "additionalProperties": _ref("enum")}
    table = _described(_table(), words.TABLE)
    sequences: Json = {"type": "object", "additionalProperties": _ref("sequence")}
    schemas: Json = {"type": "object", "additionalProperties": _ref("schema")}
    own = {
        "schemagen": {"const": 1},
        "enums": enums,
        "sequences": sequences,
        "schemas": {"anyOf": [array(NAME), schemas]},
        "mixins": {"anyOf": [used, defined]},
        "unmanaged": array(_unmanaged(), least=0),
    }
    return {**table, **_sections(), **_described(own, words.FILE)}


def _unmanaged() -> Json:
    fields = {
        "kind": TEXT,
        "name": TEXT,
        "on": array(NAME),
        "only": {"const": "sqlite"},
        "why": TEXT,
    }
    return {**closed(_described(fields, words.UNMANAGED)), "required": ["kind", "name"]}


def _table() -> dict[str, Json]:
    options = {
        info.alias or name: _with_description(of_annotation(info.annotation), info.description)
        for name, info in Options.model_fields.items()
    }
    restore: Json = {"type": "object", "additionalProperties": SQL}
    shared = {"comment": TEXT, "options": closed(options), "restore": restore}
    return {
        "table": _QUALIFIED,
        "only": {"enum": list(types.DIALECTS)},
        "naming": _ref("naming"),
        "primary_key": {"anyOf": [COLUMNS, _ref("primary_key_form")]},
        **_columns(),
        **shared,
        **_directions(),
        **{dialect: closed(_described(shared, words.TABLE)) for dialect in types.DIALECTS},
    }


def _with_description(value: Json, description: str | None) -> Json:
    return {"description": description, **value} if description else value


def _columns() -> dict[str, Json]:
    return _described({"columns": {"allOf": [_ref("columns")]}}, words.TABLE)


def _directions() -> dict[str, Json]:
    found = {
        "renamed_from": one_or_more(NAME),
        "strategy": {"enum": [*STRATEGIES]},
        "allow": one_or_more(TEXT),
    }
    return _described(found, words.DIRECTIONS)


def _as_type(enum: str) -> str:
    return str(types.Spec(enum))


def _short(enums: list[str], tables: list[str]) -> Json:
    """Write the short form's grammar as a pattern; a type is one that we know."""
    known = [*sorted(types.ALIASES), *(name.upper() for name in sorted(types.ALIASES))]
    known += map(_as_type, enums)
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    table = "|".join([*(re.escape(name) for name in tables), _NAME])
    kind = rf"({names})\s*(\([^()]*\))?(\s+with(out)?\s+time\s+zone)?(\s*\[\s*\])*"
    lower = ("on", "delete|update", "|".join(ACTIONS))
    upper = tuple(words.upper() for words in lower)
    action = "|".join(rf"\s+{on}\s+({event})\s+({then})" for on, event, then in (lower, upper))
    target = rf"\s*->\s*({table})(\.{_NAME}){{0,2}}({action})*"
    return {
        "type": "string",
        "description": (
            "TYPE[?] [pk] [identity] [unique] "
            "[-> TABLE[.COLUMN] [on delete ACTION] [on update ACTION]] [= DEFAULT]"
        ),
        "pattern": rf"^{kind}\s*\??(\s+(pk|identity|unique)|{target})*(\s*=\s*[\s\S]+)?$",
        "patternErrorMessage": "no such type, or not the short form of a column",
        "examples": ["bigint pk identity", "varchar(50) unique", "text?", "integer = 0"],
    }


def _column() -> Json:
    typed: Json = closed(dict.fromkeys(types.DIALECTS, TEXT), list(types.DIALECTS))
    ways = closed({"up": SQL, "down": SQL})
    own = {name: of_annotation(info.annotation) for name, info in Identity.model_fields.items()}
    identity = closed(own)
    shared: dict[str, Json] = {
        "type": {"anyOf": [_ref("short"), typed]},
        "nullable": _BOOLEAN,
        "default": {},
        "identity": {"anyOf": [_BOOLEAN, identity]},
        "generated": closed({"sql": SQL, "stored": _BOOLEAN}, ["sql"]),
        "collation": TEXT,
        "backfill": SQL,
        "using": {"anyOf": [SQL, ways]},
        "restore": SQL,
    }
    override = {name: TEXT if name == "type" else shared[name] for name in words.COLUMN_OVERRIDES}
    override["generated"] = {"anyOf": [shared["generated"], {"type": "null"}]}
    found = {
        **shared,
        "primary_key": _BOOLEAN,
        "unique": _BOOLEAN,
        "references": _ref("references"),
        "comment": TEXT,
        **_directions(),
        **{d: closed(_described(override, words.COLUMN)) for d in types.DIALECTS},
    }
    return closed(_described(found, words.COLUMN), ["type"])


_BOOLEAN: Json = {"type": "boolean"}


def _references(tables: list[str], columns: str) -> Json:
    table: Json = {"enum": tables} if tables else NAME
    actions = {name: {"enum": list(ACTIONS)} for name in ("on_delete", "on_update")}
    found = (
        {"table": table, "column": NAME, **actions}
        if columns == "column"
        else {"table": table, "columns": COLUMNS}
    )
    return closed(_described(found, words.REFERENCES), ["table"])


def _enum() -> Json:
    value: Json = {"type": "string"}
    renamed = {"name": value, "renamed_from": one_or_more(value)}
    values = array({"anyOf": [value, closed(_described(renamed, words.ENUM_VALUE), ["name"])]})
    found = {
        "values": values,
        "storage": TEXT,
        "comment": TEXT,
        "removed": {"type": "object", "additionalProperties": value},
        **_directions(),
    }
    return {"anyOf": [values, closed(_described(found, words.ENUM), ["values"])]}


def _sequence() -> Json:
    own = {
        key: of_annotation(Sequence.model_fields[name].annotation)
        for key, name in words.fields(Sequence).items()
    }
    found = {**own, "owned_by": TEXT, "comment": TEXT, **_directions()}
    return closed(_described(found, words.SEQUENCE))


def _schema() -> Json:
    return closed(_described({"comment": TEXT}, words.SCHEMA))


def _naming() -> Json:
    holes = r"^([^{}]|\{table\}|\{name\})+$"
    return closed({kind: {"type": "string", "pattern": holes} for kind in TEMPLATES})


def _sections() -> dict[str, Json]:
    return {
        section: _with_description({"allOf": [_ref(section)]}, (kind.__doc__ or "").split("\n")[0])
        for section, kind in words.sections().items()
    }


def _definitions(tables: list[str]) -> dict[str, Json]:
    """Write the sections, the objects in them, and what of an object differs by dialect."""
    found: dict[str, Json] = {}
    kinds: list[type[Obj]] = [PrimaryKey, *words.sections().values()]
    for kind in kinds:
        found[f"{kind.kind}_form"], found[f"{kind.kind}_override"] = _forms(kind, tables)
    for section, kind in words.sections().items():
        long = _ref(f"{kind.kind}_form")
        value: Json = {"anyOf": [_field(kind, kind.bare, tables), long]} if kind.bare else long
        named: Json = {"type": "object", "additionalProperties": value}
        listed = kind.bare == "columns"
        found[section] = {"anyOf": [named, array(value)]} if listed else named
    return found


def _forms(kind: type[Obj], tables: list[str]) -> tuple[Json, Json]:
    """Write the long form of an object, and of its overrides."""
    own = {key: _field(kind, name, tables) for key, name in words.fields(kind).items()}
    descriptions = {
        key: kind.model_fields[name].description or words.FIELDS.get(key, "")
        for key, name in words.fields(kind).items()
    }
    described = _described(own, {k: v for k, v in descriptions.items() if v})
    override = closed({key: value for key, value in described.items() if key != "only"})
    found = {
        **described,
        "name": {"description": words.FIELDS["name"], **NAME},
        **_directions(),
        **dict.fromkeys(types.DIALECTS, _ref(f"{kind.kind}_override")),
    }
    needed = [k for k, n in words.fields(kind).items() if kind.model_fields[n].is_required()]
    return closed(found, needed), override


def _field(kind: type[Obj], name: str, tables: list[str]) -> Json:
    if name in ("sql", "where"):
        return SQL
    if name == "references":
        return _references(tables, "columns")
    annotation = kind.model_fields[name].annotation
    if annotation == tuple[Item, ...]:
        return array({"anyOf": [NAME, _item(Item)]})
    if annotation == tuple[Element, ...]:
        return array(_item(Element))
    return of_annotation(annotation)


def _item(kind: type[Item]) -> Json:
    fields = {info.alias or name: info for name, info in kind.model_fields.items()}
    found = {name: of_annotation(info.annotation) for name, info in fields.items()}
    needed = [name for name, info in fields.items() if info.is_required()]
    return closed(_described(found, words.ELEMENT), needed)
