"""Comments as docstrings, where they can be one."""

from __future__ import annotations

from schemagen.patterns import pattern

# One line without anything that a docstring would have to escape.
_SAFE = pattern(r"[A-Za-z][ !#-\[\]-~]{0,78}[!#-\[\]-~]")


def docstring(comment: str | None, instead: str) -> str:
    """Give the comment, or what to say instead, as a sentence."""
    text = comment if comment and _SAFE.fullmatch(comment) else instead
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")
