"""What a database has that schemagen has no kind for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.drift.found import Apart
from schemagen.kinds import KINDS

if TYPE_CHECKING:
    from schemagen.db.catalog import Catalog


def apart(catalog: Catalog) -> tuple[Apart, ...]:
    """Give the objects of a catalog that are of no kind."""
    return tuple(
        Apart(
            key.kind.replace("_", " "),
            f"{key.table}.{key.name}" if key.table else key.name,
            "disabled" if "enabled" in fields else "",
            key,
        )
        for key, fields in catalog.objects.items()
        if key.kind not in KINDS
    )
