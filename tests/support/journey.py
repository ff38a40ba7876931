"""Take a case the whole road: generate, upgrade with rows, downgrade, upgrade again."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from schemagen.db.scope import scope_of
from schemagen.diff import compare
from schemagen.plan.flat import flat_changes, flat_directions
from schemagen.schema import Schema
from support import road, strategies, texts, tracks
from support.cases import bodies
from support.databases import kept_open
from support.project import Project
from support.rows import fill, read_rows
from support.sameness import same_catalog, same_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from schemagen.changes import Change
    from support.cases import Case
    from support.databases import Database
    from support.rows import Rows


@dataclass
class Journey:
    """One case on one database.

    Args:
        case: the case.
        root: a folder for its project.
        dialect: which databases it is taken on.
        update: rewrite the expected blocks instead of comparing.
        online: take the online way; its text is compared if the case is about it.

    """

    case: Case
    root: Path
    dialect: str
    update: bool = False
    online: bool = False
    schemas: tuple[str, ...] = field(default=(), init=False)  # those that are looked at
    database: Database = field(init=False)  # it is migrated
    fresh: Database = field(init=False)  # the new schema is created in it at once

    def run(self, new_database: Callable[[str], Database]) -> None:
        """Take the road; anything that is not as it should be fails the test.

        Args:
            new_database: gives an empty database; what nothing runs on needs none.

        """
        project = Project.create(self.root, online=self.online)
        old = self.first(project) if "yaml old" in self.case.blocks else None
        self.write(project, self.case.blocks["yaml new"])
        self._compare("text diff", lambda: project.schemagen("diff").stdout)
        flags = self.case.words("sh flags", self.dialect)
        done = strategies.generate(project, *flags)
        if codes := self.case.words("text error", self.dialect):
            assert done.code == 1, f"not refused:\n{done.stdout}{done.stderr}"
            assert [c for c in codes if f"[{c}]" not in done.stderr] == [], done.stderr
            return
        done.ok()
        self._compare_bodies(project)
        if self.online and not self.case.online and _is_plain(project, flags):
            return  # it is the journey that is not online
        one, two = new_database(self.dialect), new_database(self.dialect)
        with kept_open(one) as self.database, kept_open(two) as self.fresh:
            self._move(project, old)

    def _move(self, project: Project, old: Schema | None) -> None:
        try:
            if old:
                self.fill(project, self.database, old)
            self._there_and_back(project, old or Schema())
        except Exception as error:
            error.add_note(project.revisions()[-1].read_text())
            raise
        project.schemagen("diff", "--exit-code").ok()

    def first(self, project: Project) -> Schema:
        """Write the revision that makes the old schema."""
        text = self.case.blocks["yaml old"]
        self.write(project, text)
        project.schemagen("generate", "--no-input").ok()
        return texts.read(text).schema

    def fill(self, project: Project, database: Database, old: Schema) -> None:
        """Bring a database to the old schema, with rows in every table."""
        project.upgrade(database.url, "+1")
        self._execute("sql own", database)
        self._execute("sql rows", database)
        with database.engine.begin() as connection:
            fill(connection, old)

    def _execute(self, words: str, database: Database) -> bool:
        statements = self.case.statements(words, self.dialect)
        database.execute(*statements)
        return bool(statements)

    def write(self, project: Project, text: str) -> None:
        """Replace the YAML."""
        shutil.rmtree(project.root / "schema")
        for name, part in texts.files(text).items():
            project.write(f"schema/{name}", part)

    def _compare(self, words: str, make: Callable[[], str]) -> None:
        expected = self.case.blocks.get(words)
        other = self.online != self.case.online
        if expected is None or (other and words.startswith("python")):
            return
        text = make().rstrip("\n") + "\n"
        if self.update:
            self.case.update(words, text)
        else:
            assert text == expected

    def _compare_bodies(self, project: Project) -> None:
        found = bodies(project.revisions()[-1].read_text(encoding="utf-8"))
        for way, text in found.items():
            self._compare(f"python {way}", lambda text=text: text)

    def _there_and_back(self, project: Project, old: Schema) -> None:
        read = texts.read(self.case.blocks["yaml new"])
        self.schemas = scope_of(old, read.schema)
        changes = compare(old, read.schema, read.directions).changes
        directions = read.directions
        if self.dialect == "sqlite":
            moved = {**old.unqualified, **read.schema.unqualified}
            changes = tuple(flat_changes(changes, moved))
            directions = flat_directions(directions, moved)
        road.create(read.schema, self.fresh)
        _ = self._execute("sql own after", self.fresh) or self._execute("sql own", self.fresh)
        wanted = self.fresh.catalog(self.schemas)
        before, rows = self.database.catalog(self.schemas), self._rows()

        if self._refused("up", lambda: project.upgrade(self.database.url)):
            if self.online:
                return
            same_catalog(
                before, self.database.catalog(self.schemas), "before", "after the refused upgrade"
            )
            assert self._rows() == rows
            return
        same_catalog(
            wanted, self.database.catalog(self.schemas), "a fresh database", "the upgraded one"
        )
        moved = self._moved(old, read.schema, changes)
        touched = set(tracks.touched(self._there(old), changes, directions))
        same_rows(rows, self._rows(), {p: q for p, q in moved.items() if p not in touched})

        more = self._execute("sql after", self.database)
        target = "-1" if old else "base"
        after, there = self.database.catalog(self.schemas), self._rows()
        if self._refused("down", lambda: project.downgrade(self.database.url, target)):
            if self.online:
                return
            same_catalog(
                after, self.database.catalog(self.schemas), "before", "after the refused downgrade"
            )
            assert self._rows() == there
            return
        same_catalog(before, self.database.catalog(self.schemas), "before", "after the downgrade")
        lossy = {tuple(p.split(".")) for p in self.case.words("text lossy", self.dialect)}
        lossy |= set(tracks.filled(directions, {q: p for p, q in moved.items()}))
        if not more:
            same_rows(rows, self._rows(), {p: p for p in moved if p not in lossy})
        project.upgrade(self.database.url)
        same_catalog(
            wanted,
            self.database.catalog(self.schemas),
            "a fresh database",
            "the one upgraded again",
        )

    def _moved(
        self, old: Schema, new: Schema, changes: Sequence[Change]
    ) -> dict[tracks.Place, tracks.Place]:
        """Give where the columns are that this database has before and after."""
        dialect = self.dialect
        places = tracks.moved(old.on(dialect), changes)
        return {p: q for p, q in places.items() if q[0] in new.on(dialect).tables}

    def _there(self, schema: Schema) -> Schema:
        return schema.flat if self.dialect == "sqlite" else schema

    def _rows(self) -> Rows:
        with self.database.engine.connect() as connection:
            return read_rows(connection, self.schemas)

    def _refused(self, way: str, move: Callable[[], None]) -> bool:
        said = self.case.lines(f"text refused {way}", self.dialect)
        if not said:
            move()
            return False
        if self.online:  # in other words, and at another step
            with pytest.raises(Exception, match=f"The rows:|{re.escape(said[0])}"):
                move()
            return True
        with pytest.raises(Exception, match=re.escape(said[0])) as caught:
            move()
        assert [line for line in said if line not in str(caught.value)] == []
        return True


def _is_plain(project: Project, flags: Sequence[str]) -> bool:
    """Say whether the newest revision is what it would be if clients could wait."""
    plain = project.schemagen("generate", "--amend", "--offline", "--dry-run", "--no-input", *flags)
    return plain.ok().stdout == project.revisions()[-1].read_text(encoding="utf-8")
