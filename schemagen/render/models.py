"""Typed SQLAlchemy models: one module per table, the enums, the base, and what exports them."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from schemagen import exprs
from schemagen.expr import Call, Name, call, source, string
from schemagen.exprs import EnumForms
from schemagen.render import cycles, declared, imports
from schemagen.render.docstrings import docstring
from schemagen.render.environment import template
from schemagen.render.identifiers import ascii_word
from schemagen.render.model_module import BASE, Module
from schemagen.render.names import names
from schemagen.render.relationships import relationships
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from schemagen.kinds import Enum
    from schemagen.render.names import Names
    from schemagen.render.relationships import Relationship

HEAD = "# Written by `schemagen models` from the YAML: edit that, not this."


def files(schema: Schema, own: Path | None = None) -> dict[str, str]:
    """Write the models.

    Args:
        schema: the schema.
        own: the project's folder of templates, if it has one.

    Returns:
        The text of each file, by its name in the folder of the models.

    """
    written = differing(schema, Schema(), own)
    return {file: text for file, text in written.items() if text is not None}


def differing(schema: Schema, was: Schema, own: Path | None = None) -> dict[str, str | None]:
    """Write the models that are not as those of another schema; what is the same costs little.

    Args:
        schema: the schema.
        was: the other one; an empty one has no models at all.
        own: the project's folder of templates, if it has one.

    Returns:
        The text of each file, by its name in the folder of the models; None where it is the same.

    """
    schema, was = _mapped(schema), _mapped(was)
    given = names(schema)
    modules = {module.view.name: module for module in _modules(schema, given)}
    olds = {module.view.name: module for module in _modules(was, names(was))}
    same = {t for t, module in modules.items() if t in olds and module.inputs == olds[t].inputs}
    contexts: dict[str, tuple[str, dict[str, object]] | None] = {
        f"{given.modules[table]}.py": None if table in same else ("table", module.context())
        for table, module in modules.items()
    }
    types = [source(_type(enum, given)) for enum in declared.unused_types(schema, None)]
    contexts["__init__.py"] = ("init", _exports(given, schema))
    contexts["base.py"] = None
    if not was.tables or _used(modules, same) != _used(olds, same) or types:
        needs = _used(modules) | ({"enum_values"} if types else set())
        contexts["base.py"] = ("base", {"needs": needs})
    if sequences := declared.sequences(schema, None, Name("Base.metadata")):
        written = source(tuple(sequences), lead="SEQUENCES = ", explode=True)
        contexts["sequences.py"] = ("sequences", {"sequences": written})
    if schema.enums:
        enums = [_enum(enum, given) for enum in schema.enums.values()]
        contexts["enums.py"] = ("enums", {"enums": enums, "types": types})
    return {
        file: _text(found, own) if found is not None else None
        for file, found in sorted(contexts.items())
    }


def _text(context: tuple[str, dict[str, object]], own: Path | None) -> str:
    name, said = context
    return template(f"models/{name}.py.j2", own).render(head=HEAD, **said)


def _used(modules: Mapping[str, Module], but: Collection[str] = ()) -> set[str]:
    """Give what modules, but for some of them, take from base.py."""
    used = {name for table, m in modules.items() if table not in but for name in m.used}
    return used.intersection(BASE)


def _mapped(schema: Schema) -> Schema:
    """Leave out tables without columns: SQLAlchemy knows their rows by nothing."""
    empty = {view.name for view in schema.views() if not view.columns}
    if not empty:
        return schema
    return Schema(
        obj for obj in schema if (obj.table or obj.name) not in empty or obj.kind == "enum"
    )


def _modules(schema: Schema, given: Names) -> Iterator[Module]:
    links: dict[str, list[Relationship]] = defaultdict(list)
    for link in relationships(schema, given):
        links[link.table].append(link)
    enums = EnumForms(partial(_native, given), partial(_stored, given))
    late = cycles.late(schema)
    for view in schema.views():
        yield Module(view, schema, given, enums=enums, links=links[view.name], late=late)


def _native(given: Names, enum: Enum) -> Call:
    members = Name(given.enums[enum.name])
    kept = Name("enum_values")
    return call("postgresql.ENUM", members, **exprs.enum_name(enum), values_callable=kept)


def _stored(given: Names, enum: Enum, kind: Call) -> Call:
    return call("EnumType", Name(given.enums[enum.name]), kind)


def _type(enum: Enum, given: Names) -> Call:
    """Write a type that no column has; the metadata creates it."""
    kind = _native(given, enum)
    return Call(kind.func, kind.args, (*kind.kwargs, ("metadata", Name("Base.metadata"))))


def _exports(given: Names, schema: Schema) -> dict[str, object]:
    found: dict[str, list[str]] = {"base": ["Base"]}
    if given.enums:
        found["enums"] = list(given.enums.values())
    if schema.sequences:
        found["sequences"] = ["SEQUENCES"]
    found |= {module: [given.classes[table]] for table, module in given.modules.items()}
    exported = {name for each in found.values() for name in each}
    ordered = sorted(exported, key=lambda name: (imports.rank(name), imports.natural(name)))
    return {"imports": imports.siblings(found), "exported": ordered}


def _enum(enum: Enum, given: Names) -> dict[str, object]:
    return {
        "name": given.enums[enum.name],
        "docstring": docstring(enum.comment, f"Values of {ascii_word(enum.name) or 'an enum'}"),
        "members": [(given.members[enum.name][v], string(v)) for v in enum.values],
    }
