# ruff: noqa: INP001 - a command, not a package
"""Time `schemagen diff` and `schemagen generate --dry-run` on a schema of 500 tables.

Run it with `python bench/generate_speed.py [TABLES]`.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

TABLES = 500
TABLE = """\
table: table_{n}
comment: Table number {n}
columns:
  id: bigint pk identity
  code: varchar(50) unique
  parent_id: bigint? -> table_{parent} on delete set null
  amount: numeric(10, 2) = 0
  status: varchar(20) = 'NEW'
  data: jsonb?
  created_at: timestamptz = current_timestamp
checks:
  amount: amount >= 0
indexes:
  parent: [parent_id]
  status: [status, created_at desc]
  data: {{columns: [data], using: gin, only: postgresql}}
"""
SETTINGS = """\
[tool.schemagen]
schema = "schema"
versions = "versions"
models = "models"
"""


def write_project(root: Path, tables: int) -> None:
    """Write a project of so many tables and no revision, in which each table refers to another."""
    folder = root / "schema" / "tables"
    folder.mkdir(parents=True)
    (root / "versions").mkdir()
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "schema" / "schema.yaml").write_text("schemagen: 1\n", encoding="utf-8")
    for n in range(tables):
        text = TABLE.format(n=n, parent=max(n - 1, 0))
        (folder / f"table_{n}.yaml").write_text(text, encoding="utf-8")


def seconds(root: Path, *arguments: str) -> float:
    """Time one run of the command, start-up included."""
    start = time.perf_counter()
    command = (sys.executable, "-m", "schemagen", *arguments)
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        sys.exit(f"schemagen {' '.join(arguments)}: {done.stderr or done.stdout}")
    return time.perf_counter() - start


def main() -> None:
    """Print the best of three runs of each command."""
    tables = int(sys.argv[1]) if len(sys.argv) > 1 else TABLES
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write_project(root, tables)
        for arguments in (("--version",), ("diff",), ("generate", "--dry-run", "--no-input")):
            best = min(seconds(root, *arguments) for _ in range(3))
            print(f"schemagen {' '.join(arguments):<32} {tables:>5} tables {best:7.2f} s")  # noqa: T201


if __name__ == "__main__":
    main()
