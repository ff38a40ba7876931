"""Typed SQLAlchemy models: one module per table, the enums, the base, and what exports them."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from schemagen import expr
from schemagen.expr import Call, Name, Pairs, call, source, string
from schemagen.exprs import EnumForms
from schemagen.render import declared, imports, python_types
from schemagen.render.environment import template
from schemagen.render.identifiers import ascii_word
from schemagen.render.names import names
from schemagen.render.relationships import relationships

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schemagen.expr import Expr
    from schemagen.kinds import Column, Enum
    from schemagen.render.names import Names
    from schemagen.render.relationships import Relationship
    from schemagen.schema import Schema, View

HEAD = "# Written by `schemagen models` from the YAML: edit that, not this."
_BASE = ("EnumType", "PerDialect", "RawType", "enum_values")  # what base.py holds where needed
_FROZEN = "MappingProxyType"  # a class's attribute had better not be a plain dictionary
_DOCSTRING = re.compile(r"[A-Za-z][ !#-\[\]-~]{0,79}")  # fits on a line and has nothing to escape


def files(schema: Schema, own: Path | None = None) -> dict[str, str]:
    """Write the models.

    Args:
        schema: the schema.
        own: the project's folder of templates, if it has one.

    Returns:
        The text of each file, by its name in the folder of the models.

    """
    given = names(schema)
    links = list(relationships(schema, given))
    forms = EnumForms(partial(_native, given), partial(_stored, given))
    modules = [_Module(view, schema, given, forms, links) for view in schema.views()]
    load = partial(template, own=own)
    used = {name for module in modules for name in module.used}
    out = {
        "__init__.py": load("models/init.py.j2").render(head=HEAD, **_exports(given)),
        "base.py": load("models/base.py.j2").render(head=HEAD, needs=used.intersection(_BASE)),
    }
    if schema.enums:
        enums = [_enum(enum, given) for enum in schema.enums.values()]
        out["enums.py"] = load("models/enums.py.j2").render(head=HEAD, enums=enums)
    for module in modules:
        text = load("models/table.py.j2").render(head=HEAD, **module.context())
        out[f"{given.modules[module.view.name]}.py"] = text
    return dict(sorted(out.items()))


def _native(given: Names, enum: Enum) -> Call:
    members = Name(given.enums[enum.name])
    return call("postgresql.ENUM", members, name=enum.name, values_callable=Name("enum_values"))


def _stored(given: Names, enum: Enum, kind: Call) -> Call:
    return call("EnumType", Name(given.enums[enum.name]), kind)


def _exports(given: Names) -> dict[str, object]:
    found: dict[str, list[str]] = {"base": ["Base"]}
    if given.enums:
        found["enums"] = list(given.enums.values())
    found |= {module: [given.classes[table]] for table, module in given.modules.items()}
    exported = {name for each in found.values() for name in each}
    ordered = sorted(exported, key=lambda name: (imports.rank(name), imports.natural(name)))
    return {"imports": imports.siblings(found), "exported": ordered}


def _enum(enum: Enum, given: Names) -> dict[str, object]:
    return {
        "name": given.enums[enum.name],
        "docstring": _docstring(enum.comment, f"Values of {ascii_word(enum.name)}"),
        "members": [(given.members[enum.name][v], string(v)) for v in enum.values],
    }


def _docstring(comment: str | None, instead: str) -> str:
    """Give the comment as a sentence, if it can stand in a docstring as it is."""
    text = comment if comment and _DOCSTRING.fullmatch(comment) else instead
    text = text.rstrip()
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")


class _Module:
    """One table's module in the making."""

    def __init__(
        self,
        view: View,
        schema: Schema,
        given: Names,
        forms: EnumForms,
        links: list[Relationship],
    ) -> None:
        self.view = view
        self.schema = schema
        self.given = given
        self.attributes = given.attributes[view.name]
        self.links = [link for link in links if link.table == view.name]
        self.columns = {c.name: declared.column(c, schema, None, forms) for c in view.columns}
        self.arguments = [*self._arguments()]
        trees = (*self.columns.values(), *self.arguments)
        self.annotations = {c.name: python_types.annotation(c, schema, given) for c in view.columns}
        said = {w for text in self.annotations.values() for w in re.findall(r"\w+", text)}
        self.used = {name for tree in trees for name in expr.names(tree)} | said
        if not view.primary_key:
            self.used.add(_FROZEN)

    def _arguments(self) -> Iterator[Expr]:
        """Give what is neither a column nor a relationship."""
        yield from declared.constraints(self.view, self.schema, None)
        yield from declared.indexes(
            self.view, self.schema, None, lambda name: Name(self.attributes[name])
        )
        if options := declared.table_options(self.view.table, None):
            yield Pairs(tuple(options.items()))

    def context(self) -> dict[str, object]:
        """Give what the template lays out."""
        word = ascii_word(self.view.name) or "with an unusual name"
        return {
            "table": word,
            "imports": self._imports(),
            "related": self._related(),
            "name": self.given.classes[self.view.name],
            "docstring": _docstring(self.view.table.comment, f"A row of the table {word}"),
            "tablename": string(self.view.name),
            "columns": [self._column(column) for column in self.view.columns],
            "arguments": self._laid_out(),
            "mapper": self._mapper(),
            "relationships": [
                source(link.value, 4, f"{link.name}: Mapped[{link.annotation}] = ")
                for link in self.links
            ],
        }

    def _laid_out(self) -> str:
        """Write `__table_args__`. A tuple of one is not kept on lines of its own by formatters."""
        name, arguments = "__table_args__ = ", self.arguments
        if len(arguments) == 1:
            line = f"    {name}({expr.flat(arguments[0])},)"
            if len(line) <= expr.WIDTH:
                return line
        alone = len(arguments) == 1
        rows = [source(argument, 8, trail=",", explode=alone) for argument in arguments]
        return "\n".join([f"    {name}(", *rows, "    )"]) if rows else ""

    def _column(self, column: Column) -> str:
        """Write `name: Mapped[...] = mapped_column(...)`."""
        made = self.columns[column.name]
        attribute, annotation = self.attributes[column.name], self.annotations[column.name]
        args = made.args if attribute != column.name else made.args[1:]
        # The annotation says it, unless it is Any.
        kept = ((k, v) for k, v in made.kwargs if k != "nullable" or annotation == "Any")
        value = Call(Name("mapped_column"), args, tuple(kept))
        return source(value, 4, f"{attribute}: Mapped[{annotation}] = ")

    def _mapper(self) -> str:
        """Tell SQLAlchemy how to know a row of a table without primary key."""
        if self.view.primary_key:
            return ""
        filled = {c.name for c in self.view.columns if not c.nullable}
        keys = (u.columns for u in self.view.uniques if filled.issuperset(u.columns))
        columns = next(keys, self.view.column_names)
        whole: Expr = tuple(self.attributes[name] for name in columns)
        value = call(_FROZEN, Pairs((("primary_key", whole),)))
        return source(value, 4, "__mapper_args__ = ")

    def _imports(self) -> str:
        """Write the imports that are needed at run time."""
        typing = [name for name in ("Any",) if name in self.used]
        if self._others():
            typing.append("TYPE_CHECKING")
        orm = ["Mapped", "mapped_column", *(["relationship"] if self.links else [])]
        beside = {"base": {"Base", *self.used.intersection(_BASE)}}
        if enums := self.used.intersection(self.given.enums.values()):
            beside["enums"] = enums
        groups = (
            imports.standard(self.used, typing),
            imports.sqlalchemy(self.used, orm),
            imports.siblings(beside),
        )
        return "\n\n".join(group for group in groups if group)

    def _others(self) -> set[str]:
        return {link.target for link in self.links} - {self.view.name}

    def _related(self) -> str:
        """Write the imports that only type checkers need: the other classes."""
        given = self.given
        found = {given.modules[table]: [given.classes[table]] for table in self._others()}
        return imports.siblings(found, indent=4)
