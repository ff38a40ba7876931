"""What a live database has otherwise than it should: found, named, and mended where SQL can."""

from schemagen.db.drift.apart import apart
from schemagen.db.drift.find import find
from schemagen.db.drift.found import Difference, Drift, Field, What
from schemagen.db.drift.mend import mend
from schemagen.db.drift.rephrase import without_echoes

__all__ = ["Difference", "Drift", "Field", "What", "apart", "find", "mend", "without_echoes"]
