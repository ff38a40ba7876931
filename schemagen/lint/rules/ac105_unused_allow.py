"""An allow that nothing needs any more.

What an `allow` or a comment silences is gone: the change is in an older revision, or the schema is
mended. Left there, it would silence the next finding of its kind, which nobody has looked at.
`schemagen lint --fix` takes it out.

Bad:

```yaml
table: lots
allow: [fk-without-index]
columns:
  id: bigint pk identity
```

Good:

```yaml
table: lots
columns:
  id: bigint pk identity
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import Finding, Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.allowed import Unused

CODE = "AC105"
NAME = "unused-allow"
SEVERITY = "info"


def allowed(view: Unused) -> Iterator[Finding]:
    """Look for what was allowed and found nowhere."""
    for key, name, place in view.directions():
        mend = Mend("disallow", key, name)
        help_ = "take it out, or: schemagen lint --fix"
        yield Finding(f"{key} allows {name} for nothing", key, place, help_, mend=mend)
    for allowance in view.comments():
        yield Finding(
            f"this comment allows {allowance.name} for nothing",
            place=allowance.place,
            help="take it out",
        )
