"""One table's module of the models: what its template lays out."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from schemagen import expr
from schemagen.expr import Call, Name, Pairs, call, source, string
from schemagen.qualified import bare
from schemagen.render import declared, imports, python_types
from schemagen.render.docstrings import docstring
from schemagen.render.identifiers import ascii_word

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from schemagen.expr import Expr
    from schemagen.exprs import EnumForms
    from schemagen.kinds import Column, Key
    from schemagen.render.names import Names
    from schemagen.render.relationships import Relationship
    from schemagen.schema import Schema, View

BASE = ("EnumType", "PerDialect", "RawType", "enum_values")  # what base.py holds where needed
_FROZEN = "MappingProxyType"  # a class's attribute had better not be a plain dictionary


class Module:
    """A table's module.

    Args:
        view: the table.
        schema: the whole schema.
        names: all Python names.
        enums: how enums' types are written.
        links: the relationships of the class.
        late: foreign keys that close a circle of tables.

    """

    def __init__(  # noqa: PLR0913 - what a module is made from
        self,
        view: View,
        schema: Schema,
        names: Names,
        *,
        enums: EnumForms,
        links: Sequence[Relationship],
        late: Collection[Key],
    ) -> None:
        """Keep what the module is made from."""
        self.view = view
        self.names = names
        self.links = links
        self.attributes = names.attributes(view.name)
        self._schema = schema
        self._enums = enums
        self._late = [key.key for key in view.foreign_keys if key.key in late]

    @cached_property
    def columns(self) -> dict[str, Call]:
        """The columns as trees."""
        return {
            c.name: declared.column(c, self._schema, None, self._enums) for c in self.view.columns
        }

    @cached_property
    def annotations(self) -> dict[str, str]:
        """What stands in the columns' `Mapped[...]`."""
        return {
            c.name: python_types.annotation(c, self._schema, self.names) for c in self.view.columns
        }

    @cached_property
    def arguments(self) -> list[Call]:
        """The constraints and indexes as trees."""
        return [
            *declared.constraints(self.view, self._schema, None, self._late),
            *declared.indexes(
                self.view, self._schema, None, lambda name: Name(self.attributes[name])
            ),
        ]

    @cached_property
    def used(self) -> frozenset[str]:
        """Every name that the code or an annotation uses."""
        trees = (*self.columns.values(), *self.arguments)
        written = {name for tree in trees for name in expr.names(tree)}
        said = {word for text in self.annotations.values() for word in re.findall(r"\w+", text)}
        return frozenset(written | said | ({_FROZEN} if self._known_by() else set()))

    def context(self) -> dict[str, object]:
        """Give what the template lays out."""
        word = ascii_word(self.view.name) or "with an unusual name"
        return {
            "table": word,
            "imports": self._imports(),
            "related": self._related(),
            "name": self.names.classes[self.view.name],
            "docstring": docstring(self.view.table.comment, f"A row of the table {word}"),
            "tablename": string(bare(self.view.name)),
            "columns": [self._column(column) for column in self.view.columns],
            "arguments": self._arguments(),
            "mapper": self._mapper(),
            "relationships": [
                source(link.value, 4, f"{link.name}: Mapped[{link.annotation}] = ")
                for link in self.links
            ],
        }

    def _column(self, column: Column) -> str:
        """Write `name: Mapped[...] = mapped_column(...)`."""
        made = self.columns[column.name]
        attribute, annotation = self.attributes[column.name], self.annotations[column.name]
        args = made.args if attribute != column.name else made.args[1:]
        # The annotation says it, unless it is Any.
        kept = ((k, v) for k, v in made.kwargs if k != "nullable" or annotation == "Any")
        value = Call(Name("mapped_column"), args, tuple(kept))
        return source(value, 4, f"{attribute}: Mapped[{annotation}] = ")

    def _arguments(self) -> str:
        """Write `__table_args__`. A tuple of one is not kept on lines of its own by formatters."""
        options = declared.table_options(self.view.table, None)
        whole: list[Expr] = [*self.arguments, *([Pairs(tuple(options.items()))] if options else [])]
        lead, alone = "    __table_args__ = (", len(whole) == 1
        if alone and len(line := f"{lead}{expr.flat(whole[0])},)") <= expr.WIDTH:
            return line
        rows = [source(argument, 8, trail=",", explode=alone) for argument in whole]
        return "\n".join([lead, *rows, "    )"]) if rows else ""

    def _mapper(self) -> str:
        """Tell SQLAlchemy how to know a row where it does not find out."""
        columns = self._known_by()
        if not columns:
            return ""
        whole: Expr = tuple(self.attributes[name] for name in columns)
        value = call(_FROZEN, Pairs((("primary_key", whole),)))
        return source(value, 4, "__mapper_args__ = ")

    def _known_by(self) -> tuple[str, ...]:
        """Give the columns by which a row is known; empty where SQLAlchemy takes the right ones.

        It leaves out a column of the key that refers to another one of it.
        """
        key = self.view.primary_key
        if key is None:
            filled = {c.name for c in self.view.columns if not c.nullable}
            keys = (u.columns for u in self.view.uniques if filled.issuperset(u.columns))
            return tuple(next(keys, self.view.column_names))
        ends = (
            pair
            for foreign in self.view.foreign_keys
            if foreign.references.table == self.view.name
            for pair in zip(foreign.columns, foreign.references.columns, strict=True)
        )
        inside = any(one != two and {one, two}.issubset(key.columns) for one, two in ends)
        return key.columns if inside else ()

    def _imports(self) -> str:
        """Write the imports that are needed at run time."""
        typing = ["Any"] if "Any" in self.used else []
        if self._others():
            typing.append("TYPE_CHECKING")
        orm = ["Mapped", "mapped_column", *(["relationship"] if self.links else [])]
        beside = {"base": {"Base", *self.used.intersection(BASE)}}
        if enums := self.used.intersection(self.names.enums.values()):
            beside["enums"] = set(enums)
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
        modules, classes = self.names.modules, self.names.classes
        return imports.siblings({modules[t]: [classes[t]] for t in self._others()}, indent=4)
