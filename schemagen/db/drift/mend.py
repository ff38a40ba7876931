"""The SQL that makes a live database what it should be, as far as it can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.db.drift import mend_postgresql, mend_sqlite, script

if TYPE_CHECKING:
    from schemagen.db.catalog import Catalog
    from schemagen.db.drift.found import Drift
    from schemagen.db.drift.mend_sqlite import Texts

_POSTGRESQL = "BEGIN;\nSET LOCAL lock_timeout = '2s';", "COMMIT;"
_SQLITE = (
    ".bail on\nPRAGMA foreign_keys = OFF;\nPRAGMA legacy_alter_table = ON;\nBEGIN IMMEDIATE;",
    "PRAGMA foreign_key_check; -- prints the rows that refer to nothing\nCOMMIT;",
)


def mend(drift: Drift, expected: Catalog, mine: Texts = (), theirs: Texts = ()) -> str:
    """Write a script for `psql -v ON_ERROR_STOP=1` or `sqlite3`; nothing when all is as it should.

    Args:
        drift: the differences.
        expected: the catalog as it should be.
        mine: the statements of a SQLite database that is as it should be.
        theirs: those of the live one.

    """
    if expected.dialect == "postgresql":
        return script.text(mend_postgresql.statements(drift, expected), *_POSTGRESQL)
    return script.text(mend_sqlite.statements(drift, expected, mine, theirs), *_SQLITE)
