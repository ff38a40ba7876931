"""Schema → YAML: one text per table, one for the enums, one for the convention.

`parse(dump(schema)).schema == schema`: a name that the convention would not give is written out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from schemagen import qualified
from schemagen.kinds import Check, Column, Enum, ForeignKey, Namespace, Obj, PrimaryKey, Unique
from schemagen.kinds.check import values_in
from schemagen.source.convention import DEFAULT, Convention
from schemagen.source.dump_fields import own_fields
from schemagen.source.dump_naming import open_part, own_templates
from schemagen.source.dump_short import Words, column_value
from schemagen.source.vocabulary import sections
from schemagen.source.write import block

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from schemagen.schema import Schema, View

MODELINE = "# yaml-language-server: $schema="


def dump(
    schema: Schema,
    naming: Mapping[str, str] | None = None,
    share: Callable[[list[dict[str, Any]]], dict[str, Any]] | None = None,
) -> dict[str, str]:
    """Write a schema as texts, by file name within the schema folder.

    Args:
        schema: the schema.
        naming: the convention, where it is not ours.
        share: takes out of the tables what they have in common, and gives it as mixins.

    """
    base = DEFAULT.over(naming or {})
    said = {"schemagen": 1, "naming": dict(base.templates)}
    texts = {"schema.yaml": f"{MODELINE}table.schema.json\n" + block(said)}
    if schema.enums:
        enums = {enum.name: _enum(enum) for enum in schema.enums.values()}
        texts["enums.yaml"] = f"{MODELINE}table.schema.json\n" + block({"enums": enums})
    if schema.sequences:
        named = {sequence.name: own_fields(sequence) for sequence in schema.sequences.values()}
        texts["sequences.yaml"] = f"{MODELINE}table.schema.json\n" + block({"sequences": named})
    if schemas := _schemas(schema):
        texts["schemas.yaml"] = f"{MODELINE}table.schema.json\n" + block({"schemas": schemas})
    tables = [table_value(schema, view, base) for view in schema.views()]
    if share is not None and (mixins := share(tables)):
        texts["mixins.yaml"] = f"{MODELINE}table.schema.json\n" + block({"mixins": mixins}, deep=4)
    for table in tables:
        name = _file_name(table["table"], texts)
        texts[name] = f"{MODELINE}../table.schema.json\n" + _airy(block(table))
    return texts


def _schemas(schema: Schema) -> dict[str, Any]:
    """Give the schemas of PostgreSQL of which no table or the like says all that there is."""
    implied = {qualified.namespace(o.name) for o in schema if not o.table}
    named = {o.name: own_fields(o) for o in schema if isinstance(o, Namespace)}
    return {name: said for name, said in named.items() if said or name not in implied}


def _airy(text: str) -> str:
    """Put an empty line before each part of a table."""
    return re.sub(r"^(\w+:)\n", r"\n\1\n", text, flags=re.MULTILINE)


def _file_name(table: str, taken: Mapping[str, str]) -> str:
    """Give a file name that every system can hold, different from those taken."""
    safe = "".join(c if c.isalnum() or c in "_-" else "_" for c in table)[:60] or "_"
    known = {name.lower() for name in taken}
    name, count = f"tables/{safe}.yaml", 1
    while name.lower() in known:
        count += 1
        name = f"tables/{safe}_{count}.yaml"
    return name


def _enum(enum: Enum) -> Any:  # noqa: ANN401 - a list or a mapping
    said = own_fields(enum)
    return said["values"] if list(said) == ["values"] else said


def table_value(schema: Schema, view: View, base: Convention = DEFAULT) -> dict[str, Any]:
    """Give a table and its parts as plain data."""
    templates = own_templates(view, base)
    convention = base.over(templates)
    words = {column.name: Words() for column in view.columns}
    rest = [obj for obj in view.parts if not _said_by_column(obj, words, convention)]
    columns = {c.name: column_value(c, schema, words[c.name]) for c in view.columns}
    said: dict[str, Any] = {"table": view.name, **own_fields(view.table)}
    said.update({"naming": templates} if templates else {})
    said["columns"] = columns
    key = next((obj for obj in rest if isinstance(obj, PrimaryKey)), None)
    if key is not None:
        said["primary_key"] = _primary_key(key, convention)
    for section, kind in sections().items():
        objects = [
            o for o in rest if isinstance(o, kind) and not _implied(o, schema, view, convention)
        ]
        if objects:
            said[section] = dict(_entry(obj, convention) for obj in objects)
    return said


def _said_by_column(obj: Obj, words: dict[str, Words], convention: Convention) -> bool:
    """Put a key over one column, called by the convention, into the column's own words."""
    if isinstance(obj, Column) or not isinstance(obj, (PrimaryKey, Unique, ForeignKey)):
        return isinstance(obj, Column)
    name = obj.columns[0]
    fields = set(own_fields(obj)) - {"columns", "references", "on_delete", "on_update"}
    if len(obj.columns) > 1 or fields or obj.name != convention.name(obj.kind, obj.table, name):
        return False
    said = words[name]
    if isinstance(obj, PrimaryKey):
        said.primary_key = True
    elif isinstance(obj, Unique):
        said.unique = True
    else:
        said.references = obj
    return True


def _primary_key(key: PrimaryKey, convention: Convention) -> Any:  # noqa: ANN401 - a list or a mapping
    said = own_fields(key)
    if key.name != convention.name("primary_key", key.table):
        said["name"] = key.name
    return said["columns"] if list(said) == ["columns"] else said


def _implied(obj: Obj, schema: Schema, view: View, convention: Convention) -> bool:
    """Say whether the reader makes the object by itself: the check of an enum column."""
    if not isinstance(obj, Check) or not obj.enum:
        return False
    values = schema.enums[obj.enum].values
    mine = (c for c in view.columns if (e := c.enum(schema)) and e.name == obj.enum)
    return any(
        obj.name == convention.name("check", view.name, column.name)
        and obj.sql == values_in(column.name, values)
        for column in mine
    )


def _entry(obj: Obj, convention: Convention) -> tuple[str, Any]:
    """Give an object's key in its section, and its value."""
    said = own_fields(obj)
    name = open_part(obj, convention)
    if name is None:
        return obj.name, {**said, "name": obj.name}
    return name, said[obj.bare] if list(said) == [obj.bare] else said
