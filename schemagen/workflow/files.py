"""Write and remove files as a group: all of them, or none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)  # only Windows tells texts apart


def replace_all(edits: Mapping[Path, str | None]) -> None:
    """Write each path's text, or remove the file where it is None.

    Everything is first written beside its place; then come the renames. When something fails,
    every file is as it was and no new one is left.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in edits}
    waiting: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, text in edits.items():
            made += _folders(path.parent)
            if text is not None:
                waiting[path] = _beside(path, text.encode("utf-8", "surrogateescape"))
        for path in edits:
            if path in waiting:
                waiting[path].replace(path)
            else:
                path.unlink(missing_ok=True)
    except BaseException:
        _restore(before)
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)
        for folder in reversed(made):
            folder.rmdir()
        raise


def _folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; give the ones that were made, outermost first."""
    missing: list[Path] = []
    while not folder.exists():
        missing.insert(0, folder)
        folder = folder.parent
    for each in missing:
        each.mkdir()
    return missing


def _beside(path: Path, content: bytes) -> Path:
    """Write a file of a name that nobody has, for its owner alone until it has its mode."""
    temporary = path.with_name(f".schemagen-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    temporary.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _restore(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is None:
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
