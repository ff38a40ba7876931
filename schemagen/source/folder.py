"""The files of a schema folder: under which names they are read, and their texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from schemagen import contents

if TYPE_CHECKING:
    from collections.abc import Mapping


class Files(NamedTuple):
    """What a schema folder holds.

    Args:
        texts: by the names that places use.
        digests: the hashes of the files, by their paths below the folder.

    """

    texts: Mapping[str, str]
    digests: Mapping[str, str]


def read(folder: Path, root: Path) -> Files:
    """Read the files. Raises SourceError.

    Args:
        folder: holds the files, at any depth.
        root: what the names are relative to, where they are below it.

    """
    whole, there = root.resolve(), folder.resolve()
    inside = there.is_relative_to(whole)
    before = f"{there.relative_to(whole).as_posix()}/" if inside and there != whole else ""
    texts: dict[str, str] = {}
    digests: dict[str, str] = {}
    for name, entry in contents.schema(folder):
        plain = inside and not entry.is_symlink()
        content = contents.read(entry.path)
        digests[name] = contents.digest(content)
        shown = before + name if plain else _name(Path(entry.path), whole)
        texts[shown] = content.decode("utf-8", "surrogateescape")
    return Files(texts, digests)


def yaml_files(folder: Path) -> list[Path]:
    """Give the files of a schema folder that are read, sorted."""
    return [Path(entry.path) for _, entry in contents.schema(folder)]


def _name(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()
