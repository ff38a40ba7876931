"""Directions: what the YAML says about how to get there. Not schema, never compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from schemagen.kinds import Key
from schemagen.records import field, record

if TYPE_CHECKING:
    from schemagen.diagnostics import Place


@record
class Direction:
    """The directions of one object, under its key in the wanted schema.

    Args:
        renamed_from: earlier names, newest first.
        backfill: SQL per dialect that fills a new or newly NOT NULL column (key "" for both).
        using: SQL per (way, dialect), way `up` or `down`, that casts a column's values.
        restore: SQL per dialect that fills this column when the downgrade of its drop brings it
            back; written on the table, under the dropped column's key.
        restores: for a table, the same by the names of dropped columns that others have now.
        values: for an enum, earlier names of each value, newest first.
        removed: for an enum, the value that takes the rows of each removed one.
        strategy: how a costly change is carried out.
        allow: lint rules that do not apply to the object.
        places: where each direction stands in the YAML, by its name.

    """

    renamed_from: tuple[str, ...] = ()
    backfill: Mapping[str, str] = field(default_factory=dict)
    using: Mapping[tuple[str, str], str] = field(default_factory=dict)
    restore: Mapping[str, str] = field(default_factory=dict)
    restores: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)
    strategy: str | None = None
    allow: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    def backfill_on(self, dialect: str) -> str | None:
        """Give the backfill for a dialect."""
        return self.backfill.get(dialect, self.backfill.get(""))

    def restore_on(self, dialect: str) -> str | None:
        """Give the value that a dropped column comes back with on a dialect."""
        return self.restore.get(dialect, self.restore.get(""))

    def using_on(self, way: str, dialect: str) -> str | None:
        """Give the cast for a way (`up` or `down`) on a dialect."""
        return self.using.get((way, dialect), self.using.get((way, "")))


Directions = Mapping[Key, Direction]
NONE = Direction()
