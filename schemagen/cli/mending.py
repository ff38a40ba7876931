"""What `--fix` of `schemagen check` and `lint` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.cli import output
from schemagen.report.visible import visible
from schemagen.workflow.files import replace_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write(mended: Mapping[str, str], root: Path) -> bool:
    """Write the edits that are safe, all or none, and say so.

    Args:
        mended: the new text of each file, by its name below the root.
        root: the project's folder.

    Returns:
        Whether there were any.

    """
    if not mended:
        output.talk("nothing to mend")
        return False
    replace_all({root / name: text for name, text in mended.items()})
    for name in mended:
        output.talk(f"mended {visible(name)}")
    return True
