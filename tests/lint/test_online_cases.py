"""What is generated for a PostgreSQL in use is safe, but for what stands here with its reason."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from support import cases, online, squawk

CASES = [
    case
    for case in cases.read(Path(__file__).parents[1] / "cases")
    if "postgresql" in case.dialects
    and "yaml old" in case.blocks
    and "text error" not in case.blocks
]
STATE = ("LK", "RW", "TX")  # the families that tell how a revision does what it does

# Why a revision does what one of these rules finds, the cases in which, and the rules.
DECLARED = (
    ("The session has no statement_timeout, which only LK102 asks for.", "*", "LK102"),
    ("Tables that are renamed or referred to together change together.", "*", "LK114 LK120"),
    ("An index is swapped for the one that was built beside it: a moment.", "index: *", "LK104"),
    ("An index is swapped for the one that was built beside it: a moment.", "online: *", "LK104"),
    (
        "An index is swapped for the one that was built beside it: a moment.",
        "check: Say *",
        "LK104",
    ),
    ("Names that are swapped make the whole revision plain.", "online: Swap *", "LK103 LK113"),
    ("Its key changes, and a column that reads another new one.", "online: Every*", "LK11* TX10*"),
    ("A sequence that is gone, and its default, are one change.", "sequence: *", "LK113"),
    ("EXCLUDE has no online form.", "exclusion: *", "LK111 LK113"),
    ("Numbers are given to all rows at once.", "serial: *", "RW104 TX106 TX107"),
    ("Numbers are given to all rows at once.", "road: Let references *", "LK1* RW104"),
    ("Numbers are given to all rows at once.", "road: Fill a reference *", "LK1* RW104 TX10*"),
    ("Numbers are given to all rows at once.", "primary_key: Replace a key of *", "LK107 RW104"),
    ("A key that others rest on moves in one piece.", "foreign_key: Move a primary key *", "LK*"),
    ("The name is taken until the same transaction.", "foreign_key: Point at another *", "LK1*"),
    ("The names are taken until the same transaction.", "renames: *", "LK109 LK113"),
    ("A stored expression is worked out for every row.", "column: *gener*", "RW103 LK113 TX10*"),
    ("A stored expression is worked out for every row.", "column: Store *", "RW103 LK113"),
    ("A collation sorts its indexes anew.", "column: Change a collation", "RW109"),
    ("An index or check that mentions a type is made anew.", "column: Turn a varchar *", "*"),
    ("An enum whose values go or move is made anew in one piece.", "enum: *", "*"),
    ("An enum whose values go or move is made anew in one piece.", "road: Swap values *", "*"),
    ("What was worked out is kept in one piece.", "road: Keep the values of *", "TX10*"),
)

# What squawk finds where none of our rules does, and why that is right.
APART = {
    "adding-field-with-default": "A virtual column is stored nowhere.",
    "adding-required-field": "A serial column fills itself.",
    "ban-alter-generated-expression": "A virtual column is stored nowhere.",
    "ban-drop-column": "A generated column, or what a second one took the place of, holds nothing.",
    "ban-drop-function": "The function that filled a column while its rows were filled.",
    "ban-drop-trigger": "The trigger that filled a column while its rows were filled.",
    "ban-drop-type": "The type goes only when another one has its name.",
    "ban-replace-view-function": "The function has a name of ours.",
    "ban-set-default": "The column is new.",
    "changing-column-type": "The rows stay as they are; squawk does not know the old type.",
    "require-statement-timeout": "No one asks for it but LK102, which has to be selected.",
    "renaming-object": "Indexes and types are renamed after what they belong to.",
}


def declared(case: cases.Case, code: str) -> bool:
    return any(
        fnmatchcase(str(case), titles) and any(fnmatchcase(code, c) for c in codes.split())
        for _, titles, codes in DECLARED
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_generated_for_a_database_in_use_is_safe(case: cases.Case) -> None:
    found = online.told(case)
    assert unsafe(case, found) == []
    assert untold(found) == []


def unsafe(case: cases.Case, found: online.Told) -> list[str]:
    """Give what our own rules find, and what has no reason here."""
    states = (code for code in found.ours if code.startswith(STATE))
    return sorted(code for code in states if not declared(case, code))


def untold(found: online.Told) -> list[str]:
    """Give what squawk finds, and neither we nor this page tell."""
    ours = found.ours | found.changes
    return sorted(
        rule
        for rule in found.theirs
        if not ours.intersection(squawk.RULES.get(rule, ()))
        and rule not in squawk.REASONS
        and rule not in APART
    )
