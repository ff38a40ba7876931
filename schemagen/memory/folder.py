"""The folder of a project where a run leaves what the next one can use: only a cache."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from schemagen.hashes import blake2b
from schemagen.memory.program import program

FOLDER = ".schemagen"
_ANY = "surrogatepass"  # a name in a revision may hold what is no text


def keep(root: Path, name: str, text: str) -> None:
    """Keep a text, whole or not at all. Where it cannot be written, it is not kept.

    Args:
        root: the project's folder.
        name: the file's.
        text: what is kept.

    """
    folder = root / FOLDER
    if folder.is_symlink():
        return
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
        ignored = folder / ".gitignore"
        if not os.path.lexists(ignored):
            ignored.write_text("*\n", encoding="utf-8")
        aside = folder / f"{name}.{os.getpid()}"
        aside.unlink(missing_ok=True)
        with aside.open("xb") as file:  # never through a link that stands there
            file.write(f"{_seal(text)}\n".encode() + _bytes(text))
        aside.replace(folder / name)


def recall(root: Path, name: str) -> str | None:
    """Give a text that this very program has kept; None if another one has, or nobody.

    Args:
        root: the project's folder.
        name: the file's.

    """
    try:
        said = Path(root / FOLDER / name).read_bytes().decode("utf-8", _ANY)
    except (OSError, UnicodeDecodeError):
        return None
    seal, _, text = said.partition("\n")
    return text if seal == _seal(text) else None


def _seal(text: str) -> str:
    return blake2b(program() + _bytes(text)).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", _ANY)
