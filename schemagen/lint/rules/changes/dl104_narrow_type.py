"""A type that keeps less of each value, and says nothing.

Fewer decimal places round, a shorter fraction of a second rounds, `date` forgets the time of day,
`real` has six digits where `double precision` has fifteen. No row is refused, and the way down
brings back the type but not the digits.

Bad:

```diff
 table: samples
 columns:
   id: bigint pk identity
-  weight: numeric(10, 3)
+  weight: numeric(10, 1)
```

Good:

```diff
 table: samples
 columns:
   id: bigint pk identity
-  weight: numeric(10, 3)
+  weight: numeric(12, 3)
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Column
from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.views import DiffView
    from schemagen.types import Spec

CODE = "DL104"
NAME = "narrow-type"
SEVERITY = "error"


_POINTS = ("numeric", "double precision", "real")
_WHOLE = ("smallint", "integer", "bigint")
_FULL = 6  # digits of a second, where none are said


def diff(view: DiffView) -> Iterator[Finding]:
    """Compare the types of each column."""
    for old, new in view.altered(Column):
        if view.is_postgresql and (lost := _lost(old.spec, new.spec)):
            yield Finding(
                f"{new.key} goes from {old.type} to {new.type} and loses {lost}",
                new.key,
                help="keep the old values in a column of their own, or allow it",
            )


def _lost(old: Spec | None, new: Spec | None) -> str:
    if old is None or new is None or old.dims != new.dims:
        return ""
    if old.name in _POINTS and new.name in _WHOLE:
        return "what follows the point"
    if old.name in ("numeric", "double precision") and new.name == "real":
        return "all but six digits"
    if old.name == new.name == "numeric":
        return "decimal places" if _places(new) < _places(old) else ""
    return _lost_time(old, new)


def _places(spec: Spec) -> float:
    return (*spec.args, 0)[1] if spec.args else float("inf")


def _lost_time(old: Spec, new: Spec) -> str:
    stamps = ("timestamp", "timestamptz")
    if old.name in stamps and new.name == "date":
        return "the time of day"
    if old.name in stamps and new.name in ("time", "timetz"):
        return "the day"
    timed = (*stamps, "time", "timetz")
    if old.name in timed and new.name in timed:
        before, after = (spec.args[0] if spec.args else _FULL for spec in (old, new))
        return "parts of the second" if after < before else ""
    return ""
