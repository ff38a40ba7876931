"""A catalog is the same however the schema came about, and every real difference shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.databases import DIALECTS

from schemagen.db.catalog import differences, named_as
from schemagen.kinds import Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.databases import Database

    NewDatabase = Callable[[str], Database]

LOTS = (
    "CREATE TABLE lots (id integer NOT NULL, code varchar(10), CONSTRAINT pk_lots PRIMARY KEY (id))"
)

# What leads there step by step, and what creates it at once.
TWO_ROADS: dict[str, tuple[str, list[str], list[str]]] = {
    "a column added": (
        "both",
        [LOTS, "ALTER TABLE lots ADD COLUMN size integer DEFAULT 3 NOT NULL"],
        [
            (
                "CREATE TABLE lots (id integer NOT NULL, size integer DEFAULT 3 NOT NULL,"
                " code varchar(10), CONSTRAINT pk_lots PRIMARY KEY (id))"
            )
        ],
    ),
    "a column added with its check": (
        "both",
        [LOTS, "ALTER TABLE lots ADD COLUMN size int CONSTRAINT chk_size CHECK (size > 0)"],
        [
            (
                "CREATE TABLE lots (id integer NOT NULL, size int, code varchar(10),"
                " CONSTRAINT chk_size CHECK (size > 0), CONSTRAINT pk_lots PRIMARY KEY (id))"
            )
        ],
    ),
    "a column added with its foreign key": (
        "both",
        [
            LOTS,
            (
                "ALTER TABLE lots ADD COLUMN up integer CONSTRAINT fk_up REFERENCES lots (id)"
                " ON UPDATE CASCADE ON DELETE SET NULL"
            ),
        ],
        [
            (
                "CREATE TABLE lots (id integer NOT NULL, code varchar(10), up integer,"
                " CONSTRAINT pk_lots PRIMARY KEY (id), CONSTRAINT fk_up FOREIGN KEY (up)"
                " REFERENCES lots (id) ON DELETE SET NULL ON UPDATE CASCADE)"
            )
        ],
    ),
    "a column and a table renamed": (
        "both",
        [
            (
                "CREATE TABLE batches (id integer NOT NULL, no varchar(10) CHECK (no <> 'no'),"
                " CONSTRAINT pk_lots PRIMARY KEY (id), CONSTRAINT uk_lots UNIQUE (no))"
            ),
            "CREATE INDEX idx_lots ON batches (no DESC) WHERE no IS NOT NULL",
            (
                "CREATE TABLE parts (lot integer, CONSTRAINT fk FOREIGN KEY (lot)"
                " REFERENCES batches (id))"
            ),
            "ALTER TABLE batches RENAME COLUMN no TO code",
            "ALTER TABLE batches RENAME TO lots",
            "{postgresql}ALTER TABLE lots RENAME CONSTRAINT batches_no_check TO lots_code_check",
        ],
        [
            (
                "CREATE TABLE lots (id integer NOT NULL, code varchar(10) CHECK (code <> 'no'),"
                " CONSTRAINT pk_lots PRIMARY KEY (id), CONSTRAINT uk_lots UNIQUE (code))"
            ),
            "CREATE INDEX idx_lots ON lots (code DESC) WHERE code IS NOT NULL",
            (
                "CREATE TABLE parts (lot integer, CONSTRAINT fk FOREIGN KEY (lot)"
                " REFERENCES lots (id))"
            ),
        ],
    ),
    "a column renamed to a reserved word": (
        "both",
        [LOTS, 'ALTER TABLE lots RENAME COLUMN code TO "order"'],
        [
            (
                'CREATE TABLE lots (id integer NOT NULL, "order" varchar(10),'
                " CONSTRAINT pk_lots PRIMARY KEY (id))"
            )
        ],
    ),
    "a column dropped": (
        "both",
        [LOTS, "ALTER TABLE lots ADD COLUMN x integer", "ALTER TABLE lots DROP COLUMN x"],
        [LOTS],
    ),
    "layout, case and quoting": (
        "sqlite",
        [
            (
                'create  table\n"lots" ( [id] INTEGER not null primary key autoincrement,\n'
                "`code` VARCHAR( 10 ) -- the code\n collate NOCASE default ('A'), "
                "up int references lots on delete no action not deferrable )"
            ),
            'create unique index if not exists "i" on [lots] ("code" asc)',
        ],
        [
            (
                "CREATE TABLE lots (id integer NOT NULL, up INT,"
                " code varchar(10) DEFAULT 'A' COLLATE nocase, FOREIGN KEY (up) REFERENCES lots,"
                " PRIMARY KEY (id AUTOINCREMENT))"
            ),
            "CREATE UNIQUE INDEX i ON lots (code)",
        ],
    ),
    "a trigger and a view over a renamed column": (
        "sqlite",
        [
            LOTS,
            "CREATE VIEW v AS SELECT code FROM lots",
            "CREATE TRIGGER g AFTER UPDATE OF code ON lots BEGIN DELETE FROM lots; END",
            "ALTER TABLE lots RENAME COLUMN code TO number",
        ],
        [
            LOTS.replace("code", "number"),
            "CREATE VIEW v AS SELECT number FROM lots",
            "CREATE TRIGGER g AFTER UPDATE OF number ON lots BEGIN DELETE FROM lots; END",
        ],
    ),
    "a number as a default, given as text": (
        "postgresql",
        ["CREATE TABLE t (a integer DEFAULT '-3', b numeric(5,2) DEFAULT '0.5', c real DEFAULT 1)"],
        ["CREATE TABLE t (a integer DEFAULT -3, b numeric(5,2) DEFAULT 0.5, c real DEFAULT '1')"],
    ),
    "NOT NULL constraints by other names": (
        "postgresql",
        [LOTS, "ALTER TABLE lots ALTER code SET NOT NULL"],
        [LOTS.replace("varchar(10)", "varchar(10) CONSTRAINT nn NOT NULL")],
    ),
    "a foreign key validated later": (
        "postgresql",
        [
            LOTS,
            "ALTER TABLE lots ADD up integer",
            "ALTER TABLE lots ADD CONSTRAINT fk FOREIGN KEY (up) REFERENCES lots NOT VALID",
            "ALTER TABLE lots VALIDATE CONSTRAINT fk",
        ],
        [
            (
                "CREATE TABLE lots (id integer CONSTRAINT pk_lots PRIMARY KEY, code varchar(10),"
                " up integer CONSTRAINT fk REFERENCES lots)"
            )
        ],
    ),
    "an enum grown in place": (
        "postgresql",
        ["CREATE TYPE mood AS ENUM ('a', 'c')", "ALTER TYPE mood ADD VALUE 'b' BEFORE 'c'"],
        ["CREATE TYPE mood AS ENUM ('a', 'b', 'c')"],
    ),
}

# A statement that changes the database of `BASE`, and what the difference then says.
BASE = {
    "both": [
        (
            "CREATE TABLE lots (id integer NOT NULL, code varchar(10) DEFAULT 'A', size integer,"
            " up integer, CONSTRAINT pk_lots PRIMARY KEY (id), CONSTRAINT uk UNIQUE (code),"
            " CONSTRAINT chk CHECK (size > 0), CONSTRAINT fk FOREIGN KEY (up) REFERENCES lots (id))"
        ),
        "CREATE INDEX idx ON lots (size) WHERE code IS NOT NULL",
    ],
    "sqlite": [],
    "postgresql": [
        "CREATE TYPE mood AS ENUM ('a', 'b')",
        (
            "CREATE TABLE more (id bigint GENERATED BY DEFAULT AS IDENTITY, mood mood,"
            " twice bigint GENERATED ALWAYS AS (id * 2) STORED)"
        ),
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER g BEFORE INSERT ON more EXECUTE FUNCTION f()",
        "CREATE SEQUENCE numbers",
        "CREATE VIEW v AS SELECT id FROM more",
    ],
}
REWRITTEN = "the text of CREATE TABLE lots, changed: "
PLANTED: list[tuple[str, str, str]] = [
    ("both", "CREATE TABLE other (a integer)", "table other is only in the second"),
    ("both", "ALTER TABLE lots ADD COLUMN x integer", "column lots.x is only in the second"),
    ("both", "DROP INDEX idx", "index lots.idx is only in the first"),
    ("both", "CREATE UNIQUE INDEX i2 ON lots (code)", "index lots.i2 is only in the second"),
    ("both", "ALTER TABLE lots RENAME COLUMN size TO n", "column lots.n is only in the second"),
    ("both", "CREATE VIEW w AS SELECT 1 AS one", "view w is only in the second"),
    ("sqlite", f"{REWRITTEN}varchar(10) -> varchar(20)", "column lots.code: type is"),
    ("sqlite", f"{REWRITTEN}'A' -> 'a'", "column lots.code: default is 'A' in the first, 'a' in"),
    ("sqlite", f"{REWRITTEN}size integer -> size integer NOT NULL", "column lots.size: nullable"),
    ("sqlite", f"{REWRITTEN}'A' -> 'A' COLLATE NOCASE", "column lots.code: collation is not set"),
    ("sqlite", f"{REWRITTEN}size > 0 -> size > 1", "check lots.chk: definition is check(size > 0)"),
    ("sqlite", f"{REWRITTEN}CONSTRAINT chk  -> ", "check lots.chk is only in the first"),
    ("sqlite", f"{REWRITTEN}uk UNIQUE -> uq UNIQUE", "unique lots.uq is only in the second"),
    ("sqlite", f"{REWRITTEN}lots (id)) -> lots (code))", "foreign key lots.fk: definition is"),
    ("sqlite", f"{REWRITTEN}(id)) -> (id) ON DELETE CASCADE)", "on delete cascade in the second"),
    ("sqlite", f"{REWRITTEN}(id)) -> (id) DEFERRABLE)", "deferrable in the second"),
    ("sqlite", f"{REWRITTEN}lots (id)) -> lots (id)) WITHOUT ROWID", "['without rowid'] in the"),
    ("sqlite", f"{REWRITTEN}size integer -> size integer AS (id + 1)", "generated is not set in"),
    ("sqlite", f"{REWRITTEN}KEY (id) -> KEY (id, code)", "primary key lots.pk_lots: definition"),
    ("sqlite", f"{REWRITTEN}PRIMARY KEY (id) -> PRIMARY KEY (id AUTOINCREMENT)", "autoincrement"),
    ("sqlite", "CREATE TRIGGER g DELETE ON lots BEGIN SELECT 1; END", "trigger lots.g is only"),
    ("postgresql", "ALTER TABLE lots ALTER code TYPE varchar(20)", "column lots.code: type is"),
    ("postgresql", "ALTER TABLE lots ALTER code SET DEFAULT 'a'", "column lots.code: default is"),
    ("postgresql", "ALTER TABLE lots ALTER size SET NOT NULL", "column lots.size: nullable is"),
    ("postgresql", "ALTER TABLE lots ADD NOT NULL size NOT VALID", "not null unproven is not set"),
    ("postgresql", 'ALTER TABLE lots ALTER code TYPE varchar(10) COLLATE "C"', "collation is not"),
    ("postgresql", "ALTER TABLE lots RENAME CONSTRAINT uk TO uq", "unique lots.uq is only in the"),
    ("postgresql", "ALTER TABLE lots ADD CHECK (id > 0) NOT VALID", "check lots.lots_id_check is"),
    ("postgresql", "ALTER TABLE lots ALTER CONSTRAINT fk DEFERRABLE", "DEFERRABLE in the second"),
    ("postgresql", "ALTER TABLE lots SET (fillfactor = 70)", "['fillfactor=70'] in the second"),
    ("postgresql", "ALTER TABLE lots SET UNLOGGED", "table lots: persistence is not set"),
    ("postgresql", "ALTER TABLE lots ENABLE ROW LEVEL SECURITY", "row security is not set"),
    ("postgresql", "COMMENT ON TABLE lots IS 'it''s'", "comment is not set in the first, it's in"),
    ("postgresql", "COMMENT ON COLUMN lots.code IS 'x'", "column lots.code: comment is not set"),
    ("postgresql", "COMMENT ON TYPE mood IS 'x'", "enum mood: comment is not set in the first"),
    ("postgresql", "COMMENT ON CONSTRAINT uk ON lots IS 'x'", "unique lots.uk: comment is not set"),
    ("postgresql", "COMMENT ON INDEX idx IS 'x'", "index lots.idx: comment is not set in the"),
    ("postgresql", "ALTER TYPE mood ADD VALUE '0' BEFORE 'a'", "['0', 'a', 'b'] in the second"),
    ("postgresql", "ALTER TYPE mood RENAME VALUE 'a' TO 'x'", "['x', 'b'] in the second"),
    ("postgresql", "ALTER TYPE mood RENAME TO humour", "column more.mood: type is mood in the"),
    ("postgresql", "ALTER TABLE more ALTER id SET GENERATED ALWAYS", "identity is by default in"),
    ("postgresql", "ALTER TABLE more ALTER id SET INCREMENT 5", "column more.id: sequence is big"),
    ("postgresql", "ALTER TABLE more ALTER id DROP IDENTITY", "column more.id: identity is by"),
    ("postgresql", "ALTER SEQUENCE more_id_seq RENAME TO s", "sequence name is more_id_seq in"),
    ("postgresql", "ALTER TABLE more ALTER twice DROP EXPRESSION", "column more.twice: generated"),
    ("postgresql", "ALTER SEQUENCE numbers INCREMENT 2", "sequence numbers: definition is bigint"),
    ("postgresql", "ALTER SEQUENCE numbers OWNED BY lots.id", "sequence numbers: owned by is not"),
    ("postgresql", "ALTER TABLE more DISABLE TRIGGER g", "trigger more.g: enabled is not set in"),
    ("postgresql", "DROP TRIGGER g ON more", "trigger more.g is only in the first"),
    ("postgresql", "CREATE OR REPLACE VIEW v AS SELECT id + 0 AS id FROM more", "view v: defini"),
    ("postgresql", "CREATE FUNCTION h(integer) RETURNS integer RETURN 1", "function h(integer) is"),
    (
        "postgresql",
        "CREATE DOMAIN d AS integer CHECK (value > 0)",
        "domain d is only in the second",
    ),
]


def _run(database: Database, statements: list[str]) -> None:
    for statement in statements:
        if statement.startswith("{postgresql}") and database.dialect != "postgresql":
            continue
        database.execute(statement.removeprefix("{postgresql}"))


@pytest.mark.parametrize(
    ("case", "dialect"),
    [(c, d) for c, (on, *_) in TWO_ROADS.items() for d in DIALECTS if on in ("both", d)],
)
def test_two_roads_to_one_schema_give_one_catalog(
    case: str, dialect: str, new_database: NewDatabase
) -> None:
    _, altered, created = TWO_ROADS[case]
    one, two = new_database(dialect), new_database(dialect)
    _run(one, altered)
    _run(two, created)
    assert differences(one.catalog(), two.catalog()) == []
    assert one.catalog() == two.catalog()


def _on(dialect: str) -> list[tuple[str, str]]:
    return [(statement, said) for where, statement, said in PLANTED if where in ("both", dialect)]


def _plant(database: Database, statement: str) -> None:
    """Build the base with one thing different."""
    base = [*BASE["both"], *BASE[database.dialect]]
    if statement.startswith(REWRITTEN):
        old, _, new = statement.removeprefix(REWRITTEN).partition(" -> ")
        assert old in base[0]
        _run(database, [base[0].replace(old, new), *base[1:]])
    else:
        _run(database, [*base, statement])


@pytest.mark.parametrize(("statement", "said"), _on("sqlite"))
def test_a_planted_difference_shows_on_sqlite(
    statement: str, said: str, new_database: NewDatabase
) -> None:
    _assert_shown("sqlite", statement, said, new_database)


@pytest.mark.parametrize(("statement", "said"), _on("postgresql"))
def test_a_planted_difference_shows_on_postgresql(
    statement: str, said: str, new_database: NewDatabase
) -> None:
    _assert_shown("postgresql", statement, said, new_database)


def _assert_shown(dialect: str, statement: str, said: str, new_database: NewDatabase) -> None:
    one, two = new_database(dialect), new_database(dialect)
    _run(one, [*BASE["both"], *BASE[dialect]])
    _plant(two, statement)
    found = differences(one.catalog(), two.catalog())
    assert [line for line in found if said in line], found
    assert differences(two.catalog(), one.catalog())


def test_constraints_without_a_name_can_take_another_s(sqlite: Database) -> None:
    named = "CREATE TABLE t (a integer, CONSTRAINT pk PRIMARY KEY (a), CONSTRAINT c CHECK (a > 0))"
    sqlite.execute(named)
    wanted = sqlite.catalog()
    sqlite.execute("DROP TABLE t", "CREATE TABLE t (a integer PRIMARY KEY CHECK (a > 0))")
    assert differences(wanted, sqlite.catalog())
    assert differences(wanted, named_as(sqlite.catalog(), wanted)) == []
    sqlite.execute("DROP TABLE t", "CREATE TABLE t (a integer PRIMARY KEY CHECK (a > 1))")
    assert len(differences(wanted, named_as(sqlite.catalog(), wanted))) == 2


def test_alembic_s_own_table_is_no_part_of_it(database: Database) -> None:
    database.execute(
        "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    assert database.catalog().objects == {}


def test_a_missing_table_is_said_once_and_in_the_given_words(
    dialect: str, new_database: NewDatabase
) -> None:
    one, two = new_database(dialect), new_database(dialect)
    one.execute(LOTS)
    found = differences(one.catalog(), two.catalog(), "the database", "the model")
    assert found == ["table lots is only in the database"]


def test_two_databases_of_different_kinds_are_not_compared(
    sqlite: Database, postgresql: Database
) -> None:
    found = differences(sqlite.catalog(), postgresql.catalog())
    assert found == ["the first is sqlite, the second is postgresql"]


def test_names_that_need_quoting_are_read_as_they_are(database: Database) -> None:
    database.execute('CREATE TABLE "order" ("a ""b"" [c]" integer CHECK ("a ""b"" [c]" > 0))')
    objects = database.catalog().objects
    assert Key("table", "", "order") in objects
    assert Key("column", "order", 'a "b" [c]') in objects


def test_text_in_literals_counts_to_the_letter(dialect: str, new_database: NewDatabase) -> None:
    one, two = new_database(dialect), new_database(dialect)
    one.execute("CREATE TABLE t (a varchar(9) CONSTRAINT c CHECK (a <> 'A  [b] -- ,('))")
    two.execute("CREATE TABLE t (a varchar(9) CONSTRAINT c CHECK (a <> 'a [b] -- ,('))")
    assert "'A  [b] -- ,('" in differences(one.catalog(), two.catalog())[0]


def test_a_strict_table_is_not_the_same(new_database: NewDatabase) -> None:
    one, two = new_database("sqlite"), new_database("sqlite")
    one.execute("CREATE TABLE t (a integer)")
    two.execute("CREATE TABLE t (a integer) STRICT")
    assert differences(one.catalog(), two.catalog()) == [
        "table t: options is not set in the first, ['strict'] in the second"
    ]


def test_schemas_outside_the_search_path_do_not_count(postgresql: Database) -> None:
    postgresql.execute("CREATE SCHEMA aside", "CREATE TABLE aside.t (a integer)")
    assert postgresql.catalog().objects == {}
