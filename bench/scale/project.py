"""Our project: its YAML, its history, and what is generated from them.

It runs as a process of its own, `python -m bench.scale.project ROOT`, as it takes memory.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.scale import as_yaml
from bench.scale.history import revisions
from bench.scale.tables import tables
from schemagen.config import Settings
from schemagen.workflow import generated
from schemagen.workflow.project import sound_source

PYPROJECT = """\
[tool.schemagen]
schema = "schema"
versions = "migrations/versions"
models = "models"
"""


def write(root: Path, count: int, entries: int) -> None:
    """Write a project with nothing pending.

    Args:
        root: a folder that is there.
        count: so many tables.
        entries: so many revisions.

    """
    schema, versions = root / "schema", root / "migrations" / "versions"
    models = root / "models"
    for folder in (schema / "tables", versions, models):
        folder.mkdir(parents=True)
    (root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    for name, text in as_yaml.files(tables(count)).items():
        (schema / name).write_text(text, encoding="utf-8")
    settings = Settings(root, schema, versions, models)
    source = sound_source(settings)
    for written in revisions(source, entries):
        (versions / f"{written.stem}.py").write_text(written.module, encoding="utf-8")
        (versions / f"{written.stem}.yaml").write_text(written.entry, encoding="utf-8")
    made = generated.model_files(source.schema, settings)
    for path, module in (made | generated.editor_schema(source, settings)).items():
        path.write_text(module or "", encoding="utf-8")


def main() -> None:
    """Read the command line, and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale.project")
    parser.add_argument("root", type=Path)
    parser.add_argument("--tables", type=int, required=True)
    parser.add_argument("--entries", type=int, default=1)
    asked = parser.parse_args()
    asked.root.mkdir(parents=True, exist_ok=True)
    write(asked.root, asked.tables, asked.entries)


if __name__ == "__main__":
    main()
