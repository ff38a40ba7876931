"""What two processes find together is what one finds alone."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import wild_edits
from support import cases, sidelong
from support import texts as schemas
from test_canonical import edited as misspelt
from wild_schemas import wild_schema

from schemagen import source
from schemagen.config import Settings
from schemagen.diff import compare
from schemagen.history.entry import body_hash
from schemagen.history.entry_text import entry_text
from schemagen.schema import Schema
from schemagen.source.dump import dump
from schemagen.workflow import project
from schemagen.workflow.replayed import Replayed

if TYPE_CHECKING:
    from collections.abc import Mapping

SHARES, SEEDS = 4, 24
EACH = 4  # of the cases: a test runner is slow to fork
CASES = cases.read(Path(__file__).parents[1] / "cases")
REVISION = '''"""{name}

Revision ID: {name}
Revises: {parent}
Create Date: 2026-01-01 12:00:00
Entry: {name}.yaml
"""

revision = "{name}"
down_revision = {down}


def upgrade() -> None:
    pass
'''

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")


def written(root: Path, states: list[Schema], yaml: Mapping[str, str]) -> Settings:
    """Write a project: a revision for each state, and the YAML."""
    settings = Settings(root, root / "schema", root / "versions")
    for folder in (settings.schema, settings.versions):
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.rglob("*.*"):
            file.unlink()
    before, parent = Schema(), ""
    for number, state in enumerate(states):
        name = f"{number:04d}"
        down = f'"{parent}"' if parent else None
        text = REVISION.format(name=name, parent=parent, down=down)
        entry = entry_text(compare(before, state).changes, before, state, body_hash(text))
        (settings.versions / f"{name}.py").write_text(text, "utf-8")
        (settings.versions / f"{name}.yaml").write_text(entry, "utf-8")
        before, parent = state, name
    for name, text in yaml.items():
        (settings.schema / name).parent.mkdir(parents=True, exist_ok=True)
        (settings.schema / name).write_text(text, "utf-8", newline="")
    return settings


def told(found: project.Project) -> dict[str, Any]:
    """Give all that was found, and in which order."""
    said = {
        "schema": list(found.source.schema),
        "places": list(found.source.places.items()),
        "wrong": (found.source.diagnostics, found.history.diagnostics),
        "kept": found.source.kept,
    }
    if len(found.history.heads) > 1:
        return said
    return said | {
        "head": (found.history.head, len(found.history), found.history.next_number()),
        "state": list(found.history.state()),
        "at its head": list(found.history.state(found.history.head)),
        "done": found.history.done(),
        "pending": found.pending() if not any(said["wrong"]) else None,
        "checkpoint": found.history.checkpoint,
        "kept state": list(found.history.checkpoint.state) if found.history.checkpoint else None,
    }


def agree(settings: Settings, patch: pytest.MonkeyPatch) -> bool:
    """Read a project in one process and in several; say whether one of those had the history."""
    alone = told(project.look(settings))
    with patch.context() as patched:
        sidelong.begin_always(patched)
        found = project.look(settings)
        together = told(found)
    assert together == alone
    return isinstance(found.history, Replayed)


@pytest.mark.parametrize("share", range(SHARES))
def test_random_pairs(share: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replayed = 0
    for seed in range(share, SEEDS, SHARES):
        rng = random.Random(seed)
        first = wild_schema(rng)
        second, _ = wild_edits.edited(rng, first)
        third, _ = wild_edits.edited(rng, second)
        for wanted in (third, second):
            replayed += agree(written(tmp_path, [first, second], dict(dump(wanted))), monkeypatch)
    assert replayed > SEEDS // SHARES


@pytest.mark.parametrize("share", range(SHARES))
def test_mistakes_in_either(share: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_again = 0
    for seed in range(share, SEEDS, SHARES):
        rng = random.Random(seed)
        schema = wild_schema(rng)
        texts = dict(dump(schema))
        name = rng.choice(sorted(texts))
        agree(written(tmp_path, [schema], {**texts, name: misspelt(rng, texts[name])}), monkeypatch)
        settings = written(tmp_path, [schema, wild_edits.edited(rng, schema)[0]], texts)
        entry = settings.versions / rng.choice(("0000.yaml", "0001.yaml"))
        entry.write_text(misspelt(rng, entry.read_text("utf-8")), "utf-8")
        looked_again += not agree(settings, monkeypatch)
    assert looked_again  # by one process, as there is something to tell


@pytest.mark.parametrize("file", sorted({case.file.stem for case in CASES[::EACH]}))
def test_the_schemas_of_the_cases(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for case in CASES[::EACH]:
        if case.file.stem == file:
            old = source.parse(schemas.files(case.blocks.get("yaml old", ""))).schema
            settings = written(tmp_path, [old], schemas.files(case.blocks["yaml new"]))
            assert agree(settings, monkeypatch)
