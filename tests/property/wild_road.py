"""The laws of a revision on a real database, for one pair of schemas."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import wild_answers
from alembic.util import CommandError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from support import road, tracks
from support.rows import fill, read_rows
from support.sameness import same_catalog as same
from support.sameness import same_rows

from schemagen.diff import compare
from schemagen.kinds import Column, ForeignKey, Key
from schemagen.plan.options import PLAIN
from schemagen.render.revision import revision_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.databases import Database
    from support.rows import Rows

    from schemagen.db.catalog import Catalog
    from schemagen.directions import Directions
    from schemagen.plan.options import Options
    from schemagen.schema import Schema

REFUSALS = (IntegrityError, DataError)  # the rows do not fit, which only the database can know
REFUSED = (
    *("CHECK constraint failed", "does not fit", "The rows: "),
    "syntax error in tsquery",  # a text that is none, which PostgreSQL calls no data error
)

TABLES = """
    SELECT oid::regclass FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def clear(database: Database) -> None:
    """Empty a database, which is faster than making another."""
    if database.dialect == "postgresql":
        database.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    elif path := database.engine.url.database:
        Path(path).unlink(missing_ok=True)


@dataclass
class Road:
    """A pair of schemas and what happens to it.

    Args:
        a: the schema before.
        b: the schema after.
        directions: how to get there; what the planner asks beyond them is made up.
        told: counts what became of the pairs.
        options: how the plan is to be carried out.

    """

    a: Schema
    b: Schema
    directions: Directions
    told: Counter[str] = field(default_factory=Counter)
    text: str = ""
    options: Options = PLAIN

    def prepare(self) -> bool:
        """Write the revision; say whether there is one."""
        try:
            plan, self.directions = wild_answers.decided(
                self.a, self.b, self.directions, self.options
            )
        except wild_answers.Undecided:
            self.told["undecided"] += 1
            return False
        self.text = revision_text(road.HEADER, plan)
        again, _ = wild_answers.decided(self.a, self.b, self.directions, self.options)
        assert revision_text(road.HEADER, again) == self.text, "the same input, another text"
        return True

    def run(self, empty: Database, full: Database, fresh: Database) -> None:
        """Take the road without rows, which has to work, then with rows."""
        road.create(self.b, fresh)
        road.create(self.a, empty)
        before, wanted = empty.catalog(), fresh.catalog()
        up = road.run(self.text, "upgrade", empty)
        same(wanted, empty.catalog(), "a fresh database", "the upgraded one")
        down = road.run(self.text, "downgrade", empty)
        same(before, empty.catalog(), "before", "after the downgrade")
        self._stopped("upgrade", up, empty)
        same(wanted, empty.catalog(), "a fresh database", "the one upgraded again")
        self._stopped("downgrade", down, empty)
        same(before, empty.catalog(), "before", "after the second downgrade")
        road.create(self.a, full)
        if not self._filled(full):
            self.told["no rows"] += 1
        self._with_rows(full, before, wanted)

    def _stopped(self, way: str, statements: int, database: Database) -> None:
        """Run a way that commits on its way, end it somewhere, and run it again."""
        if self.options.online and statements:
            at = 1 + zlib.crc32(self.text.encode()) % statements
            try:
                with pytest.raises(road.Stopped):
                    road.run(self.text, way, database, at)
                road.run(self.text, way, database)
            except Exception as error:
                error.add_note(f"stopped at {at} of {statements}")
                raise
        else:
            road.run(self.text, way, database)

    def _filled(self, database: Database) -> bool:
        """Put rows into every table; say whether each took one."""
        with database.engine.begin() as connection:
            try:
                fill(connection, self.a)
            except AssertionError:
                return False
        return True

    def _with_rows(self, database: Database, before: Catalog, wanted: Catalog) -> None:
        changes = compare(self.a, self.b, self.directions).changes
        moved = tracks.moved(self.a, changes)
        touched = set(tracks.touched(self.a, changes, self.directions))
        touched |= set(self._converted(database.dialect, moved))
        touched |= set(self._computed(touched))
        rows = self._rows(database)
        if self._refused("upgrade", database):
            self._mended("upgrade", database, wanted)
            return
        same(wanted, database.catalog(), "a fresh database", "the upgraded one")
        same_rows(
            rows,
            self._rows(database),
            {p: q for p, q in self._here(database, moved).items() if p not in touched},
        )
        self._same_values(rows, self._rows(database), self._here(database, moved))
        if self._refused("downgrade", database):
            self._mended("downgrade", database, before)
            return
        same(before, database.catalog(), "before", "after the downgrade")
        lossy = touched | set(tracks.filled(self.directions, {q: p for p, q in moved.items()}))
        lossy |= set(self._orphaned(database.dialect, moved))
        lossy |= set(self._computed(lossy))
        same_rows(
            rows,
            self._rows(database),
            {p: p for p in self._here(database, moved) if p not in lossy},
        )
        if not self._refused("upgrade", database):
            same(wanted, database.catalog(), "a fresh database", "the one upgraded again")
            self.told["whole way"] += 1

    def _same_values(
        self,
        rows: Rows,
        there: Rows,
        moved: dict[tracks.Place, tracks.Place],
    ) -> None:
        """Look at columns of one enum all the way: each value is called what it should be."""
        for before, after in moved.items():
            old, new = (s[Key("column", *p)] for s, p in ((self.a, before), (self.b, after)))
            assert isinstance(old, Column)
            assert isinstance(new, Column)
            pairs = wild_answers.renamed_values(old, new, self.a, self.b, self.directions)
            if pairs is None:
                continue
            expected = Counter(pairs(row[before[1]]) for row in rows[before[0]])
            found = Counter(row[after[1]] for row in there[after[0]])
            assert expected == found, f"values of {after} changed"

    def _converted(
        self, dialect: str, moved: dict[tracks.Place, tracks.Place]
    ) -> Iterator[tracks.Place]:
        """Give the columns of SQLite tables that become STRICT or cease to be."""
        for before, after in moved.items():
            one, two = self.a.tables.get(before[0]), self.b.tables.get(after[0])
            if dialect == "sqlite" and one and two and one.options.strict != two.options.strict:
                yield before

    def _orphaned(
        self, dialect: str, moved: dict[tracks.Place, tracks.Place]
    ) -> Iterator[tracks.Place]:
        """Give the columns that refer to what this database does not have any more."""
        kept = {p for p, q in moved.items() if q[0] in self.b.on(dialect).tables}
        for key in self.a.on(dialect):
            if isinstance(key, ForeignKey):
                there = key.references
                gone = [(there.table, name) not in kept for name in there.columns]
                full = key.match == "full" and any(gone)
                for name, is_gone in zip(key.columns, gone, strict=True):
                    if is_gone or full:
                        yield (key.table, name)

    def _computed(self, touched: set[tracks.Place]) -> Iterator[tracks.Place]:
        """Give the generated columns that are made of touched ones."""
        for column in self.a:
            if isinstance(column, Column) and column.generated:
                needs = {(key.table, key.name) for key in column.needs(self.a)}
                if needs & touched:
                    yield (column.table, column.name)

    def _here(
        self, database: Database, moved: dict[tracks.Place, tracks.Place]
    ) -> dict[tracks.Place, tracks.Place]:
        """Leave out the columns of tables that this database does not have on both sides."""
        one, two = self.a.on(database.dialect).tables, self.b.on(database.dialect).tables
        return {p: q for p, q in moved.items() if p[0] in one and q[0] in two}

    def _refused(self, way: str, database: Database) -> bool:
        """Run a way; where the rows do not fit, nothing may have changed."""
        catalog, rows = database.catalog(), self._rows(database)
        try:
            road.run(self.text, way, database)
        except (DBAPIError, CommandError) as error:
            said = any(words in str(error) for words in REFUSED)
            if not isinstance(error, REFUSALS) and not said:
                raise
            self.told[f"{way} refused"] += 1
            if self.options.online:
                self._nothing_unproven(database)
                return True
            assert self._rows(database) == rows
            if "autocommit_block" not in self.text:
                same(catalog, database.catalog(), "before", f"after the refused {way}")
            return True
        return False

    def _nothing_unproven(self, database: Database) -> None:
        assert database.rows("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid") == []
        assert database.rows("SELECT conname FROM pg_constraint WHERE NOT convalidated") == []

    def _mended(self, way: str, database: Database, wanted: Catalog) -> None:
        """Without the rows that it refused, a way that had begun comes to its end."""
        if self.options.online:
            tables = database.rows(TABLES)
            for (table,) in tables:
                database.execute(f"TRUNCATE {table} CASCADE".replace("%", "%%"))
            road.run(self.text, way, database)
            same(wanted, database.catalog(), "expected", f"after the repeated {way}")

    def _rows(self, database: Database) -> Rows:
        with database.engine.connect() as connection:
            return read_rows(connection)
