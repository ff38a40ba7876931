"""Severities in the words of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.diagnostics import Severity

if TYPE_CHECKING:
    from schemagen.lint.rule import Rule


def shown(rule: Rule) -> str:
    """Say how much a finding of a rule weighs: `info, only when selected`."""
    word = "info" if rule.severity is Severity.NOTE else str(rule.severity)
    return word if rule.by_default else f"{word}, only when selected"
