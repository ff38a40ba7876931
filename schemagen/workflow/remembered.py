"""What was found when nothing was amiss, kept under `.schemagen/` for the next time.

A finding is kept under a hash of everything that it was made from: the content of each file, the
settings, and this program. So it is never believed over the files, and can be deleted at any time.
Nothing but "there is nothing to say" is ever kept.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from schemagen import contents
from schemagen.errors import SourceError
from schemagen.hashes import sha256
from schemagen.memory import folder
from schemagen.memory.program import program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.config import Settings
    from schemagen.workflow.project import Project


def said(command: str, settings: Settings) -> str | None:
    """Give what a command has found in these very files; None when it has not looked at them.

    Args:
        command: its name.
        settings: where the project is.

    """
    found = folder.recall(settings.root, command)
    if found is None:
        return None
    key, _, line = found.partition("\n")
    try:
        return line if key == _key(settings, *_digests(settings)) else None
    except SourceError:  # the command will say so
        return None


def keep(command: str, found: Project, line: str) -> None:
    """Keep what a command has found in a project, under what was read of it.

    Args:
        command: its name.
        found: the project as it was read.
        line: the line that says that nothing is amiss.

    """
    key = _key(found.settings, found.source.digests, found.history.digests)
    folder.keep(found.settings.root, command, f"{key}\n{line}")


def _digests(settings: Settings) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Hash the files as they are. Raises SourceError."""
    files = contents.schema(settings.schema)
    yaml = {name: contents.digest(contents.read(entry.path)) for name, entry in files}
    versions = contents.versions(settings.versions).items()
    return yaml, {name: contents.digest(content) for name, content in versions}


def _key(settings: Settings, yaml: Mapping[str, str], versions: Mapping[str, str]) -> str:
    """Hash all that a finding is made from."""
    files = [part for found in (yaml, versions) for item in found.items() for part in item]
    said = (program(), repr(settings).encode(), str(len(yaml)).encode(), *map(os.fsencode, files))
    digest = sha256()
    for piece in said:
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return digest.hexdigest()
