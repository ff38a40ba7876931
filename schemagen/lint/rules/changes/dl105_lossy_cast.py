"""A change of type that does not lead back to the same value.

`jsonb` drops blanks, repeated keys and their order; a number read from text drops leading zeros;
any number but 0 becomes the same `true`. The way down brings back the type, not what was written.

Bad:

```diff
 table: parts
 columns:
   id: bigint pk identity
-  code: text
+  code: integer
```

Good:

```diff
 table: parts
 columns:
   id: bigint pk identity
   code: text
+  number: {type: integer?, backfill: cast(code as integer)}
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

CODE = "DL105"
NAME = "lossy-cast"
SEVERITY = "error"


_TEXT = ("text", "varchar", "char")
_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")


def diff(view: DiffView) -> Iterator[Finding]:
    """Compare the types of each column."""
    for old, new in view.altered(Column):
        if view.is_postgresql and (lost := _lost(old.spec, new.spec)):
            yield Finding(
                f"{new.key} goes from {old.type} to {new.type}, and {lost}",
                new.key,
                help="keep the old column beside a new one, or allow it",
            )


def _lost(old: Spec | None, new: Spec | None) -> str:
    if old is None or new is None or new.logical is None or old.dims != new.dims:
        return ""
    if new.name == "jsonb" and old.name in ("json", *_TEXT):
        return "blanks, repeated keys and the order of keys are lost"
    if old.name in _NUMBERS and new.name == "boolean":
        return "every number but 0 becomes the same"
    if old.name in _TEXT and new.name not in (*_TEXT, "json", "jsonb", "bytea"):
        return "how each value was written is lost"
    return ""
