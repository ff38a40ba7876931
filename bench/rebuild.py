"""Time the rebuild of an SQLite table for six changes at once, and the way back.

Run it with `python bench/rebuild.py [ROWS]`.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 1_000_000
ROOT = Path(__file__).resolve().parents[1]
BACKEND = ("__init__.py", "config.py", "alembic/env.py", "alembic/script.py.mako")
SETTINGS = """\
[tool.schemagen]
schema = "schema"
versions = "backend/alembic/versions"
models = "backend/models"
"""
TABLE = """\
table: readings
columns:
  id: bigint pk identity
  code: varchar(20)
  batch: varchar(20)
  amount: numeric(10, 2)
  size: integer
  weight: integer?
  status: varchar(10) = 'NEW'
  note: text?
  taken_on: date
  taken_at: timestamp
indexes:
  code: [code]
"""
CHANGES = (
    ("code: varchar(20)", "code: varchar(40)"),
    ("batch: varchar(20)", "batch: text"),
    ("amount: numeric(10, 2)", "amount: numeric(12, 4)"),
    ("size: integer", "size: bigint"),
    ("weight: integer?", "weight: {type: integer = 0, backfill: '0'}"),
    ("status: varchar(10) = 'NEW'", "status: varchar(10) = 'OPEN'"),
)
FILL = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
    INSERT INTO readings
    SELECT i, 'code ' || i, 'batch ' || (i % 1000), i / 7.0, i, nullif(i % 5, 0), 'NEW', 'a note',
    '2026-01-01', '2026-01-01 00:00:00' FROM n
"""


def lay_out(root: Path) -> None:
    """Write a project with the environment of this repository."""
    for name in BACKEND:
        (root / "backend" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "backend" / name, root / "backend" / name)
    (root / "backend" / "alembic" / "versions").mkdir()
    shutil.copy(ROOT / "alembic.ini", root)
    (root / "schema" / "tables").mkdir(parents=True)
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")


def run(root: Path, module: str, *arguments: str) -> float:
    """Time one run of a command; stop if it fails."""
    start = time.perf_counter()
    environment = {**os.environ, "DATABASE_URL": "sqlite:///./bench.db"}
    command = (sys.executable, "-m", module, *arguments)
    done = subprocess.run(  # noqa: S603 - our own
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{module} {' '.join(arguments)}: {done.stderr or done.stdout}")
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lay_out(root)
        table = root / "schema" / "tables" / "readings.yaml"
        table.write_text(TABLE, encoding="utf-8")
        run(root, "schemagen", "generate")
        run(root, "alembic", "upgrade", "head")
        connection = sqlite3.connect(root / "bench.db")
        with connection:
            connection.execute(FILL.format(rows=rows))
        connection.close()
        text = TABLE
        for old, new in CHANGES:
            text = text.replace(old, new)
        table.write_text(text, encoding="utf-8")
        run(root, "schemagen", "generate")
        size = (root / "bench.db").stat().st_size / 1e6
        up = run(root, "alembic", "upgrade", "head")
        down = run(root, "alembic", "downgrade", "-1")
    sys.stdout.write(f"{rows} rows, {size:.0f} MB: upgrade {up:.1f} s, downgrade {down:.1f} s\n")


if __name__ == "__main__":
    main()
