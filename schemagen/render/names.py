"""The Python names of a schema's tables, columns, enums and values, each unique in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from schemagen.records import field, record, replace
from schemagen.render import identifiers
from schemagen.render.identifiers import Taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from schemagen.render.mapped import Mapped


class Scope(NamedTuple):
    """The names in one class.

    Args:
        attributes: column to attribute.
        taken: what the class has given out; relationships take theirs from it.

    """

    attributes: Mapping[str, str]
    taken: Taken


@record
class Names:
    """Every name of the generated modules.

    Args:
        mapped: whose names they are.
        modules: table to module.
        classes: table to class.
        enums: enum to class.
        members: enum to value to member.
        bearers: the names of all classes.
        scopes: the classes that were looked into.

    """

    mapped: Mapped
    modules: Mapping[str, str]
    classes: Mapping[str, str]
    enums: Mapping[str, str]
    members: Mapping[str, Mapping[str, str]]
    bearers: AbstractSet[str]
    scopes: dict[str, Scope] = field(default_factory=dict)

    def scope(self, table: str) -> Scope:
        """Give the names in a table's class. Its columns are named when it is asked for first."""
        if table not in self.scopes:
            taken = identifiers.attributes(self.bearers)
            columns = self.mapped.schema.view(table).column_names
            self.scopes[table] = Scope(_named(columns, identifiers.attribute_name, taken), taken)
        return self.scopes[table]

    def attributes(self, table: str) -> Mapping[str, str]:
        """Give the attributes of a table's class: column to attribute."""
        return self.scope(table).attributes

    def given_to(self, other: Mapped) -> Names:
        """Give the names of another schema: the same, if its tables and enums are called alike."""
        if _bearers(other) == _bearers(self.mapped):
            return replace(self, mapped=other, scopes={})
        return names(other)


def names(mapped: Mapped) -> Names:
    """Give every table, column, enum and value its name, in the schema's order."""
    given = identifiers.classes()
    classes = _named(mapped.tables, identifiers.class_name, given)
    enums = {e: given.give(w := identifiers.enum_name(e), f"{w}Enum") for e in mapped.enums}
    values = mapped.schema.enums
    return Names(
        mapped=mapped,
        modules=_named(mapped.tables, identifiers.module_name, identifiers.modules()),
        classes=classes,
        enums=enums,
        members={e: _named(values[e].values, identifiers.member_name, Taken()) for e in enums},
        bearers=frozenset((*classes.values(), *enums.values())),
    )


def _bearers(mapped: Mapped) -> tuple[list[str], list[tuple[str, tuple[str, ...]]]]:
    """Give all that names are made of, but for the columns."""
    values = mapped.schema.enums
    return [*mapped.tables], [(name, values[name].values) for name in mapped.enums]


def _named(texts: Iterable[str], wish: Callable[[str], str], taken: Taken) -> dict[str, str]:
    """Name each; one that can keep its own name comes before one that has to be mended."""
    wishes = {text: wish(text) for text in texts}
    given = {
        text: taken.give(wishes[text])
        for text in sorted(wishes, key=lambda text: wishes[text] != text)
    }
    return {text: given[text] for text in wishes}
