"""What is known when a statement of a revision runs: the schema, the transaction, the settings."""

from __future__ import annotations

import pytest
from support import texts
from support.revisions import FILE, view_of

from schemagen.lint.envview import EnvView
from schemagen.lint.offline import render
from schemagen.lint.rule import every
from schemagen.lint.sqlview import SqlView, of_revision, of_text

LOTS = """\
table: lots
columns:
  id: bigint pk identity
  code: varchar(50)
  size: integer?
  made_at: timestamp
---
table: serials
columns:
  id: bigint pk identity
  lot_id: bigint -> lots
"""
ENV = EnvView("env.py", 'SESSION = "-c lock_timeout=200ms"')


def found(view: SqlView) -> set[str]:
    return {rule.code for rule in every() if any(rule.look("sql", view))}


def look(body: str, env: EnvView | None = None) -> set[str]:
    return found(view_of(body, texts.read(LOTS).schema, env))


@pytest.mark.parametrize("new", ["varchar(80)", "varchar", "text"])
def test_a_longer_text_writes_nothing_anew(new: str) -> None:
    assert "RW101" not in look(f'op.execute("ALTER TABLE lots ALTER code TYPE {new}")')


@pytest.mark.parametrize("new", ["varchar(20)", "char(50)", "integer", "text[]", "colour"])
def test_another_type_writes_the_table_anew(new: str) -> None:
    assert "RW101" in look(f'op.execute("ALTER TABLE lots ALTER code TYPE {new}")')


def test_a_column_is_known_by_the_names_that_the_revision_gives_it() -> None:
    renamed = """
op.alter_column("lots", "code", new_column_name="number")
op.rename_table("lots", "batches")
"""
    assert "RW101" not in look(f'{renamed}op.alter_column("batches", "number", type_=sa.Text())')
    assert "RW101" in look(f'{renamed}op.alter_column("batches", "size", type_=sa.Text())')
    assert "LK120" not in look(renamed)


def test_a_type_change_of_an_unknown_table_may_write_it_anew() -> None:
    assert "RW101" in look('op.execute("ALTER TABLE others ALTER code TYPE text")')


def test_a_cast_that_says_more_than_the_type_writes_the_table_anew() -> None:
    plain = 'op.execute("ALTER TABLE lots ALTER code TYPE text USING code::text")'
    trim = 'op.execute("ALTER TABLE lots ALTER code TYPE text USING trim(code)")'
    assert "RW106" not in look(plain)
    assert "RW106" in look(trim)


def test_a_column_that_is_not_null_already_needs_no_proof() -> None:
    assert "LK110" not in look('op.alter_column("lots", "code", nullable=False)')
    assert "LK110" in look('op.alter_column("lots", "size", nullable=False)')


PROOF = """
op.execute("ALTER TABLE lots ADD CONSTRAINT p CHECK (size IS NOT NULL) NOT VALID")
with op.get_context().autocommit_block():
    op.execute("ALTER TABLE lots VALIDATE CONSTRAINT p")
"""


def test_a_proof_that_goes_in_the_same_statement_is_none() -> None:
    two = f"{PROOF}op.execute('ALTER TABLE lots ALTER size SET NOT NULL')"
    one = f"{PROOF}op.execute('ALTER TABLE lots ALTER size SET NOT NULL, DROP CONSTRAINT p')"
    assert "LK110" not in look(two)
    assert "LK110" in look(one)


def test_a_proof_that_is_not_validated_is_none() -> None:
    added = PROOF.strip().splitlines()[0]
    assert "LK110" in look(f'{added}\nop.alter_column("lots", "size", nullable=False)')


def test_a_table_of_the_same_revision_is_used_by_no_one() -> None:
    body = """
    op.create_table("tags", sa.Column("id", sa.BigInteger(), sa.Identity()))
    op.create_index("idx_tags_id", "tags", ["id"])
    op.execute("ALTER TABLE tags ADD COLUMN n integer NOT NULL CHECK (n > 0)")
    op.execute("UPDATE tags SET n = 1")
    op.drop_table("tags")
    """
    assert look(body, ENV) == set()


def test_the_table_that_a_dropped_one_refers_to_is_known() -> None:
    (finding,) = (
        finding
        for rule in every()
        if rule.code == "LK114"
        for finding in rule.look(
            "sql", view_of('op.drop_table("serials")', texts.read(LOTS).schema)
        )
    )
    assert "ACCESS EXCLUSIVE on lots" in finding.message


def test_the_settings_of_env_hold_until_the_revision_sets_its_own() -> None:
    alter = 'op.add_column("lots", sa.Column("note", sa.Text()))'
    assert "LK101" in look(alter)
    assert "LK101" not in look(alter, ENV)
    assert "LK101" in look(f'op.execute("SET lock_timeout = 0")\n{alter}', ENV)
    reset = 'op.execute("SET lock_timeout = 0")\nop.execute("RESET lock_timeout")\n'
    assert "LK101" not in look(reset + alter, ENV)


def test_a_local_setting_ends_with_its_transaction() -> None:
    body = """
    op.execute("SET LOCAL lock_timeout = '1s'")
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE lots ADD COLUMN IF NOT EXISTS note text")
    """
    assert "LK101" in look(body)


def test_concurrently_waits_as_long_as_it_takes() -> None:
    build = 'op.execute("CREATE INDEX CONCURRENTLY i ON lots (code)")'
    block = "with op.get_context().autocommit_block():\n    "
    assert "LK121" in look(block + build, ENV)
    assert "LK121" not in look(f'{block}op.execute("SET lock_timeout = 0")\n    {build}', ENV)


BATCHES = """
DO $$ DECLARE n bigint; BEGIN
  LOOP
    UPDATE lots SET size = 0 WHERE id IN (SELECT id FROM lots WHERE size IS NULL LIMIT 500);
    GET DIAGNOSTICS n = ROW_COUNT;
    EXIT WHEN n = 0;
    COMMIT;
  END LOOP;
END $$;
"""


def test_batches_in_a_block_are_seen() -> None:
    assert {"TX106", "TX107"} & found(of_text(BATCHES, "x.sql")) == set()
    once = BATCHES.replace("    COMMIT;\n", "")
    assert "TX107" in found(
        of_text(
            once.replace(
                "id IN (SELECT id FROM lots WHERE size IS NULL LIMIT 500)", "size IS NULL"
            ),
            "x.sql",
        )
    )


def test_what_stands_in_a_block_is_judged_as_if_it_stood_alone() -> None:
    hidden = "DO $$ BEGIN IF true THEN CREATE INDEX i ON lots (code); END IF; END $$"
    assert "LK103" in found(of_text(hidden, "x.sql"))
    literal = "DO $$ BEGIN EXECUTE 'DROP TABLE lots'; END $$"
    assert "DL102" in found(of_text(literal, "x.sql"))
    other = "DO LANGUAGE plpython3u $$ plpy.execute('DROP TABLE lots') $$"
    assert "AC104" in found(of_text(other, "x.sql"))
    dynamic = "DO $$ BEGIN EXECUTE 'DROP TABLE ' || quote_ident('lots'); END $$"
    assert "AC104" in found(of_text(dynamic, "x.sql"))


@pytest.mark.parametrize(
    "sql", ["SELEC 1", "DO $$ BEGIN FOO END $$", "ALTER TABLE", "SELECT 'a\0'", "SELECT '\ud800'"]
)
def test_sql_that_postgresql_cannot_read_is_a_finding(sql: str) -> None:
    (unread,) = of_text(sql, "x.sql").unread
    assert "PostgreSQL cannot read" in unread.why


def test_an_expression_may_be_deep() -> None:
    deep = " + ".join(["size"] * 3000)
    check = f"ALTER TABLE lots ADD CONSTRAINT c CHECK ({deep} > 0) NOT VALID;"
    assert "RW108" in found(of_text(f"{check}ALTER TABLE lots ALTER size TYPE numeric;", "x.sql"))


def test_a_guard_of_python_makes_a_step_repeatable() -> None:
    step = 'op.add_column("lots", sa.Column("note", sa.Text()))'
    end = "with op.get_context().autocommit_block():\n    op.execute('SELECT 1')"
    assert "TX104" in look(f"{step}\n{end}")
    assert "TX104" not in look(f"if op.get_context().as_sql:\n    {step}\n{end}")
    dialect = "if op.get_context().dialect.name == 'postgresql':"
    assert "TX104" in look(f"{dialect}\n    {step}\n{end}")


def test_each_statement_knows_the_line_that_wrote_it() -> None:
    view = view_of('x = 1\nfor name in ("a", "b"):\n    op.execute(f"ANALYZE {name}")')
    assert [(s.kind, s.place.file) for s in view.statements] == [("VacuumStmt", FILE)] * 2
    assert {s.place.line for s in view.statements} == {14}


@pytest.mark.parametrize(
    "wrong", ["raise ValueError('no')", "import nothing_of_this_name", "raise SystemExit(3)", "1/0"]
)
def test_a_revision_that_fails_offline_is_a_finding(wrong: str) -> None:
    said = render(f"def upgrade():\n    {wrong}\n", FILE, "upgrade")
    (unread,) = of_revision(said, FILE).unread
    assert unread.place.line == 2
    assert "cannot be run offline" in unread.why


def test_quoted_and_qualified_names_are_kept_apart() -> None:
    text = 'CREATE TABLE "Lots" (id bigint); CREATE INDEX i ON lots (code);'
    assert "LK103" in found(of_text(text, "x.sql"))
    same = "CREATE TABLE public.lots (id bigint); CREATE INDEX i ON lots (code);"
    assert "LK103" not in found(of_text(same, "x.sql"))
    other = "CREATE TABLE archive.lots (id bigint); CREATE INDEX i ON lots (code);"
    assert "LK103" in found(of_text(other, "x.sql"))


def test_every_rule_over_sql_or_env_has_examples_of_it() -> None:
    for rule in every():
        for hook, fence in (("sql", "```python"), ("env", "```python env.py")):
            only = rule.hooks.keys() == {hook}
            assert not only or rule.page.count(fence) >= 2, rule.code
