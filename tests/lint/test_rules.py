"""Each rule keeps its page's word: the bad example is found, the good one is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support.lint import looked

from schemagen.lint.pages import examples
from schemagen.lint.rule import FAMILIES, every, on_changes, titles

if TYPE_CHECKING:
    from schemagen.lint.pages import Example
    from schemagen.lint.rule import Rule

RULES = every()
EXAMPLES = [(rule, example) for rule in RULES for example in examples(rule)]


def said(case: Rule | Example) -> str:
    return getattr(case, "code", None) or ("bad" if case.is_bad else "good")


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=said)
def test_a_rule_finds_what_its_page_says(rule: Rule, example: Example) -> None:
    assert bool(looked(rule, example)) is example.is_bad


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_has_a_title_a_bad_and_a_good_example(rule: Rule) -> None:
    assert rule.title
    assert len(rule.title) < 80
    assert {example.is_bad for example in examples(rule)} == {True, False}


def test_codes_and_names_are_unique_and_of_one_form() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.family in FAMILIES
        assert re.fullmatch(r"[A-Z]{2}\d{3}", rule.code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
        assert rule.hooks


def test_files_are_called_after_their_rules() -> None:
    assert titles() == tuple((rule.code, rule.name) for rule in RULES)


def test_those_that_look_at_what_changes_stand_by_themselves() -> None:
    on_diffs = tuple(rule for rule in RULES if not {"diff", "pending"}.isdisjoint(rule.hooks))
    assert on_changes() == on_diffs
