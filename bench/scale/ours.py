"""The commands of schemagen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.scale import as_yaml
from bench.scale.folder import Folder
from bench.scale.measure import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.scale.tables import Table

REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMAGEN = (sys.executable, "-m", "schemagen")
OURS = "schemagen"
_CACHE = ".schemagen"


def environment(**more: str) -> dict[str, str]:
    """Give the variables for a command: with bytecode, and this repository's schemagen."""
    rest = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "NO_COLOR")}
    return {**rest, "PYTHONPATH": str(REPOSITORY), **more}


def run(root: Path, *command: str, **more: str) -> None:
    """Run a command that is not measured. Raises CalledProcessError with what it said."""
    done = subprocess.run(  # noqa: S603 - our own
        command,
        cwd=root,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        msg = f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr or done.stdout}"
        raise RuntimeError(msg)


def build(root: Path, count: int, entries: int) -> Folder:
    """Write our project, in a process of its own."""
    module = (sys.executable, "-m", "bench.scale.project", str(root))
    run(REPOSITORY, *module, "--tables", str(count), "--entries", str(entries))
    return Folder(root)


def with_column(base: Folder, root: Path, table: Table) -> Folder:
    """Copy a project and add a column to one of its tables in the YAML."""
    shutil.copytree(base.root, root, ignore=shutil.ignore_patterns(_CACHE))
    file = root / "schema" / as_yaml.path(table)
    file.write_text(as_yaml.text(table, remark=True), encoding="utf-8")
    return Folder(root)


def save_cache(base: Folder, to: Path) -> None:
    """Keep the cache that the commands leave in a project where nothing is pending."""
    for name in ("check", "diff"):
        run(base.root, *SCHEMAGEN, name)
    if (base.root / _CACHE).is_dir():
        shutil.copytree(base.root / _CACHE, to)


def save_memory(base: Folder, root: Path, table: Table, to: Path) -> None:
    """Keep the cache that a `diff` leaves in a copy where a column of another table is pending."""
    pending = with_column(base, root, table)
    run(pending.root, *SCHEMAGEN, "diff")
    shutil.move(pending.root / _CACHE, to)
    shutil.rmtree(root)


def cold(folder: Folder) -> None:
    """Take the cache away."""
    shutil.rmtree(folder.root / _CACHE, ignore_errors=True)


def warm(folder: Folder, saved: Path) -> None:
    """Put a cache in place."""
    cold(folder)
    if saved.is_dir():
        shutil.copytree(saved, folder.root / _CACHE)


def reading(base: Folder, saved: Path, url: str = "sqlite://") -> Iterator[Case]:
    """Give the commands that find nothing to do."""
    env = environment(DATABASE_URL=url)
    first, second = partial(cold, base), partial(warm, base, saved)
    for name in ("check", "diff"):
        command = (*SCHEMAGEN, name)
        yield Case(OURS, name, command, base, env, first)
        yield Case(OURS, f"{name} again", command, base, env, second)


def writing(added: Folder, saved: Path) -> Iterator[Case]:
    """Give the commands on a project with one column more."""
    env = environment()
    first, second = partial(cold, added), partial(warm, added, saved)
    for name, flags in (("diff", ()), ("generate", ("--no-input",))):
        command, writes = (*SCHEMAGEN, name, *flags), name == "generate"
        yield Case(OURS, f"{name} +1", command, added, env, first, writes)
        yield Case(OURS, f"{name} +1 again", command, added, env, second, writes)


def others(base: Folder) -> Iterator[Case]:
    """Give the commands that write what is there already."""
    env, first = environment(), partial(cold, base)
    for name in ("models", "fmt"):
        if (REPOSITORY / "schemagen" / "cli" / f"{name}.py").is_file():
            yield Case(OURS, name, (*SCHEMAGEN, name), base, env, first)
