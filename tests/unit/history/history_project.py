"""A folder of revisions, built up step by step as `generate` would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from schemagen import kinds
from schemagen.diff import compare
from schemagen.history import history
from schemagen.history.checkpoint import Checkpoint
from schemagen.history.entry import body_hash
from schemagen.history.entry_text import entry_text
from schemagen.memory.pool import Pool
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from schemagen.changes import Change
    from schemagen.diagnostics import Diagnostic
    from schemagen.history.history import History

TEMPLATE = '''"""{title}

Revision ID: {id}
Revises: {revises}
Create Date: {created}{entry}
"""

from alembic import op

revision = "{id}"
down_revision = {down}
branch_labels = None
depends_on = {depends_on}


def upgrade() -> None:
    op.execute("select 1 -- {id}")


def downgrade() -> None:
    op.execute("select 2 -- {id}")
'''


class Project:
    """A project whose revisions are written one by one.

    Whenever it is read, it is read from the last checkpoint on, too, and has to say the same.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "versions"
        self.folder.mkdir()
        self.begin: Checkpoint | None = None

    def write(  # noqa: PLR0913 - each is a line of the file
        self,
        stem: str,
        down: str | tuple[str, ...] | None = None,
        *,
        entry: bool = False,
        created: str = "2026-01-01 12:00:00",
        depends_on: str | None = None,
        rev: str | None = None,
    ) -> str:
        """Write a revision without an entry, as a person would; give its text."""
        text = TEMPLATE.format(
            title=stem.replace("_", " "),
            id=rev or stem,
            revises=down or "",
            created=created,
            entry=f"\nEntry: {stem}.yaml" if entry else "",
            down=repr(down).replace("'", '"'),
            depends_on=repr(depends_on),
        )
        (self.folder / f"{stem}.py").write_text(text)
        return text

    def generate(
        self,
        stem: str,
        down: str | tuple[str, ...] | None,
        before: Schema,
        after: Schema,
        changes: Sequence[Change] | None = None,
        **more: str,
    ) -> None:
        """Write a revision with its entry."""
        text = self.write(stem, down, entry=True, **more)
        steps = compare(before, after).changes if changes is None else changes
        whole = down is None
        entry = entry_text(steps, before, after, body_hash(text), full=whole)
        (self.folder / f"{stem}.yaml").write_text(entry)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace text in a file, which has to be there."""
        path = self.folder / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def read(self) -> History:
        found = history.read(self.folder, self.root)
        if self.begin is not None:
            again = history.read(self.folder, self.root, remembered(self.begin))
            assert told(again) == told(found)
        self.begin = found.checkpoint or self.begin
        return found

    def findings(self) -> list[Diagnostic]:
        return list(self.read().diagnostics)


def remembered(begin: Checkpoint) -> Checkpoint:
    """Write a checkpoint down, and read it."""
    pool = Pool()
    said = begin.written(pool.number)
    data = json.loads(json.dumps({"pool": pool.data(), "begin": said}))
    return Checkpoint.of(data["begin"], Pool(**data["pool"]).runs)


def told(found: History) -> tuple[object, ...]:
    """Give what a history says; of its end, if it has one."""
    if len(found.heads) > 1:
        return found.diagnostics, [revision.id for revision in found.heads]
    ends = found.state(), found.done(), found.checkpoint
    states = {revision.id: found.state(revision.id) for revision in found.revisions}
    return found.diagnostics, found.untold, ends, states


def table(name: str, *columns: str, **types: str) -> list[kinds.Obj]:
    """Make a table with an id and text columns, or columns of the types given."""
    every = {"id": "bigint", **dict.fromkeys(columns, "text"), **types}
    key = kinds.PrimaryKey(table=name, name=f"pk_{name}", columns=("id",))
    made = [kinds.Column(table=name, name=c, type=t) for c, t in every.items()]
    return [kinds.Table(name=name), *made, key]


EMPTY = Schema()
LOTS = Schema(table("lots", "code"))
NOTED = Schema(table("lots", "code", "notes"))
COLOURED = Schema(table("lots", "code", "colour"))
