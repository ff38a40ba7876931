"""What may have been done to a database behind the history's back, and what drift has to say."""

from __future__ import annotations

ADDED = "ALTER TABLE lots ADD COLUMN"

# What was done to the database, and what `schemagen drift` has to say of it.
ON_BOTH: dict[str, tuple[str, str]] = {
    "an index dropped": ("DROP INDEX idx_lots_open", "- index idx_lots_open is missing [D001]"),
    "an index added": (
        "CREATE INDEX idx_quick ON lots (note)",
        "+ index idx_quick is not expected [D002]",
    ),
    "a column added": (f"{ADDED} extra text", "+ column extra is not expected [D002]"),
    "a NOT NULL column added": (
        f"{ADDED} extra integer DEFAULT 3 NOT NULL",
        "+ column extra is not expected [D002]",
    ),
    "a column dropped": ("ALTER TABLE parts DROP COLUMN batch", "- column batch is missing [D001]"),
    "a column renamed": (
        "ALTER TABLE lots RENAME COLUMN grade TO class",
        "- column grade is missing [D001]",
    ),
    "a table added": ("CREATE TABLE backup (id integer)", "+ table backup is not expected [D002]"),
    "a table dropped": ("DROP TABLE parts", "- table parts is missing [D001]"),
    "a table renamed": (
        "ALTER TABLE parts RENAME TO pieces",
        "→ table parts is called pieces [D004]",
    ),
}
ON_SQLITE: dict[str, tuple[str, str]] = {
    "a default changed": ("lots: DEFAULT 0 => DEFAULT 1", "default expected: 0"),
    "a default dropped": ("lots: DEFAULT 0 => ", "default found:    not set"),
    "a default added": ("lots: note TEXT => note TEXT DEFAULT ''", "default found:    ''"),
    "NOT NULL off": (
        "lots: code VARCHAR(20) NOT NULL => code VARCHAR(20)",
        "nullable found:    yes",
    ),
    "NOT NULL on": ("lots: note TEXT => note TEXT NOT NULL", "nullable expected: yes"),
    "a wrong type": ("lots: size INTEGER => size VARCHAR(9)", "type found:    varchar(9)"),
    "a shorter text": ("lots: VARCHAR(20) => VARCHAR(10)", "type found:    varchar(10)"),
    "a collation": ("lots: note TEXT => note TEXT COLLATE NOCASE", "collation found:    nocase"),
    "a generated column changed": ("lots: size * 2 => size * 3", "generated found:    size * 3"),
    "a generated column not stored": ("lots: STORED => VIRTUAL", "stored expected: yes"),
    "a generated column made plain": (
        "lots: GENERATED ALWAYS AS (size * 2) STORED => DEFAULT 0",
        "generated expected: size * 2",
    ),
    "a check changed": ("lots: size >= 0 => size > 0", "found:    check(size > 0)"),
    "a check dropped": (
        "lots: , CONSTRAINT chk_lots_size CHECK (size >= 0) => ",
        "- check chk_lots_size is missing [D001]",
    ),
    "a check added": (
        "lots: CHECK (size >= 0) => CHECK (size >= 0), CONSTRAINT small CHECK (size < 9)",
        "+ check small is not expected [D002]",
    ),
    "a check without a name": (
        "lots: note TEXT => note TEXT CHECK (note <> '')",
        "+ check check(note <> '') is not expected [D002]",
    ),
    "a check renamed": (
        "lots: chk_lots_size => lots_size",
        "→ check chk_lots_size is called lots_size [D004]",
    ),
    "an enum's value added": (
        "lots: ('OPEN', 'DONE') => ('OPEN', 'DONE', 'LOST')",
        "found:    check(status in('OPEN', 'DONE', 'LOST'))",
    ),
    "a foreign key dropped": (
        (
            "parts: , CONSTRAINT fk_parts_lot_id FOREIGN KEY(lot_id) REFERENCES lots (id)"
            " ON DELETE CASCADE => "
        ),
        "- foreign key fk_parts_lot_id is missing [D001]",
    ),
    "a foreign key that cascades no more": (
        "parts:  ON DELETE CASCADE => ",
        "found:    foreign key(lot_id) references lots(id)",
    ),
    "a foreign key renamed": (
        "parts: fk_parts_lot_id => parts_lot",
        "→ foreign key fk_parts_lot_id is called parts_lot [D004]",
    ),
    "a unique constraint dropped": (
        "parts: , CONSTRAINT uk_parts_lot_id_name UNIQUE (lot_id, name) => ",
        "- unique uk_parts_lot_id_name is missing [D001]",
    ),
    "a unique constraint changed": (
        "parts: UNIQUE (lot_id, name) => UNIQUE (name, lot_id)",
        "~ unique uk_parts_lot_id_name is different [D003]",
    ),
    "a primary key dropped": (
        "parts: CONSTRAINT pk_parts PRIMARY KEY (id),  => ",
        "- primary key pk_parts is missing [D001]",
    ),
    "a table made strict": (
        "parts: UNIQUE (lot_id, name) ) => UNIQUE (lot_id, name) ) WITHOUT ROWID",
        "options found:    without rowid",
    ),
}
ON_POSTGRESQL: dict[str, tuple[str, str]] = {
    "a default changed": ("ALTER TABLE lots ALTER size SET DEFAULT 1", "default found:    1"),
    "a default dropped": ("ALTER TABLE lots ALTER size DROP DEFAULT", "default expected: 0"),
    "NOT NULL off": ("ALTER TABLE lots ALTER code DROP NOT NULL", "nullable found:    yes"),
    "NOT NULL on": ("ALTER TABLE lots ALTER note SET NOT NULL", "nullable expected: yes"),
    "a wrong type": (
        "ALTER TABLE parts ALTER name TYPE text",
        "type expected: character varying(40)",
    ),
    "a narrower number": ("ALTER TABLE parts ALTER batch TYPE integer", "type found:    integer"),
    "a collation": (
        'ALTER TABLE lots ALTER note TYPE text COLLATE "C"',
        "collation found:    C",
    ),
    "a check changed": (
        (
            "ALTER TABLE lots DROP CONSTRAINT chk_lots_size,"
            " ADD CONSTRAINT chk_lots_size CHECK (size > 0)"
        ),
        "found:    CHECK ((size > 0))",
    ),
    "a check dropped": (
        "ALTER TABLE lots DROP CONSTRAINT chk_lots_size",
        "- check chk_lots_size is missing [D001]",
    ),
    "a check added": (
        "ALTER TABLE lots ADD CONSTRAINT small CHECK (size < 9)",
        "+ check small is not expected [D002]",
    ),
    "a check renamed": (
        "ALTER TABLE lots RENAME CONSTRAINT chk_lots_size TO lots_size",
        "→ check chk_lots_size is called lots_size [D004]",
    ),
    "a check not proven": (
        (
            "ALTER TABLE lots DROP CONSTRAINT chk_lots_size,"
            " ADD CONSTRAINT chk_lots_size CHECK (size >= 0) NOT VALID"
        ),
        "! check chk_lots_size is NOT VALID: rows that were there before it may break it [D005]",
    ),
    "a foreign key dropped": (
        "ALTER TABLE parts DROP CONSTRAINT fk_parts_lot_id",
        "- foreign key fk_parts_lot_id is missing [D001]",
    ),
    "a foreign key that cascades no more": (
        (
            "ALTER TABLE parts DROP CONSTRAINT fk_parts_lot_id,"
            " ADD CONSTRAINT fk_parts_lot_id FOREIGN KEY (lot_id) REFERENCES lots (id)"
        ),
        "found:    FOREIGN KEY (lot_id) REFERENCES lots(id)",
    ),
    "a foreign key not proven": (
        (
            "ALTER TABLE parts DROP CONSTRAINT fk_parts_lot_id, ADD CONSTRAINT fk_parts_lot_id"
            " FOREIGN KEY (lot_id) REFERENCES lots (id) ON DELETE CASCADE NOT VALID"
        ),
        "! foreign key fk_parts_lot_id is NOT VALID",
    ),
    "a foreign key disabled": (
        "ALTER TABLE parts DISABLE TRIGGER ALL",
        "! foreign key fk_parts_lot_id is disabled",
    ),
    "a foreign key not enforced": (
        "ALTER TABLE parts ALTER CONSTRAINT fk_parts_lot_id NOT ENFORCED",
        "! foreign key fk_parts_lot_id is NOT ENFORCED",
    ),
    "a unique constraint dropped": (
        "ALTER TABLE parts DROP CONSTRAINT uk_parts_lot_id_name",
        "- unique uk_parts_lot_id_name is missing [D001]",
    ),
    "a unique constraint renamed": (
        "ALTER TABLE parts RENAME CONSTRAINT uk_parts_lot_id_name TO parts_once",
        "→ unique uk_parts_lot_id_name is called parts_once [D004]",
    ),
    "a primary key renamed": (
        "ALTER TABLE lots RENAME CONSTRAINT pk_lots TO lots_pkey",
        "→ primary key pk_lots is called lots_pkey [D004]",
    ),
    "a primary key dropped": (
        "ALTER TABLE parts DROP CONSTRAINT pk_parts",
        "- primary key pk_parts is missing [D001]",
    ),
    "an index renamed": (
        "ALTER INDEX idx_lots_open RENAME TO lots_open",
        "→ index idx_lots_open is called lots_open [D004]",
    ),
    "a comment on a table dropped": (
        "COMMENT ON TABLE lots IS NULL",
        "comment expected: What is made at once",
    ),
    "a comment on a column changed": (
        "COMMENT ON COLUMN lots.note IS 'Trash'",
        "comment found:    Trash",
    ),
    "an enum's value added": (
        "ALTER TYPE status ADD VALUE 'LOST'",
        "values found:    OPEN, DONE, LOST",
    ),
    "an enum's value renamed": (
        "ALTER TYPE status RENAME VALUE 'DONE' TO 'CLOSED'",
        "values found:    OPEN, CLOSED",
    ),
    "an enum renamed": (
        "ALTER TYPE status RENAME TO lot_status",
        "→ enum status is called lot_status [D004]",
    ),
    "an identity dropped": (
        "ALTER TABLE lots ALTER id DROP IDENTITY",
        "identity expected: by default",
    ),
    "an identity that lets nothing in": (
        "ALTER TABLE lots ALTER id SET GENERATED ALWAYS",
        "identity found:    always",
    ),
    "a generated column made plain": (
        "ALTER TABLE lots ALTER total DROP EXPRESSION",
        "generated found:    not set",
    ),
}
# Several statements, where one cannot plant it.
MORE_ON_POSTGRESQL: dict[str, tuple[tuple[str, ...], str]] = {
    "an index not built to its end": (
        (
            "INSERT INTO lots (code, note) VALUES ('a', 'x'), ('b', 'x')",
            "CREATE UNIQUE INDEX CONCURRENTLY idx_note ON lots (note)",
        ),
        "+ index idx_note is not expected [D002]",
    ),
    "an expected index not built to its end": (
        ("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'idx_lots_open'::regclass",),
        "! index idx_lots_open is INVALID",
    ),
    "an index over other columns": (
        ("DROP INDEX idx_lots_open", "CREATE INDEX idx_lots_open ON lots (size)"),
        "found:    CREATE INDEX idx_lots_open ON public.lots USING btree (size)",
    ),
    "an index of another method": (
        ("DROP INDEX idx_lots_open", "CREATE INDEX idx_lots_open ON lots USING hash (size)"),
        "USING hash (size)",
    ),
}
# More statements than one, on both.
MORE: dict[str, tuple[tuple[str, ...], str]] = {
    "an index of a renamed table dropped": (
        ("DROP INDEX idx_lots_open", "ALTER TABLE lots RENAME TO batches"),
        "- index idx_lots_open is missing [D001]",
    ),
}
CASES = [
    *(("sqlite", name, (done,), said) for name, (done, said) in {**ON_BOTH, **ON_SQLITE}.items()),
    *(
        ("postgresql", name, (done,), said)
        for name, (done, said) in {**ON_BOTH, **ON_POSTGRESQL}.items()
    ),
    *(("postgresql", name, done, said) for name, (done, said) in MORE_ON_POSTGRESQL.items()),
    *((d, name, *more) for d in ("sqlite", "postgresql") for name, more in MORE.items()),
    (
        "sqlite",
        "an index over other columns",
        ("DROP INDEX idx_lots_open", "CREATE INDEX idx_lots_open ON lots (size)"),
        "found:    create index idx_lots_open on lots(size)",
    ),
]
# What no script mends: an enum keeps its values, and a plain column is not made a generated one.
LEFT = {
    ("postgresql", "an enum's value added"),
    ("postgresql", "an enum's value renamed"),
    ("postgresql", "a generated column made plain"),
}
# A trigger of somebody's own on `lots`.
TRIGGER = {
    "sqlite": ["CREATE TRIGGER stamp AFTER INSERT ON lots BEGIN DELETE FROM parts; END"],
    "postgresql": [
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER stamp BEFORE INSERT ON lots FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE lots DISABLE TRIGGER stamp",
    ],
}
