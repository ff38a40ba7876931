"""A password in env.py.

The file is committed, so whoever can read the repository, or any old copy of it, can read the
database. Take the URL from the environment, and change the password: it is known.

Bad:

```python env.py
engine = create_engine("postgresql+psycopg://app:secret@db.example.com/app")
```

Good:

```python env.py
engine = create_engine(os.environ["DATABASE_URL"])
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.envview import EnvView
    from schemagen.lint.rule import Finding

CODE = "AC106"
NAME = "password-in-env"
SEVERITY = "error"


_URL = pattern(r"\w+://[^\s:/@]+:(?P<password>[^\s/@]+)@")


def env(view: EnvView) -> Iterator[Finding]:
    """Look for URLs with a password; the finding does not repeat it."""
    for line, text in view.texts:
        found = _URL.search(text)
        if found and not found["password"].startswith(("%(", "{", "$")):
            yield view.finding(
                "a password is written in env.py",
                "take the URL from the environment, and change the password",
                line,
            )
