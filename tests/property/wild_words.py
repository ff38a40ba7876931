"""Names that need quoting and texts that are hard to quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Collection

PLAIN_TABLES = ("alpha", "beta", "gamma", "delta", "lots", "line_items")
ODD_TABLES = (
    *(
        "order",
        "User",
        "naïve name",
        "semi;colon",
        'quo"te',
        "per%cent",
        "col:on",
        "it's",
        "{{ t }}",
    ),
    "t" * 63,
)
PLAIN_COLUMNS = ("id", "a", "b", "c", "code", "size", "status", "total", "created_at", "parent_id")
ODD_COLUMNS = (
    *("order", "User", "with space", "semi;colon", 'quo"te', "per%cent", "per%(s)s", "col:on"),
    *("it's", "back\\slash", "{{ c }}", "%s", "c" * 63, "value"),
)
ENUMS = ("colour", "mood", "Shade", "size_of", "process_result", "e" * 63)
VALUES = ("red", "GREEN", "it's", 'say "x"', "a:b", "100%", "%s", "back\\slash", "x,y", "", "{z}")
COMMENTS = (
    *("plain", "it's", 'say "x"', "two\nlines", ":name and ::type", "100% %s %(x)s", "{{ one }}"),
    *("{% raw %}", "back\\slash\\", "naïve ✓", "'''", '"""', "-- no comment", "tab\there", "$$"),
)
TEXTS = ("it's", 'say "x"', ":name", "100%", "%s", "{{ x }}", "back\\slash", "naïve", "", "a\nb")


def name(rng: random.Random, plain: Collection[str], odd: Collection[str], taken: set[str]) -> str:
    """Choose a name that no other has, not even in other letters; mark it as taken."""
    pool = [*plain] * 2 + [*odd]
    while True:
        one = rng.choice(pool)
        if rng.random() < 0.15:
            one = f"{one[:60]}_{rng.randint(2, 9)}"
        if len(one.encode()) <= 63 and one.lower() not in taken:
            taken.add(one.lower())
            return one


def comment(rng: random.Random, share: float = 0.3) -> str | None:
    return rng.choice(COMMENTS) if rng.random() < share else None
