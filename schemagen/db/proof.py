"""The proof of one revision on one scratch database: up, down and up again, with rows in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from schemagen.db import catalog, rows, tracks
from schemagen.db.migrating import MoveError
from schemagen.db.rows.foresight import foresee
from schemagen.db.scope import scope_of
from schemagen.db.verdict import AS_BEFORE, BY_HAND, FAILED, IRREVERSIBLE, Verdict
from schemagen.diagnostics import Diagnostic, Place, Severity
from schemagen.metadata import metadata
from schemagen.plan.flat import flat_changes
from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemagen.changes import Change
    from schemagen.db.catalog import Catalog
    from schemagen.db.migrating import Migrator
    from schemagen.db.rows import Rows
    from schemagen.db.scratch import Database, Scratch
    from schemagen.schema import Schema

MODEL, DATABASE = "the model", "the database"


@record
class Subject:
    """A revision, and what is to be proven of it.

    Args:
        id: its id.
        down: where its way down leads.
        before: the schema that it finds.
        after: the schema that it leaves.
        changes: what leads from one to the other.
        told: whether the history tells what it changes; it may do anything to rows else.
        irreversible: whether it says of itself that it has no way down.
        whole: whether it runs in one transaction, so that a failure leaves nothing behind.
        adopted: whether the history was begun by others, who may have given SQLite no names.
        places: where its `upgrade` and its `downgrade` stand.

    """

    id: str
    down: str
    before: Schema
    after: Schema
    changes: tuple[Change, ...] = ()
    told: bool = True
    irreversible: bool = False
    whole: bool = True
    adopted: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)


@record
class Moment:
    """A database at one moment: what it is, and what it holds."""

    catalog: Catalog
    rows: Rows


class Prover:
    """Proves revisions on databases of one dialect.

    Args:
        scratch: makes them.
        migrator: moves them.

    """

    def __init__(self, scratch: Scratch, migrator: Migrator) -> None:
        """Know no model yet, and have told of no difference."""
        self.scratch, self.migrator = scratch, migrator
        self.told: set[str] = set()
        self._models: dict[tuple[int, tuple[str, ...]], tuple[Schema, Catalog]] = {}

    def prove(self, subject: Subject, parent: Database) -> Verdict:
        """Prove a revision.

        Args:
            subject: the revision.
            parent: a database where everything before it has run and nothing else; it is copied.

        """
        verdict = Verdict(subject.id, self.scratch.dialect)
        _Proof(self, subject, verdict).run(parent)
        return verdict

    def model(self, schema: Schema, schemas: tuple[str, ...] = ()) -> Catalog:
        """Give the catalog of a database that is made of a schema at once."""
        known = self._models.get((id(schema), schemas))
        if known is None:
            database = self.scratch.new()
            metadata(schema, self.scratch.dialect).create_all(database.engine)
            there = moment(database, schemas).catalog
            known = self._models[id(schema), schemas] = (schema, there)
            self.scratch.drop(database)
        return known[1]


def moment(database: Database, schemas: tuple[str, ...] = ()) -> Moment:
    """Look at a database; of PostgreSQL, at the schemas that are named."""
    with database.engine.connect() as connection:
        return Moment(catalog.read(connection, schemas), rows.read(connection, schemas))


class _Proof:
    def __init__(self, prover: Prover, subject: Subject, verdict: Verdict) -> None:
        self._prover, self._subject, self._verdict = prover, subject, verdict
        dialect = prover.scratch.dialect
        self._schemas = scope_of(subject.before, subject.after)
        moved = {**subject.before.unqualified, **subject.after.unqualified}
        flat = dialect == "sqlite" and bool(moved)
        self._changes = tuple(flat_changes(subject.changes, moved)) if flat else subject.changes
        self._before, self._after = subject.before.on(dialect), subject.after.on(dialect)
        self._moved = {
            old: now
            for old, now in tracks.moved(self._before, self._changes).items()
            if now[0] in self._after.tables
        }
        touched = set(tracks.touched(self._before, self._changes))
        if dialect == "sqlite":
            touched |= set(tracks.converted(self._before, self._after, self._moved))
        self._kept = self._without(touched)
        self._kept_back = self._without(touched | set(tracks.orphaned(self._before, self._moved)))

    def _without(self, touched: set[tracks.Place]) -> dict[tracks.Place, tracks.Place]:
        """Give the columns whose values stay when those of others, and what is made of them, go."""
        gone = touched | set(tracks.computed(self._before, touched))
        return {old: now for old, now in self._moved.items() if old not in gone}

    def run(self, parent: Database) -> None:
        """Prove; whatever is found goes into the verdict."""
        scratch, refusal = self._prover.scratch, ""
        for careful in (False, True):
            database = scratch.copy(parent)
            try:
                self._fill(database, careful=careful)
                there = moment(database, self._schemas)
                try:
                    self._prover.migrator.upgrade(database, self._subject.id)
                except MoveError as error:
                    self._insist_on_nothing_done(database, there)
                    refusal = refusal or str(error)
                    continue
                self._note_refusal(refusal)
                self._verdict.settle("up")
                self._verdict.rows = sum(map(len, there.rows.values()))
                self._there_and_back(database, there)
                return
            finally:
                scratch.drop(database)
        self._find("V001", f"the upgrade fails: {_first_line(refusal)}", "up")

    def _fill(self, database: Database, *, careful: bool) -> None:
        """Fill every table; one that takes no row by the rules to come is filled without them."""
        before = self._before
        dialect = database.dialect
        ahead = foresee(before, self._after, self._changes, dialect=dialect, careful=careful)
        with database.engine.begin() as connection:
            rows.fill(connection, ahead.schema, demands=ahead.demands)
            unfilled = rows.fill(connection, before)
        if careful:
            return
        for table in unfilled:
            said = f"no rows in {table.table}, so nothing is proven of any: {table.reason}"
            self._find("V009", said, "", severity=Severity.NOTE)

    def _insist_on_nothing_done(self, database: Database, there: Moment) -> None:
        if self._subject.whole and moment(database, self._schemas) != there:
            self._find("V010", "a failed upgrade does not leave everything as it was", "up")

    def _note_refusal(self, refusal: str) -> None:
        if refusal:
            said = f"the upgrade refuses some rows: {_first_line(refusal)}"
            self._find("V011", said, "", severity=Severity.NOTE)

    def _there_and_back(self, database: Database, there: Moment) -> None:
        up = moment(database, self._schemas)
        self._compare_with_model(there.catalog, up.catalog)
        self._compare_rows("V005", there.rows, up.rows, self._kept, "upgrade")
        new = self._after.tables.keys() - self._before.tables.keys()
        with database.engine.begin() as connection:
            rows.fill(connection, self._after, tables=new)
        if not self._down(database, there):
            return
        try:
            self._prover.migrator.upgrade(database, self._subject.id)
        except MoveError as error:
            self._find("V007", f"the second upgrade fails: {_first_line(error)}", "again")
            return
        again = moment(database, self._schemas)
        for difference in catalog.differences(
            up.catalog, again.catalog, "the first time", "the second time"
        ):
            said = f"the second upgrade leads elsewhere: {difference}"
            self._find("V007", said, "again")
        self._compare_rows("V007", there.rows, again.rows, self._kept_back, "second upgrade")
        self._verdict.settle("again")

    def _compare_with_model(self, before: Catalog, after: Catalog) -> None:
        """Compare the upgraded database with the model; what was so before is another's fault."""
        found = self._unlike(self._subject.after, after)
        inherited = set(self._unlike(self._subject.before, before)) if found else set()
        for difference in found:
            if difference in inherited:
                self._verdict.settle("catalog", AS_BEFORE)
            if difference in inherited & self._prover.told:
                continue
            if difference in inherited:
                said = f"differs since an earlier revision: {difference}"
                self._find("V008", said, "", severity=Severity.WARNING)
            elif self._subject.told:
                said = f"the upgrade does not do what the history says: {difference}"
                self._find("V002", said, "catalog")
            else:
                said = f"changes the schema behind the history's back: {difference}"
                self._find("V003", said, "catalog", help=f"{_RECORD} {self._subject.id}")
        self._prover.told.update(found)
        if not inherited.intersection(found):
            self._verdict.settle("catalog")

    def _unlike(self, schema: Schema, there: Catalog) -> list[str]:
        try:
            model = self._prover.model(schema, self._schemas)
            there = catalog.named_as(there, model) if self._subject.adopted else there
            return catalog.differences(model, there, MODEL, DATABASE)
        except sa.exc.DBAPIError as error:
            return [f"the state's own model cannot be made: {_first_line(error.orig)}"]

    def _down(self, database: Database, there: Moment) -> bool:
        """Go down; say whether there is a way to go up again."""
        if self._subject.irreversible:
            self._verdict.settle("down", IRREVERSIBLE)
            return False
        try:
            self._prover.migrator.downgrade(database, self._subject.down)
        except MoveError as error:
            if error.kind == "NotImplementedError":
                self._verdict.settle("down", IRREVERSIBLE)
            else:
                self._find("V004", f"the downgrade fails: {_first_line(error)}", "down")
            return False
        back = moment(database, self._schemas)
        before = there.catalog
        if self._subject.adopted:  # what was made anew has a name now
            before = catalog.named_as(before, back.catalog)
        for difference in catalog.differences(before, back.catalog, "before", "after"):
            said = f"the downgrade does not lead back: {difference}"
            self._find("V004", said, "down")
        self._compare_rows(
            "V006", there.rows, back.rows, {old: old for old in self._kept_back}, "downgrade"
        )
        self._verdict.settle("down")
        return True

    def _compare_rows(
        self,
        code: str,
        before: Rows,
        after: Rows,
        places: Mapping[tracks.Place, tracks.Place],
        way: str,
    ) -> None:
        """Compare what no change touches; a revision by hand may do to rows what it likes."""
        for difference in _row_differences(before, after, self._pairs(way), places):
            said = f"the {way} changes rows that no change touches: {difference}"
            if self._subject.told:
                self._find(code, said, "rows")
            else:
                said = f"the {way} changes rows: {difference}"
                self._find("V012", said, "", severity=Severity.NOTE)
                self._verdict.settle("rows", BY_HAND)
        if self._verdict.cells["rows"] != BY_HAND:
            self._verdict.settle("rows")

    def _pairs(self, way: str) -> dict[str, str]:
        """Give the tables that stay: as they are called before, and afterwards."""
        pairs = {old[0]: now[0] for old, now in self._moved.items()}
        return pairs if way != "downgrade" else {old: old for old in pairs}

    def _find(
        self,
        code: str,
        message: str,
        step: str,
        *,
        severity: Severity = Severity.ERROR,
        help: str = "",  # noqa: A002 - as the diagnostic calls it
    ) -> None:
        """Keep a finding; a step whose cell it fails is named by it."""
        way = "downgrade" if step == "down" or "downgrade" in message else "upgrade"
        place = self._subject.places.get(way)
        where = f"{self._subject.id} on {self._verdict.dialect}: "
        finding = Diagnostic(code, where + message, place, help=help, severity=severity)
        self._verdict.findings.append(finding)
        if step:
            self._verdict.settle(step, FAILED)


_RECORD = "undo it, or change the YAML alike and tell the history: schemagen record"


def _first_line(error: object) -> str:
    return str(error).strip().split("\n")[0]


def _row_differences(
    before: Rows,
    after: Rows,
    tables: Mapping[str, str],
    places: Mapping[tracks.Place, tracks.Place],
) -> Iterator[str]:
    for old, now in tables.items():
        if old not in before or now not in after:
            continue  # that is a difference of the catalogs
        if len(before[old]) != len(after[now]):
            yield f"{old} had {len(before[old])} of them, then {len(after[now])}"
            continue
        columns = {p[1]: q[1] for p, q in places.items() if p[0] == old}
        yield from _column_differences(before[old], after[now], (old, columns))


def _column_differences(
    before: Sequence[rows.Row], after: Sequence[rows.Row], kept: tuple[str, Mapping[str, str]]
) -> Iterator[str]:
    table, columns = kept
    there = {o: n for o, n in columns.items() if before and o in before[0] and n in after[0]}
    if _values(before, there) == _values(after, {n: n for n in there.values()}, there):
        return
    alone = [c for c, n in there.items() if _column(before, c) != _column(after, n)]
    said = ", ".join(alone or there)
    yield f"{table} has other values in {said}"


def _values(
    found: Sequence[rows.Row], columns: Mapping[str, str], called: Mapping[str, str] | None = None
) -> list[rows.Row]:
    names = {new: old for old, new in (called or {}).items()}
    return rows.in_order({names.get(c, c): row[c] for c in columns} for row in found)


def _column(found: Sequence[rows.Row], name: str) -> list[str]:
    return sorted(str(row[name]) for row in found)
