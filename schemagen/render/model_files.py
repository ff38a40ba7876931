"""The files of a schema's models, each worked out when it is asked for."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from schemagen import exprs
from schemagen.expr import Call, Name, call, source, string
from schemagen.exprs import EnumForms
from schemagen.render import declared, imports
from schemagen.render.docstrings import docstring
from schemagen.render.identifiers import ascii_word
from schemagen.render.model_module import BASE, Module
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from schemagen.kinds import Enum
    from schemagen.render.environment import Context
    from schemagen.render.names import Names
    from schemagen.render.relationships import Relationships

HEAD = "# Written by `schemagen models` from the YAML: edit that, not this."


class EnumClass(NamedTuple):
    """The class of an enum: its name, what stands below that, and its members with their values."""

    name: str
    docstring: str
    members: tuple[tuple[str, str], ...]


class ModelFiles:
    """The files of a schema's models: what their templates lay out.

    Args:
        schema: the schema.
        names: all Python names.
        links: all relationships.

    """

    def __init__(self, schema: Schema, names: Names, links: Relationships) -> None:
        """Keep what they are made from."""
        self.schema = schema
        self.names = names
        self.links = links
        self._modules: dict[str, Module] = {}
        self._near: frozenset[str] = frozenset()
        self._part = schema

    @cached_property
    def files(self) -> dict[str, str]:
        """The names of all files, those of tables with their tables."""
        more = {"enums.py": self.schema.enums, "sequences.py": self.schema.sequences}
        return {
            **dict.fromkeys(("__init__.py", "base.py"), ""),
            **dict.fromkeys((name for name, there in more.items() if there), ""),
            **{self.file(table): table for table in self.names.modules},
        }

    def file(self, table: str) -> str:
        """Give the name of a table's file."""
        return f"{self.names.modules[table]}.py"

    def context(self, file: str) -> Context:
        """Give a file's template, and what that lays out."""
        table = self.files[file]
        name = "table" if table else file.removesuffix(".py").strip("_")
        said = self.module(table).context() if table else _CONTEXTS[name](self)
        return f"models/{name}.py.j2", {"head": HEAD, **said}

    def module(self, table: str) -> Module:
        """Give a table's module."""
        if table not in self._modules:
            self._modules[table] = Module(
                self.schema.view(table),
                self._part if table in self._near else self.schema,
                self.names,
                enums=EnumForms(partial(_native, self.names), partial(_stored, self.names)),
                links=self.links.of(table),
                late=self.links.late(),
            )
        return self._modules[table]

    def look_at(self, tables: AbstractSet[str]) -> None:
        """Look at some tables: all that their modules are made from is a part of the schema."""
        self._near = frozenset(self.names.modules.keys() & tables)
        views = [self.schema.view(table) for table in self._near]
        targets = {key.references.table for view in views for key in view.foreign_keys}
        there = [self.schema.tables[table] for table in self._near | targets]
        parts = (part for view in views for part in view.parts)
        self._part = Schema((*self.links.mapped.loose, *there, *parts))

    def used(self, tables: AbstractSet[str], *, types: bool = True) -> set[str]:
        """Give what the modules of some tables take from base.py, and the enums if `types`."""
        modules = (self.module(table) for table in self.names.modules.keys() & tables)
        used = {name for module in modules for name in module.used}
        return used.intersection(BASE) | ({"enum_values"} if types and self.types else set())

    @cached_property
    def types(self) -> list[str]:
        """The enums' types that no column has; the metadata creates them."""
        metadata = ("metadata", Name("Base.metadata"))
        found = (_native(self.names, enum) for enum in declared.unused_types(self.schema, None))
        return [source(Call(t.func, t.args, (*t.kwargs, metadata))) for t in found]

    @cached_property
    def exports(self) -> dict[str, list[str]]:
        """What the package exports, by module."""
        found: dict[str, list[str]] = {"base": ["Base"]}
        if self.names.enums:
            found["enums"] = list(self.names.enums.values())
        if self.schema.sequences:
            found["sequences"] = ["SEQUENCES"]
        classes = self.names.classes
        return found | {module: [classes[t]] for t, module in self.names.modules.items()}

    @cached_property
    def enums(self) -> list[EnumClass]:
        """The classes of the enums."""
        return [
            _enum(enum, self.names) for enum in map(self.schema.enums.__getitem__, self.names.enums)
        ]


def _init(made: ModelFiles) -> dict[str, object]:
    exported = {name for each in made.exports.values() for name in each}
    ordered = sorted(exported, key=lambda name: (imports.rank(name), imports.natural(name)))
    return {"imports": imports.siblings(made.exports), "exported": ordered}


def _base(made: ModelFiles) -> dict[str, object]:
    return {"needs": made.used(made.names.modules.keys())}


def _enums(made: ModelFiles) -> dict[str, object]:
    return {"enums": made.enums, "types": made.types}


def _sequences(made: ModelFiles) -> dict[str, object]:
    found = tuple(declared.sequences(made.schema, None, Name("Base.metadata")))
    return {"sequences": source(found, lead="SEQUENCES = ", explode=True)}


_CONTEXTS = {"init": _init, "base": _base, "enums": _enums, "sequences": _sequences}


def _native(given: Names, enum: Enum) -> Call:
    members = Name(given.enums[enum.name])
    kept = Name("enum_values")
    return call("postgresql.ENUM", members, **exprs.enum_name(enum), values_callable=kept)


def _stored(given: Names, enum: Enum, kind: Call) -> Call:
    return call("EnumType", Name(given.enums[enum.name]), kind)


def _enum(enum: Enum, given: Names) -> EnumClass:
    return EnumClass(
        given.enums[enum.name],
        docstring(enum.comment, f"Values of {ascii_word(enum.name) or 'an enum'}"),
        tuple((given.members[enum.name][v], string(v)) for v in enum.values),
    )
