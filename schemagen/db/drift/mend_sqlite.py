"""What mends a SQLite database: indexes one by one, everything else by making the table anew.

The new table has the very text that it should have; the rows are copied, and the triggers that the
table has are made again.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.db.drift.found import Difference, What
from schemagen.db.drift.script import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.engine import Connection

    from schemagen.db.catalog import Catalog
    from schemagen.db.drift.found import Drift

    # type, name, table and CREATE statement of each object
    Texts = Sequence[tuple[str, str, str, str]]

ASIDE = "_schemagen_{}"
_AUTOINCREMENT = """\
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = {old})
 WHERE name = {new} AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = {old})"""


def texts(connection: Connection) -> Texts:
    """Read the statements that a database keeps."""
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    return [(a, b, c, d) for a, b, c, d in connection.exec_driver_sql(query)]


def statements(drift: Drift, expected: Catalog, mine: Texts, theirs: Texts) -> Iterator[Statement]:
    """Give the statements, table by table."""
    for name, found in groupby(drift.differences, key=lambda d: d.table):
        yield from _table(name, list(found), expected, (mine, theirs))


def _table(
    name: str, found: list[Difference], expected: Catalog, sides: tuple[Texts, Texts]
) -> Iterator[Statement]:
    own = next((d for d in found if d.key.kind == "table"), None)
    if own is not None and own.what is What.RENAMED:
        yield Statement("PRAGMA legacy_alter_table = OFF")  # the keys that lead to it follow
        yield Statement(f"ALTER TABLE {sql.quote(own.called)} RENAME TO {sql.quote(name)}")
        yield Statement("PRAGMA legacy_alter_table = ON")
        if rest := [each for each in found if each is not own]:
            mine, theirs = sides
            called = [(k, n, t, sql.rename(s, own.called, name)) for k, n, t, s in theirs]
            named = [(k, n, name if t == own.called else t, s) for k, n, t, s in called]
            yield from _table(name, rest, expected, (mine, named))
    elif own is not None and own.what is What.MISSING:
        yield from _made(name, sides[0])
    elif own is not None and own.what is What.EXTRA:
        yield Statement(
            f"DROP TABLE {sql.quote(name)}", remark=f"its rows would be lost: {name}", off=True
        )
    elif all(d.key.kind == "index" for d in found):
        yield from _indexes(found, sides[0])
    else:
        yield from _anew(name, found, expected, sides)


def _made(name: str, there: Texts) -> Iterator[Statement]:
    """Give the statements that make a table and its indexes, the table's first."""
    for kind in ("table", "index"):
        yield from (Statement(s) for k, _, table, s in there if (k, table) == (kind, name))


def _indexes(found: Iterable[Difference], mine: Texts) -> Iterator[Statement]:
    for each in found:
        if each.what is not What.MISSING:
            yield Statement(f"DROP INDEX {sql.quote(each.called or each.key.name)}")
        if each.what is not What.EXTRA:
            yield from (Statement(s) for k, n, _, s in mine if (k, n) == ("index", each.key.name))


def _anew(
    name: str, found: Sequence[Difference], expected: Catalog, sides: tuple[Texts, Texts]
) -> Iterator[Statement]:
    mine, theirs = sides
    columns = [d for d in found if d.key.kind == "column"]
    lost = [d.key.name for d in columns if d.what is What.EXTRA]
    new = {d.key.name for d in columns if d.what is What.MISSING}
    off = bool(lost)
    remark = f"{name} is made anew, and its rows are copied; what does not fit stops the script"
    if lost:
        remark = f"{name} would be made anew, and the values in {', '.join(lost)} be lost"
    steps = [*_copied(name, new, expected), *_own(_made(name, mine), skip=1)]
    steps += [s for k, _, table, s in theirs if (k, table) == ("trigger", name)]
    old = sql.quote(ASIDE.format(name))
    created = next(iter(_own(_made(name, mine))), "")
    steps = [f"ALTER TABLE {sql.quote(name)} RENAME TO {old}", created, *steps]
    for number, step in enumerate(steps):
        yield Statement(step, remark="" if number else remark, off=off)


def _own(made: Iterable[Statement], skip: int = 0) -> list[str]:
    return [statement.sql for statement in made][skip:]


def _copied(name: str, new: set[str], expected: Catalog) -> list[str]:
    """Give the statements that copy the rows and drop the old table, whose indexes go with it."""
    kept = [
        sql.quote(key.name)
        for key, fields in expected.objects.items()
        if (key.kind, key.table) == ("column", name)
        and "generated" not in fields
        and key.name not in new
    ]
    there, old, listed = sql.quote(name), ASIDE.format(name), ", ".join(kept)
    copied = f"INSERT INTO {there} ({listed}) SELECT {listed} FROM {sql.quote(old)}"  # noqa: S608 - quoted
    counted = any(
        key.table == name and "autoincrement" in str(fields.get("definition"))
        for key, fields in expected.objects.items()
        if key.kind == "primary_key"
    )
    following = _AUTOINCREMENT.format(old=sql.literal(old), new=sql.literal(name))
    return [copied, *([following] if counted else []), f"DROP TABLE {sql.quote(old)}"]
