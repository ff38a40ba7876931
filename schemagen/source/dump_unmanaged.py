"""What a database holds beside the schema, written down so that people know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from schemagen.source.dump import MODELINE
from schemagen.source.write import flow

if TYPE_CHECKING:
    from collections.abc import Iterable


class Apart(Protocol):
    """An object that is not managed."""

    @property
    def kind(self) -> str:
        """What it is."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def reason(self) -> str:
        """Why it is not managed."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it hangs on."""


_HEAD = f"""\
{MODELINE}table.schema.json
# What the database holds beside this schema. schemagen leaves all of it alone: no revision makes,
# changes or drops it. A change to a table that it hangs on may be refused by the database.
unmanaged:
"""


# What stands in SQLite's CREATE TABLE: it would go when the table is made anew.
_WITHIN = frozenset(("primary key", "unique", "check", "foreign key", "conflict clause"))


def dump_unmanaged(objects: Iterable[Apart], dialect: str) -> str:
    """Write `unmanaged.yaml`, of a database of the dialect."""
    lines = []
    for each in objects:
        said = {"kind": each.kind, "name": each.name}
        on = {"on": list(each.tables)} if each.tables else {}
        is_within = dialect == "sqlite" and each.tables and each.kind in _WITHIN
        only = {"only": dialect} if is_within else {}
        lines.append(f"  - {flow({**said, **on, **only, 'why': each.reason})}\n")
    return _HEAD + "".join(lines)
