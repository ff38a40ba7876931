# ruff: noqa: T201 - a command
"""Run pairs of schemas from the field the whole road: import both sides, migrate, compare.

Usage: CORPUS=pairs.json python bench/corpus.py [NAME…]

Each pair is a `current` and a `desired` SQL schema of one dialect. `current` is imported, rows are
put in, `desired` is imported over it, and what `schemagen generate` writes is run: the catalog has
to be the desired one's and the rows have to be there; then back. A pair ends equal, or refused by
name: what schemagen does not manage was named, and that alone differs. Anything else is wrong.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from corpus_answers import answered, fitted, restored  # noqa: E402 - as below
from corpus_rows import WrongError, compare, orphaned, survivors, wrong  # noqa: E402 - as below
from sqlalchemy.exc import DBAPIError  # noqa: E402 - as below
from support.project import Project  # noqa: E402 - the tests' own project serves

from schemagen.db import catalog, embedded, rows, scratch  # noqa: E402 - as above
from schemagen.db.reflect import Unmanaged, managed, reflect  # noqa: E402 - as above
from schemagen.db.rows.foresight import foresee  # noqa: E402 - as above
from schemagen.db.unnamed import named_alike  # noqa: E402 - as above
from schemagen.diff import compare as compare_schemas  # noqa: E402 - as above
from schemagen.kinds import Key  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.changes import Change
    from schemagen.db.catalog import Catalog
    from schemagen.db.reflect import Reflected
    from schemagen.db.scratch import Database, Scratch

EQUAL, REFUSED, UNLOADED, WRONG = "equal", "refused by name", "not loadable here", "wrong"
_CALLED = r"(?:\"[^\"]+\"|\w+)(?:\.(?:\"[^\"]+\"|\w+))?"
_SCHEMAS = """
    SELECT nspname FROM pg_namespace n WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
       AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = n.oid AND e.deptype = 'e')
     ORDER BY oid
"""
_RENAMED = re.compile(r"@renamed\s+from=(\"[^\"]+\"|[\w.]+)")
_ROLES = re.compile(r"\b(?:TO|FROM)\s+(\w+)\s*;", re.IGNORECASE)


@dataclass(slots=True)
class Outcome:
    """What came of a pair."""

    verdict: str
    notes: list[str] = field(default_factory=list)


def main() -> int:
    """Run the pairs, print the table."""
    file = os.environ.get("CORPUS", "")
    if not file or not Path(file).is_file():
        print("there is no corpus: make corpus CORPUS=pairs.json (pairs of SQL schemas)")
        return 0 if not file else 2
    pairs = json.loads(Path(file).read_text(encoding="utf-8"))
    wanted = sys.argv[1:]
    chosen = [
        (i, p) for i, p in enumerate(pairs) if not wanted or p["name"] in wanted or str(i) in wanted
    ]
    counts: Counter[tuple[str, str]] = Counter()
    started = time.monotonic()
    with ExitStack() as stack:
        url = os.environ.get("SCHEMAGEN_VERIFY_URL") or stack.enter_context(embedded.server())
        os.environ["SCHEMAGEN_VERIFY_URL"] = url
        makers: dict[str, Scratch] = {
            "postgresql": stack.enter_context(scratch.server(url)),
            "sqlite": stack.enter_context(scratch.files()),
        }
        for number, pair in chosen:
            outcome = attempt(pair, makers[pair["dialect"]])
            counts[pair["source"], outcome.verdict] += 1
            said = f": {'; '.join(outcome.notes)}" if outcome.notes else ""
            print(
                f"{number:4} {outcome.verdict:18} {pair['source']}/{pair['name']}{said}", flush=True
            )
    table(counts)
    print(f"{len(chosen)} pairs in {time.monotonic() - started:.0f} s")
    return 1 if any(verdict == WRONG for _, verdict in counts) else 0


def table(counts: Counter[tuple[str, str]]) -> None:
    """Print how many of each source ended how."""
    heads = (EQUAL, REFUSED, UNLOADED, WRONG)
    print(f"\n{'source':16}" + "".join(f"{head:>19}" for head in heads))
    for source in [*sorted({source for source, _ in counts}), ""]:
        cells = [
            sum(n for (s, v), n in counts.items() if v == h and source in (s, "")) for h in heads
        ]
        print(f"{source or 'all':16}" + "".join(f"{cell:19}" for cell in cells))


def attempt(pair: dict[str, Any], maker: Scratch) -> Outcome:
    """Take one pair there and back."""
    current, desired = maker.new(), maker.new()
    try:
        for database, side in ((current, "current"), (desired, "desired")):
            try:
                load(database, pair[side])
            except Exception as error:  # noqa: BLE001 - the drivers' own, whichever
                return Outcome(UNLOADED, [first_line(error)])
        with TemporaryDirectory() as folder:
            return Road(pair, Project.create(Path(folder)), current, desired).go()
    except WrongError as error:
        return Outcome(WRONG, [str(error)])
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is wrong
        return Outcome(WRONG, [f"{type(error).__name__}: {first_line(error)}"])
    finally:
        maker.drop(current)
        maker.drop(desired)


def load(database: Database, text: str) -> None:
    """Run a schema's SQL; roles that it speaks of are made first."""
    with database.engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        if database.dialect == "sqlite":
            raw.executescript(text)
            return
        raw.autocommit = True
        for role in dict.fromkeys(_ROLES.findall(text)):
            if not raw.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).fetchall():
                raw.execute(f'CREATE ROLE "{role}"')  # a word, by the pattern
        raw.execute(text)


@dataclass(slots=True)
class Road:
    """One pair on its way."""

    pair: dict[str, Any]
    project: Project
    current: Database
    desired: Database
    schemas: tuple[str, ...] = ()
    options: list[str] = field(default_factory=list)
    first: Catalog = field(default_factory=lambda: catalog.Catalog("postgresql", {}))

    def go(self) -> Outcome:
        """Import both sides, migrate, compare; and back."""
        self.schemas = tuple({*schemas_of(self.current), *schemas_of(self.desired)})
        before, after = look(self.current), look(self.desired)
        self.run("import", self.current.url, *named(self.current))
        self.first = whole(self.current, self.schemas)
        apart = [*before.unmanaged, *self.refused()]
        started = self.run("generate", "-m", "initial").stdout
        if started:
            self.project.alembic("stamp", "head", url=self.current.url).ok()
        with self.current.engine.begin() as connection:
            ahead = foresee(before.schema, after.schema, self.changes(before, after))
            rows.fill(connection, ahead.schema, demands=ahead.demands)
            kept = rows.read(connection, self.schemas)
        update = ("--update", *named(self.desired), *self.renames(after))
        done = self.project.schemagen("import", self.desired.url, *update)
        if "can no longer be managed" in done.stderr or "[G009]" in done.stderr:
            return Outcome(REFUSED, done.stderr.splitlines()[1:4])
        self.succeed("import", done)
        apart += [*after.unmanaged, *self.refused()]
        wrote = self.generate()
        if wrote and (blamed := self.upgrade(before, after)):
            return Outcome(REFUSED, blamed)
        self.insist_on_rows(kept, before, after)
        same = self.same_as_desired(apart)
        if wrote:
            self.back(before, after, kept)
            self.project.upgrade(self.current.url)
            self.nothing_left()
        if same:
            return Outcome(EQUAL)
        return Outcome(REFUSED, sorted({str(each) for each in apart})[:6])

    @staticmethod
    def changes(before: Reflected, after: Reflected) -> list[Change]:
        """Give what leads from one side to the other, whatever was renamed."""
        return list(compare_schemas(before.schema, after.schema).changes)

    def upgrade(self, before: Reflected, after: Reflected) -> list[str]:
        """Upgrade; what is not managed is made first by hand, and rows that do not fit are told.

        Gives what is not managed and stands in the way, so that the database refuses by its name.
        """
        self.by_hand(before, after)
        try:
            self.project.upgrade(self.current.url)
        except DBAPIError as error:
            said = str(error.orig)
            blamed = [
                str(u) for u in before.unmanaged if u.tables and u.name.split(".")[-1] in said
            ]
            if blamed:
                return [f"{first_line(said)}: {blamed[0]}"]
            if not fitted(self.project.root, before.schema, after.schema):
                raise
            self.run("generate", "--amend", *self.options)
            self.project.upgrade(self.current.url)
        return []

    def by_hand(self, before: Reflected, after: Reflected) -> None:
        """Make what managed objects rest on and what was named, as its owner would."""
        there = {(u.kind, u.name) for u in before.unmanaged}
        for each in after.unmanaged:
            if each.needed and each.definition and (each.kind, each.name) not in there:
                with self.current.engine.begin() as connection:
                    connection.exec_driver_sql(each.definition.replace("%", "%%"))

    def refused(self) -> list[Unmanaged]:
        """Give the tables that the import named because the language has no words for them."""
        file = self.project.root / "schema" / "unmanaged.yaml"
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        names = re.findall(r"\{kind: table, name: ([^,]+),", text)
        return [Unmanaged("table", n, "", Key("table", "", n.strip("'\""))) for n in names]

    def run(self, *arguments: str) -> Any:  # noqa: ANN401 - what the project's commands give
        """Run schemagen; what fails is wrong."""
        done = self.project.schemagen(*arguments)
        self.succeed(arguments[0], done)
        return done

    @staticmethod
    def succeed(command: str, done: Any) -> None:  # noqa: ANN401 - as above
        """Insist that a command did its work."""
        if done.code:
            said = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
            wrong(f"{command}: {' / '.join(said[:4])}")

    def renames(self, after: Reflected) -> list[str]:
        """Give what the SQL says was called otherwise, as `--rename` takes it."""
        found: list[str] = []
        text = self.pair["desired"]
        for hint in _RENAMED.finditer(text):
            old = hint[1].strip('"')
            start = text.rfind("\n", 0, hint.start()) + 1
            line = text[start : hint.start()]
            found += [f"--rename={said}" for said in self.named(line, old, start, after)]
        return found

    def named(self, line: str, old: str, at: int, after: Reflected) -> Iterator[str]:
        """Give what a line with a hint names."""
        top = re.search(rf"\b(TABLE|TYPE|INDEX)\s+({_CALLED})", line, re.IGNORECASE)
        if top is None:
            column = re.match(r"\s*(\"[^\"]+\"|\w+)", line)
            tables = re.findall(rf"CREATE TABLE\s+({_CALLED})", self.pair["desired"][:at])
            if column and tables:
                yield f"{plain(tables[-1])}.{old}={column[1].strip(chr(34))}"
            return
        name = plain(top[2])
        old = old if "." in old or "." not in name else f"{name.partition('.')[0]}.{old}"
        if top[1].upper() != "INDEX":
            yield f"{old}={name}"
            return
        yield from (
            f"{o.table}.{old}={name}" for o in after.schema if o.kind == "index" and o.name == name
        )

    def generate(self) -> bool:
        """Write the revision, answering as a user would; say whether there was one to write."""
        options = self.options = ["--no-input", "--allow-drop", "all", "--offline"]
        for _ in range(20):
            done = self.project.schemagen("generate", *options)
            if not done.code:
                return bool(done.stdout.strip())
            said = done.stderr + done.stdout
            more = [
                name
                for name in re.findall(r"--assume-drop ['\"]?([^'\"\s]+(?: \w+)*)", said)
                if name not in options
            ]
            if more:
                options += ["--assume-drop", more[0]]
                continue
            if self.answer(said):
                continue
            lines = [line.strip() for line in said.splitlines() if line.strip()]
            wrong(f"generate: {' / '.join(lines[:6])}")
        said = "generate has no end of questions"
        raise WrongError(said)

    def answer(self, said: str) -> bool:
        """Say in the YAML what only a user can know."""
        if tables := re.findall(r"dropping column (\S+)\.(\S+) cannot be undone", said):
            name = tables[0][0]
            columns = [column for table, column in tables if table == name]
            return restored(self.project.root / "schema" / "tables" / f"{name}.yaml", columns)
        found = re.search(r"--> (\S+?):(\d+):\d+", said)
        word = next((w for w in ("backfill", "using", "restore") if f"{w}:" in said), "")
        if not found or not word:
            return False
        return answered(self.project.root / found[1], int(found[2]), word)

    def insist_on_rows(self, kept: Any, before: Reflected, after: Reflected) -> None:  # noqa: ANN401 - rows
        """Compare how many rows there are, in the tables that are there on both sides."""
        with self.current.engine.connect() as connection:
            now = rows.read(connection, self.schemas)
        compare(kept, now, survivors(before, after, self.renames(after)), "there")

    def same_as_desired(self, unmanaged: list[Unmanaged]) -> bool:
        """Compare the catalogs: what is managed has to be the same, or it is wrong."""
        one, two = (whole(each, self.schemas) for each in (self.current, self.desired))
        told = differ(managed(one, unmanaged), managed(two, unmanaged))
        if told:
            wrong(f"not as desired: {'; '.join(told[:3])}")
        return not unmanaged and not differ(one, two)

    def back(self, before: Reflected, after: Reflected, kept: Any) -> None:  # noqa: ANN401 - rows
        """Downgrade; everything has to be as it was, and every value that survived is there."""
        self.project.downgrade(self.current.url)
        if told := differ(whole(self.current, self.schemas), self.first):
            wrong(f"the way back leads elsewhere: {'; '.join(told[:3])}")
        with self.current.engine.connect() as connection:
            now = rows.read(connection, self.schemas)
        ways = survivors(before, after, self.renames(after))
        home = {
            old: (old, {c: c for c in columns if c not in orphaned(before, after, old)})
            for old, (_, columns) in ways.items()
        }
        compare(kept, now, home, "back")

    def nothing_left(self) -> None:
        """Diff again: there is nothing left."""
        left = self.project.schemagen("diff", "--exit-code")
        if left.code:
            wrong(f"there is something left: {first_line(left.stdout or left.stderr)}")


def schemas_of(database: Database) -> tuple[str, ...]:
    """Give the schemas that a database has, but for PostgreSQL's own and those of extensions."""
    if database.dialect != "postgresql":
        return ()
    with database.engine.connect() as connection:
        return tuple(connection.exec_driver_sql(_SCHEMAS).scalars())


def named(database: Database) -> list[str]:
    """Give what makes the import read all schemas, where there are others than the usual one."""
    found = schemas_of(database)
    return [f"--schema={name}" for name in found] if len(found) > 1 else []


def plain(name: str) -> str:
    """Give a name of SQL as the YAML has it; `public` goes without saying."""
    return name.replace('"', "").removeprefix("public.")


def look(database: Database) -> Reflected:
    """Read a database's schema."""
    with database.engine.connect() as connection:
        return reflect(connection, schemas_of(database))


def whole(database: Database, schemas: tuple[str, ...]) -> Catalog:
    """Read a database's catalog."""
    with database.engine.connect() as connection:
        return catalog.read(connection, schemas)


def differ(one: Catalog, two: Catalog) -> list[str]:
    """Say where two catalogs differ; a constraint without a name is any of its kind."""
    return catalog.differences(
        named_alike(one, two), named_alike(two, one), "the result", "the desired"
    )


def first_line(error: object) -> str:
    """Give the first line of an error."""
    return str(error).strip().split("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
