"""Answers to the question how a column's type changes: the line that `generate` shows, pasted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemagen.directions import NONE
from schemagen.kinds import Key
from schemagen.source import read
from schemagen.source.edit import apply_fixes, direct, forget

if TYPE_CHECKING:
    from schemagen.diagnostics import Fix
    from schemagen.source import Source
    from support.project import Project, Result

_ASKED = re.compile(r"error\[G00[78]\]: column (\S+) (?:goes|cannot)")


def generate(project: Project, *flags: str) -> Result:
    """Run `schemagen generate`; where it asks, say `shadow`, and `rewrite` where that cannot be."""
    done = project.schemagen("generate", "--no-input", *flags)
    for strategy in ("shadow", "rewrite"):
        if columns := sorted(set(_ASKED.findall(done.stderr))):
            _say(project, [Key("column", *column.rsplit(".", 1)) for column in columns], strategy)
            done = project.schemagen("generate", "--no-input", *flags)
    return done


def _say(project: Project, keys: list[Key], strategy: str) -> None:
    for key in keys:
        source = _source(project)
        if source.directions.get(key, NONE).strategy:
            _write(project, source, [forget(source, key, "strategy")])
            source = _source(project)
        _write(project, source, [direct(source, key, f"strategy: {strategy}")])


def _source(project: Project) -> Source:
    return read(project.root / "schema", project.root)


def _write(project: Project, source: Source, fixes: list[Fix]) -> None:
    for file, text in apply_fixes(source.texts, fixes).items():
        project.write(file, text)
