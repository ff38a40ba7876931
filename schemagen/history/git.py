"""Files of a folder as a commit has them, read through git with names that cannot be options."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from schemagen.errors import SchemagenError

if TYPE_CHECKING:
    from pathlib import Path


def commit(root: Path, ref: str) -> str:
    """Give the full hash of the commit that `ref` names. Raises SchemagenError."""
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if found is None or not ref or ref.startswith("-"):
        if _git(root, "rev-parse", "--git-dir") is None:
            msg = f"{root} is not in a git repository"
            raise SchemagenError(msg)
        msg = f"git knows no commit {ref!r}: write a branch, a tag or a hash, and fetch it first"
        raise SchemagenError(msg)
    return found.decode().strip()


def merge_base(root: Path, one: str, two: str) -> str | None:
    """Give the newest commit that two commits have in common, both given as full hashes."""
    found = _git(root, "merge-base", one, two)
    return found.decode().strip() if found else None


def files(root: Path, folder: Path, commit_hash: str) -> dict[str, bytes]:
    """Read every file under a folder as a commit has it, by its path within the folder.

    Args:
        root: a folder of the repository.
        folder: the folder to read; it may be gone by now.
        commit_hash: as `commit` gives it.

    """
    top = _git(root, "rev-parse", "--show-prefix")
    below = os.path.relpath(folder, root).replace(os.sep, "/")
    path = os.path.normpath((top or b"").decode().strip() + below).replace(os.sep, "/")
    tree = commit_hash if path == "." else f"{commit_hash}:{path}"
    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", tree)
    blobs: dict[str, str] = {}
    for line in (listed or b"").split(b"\0"):
        about, _, name = line.partition(b"\t")
        if about.startswith(b"100"):  # a file, no link and no submodule
            blobs[os.fsdecode(name)] = about.split()[2].decode()
    return dict(zip(blobs, _contents(root, list(blobs.values())), strict=True))


def _contents(root: Path, blobs: list[str]) -> list[bytes]:
    """Read many blobs with one process."""
    asked = "".join(f"{blob}\n" for blob in blobs).encode()
    out = (_git(root, "cat-file", "--batch", stdin=asked) if blobs else b"") or b""
    found: list[bytes] = []
    at = 0
    for _ in blobs:
        end = out.index(b"\n", at) + 1
        size = int(out[at:end].split()[2])
        found.append(out[end : end + size])
        at = end + size + 1
    return found


def _git(root: Path, *arguments: str, stdin: bytes = b"") -> bytes | None:
    """Run git; None when it says no. Raises SchemagenError when there is no git."""
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, check=False)  # noqa: S603 - a fixed command, its arguments in a list
    except (OSError, ValueError) as error:
        msg = f"git cannot be run: {error}"
        raise SchemagenError(msg) from error
    return done.stdout if done.returncode == 0 else None
