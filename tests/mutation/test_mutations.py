"""The suite notices when the planner is broken: a copy of it is, in one place at a time.

1. A rebuild on SQLite forgets the table's indexes.
2. A rebuild on SQLite leaves the NULLs of a column that becomes NOT NULL as they are.
3. The way down forgets which columns were renamed, so it drops and adds them.
4. The rows of an enum held as text keep the old name of a renamed value.
5. PostgreSQL never gets the foreign keys that have to come after both tables.
6. PostgreSQL does not change a column's type after all.
7. SQLite keeps values that do not fit a column's new type.

Each time the cases that are named with it run against the copy, and fail. Unbroken they pass.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from support.postgres import OTHER_SERVER
from support.project import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from support.postgres import Server


@dataclass(frozen=True, slots=True)
class Mutation:
    """One way to break the planner.

    Args:
        file: below `schemagen/`.
        right: a text that stands there once.
        wrong: what to write instead.
        cases: the cases that notice, as tests are called.

    """

    file: str
    right: str
    wrong: str
    cases: tuple[str, ...]


MUTATIONS = {
    "indexes are lost": Mutation(
        "plan/rebuild.py",
        'create_index(index, "sqlite") for index in ctx.goal.view(table).indexes]',
        'create_index(index, "sqlite") for index in ()]',
        ("table: Change everything of a table at once-sqlite",),
    ),
    "NULLs are left": Mutation(
        "plan/rebuild.py",
        "if old.nullable and not new.nullable and",
        "if False and",
        ("column: Forbid NULL with a default-sqlite",),
    ),
    "renames are forgotten on the way down": Mutation(
        "plan/context.py",
        "_hint(back, home(change.old.key), change.new.name)",
        "pass",
        ("renames: Rename along a chain-sqlite", "renames: Rename along a chain-postgresql"),
    ),
    "renamed values stay": Mutation(
        "plan/values.py",
        "    if not pairs:\n        return value\n",
        "    return value\n",
        ("enum: Rename a value of an enum in a varchar-sqlite",),
    ),
    "foreign keys in a cycle are forgotten": Mutation(
        "plan/postgresql.py",
        "        yield from late\n",
        "",
        ("table: Add two tables that refer to each other-postgresql",),
    ),
    "types stay": Mutation(
        "plan/strategies/alter_column.py",
        "code.append(retyped(ctx, new, using(ctx, old, new)))",
        "using(ctx, old, new)",
        ("column: Change type, nullability and default in one step-postgresql",),
    ),
    "misfits are kept": Mutation(
        "plan/rebuild.py",
        "        *_fits(ctx, table, live, values),\n",
        "",
        ("column: Narrow a varchar that does not fit-sqlite",),
    ),
}


def copied(root: Path) -> Path:
    """Copy the tool and its templates, with the bytecode of all that stays as it is."""
    for folder in ("schemagen", "templates"):
        ignore = shutil.ignore_patterns("*.pyc.*")  # which another process is about to rename
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=ignore)
    return root


def run(copy: Path, server: Server, *cases: str) -> subprocess.CompletedProcess[str]:
    """Run cases against a copy of the tool, on the server of this run."""
    url = server.url.render_as_string(hide_password=False)
    environment = {**os.environ, "PYTHONPATH": str(copy), OTHER_SERVER: url}
    ids = [f"tests/cases/test_cases.py::test_case[{case}]" for case in cases]
    return subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", *ids],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_unbroken_copy_passes(tmp_path: Path, postgres_server: Server) -> None:
    chosen = [case for mutation in MUTATIONS.values() for case in mutation.cases]
    done = run(copied(tmp_path), postgres_server, *chosen)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(chosen)} passed" in done.stdout


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_broken_planner_is_noticed(name: str, tmp_path: Path, postgres_server: Server) -> None:
    mutation, copy = MUTATIONS[name], copied(tmp_path)
    file = copy / "schemagen" / mutation.file
    text = file.read_text("utf-8")
    assert text.count(mutation.right) == 1, "the planner has changed: change the mutation too"
    file.write_text(text.replace(mutation.right, mutation.wrong), "utf-8")

    done = run(copy, postgres_server, *mutation.cases)

    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{len(mutation.cases)} failed" in done.stdout, done.stdout
