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

    Attributes:
        example: an object of this definition, under any key, once that has been checked.

    """

    __slots__ = ("_pattern", "data", "example", "kind")

    def __init__(self, kind: str, data: object) -> None:
        """Keep what is said; nothing is read yet."""
        self.kind = kind
        self.data = data
        self.example: Obj | None = None
        self._pattern: Pattern | None = None

    @classmethod
    def of(cls, obj: Obj) -> Definition:
        """Give the definition of an object that is there."""
        made = cls(obj.kind, None)
        made.example = obj
        return made

    def make(self, key: Key) -> Obj:
        """Give the object of this key. Raises ValueError when the data is not one."""
        _, table, name = key
        example = self.example
        if example is None:
            example = self.example = codec.make(self.kind, table, name, self.data)
        if example.name == name and example.table == table:
            return example
        return example.under(table, name)

    def check(self, key: Key) -> None:
        """Raise ValueError when the data is no object, of this key or of another."""
        if self.example is None:
            self.make(key)

    def pattern_for(self, key: Key) -> Pattern:
        """Give the pattern of the object's row, whatever key it has; this is one of them."""
        if self._pattern is None:
            self._pattern = Pattern.of(self.example or self.make(key))
        return self._pattern
