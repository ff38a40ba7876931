"""Regular expressions that are compiled when they are first asked.

A command needs a few of the hundred that its modules define, and to compile all of them at import
takes as long as a tenth of it.
"""

from __future__ import annotations

import re
from typing import cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


class _Late:
    """Stands for a pattern until something is asked of it; from then on it has its methods."""

    def __init__(self, text: str, flags: int) -> None:
        self._said = (text, flags)

    def __getattr__(self, name: str) -> object:
        if name == "pattern":
            return self._said[0]
        made = re.compile(*self._said)
        for method in _METHODS:
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Give a pattern, as `re.compile` does.

    Args:
        text: the regular expression, which has to be one.
        flags: those of `re`.

    """
    return cast("re.Pattern[str]", _Late(text, flags))
