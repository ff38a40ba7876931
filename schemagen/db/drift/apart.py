"""What a database has that schemagen leaves alone, and whether it is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.drift.found import Apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemagen.db.catalog import Catalog
    from schemagen.db.reflect import Unmanaged


def apart(unmanaged: Iterable[Unmanaged], catalog: Catalog) -> tuple[Apart, ...]:
    """Give what was found unmanaged, with the state that the catalog tells of it."""
    return tuple(
        Apart(
            each.kind,
            each.name,
            each.reason,
            each.key,
            each.fields,
            disabled=bool(each.key and catalog.objects.get(each.key, {}).get("enabled") == "D"),
        )
        for each in unmanaged
    )
