"""Ours and squawk look at the same SQL; what squawk finds and we do not has a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import judge, squawk

from schemagen.lint.rule import every

CASES = judge.cases(Path(__file__).parent / "judge")
PAGE = Path(__file__).parents[2] / "docs" / "lint-vs-squawk.md"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_squawk_finds_we_find_or_know_why_not(case: judge.Case) -> None:
    ours, theirs = case.ours(), case.theirs()
    missed = {
        rule
        for rule in theirs
        if not ours.intersection(squawk.RULES[rule])
        and rule not in squawk.REASONS
        and rule not in case.apart
    }
    assert missed == set(), f"ours: {sorted(ours)}"
    assert [rule for rule in case.apart if rule not in theirs] == []


def test_every_rule_of_squawk_finds_something_in_a_case() -> None:
    found = frozenset[str]().union(*(case.theirs() for case in CASES))
    others = {"require-timeout-settings", "prefer-repack"}  # an alias; only for PostgreSQL 19
    assert sorted(squawk.RULES.keys() - found - others) == []


def test_the_page_shows_what_each_finds(pytestconfig: pytest.Config) -> None:
    wanted = judge.page(CASES)
    if pytestconfig.getoption("--update-docs"):
        PAGE.write_text(wanted, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == wanted


def test_the_table_names_rules_that_exist() -> None:
    codes = {rule.code for rule in every()}
    assert {code for ours in squawk.RULES.values() for code in ours} <= codes
    assert squawk.REASONS.keys() <= squawk.RULES.keys()
    empty = {rule for rule, ours in squawk.RULES.items() if not ours}
    assert empty <= squawk.REASONS.keys()
