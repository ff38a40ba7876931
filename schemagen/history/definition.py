"""What is said of an object apart from its table and name, which many objects have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.fingerprint import Pattern
from schemagen.history import codec

if TYPE_CHECKING:
    from schemagen.kinds import Key, Obj


class Definition:
    """An object but for its key. It is validated once, and its row is worked out once.

    Args:
        kind: the kind of object.
        data: what an entry says of it.
        made: the object, under any key, where it has been made already.

    """

    __slots__ = ("_made", "_pattern", "data", "kind")

    def __init__(self, kind: str, data: object, made: Obj | None = None) -> None:
        """Keep what is said; nothing is read yet."""
        self.kind = kind
        self.data = data
        self._made = made
        self._pattern: Pattern | None = None

    def make(self, key: Key) -> Obj:
        """Give the object of this key. Raises ValueError when the data is not one."""
        _, table, name = key
        if self._made is None:
            self._made = codec.make(self.kind, table, name, self.data)
            return self._made
        return self._made.under(table, name)

    def pattern_for(self, key: Key) -> Pattern:
        """Give the pattern of the object's row, whatever key it has; this is one of them."""
        if self._pattern is None:
            self._pattern = Pattern.of(self._made or self.make(key))
        return self._pattern
