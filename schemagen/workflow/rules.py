"""Which rules of the linter run in a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.config import SettingsError
from schemagen.diagnostics import Diagnostic
from schemagen.lint.engine import chosen, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schemagen.config import Settings
    from schemagen.lint.rule import Rule

ALL_RULES = "the rules: schemagen explain --list"


def rules_of(
    settings: Settings,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    among: Iterable[Rule] | None = None,
) -> tuple[Rule, ...]:
    """Give the rules that run: the flags' words, or else those of the configuration.

    Args:
        settings: what the configuration says.
        select: the words of `--select`.
        ignore: the words of `--ignore`.
        among: those that there are to choose from; None for all.

    Raises:
        SettingsError: a word that names no rule.

    """
    said = {
        "--select": select,
        "--ignore": ignore,
        "select": settings.lint.select,
        "ignore": settings.lint.ignore,
    }
    wrong = [
        Diagnostic("L001", f"{flag}: there is no rule {word!r}", label=hint, help=ALL_RULES)
        for flag, words in said.items()
        for word, hint in unknown(words)
    ]
    if wrong:
        raise SettingsError(wrong)
    return chosen(select or settings.lint.select, (*ignore, *settings.lint.ignore), among)
