"""Questions on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.report.visible import visible

if TYPE_CHECKING:
    from schemagen.kinds import Key


def ask(new: Key, old: Key) -> bool:
    """Ask whether `new` is `old` renamed; a bare return says no."""
    what = f"{new.table}." if new.table else ""
    question = f"Is {new.kind.replace('_', ' ')} {what}{new.name} the renamed {old.name}?"
    return click.confirm(visible(question), default=False, err=True)
