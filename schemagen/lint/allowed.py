"""What was allowed and found nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import named
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.diagnostics import Place
    from schemagen.kinds import Key
    from schemagen.lint.comments import Allowance
    from schemagen.lint.engine import Engine


@record
class Unused:
    """What a run of the engine had no use for. Rules that did not run are not counted.

    Args:
        engine: the engine, after its run.
        files: whether it has looked at the YAML.

    """

    engine: Engine
    files: bool = True

    def directions(self) -> Iterator[tuple[Key, str, Place | None]]:
        """Give each name that an object allows for nothing, and where it stands.

        What a mixin allows is of use when it is in one of its tables.
        """
        told = {(self._place(key), name) for key, name in self.engine.used}
        for key, direction in self.engine.directions.items() if self.files else ():
            for name in direction.allow:
                here = self._place(key), name
                if here not in told and self._ran(name):
                    told.add(here)
                    yield key, name, here[0]

    def _place(self, key: Key) -> Place | None:
        return self.engine.directions[key].places.get("allow")

    def comments(self) -> Iterator[Allowance]:
        """Give each name that a comment allows for nothing."""
        for allowance in self.engine.allowances:
            if allowance not in self.engine.heard and self._ran(allowance.name):
                yield allowance

    def _ran(self, name: str) -> bool:
        return named(name) in self.engine.rules
