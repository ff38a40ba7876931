"""The history of a schema: revisions, their entries, and the state that they add up to."""

from schemagen.history.entry import Entry, body_hash
from schemagen.history.history import History, read
from schemagen.history.revision import Revision

__all__ = ["Entry", "History", "Revision", "body_hash", "read"]
