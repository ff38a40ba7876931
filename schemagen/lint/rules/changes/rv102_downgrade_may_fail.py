"""A way down that rows written after the upgrade may block.

What the upgrade allows, the downgrade forbids again: NULLs, longer text, repeats, rows that break a
check, a new value of an enum. As soon as one is there, the downgrade stops and changes nothing.

Bad:

```diff
 table: lots
 columns:
   id: bigint pk identity
-  code: varchar(20)
+  code: varchar(50)
```

Good:

```diff
 table: lots
 columns:
   id: bigint pk identity
   code: varchar(20)
+  note: varchar(50)?
```

```diff
-enums: {state: [NEW, OPEN, DONE]}
+enums: {state: {values: [LIVE, DONE], removed: {NEW: LIVE, OPEN: LIVE}}}
 table: lots
 columns:
   id: bigint pk identity
   state: state
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.kinds import Check, Column, ForeignKey, PrimaryKey, Unique
from schemagen.lint.rule import Finding
from schemagen.plan.rewrites import fits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Obj
    from schemagen.lint.views import DiffView

CODE = "RV102"
NAME = "downgrade-may-fail"
SEVERITY = "info"


def diff(view: DiffView) -> Iterator[Finding]:
    """Look for what is looser afterwards."""
    for obj, what in _looser(view):
        yield Finding(f"the way down fails once a row has {what}", obj.key, help=_HELP)


_HELP = "nothing to do, unless the way down has to work at any time"


def _looser(view: DiffView) -> Iterator[tuple[Obj, str]]:
    yield from _columns(view)
    for kind in (Unique, ForeignKey, Check, PrimaryKey):
        for obj in view.dropped(kind):
            if view.keeps_columns(obj) and not view.is_of_enum(obj):
                yield obj, f"what {obj.name} forbids"
    for enum, value in view.added_values:
        if value in view.direction(enum).removed.values():  # it goes back where it came from
            continue
        yield enum, f"{value}, a new value of {enum.name}"


def _columns(view: DiffView) -> Iterator[tuple[Obj, str]]:
    for old, new in view.altered(Column):
        if new.nullable and not old.nullable:
            yield new, f"NULL in {new.name}"
        if view.is_postgresql and _is_longer(old, new):
            yield new, f"a {new.name} that is no {old.type}"


def _is_longer(old: Column, new: Column) -> bool:
    same = old.spec and new.spec and old.spec.name in ("varchar", "numeric")
    if not (same and old.spec and new.spec):
        return False
    return new.spec.name in (old.spec.name, "text") and fits(old.spec, new.spec)
