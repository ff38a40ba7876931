"""Differences as values: what is expected, and what is there, in the database's own words."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from schemagen.records import record

if TYPE_CHECKING:
    from schemagen.kinds import Key


class What(enum.StrEnum):
    """How an object of a live database is not as it should be."""

    MISSING = "missing"
    EXTRA = "extra"
    DIFFERENT = "different"
    RENAMED = "renamed"
    NOT_IN_FORCE = "not in force"

    @property
    def code(self) -> str:
        """The code of such a difference."""
        return _CODES[self]


_CODES = {
    What.MISSING: "D001",
    What.EXTRA: "D002",
    What.DIFFERENT: "D003",
    What.RENAMED: "D004",
    What.NOT_IN_FORCE: "D005",
}


@record
class Field:
    """One property of an object; None where a side does not have it.

    Args:
        name: what it is called in the catalog.
        expected: what it should be.
        found: what it is.

    """

    name: str
    expected: object = None
    found: object = None


@record
class Difference:
    """One object that is not as it should be.

    Args:
        what: how.
        key: the object as it should be; as it is, when nobody expects it.
        fields: what differs; of an object that is missing or extra, all that it has.
        called: the name that it has instead, of a renamed one.

    """

    what: What
    key: Key
    fields: tuple[Field, ...] = ()
    called: str = ""

    @property
    def table(self) -> str:
        """The table that it belongs to, or is; empty for an enum."""
        return self.key.name if self.key.kind == "table" else self.key.table


@record
class Apart:
    """An object, or a property of one, that schemagen leaves alone.

    Args:
        kind: what it is, as a person says it.
        name: its name, with its table's before it.
        reason: why it is left alone.
        key: the object of the catalog that it is, or whose property it is.
        fields: the properties alone, of an object that is managed; empty for the whole object.
        disabled: whether it is there and does nothing.

    """

    kind: str
    name: str
    reason: str = ""
    key: Key | None = None
    fields: tuple[str, ...] = ()
    disabled: bool = False

    def __str__(self) -> str:
        """Print as in reports: `trigger lots.stamp (disabled)`."""
        return f"{self.kind} {self.name}{' (disabled)' if self.disabled else ''}"


@record
class Drift:
    """What comparing a live database came to.

    Args:
        differences: by table, in the order of kinds.
        unmanaged: what the database has that schemagen leaves alone.

    """

    differences: tuple[Difference, ...]
    unmanaged: tuple[Apart, ...] = ()
