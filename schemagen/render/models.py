"""Typed SQLAlchemy models: one module per table, the enums, the base, and what exports them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from schemagen.diff import difference
from schemagen.kinds import Column, Enum, EnumValue, Sequence, Table
from schemagen.render import cycles
from schemagen.render.affected import affected, subjects
from schemagen.render.environment import lay as lay_here
from schemagen.render.mapped import Mapped
from schemagen.render.model_files import HEAD, ModelFiles
from schemagen.render.names import names
from schemagen.render.relationships import Relationships

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from schemagen.changes import Change
    from schemagen.kinds import Key, Obj
    from schemagen.render.environment import Lay
    from schemagen.schema import Schema

__all__ = ["HEAD", "differing", "files"]


def files(schema: Schema, own: Path | None = None) -> dict[str, str]:
    """Write the models.

    Args:
        schema: the schema.
        own: the project's folder of templates, if it has one.

    Returns:
        The text of each file, by its name in the folder of the models.

    """
    made = _made(schema)
    return lay_here(((file, made.context(file)) for file in sorted(made.files)), own)


def differing(
    schema: Schema,
    was: Schema,
    own: Path | None = None,
    changes: Collection[Change] | None = None,
    lay: Lay = lay_here,
) -> dict[str, str | None]:
    """Write the models that are not as those of another schema; what is the same costs little.

    Args:
        schema: the schema.
        was: the other one. Its tables count as if they stood in the order of the schema.
        own: the project's folder of templates, if it has one.
        changes: what leads from one to the other; None finds it out.
        lay: lays the files out.

    Returns:
        The text of each file, by its name in the folder of the models; None where it is the same.

    """
    changes = difference(was, schema) if changes is None else changes
    new = _made(schema)
    old = _made(was, new, changes)
    tables = affected(changes, old.links, new.links)
    for side in (old, new):
        side.look_at(tables)
    wanted = {file for file, table in new.files.items() if table in tables}
    wanted |= _fixed(changes, old, new, tables)
    wanted |= new.files.keys() - old.files.keys()
    texts = lay(((file, new.context(file)) for file in sorted(wanted & new.files.keys())), own)
    return {file: texts.get(file) for file in sorted(new.files)}


def _made(
    schema: Schema, like: ModelFiles | None = None, changes: Collection[Change] = ()
) -> ModelFiles:
    """Look at a schema; what it has in common with another one is not worked out again.

    Args:
        schema: the schema.
        like: what was made of the other one; the tables stand in its order.
        changes: what is between the two.

    """
    mapped = Mapped(schema, like.links.mapped if like else None)
    given = like.names.given_to(mapped) if like else names(mapped)
    late: Callable[[], Collection[Key]]
    late = cache(lambda: cycles.late(mapped.tables, mapped.references))
    if like and not any(o.kind in {"table", "foreign_key"} for c in changes for o in subjects(c)):
        late = like.links.late
    return ModelFiles(schema, given, Relationships(mapped, given, late))


def _fixed(
    changes: Collection[Change], old: ModelFiles, new: ModelFiles, tables: AbstractSet[str]
) -> set[str]:
    """Give the files beside those of tables that can differ."""
    objects = [obj for change in changes for obj in subjects(change)]
    found = set() if old.exports == new.exports else {"__init__.py"}
    if any(isinstance(obj, (Sequence, Table)) for obj in objects):
        found.add("sequences.py")
    types = any(_bears_on_types(obj, (old.schema, new.schema)) for obj in objects)
    if types or old.enums != new.enums:
        found.add("enums.py")
    if old.used(tables, types=types) != new.used(tables, types=types):
        found.add("base.py")
    return found


def _bears_on_types(obj: Obj, schemas: Iterable[Schema]) -> bool:
    """Say whether a change of an object can make an enum's type used, or unused."""
    if isinstance(obj, Column):
        forms = (obj, obj.on("postgresql"))
        return any(form.enum(schema) for form in forms for schema in schemas)
    return isinstance(obj, (Enum, EnumValue, Table))
