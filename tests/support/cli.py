"""What the tests of the command line hand around."""

from __future__ import annotations

from collections.abc import Callable

Edit = Callable[[str, str], None]
Git = Callable[..., str]
