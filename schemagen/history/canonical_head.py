"""What stands above the code of a revision as the template writes it, read without Python's parser.

Where this reader has an answer, it is the parser's; any other text is left to that one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from schemagen.patterns import pattern

# As templates/revision.py.j2 writes them; any other line may be no Python.
_IMPORTS = (
    "import logging",
    "import time",
    "import sqlalchemy as sa",
    "from collections.abc import Iterator",
    "from contextlib import contextmanager",
    "from typing import Any",
    "from alembic import op",
    "from alembic.util import CommandError",
    "from sqlalchemy.dialects import postgresql",
    "from sqlalchemy.exc import DataError, DBAPIError, IntegrityError",
)
_TEXT = r'[^"\\\n]'
_HEAD = pattern(
    rf'"""([^ "\\\n]{_TEXT}*)\n\n'
    rf"Revision ID:{_TEXT}*\nRevises:{_TEXT}*\nCreate Date:({_TEXT}*)\n(?:Entry:({_TEXT}*)\n)?"
    rf'"""\n(?:(?:{"|".join(map(re.escape, _IMPORTS))})?\n)*'
    rf'revision = "({_TEXT}+)"\n'
    rf'down_revision = (?:"({_TEXT}+)"|None)\n'
    r"branch_labels = None\ndepends_on = None\n\n\n"
)


class Head(NamedTuple):
    """What is known from the head of a revision.

    Args:
        values: what Alembic's names are given, as several texts each.
        header: the docstring's title, and its lines by their names.
        lines: the line of each thing.

    """

    values: dict[str, tuple[str, ...]]
    header: dict[str, str]
    lines: dict[str, int]


def read(head: str) -> Head | None:
    """Read what stands before `def upgrade`; None when it is in any other form."""
    found = _HEAD.fullmatch(head)
    if not found or not head.replace("\n", "").isprintable():
        return None
    title, created, entry, name, parent = found.groups()
    header = {"title": title, "Create Date": created.strip(" ")}
    lines = {"Revision ID": 3, "Revises": 4, "Create Date": 5}
    if entry is not None:
        header["Entry"], lines["Entry"] = entry.strip(" "), 6
    values: dict[str, tuple[str, ...]] = {
        "revision": (name,),
        "down_revision": (parent,) if parent else (),
        "branch_labels": (),
        "depends_on": (),
    }
    first = head.count("\n", 0, found.start(4)) + 1
    lines.update((name, first + below) for below, name in enumerate(values))
    return Head(values, header, lines)
