"""The files that a project is read from: which they are, and their bytes."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from schemagen.errors import SourceError
from schemagen.hashes import blake2b
from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

YAML = (".yaml", ".yml")
_NUMBER = pattern(r"(\d{4,})(?:_|\.[^.]*\Z)", re.ASCII)


def schema(folder: Path | str, before: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Go through the files of a schema folder, at any depth, by their paths below it.

    Raises SourceError when a folder cannot be read.

    Args:
        folder: the folder.
        before: what stands before the paths.

    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise _unreadable(str(folder), error) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from schema(entry.path, f"{before}{entry.name}/")
        elif entry.name.endswith(YAML) and entry.is_file():
            yield before + entry.name, entry


def versions(folder: Path) -> dict[str, bytes]:
    """Give revisions and entries by their names; of a folder that is not there, none.

    Raises SourceError when one cannot be read.
    """
    try:
        names = sorted(os.listdir(folder)) if folder.is_dir() else []  # noqa: PTH208 - a Path for each name takes longer than to read the file
    except OSError as error:
        raise _unreadable(str(folder), error) from error
    return {n: read(f"{folder}{os.sep}{n}") for n in names if is_revision(n) or is_entry(n)}


def is_revision(name: str) -> bool:
    """Say whether Alembic takes a file for a revision."""
    return name.endswith(".py") and not name.startswith((".#", "__init__"))


def is_entry(name: str) -> bool:
    """Say whether a file is an entry by its name."""
    return name.endswith(".yaml") and not name.startswith(".")


def next_number(names: Iterable[str]) -> str:
    """Give the number of the next revision: the highest of all plus one.

    Args:
        names: of the files that are there, with their endings.

    """
    found = map(_NUMBER.match, names)
    return f"{max((int(number[1]) for number in found if number), default=0) + 1:04d}"


def read(path: str) -> bytes:
    """Read a file. Raises SourceError."""
    try:
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - thousands of files
            return stream.read()
    except OSError as error:
        raise _unreadable(path, error) from error


def digest(content: bytes) -> str:
    """Hash what is in a file."""
    return blake2b(content, digest_size=16).hexdigest()


def _unreadable(path: str, error: OSError) -> SourceError:
    return SourceError(f"cannot read {path}: {error.strerror}")
