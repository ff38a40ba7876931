"""docs/lint.md lists exactly the rules that there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schemagen.lint.rule import FAMILIES, every
from schemagen.lint.severity import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

PAGE = Path(__file__).parents[2] / "docs" / "lint.md"
HEAD = """\
# The linter

`schemagen lint` looks at the schema, at what is in no revision yet, and at revisions: at what their
entries say, and at the SQL that they give to PostgreSQL. How it is used, and how a finding is
allowed, is told in [the guide](guide.md#what-can-hurt); [beside squawk's](lint-vs-squawk.md) says
what the rules over SQL find. `schemagen explain` prints the page of each rule, with examples. The
names read after "allow".

A test writes this page from the rules: `pytest tests/lint --update-docs`.

"""
SUBJECTS = {
    "schema": "the schema",
    "diff": "changes",
    "pending": "what is pending",
    "revision": "revisions",
    "sql": "SQL",
    "env": "env.py",
    "allowed": "allows",
}


def test_the_page_lists_every_rule(pytestconfig: pytest.Config) -> None:
    text = HEAD + "\n".join(sections())
    if pytestconfig.getoption("--update-docs"):
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    assert PAGE.read_text("utf-8") == text


def sections() -> Iterator[str]:
    rules = every()
    default = sum(rule.by_default for rule in rules)
    yield f"{len(rules)} rules, {default} of which run unless told otherwise.\n"
    for family, title in FAMILIES.items():
        yield f"## {family}: {title.lower() if family != 'SL' else title}\n"
        yield "| code | name | | what | looks at |"
        yield "|---|---|---|---|---|"
        for rule in rules:
            if rule.family == family:
                at = ", ".join(SUBJECTS[hook] for hook in rule.hooks)
                yield f"| {rule.code} | {rule.name} | {shown(rule)} | {rule.title} | {at} |"
        yield ""
