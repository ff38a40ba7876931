"""Cases of SQL for two linters, ours and squawk, and the page that shows what each finds.

A case of `tests/lint/judge/*.md` is a heading `## …`, a block `sql`, and perhaps

    yaml before     the schema before the revision, which ours knows
    text apart      rules of squawk that find something there that is none, and why: `rule: reason`

The SQL is that of one revision. It runs in a transaction, unless it says BEGIN itself or
`-- each by itself`, and under a lock_timeout and a statement_timeout, unless it says
`-- no settings`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemagen.lint.rule import every
from schemagen.lint.sqlview import of_text
from support import squawk, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```([a-z ]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTINGS = "SET lock_timeout = '200ms';\nSET statement_timeout = '5s';\n"


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    Args:
        title: its heading.
        blocks: its blocks by their words.

    """

    title: str
    blocks: Mapping[str, str]

    def __str__(self) -> str:
        """Name the test."""
        return self.title

    @property
    def text(self) -> str:
        """The SQL that both linters get."""
        said = self.blocks["sql"]
        if not re.search(r"^(BEGIN\b|-- each by itself$)", said, re.MULTILINE):
            said = f"BEGIN;\n{said}COMMIT;\n"
        return said if "-- no settings" in said else SETTINGS + said

    @property
    def apart(self) -> dict[str, str]:
        """Squawk's rules that are wrong here, each with the reason."""
        lines = self.blocks.get("text apart", "").splitlines()
        return dict(tuple(line.split(": ", 1)) for line in lines)

    def ours(self) -> frozenset[str]:
        """Give the codes of our rules that find something."""
        before = self.blocks.get("yaml before")
        view = of_text(self.text, "case.sql", texts.read(before).schema if before else None)
        return frozenset(rule.code for rule in every() if any(rule.look("sql", view)))

    def theirs(self) -> frozenset[str]:
        """Give squawk's rules that find something."""
        return squawk.found(self.text)


def cases(folder: Path) -> list[Case]:
    """Read all cases."""
    found = []
    for file in sorted(folder.glob("*.md")):
        parts = _HEADING.split(file.read_text(encoding="utf-8"))[1:]
        for title, text in zip(parts[::2], parts[1::2], strict=True):
            found.append(Case(title, {m[1]: m[2] for m in _BLOCK.finditer(text)}))
    assert len({case.title for case in found}) == len(found)
    return found


def page(found: Iterable[Case]) -> str:
    """Write the page that compares the two."""
    rows, both, only_ours, only_theirs = [], 0, 0, 0
    for case in found:
        ours, theirs = case.ours(), case.theirs()
        rows.append(f"| {case.title} | {_codes(ours)} | {_codes(theirs)} |")
        both += bool(ours) and bool(theirs)
        only_ours += bool(ours) and not theirs
        only_theirs += bool(theirs) and not ours
    head = _HEAD.format(
        version=squawk.version(), count=len(rows), both=both, ours=only_ours, theirs=only_theirs
    )
    rules = (
        f"| {rule} | {_codes(ours)} | {squawk.REASONS.get(rule, '')} |"
        for rule, ours in squawk.RULES.items()
    )
    return "\n".join((head, *rows, _RULES, *rules, _ALONE, *_alone(), ""))


_HEAD = """\
# Our rules beside squawk's

What `schemagen lint` and squawk {version}, with all of its rules, opt-in ones included, find in the
same SQL. A test makes this page from `tests/lint/judge/`, and fails when squawk finds something
that we neither find nor know the reason for; `pytest tests/lint --update-docs` writes it anew.

Of {count} cases both find something in {both}, ours alone in {ours}, squawk alone in {theirs}. Ours
knows the schema before a revision from its history; squawk sees the text alone.

| case | schemagen | squawk |
|---|---|---|"""
_RULES = """
## Rule by rule

| squawk | schemagen | where we differ |
|---|---|---|"""
_ALONE = """
## Ours alone

Rules that look at SQL or at env.py, and for which squawk has none:
"""


def _alone() -> Iterable[str]:
    known = {code for ours in squawk.RULES.values() for code in ours}
    for rule in every():
        if rule.hooks.keys() & {"sql", "env"} and rule.code not in known:
            yield f"- {rule.code} `{rule.name}`: {rule.title}"


def _codes(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
