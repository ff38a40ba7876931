"""Where a column of one schema stands in the next, and whose values a change may touch."""

from __future__ import annotations

from schemagen.db.tracks import Place, filled, moved, touched

__all__ = ["Place", "filled", "moved", "touched"]
