"""The codes that are no rules of the linter: what `docs/diagnostics.md` says of each.

That page is the one place where they are told. It is shipped inside the wheel.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from schemagen.errors import SourceError
from schemagen.patterns import pattern
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGE = Path(__file__).resolve().parents[1]
# In the wheel the page lies inside the package; in the repository it stands beside it.
PAGES = (_PACKAGE / "_docs" / "diagnostics.md", _PACKAGE.parent / "docs" / "diagnostics.md")
_ROW = pattern(r"^\| (\w\d+) \| (.*?) \| (.*?) \|$", re.MULTILINE)
_LINK = pattern(r"\[([^\]]*)\]\([^)]*\)")


@record
class Code:
    """A code, what it means, and the way out."""

    code: str
    what: str
    way_out: str


@lru_cache(maxsize=1)
def codes() -> Mapping[str, Code]:
    """Give every code of the page. Raises SourceError when it is missing."""
    page = next((path for path in PAGES if path.is_file()), None)
    if page is None:
        msg = f"there is no {PAGES[0]}: install schemagen anew"
        raise SourceError(msg)
    rows = _ROW.findall(_LINK.sub(r"\1", page.read_text(encoding="utf-8")))
    return {code: Code(code, what, way_out) for code, what, way_out in rows}
