"""The Python names of a schema's tables, columns, enums and values, each unique in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemagen.render import identifiers
from schemagen.render.identifiers import Taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from schemagen.schema import Schema


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of the generated modules.

    Args:
        modules: table to module.
        classes: table to class.
        enums: enum to class.
        members: enum to value to member.
        attributes: table to column to attribute.
        taken: table to what its class has given out; relationships take theirs from it.

    """

    modules: Mapping[str, str]
    classes: Mapping[str, str]
    enums: Mapping[str, str]
    members: Mapping[str, Mapping[str, str]]
    attributes: Mapping[str, Mapping[str, str]]
    taken: Mapping[str, Taken]


def names(schema: Schema) -> Names:
    """Give every table, column, enum and value its name, in the schema's order."""
    given = identifiers.classes()
    classes = _named(schema.tables, identifiers.class_name, given)
    enums = {e: given.give(w := identifiers.enum_name(e), f"{w}Enum") for e in schema.enums}
    bearers = frozenset((*classes.values(), *enums.values()))
    taken = {table: identifiers.attributes(bearers) for table in classes}
    return Names(
        modules=_named(schema.tables, identifiers.module_name, identifiers.modules()),
        classes=classes,
        enums=enums,
        members={
            name: _named(enum.values, identifiers.member_name, Taken())
            for name, enum in schema.enums.items()
        },
        attributes={
            view.name: _named(view.column_names, identifiers.attribute_name, taken[view.name])
            for view in schema.views()
        },
        taken=taken,
    )


def _named(texts: Iterable[str], wish: Callable[[str], str], taken: Taken) -> dict[str, str]:
    """Name each; one that can keep its own name comes before one that has to be mended."""
    wishes = {text: wish(text) for text in texts}
    given = {
        text: taken.give(wishes[text])
        for text in sorted(wishes, key=lambda text: wishes[text] != text)
    }
    return {text: given[text] for text in wishes}
