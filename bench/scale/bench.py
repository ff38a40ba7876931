"""The projects of a size, and the rounds in which their commands are measured."""

from __future__ import annotations

import contextlib
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.scale import alembic, django, f2x, ours
from bench.scale.measure import CommandFailedError, TooLongError, set_up
from bench.scale.pace import pace
from bench.scale.results import Row
from bench.scale.tables import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from bench.scale.folder import Folder
    from bench.scale.measure import Case
    from bench.scale.results import Results
    from bench.stall.server import Server

PARTS = ("schemagen", "sqlite", "postgresql", "django", "history", "f2x")
_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_LONG = 60.0  # seconds from which on one run, after the warm-up, is enough
_SET_UP = 3  # times the limit: for what is done once


@dataclass(frozen=True, slots=True)
class Bench:
    """A session.

    Args:
        folder: of the projects.
        server: with a database for each size.
        results: where the results go.
        repeat: runs of each command.
        parts: of `PARTS`, what is measured.
        python: the interpreter that has Django, if it is measured.
        save: called after each row.
        others_to: the most tables on which Alembic and Django are measured.

    """

    folder: Path
    server: Server | None
    results: Results
    repeat: int
    parts: frozenset[str]
    python: str
    save: Callable[[], None]
    others_to: int

    def size(self, count: int) -> None:
        """Measure the commands of all contestants on so many tables, ten to a revision."""
        entries, here = max(1, count // 10), self.folder / f"scale{count}"
        here.mkdir()
        base = ours.build(here / "ours", count, entries)
        alembic.write(base.root)
        cases = [*self._ours(here, base, count)]
        if count <= self.others_to:
            cases += self._alembic(here, base, count)
            with self._said("Django", count, entries):
                cases += self._django(here, count)
        self.rounds("scale", cases, count, entries)
        shutil.rmtree(here)

    def history(self, count: int, histories: Iterable[int]) -> None:
        """Measure what the length of the history costs."""
        here = self.folder / "history"
        here.mkdir()
        found: list[tuple[int, Case]] = []
        for entries in histories:
            base = ours.build(here / str(entries), count, entries)
            ours.save_cache(base, here / f"cache{entries}")
            base.keep()
            found += [(entries, one) for one in ours.reading(base, here / f"cache{entries}")]
        self._rounds([(self._row("history", one, count, n), one) for n, one in found])
        shutil.rmtree(here)

    def f2x(self) -> None:
        """Measure on the project of this repository."""
        here = self.folder / "f2x"
        here.mkdir()
        base = f2x.copy(here / "project")
        urls = {name: self._database(here, base, part, "f2x") for part, name in _DATABASES.items()}
        ours.save_cache(base, here / "cache")
        base.keep()
        entries = len(list((base.root / "backend" / "alembic" / "versions").glob("*.yaml")))
        self.rounds("f2x", f2x.cases(base, here / "cache", urls), f2x.tables(base), entries)
        shutil.rmtree(here)

    def rounds(self, part: str, cases: Iterable[Case], count: int, entries: int) -> None:
        """Run each command once to warm up, then all in turn, as often as asked."""
        self._rounds([(self._row(part, case, count, entries), case) for case in cases])

    def _rounds(self, found: list[tuple[Row, Case]]) -> None:
        times = {id(row): self._warmed_up(row, case) for row, case in found}
        for number in range(self.repeat):
            for row, case in found:
                if number < times[id(row)]:
                    self._once(row, case)
        for row, _ in found:
            print(row, flush=True)  # noqa: T201 - a command

    def _warmed_up(self, row: Row, case: Case) -> int:
        """Run once; say how often it is measured then."""
        seconds = self._once(row, case)
        for runs in (row.seconds, row.worked, row.bytes, row.paces):
            runs.clear()
        if seconds is None:
            return 0
        return 1 if seconds > _LONG else self.repeat

    def _once(self, row: Row, case: Case) -> float | None:
        paced = pace()
        try:
            run = case.run(self.results.limit)
        except CommandFailedError as error:
            print(error, file=sys.stderr, flush=True)  # noqa: T201 - a command
            row.note = "fails"
            return None
        if run.code is None:
            row.note = f"over {self.results.limit / 60:.0f} min"
            return None
        row.seconds.append(run.seconds)
        row.worked.append(run.worked)
        row.bytes.append(run.bytes)
        row.paces.append(paced)
        self.save()
        return run.seconds

    def _row(self, part: str, case: Case, count: int, entries: int) -> Row:
        row = Row(part, count, entries, case.contestant, case.name)
        self.results.rows.append(row)
        return row

    def _ours(self, here: Path, base: Folder, count: int) -> Iterator[Case]:
        if "schemagen" in self.parts:
            ours.save_cache(base, here / "cache")
            schema = tables(count)
            ours.save_memory(base, here / "before", schema.tables[0], here / "memory")
            added = ours.with_column(base, here / "added", schema.changed).keep()
            base.keep()
            yield from ours.reading(base, here / "cache")
            yield from ours.writing(added, here / "memory")
            yield from ours.others(base)

    def _alembic(self, here: Path, base: Folder, count: int) -> Iterator[Case]:
        wanted = [part for part in _DATABASES if part in self.parts]
        if not wanted:
            return
        added = ours.with_column(base, here / "models", tables(count).changed)
        ours.run(added.root, *ours.SCHEMAGEN, "models")
        added.keep()
        base.keep()
        for part in wanted:
            name = _DATABASES[part]
            with self._said(f"Alembic, {name}", count, max(1, count // 10)):
                url = self._database(here, base, part, f"scale{count}")
                yield from alembic.cases(base, added, name, url)

    def _django(self, here: Path, count: int) -> list[Case]:
        if "django" not in self.parts:
            return []
        limit = self.results.limit * _SET_UP
        base = django.project(here / "django", tables(count), self.python, limit)
        added = django.with_field(base, here / "field", tables(count))
        return list(django.cases(base.keep(), added.keep(), self.python))

    def _database(self, here: Path, base: Folder, part: str, name: str) -> str:
        """Give the URL of a database that is at the project's head."""
        url = f"sqlite:///{here / f'{name}.sqlite.db'}"
        if part == "postgresql":
            assert self.server is not None  # noqa: S101 - started for this part
            self.server.execute(f"CREATE DATABASE {name}")
            url = self.server.at(name)
        env = ours.environment(DATABASE_URL=url)
        limit = self.results.limit * _SET_UP
        set_up((*alembic.ALEMBIC, "upgrade", "head"), base.root, env, limit)
        if self.server and part == "postgresql":
            with self.server.connect(name) as connection:
                connection.execute("VACUUM ANALYZE")  # as a server does by itself
        return url

    @contextlib.contextmanager
    def _said(self, contestant: str, count: int, entries: int) -> Iterator[None]:
        """Say of a contestant that could not even begin why that is so."""
        try:
            yield
        except (CommandFailedError, TooLongError) as error:
            print(error, file=sys.stderr, flush=True)  # noqa: T201 - a command
            note = "fails" if isinstance(error, CommandFailedError) else str(error)
            for name in ("check", "write"):
                self.results.rows.append(Row("scale", count, entries, contestant, name, note=note))
