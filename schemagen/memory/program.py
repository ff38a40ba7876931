"""What this program is: what another one has read is not to be believed."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from schemagen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(__file__).parents[1]


@cache
def program() -> bytes:
    """Tell this program from any other: its version, Python's, and when its files were written.

    On another machine it is another one, so nothing that came with a repository is believed.
    """
    said = [repr((__version__, sys.version))]
    for path, found in files(_PACKAGE, (".py",)):
        known = found.stat()
        said.append(f"{path} {known.st_mtime_ns} {known.st_size}")
    return "\n".join(said).encode("utf-8", "surrogateescape")


def files(folder: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Go through the files of a folder, at any depth, by name."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from files(Path(entry.path), suffixes)
        elif entry.name.endswith(suffixes):
            yield entry.path, entry
