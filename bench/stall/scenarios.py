"""The changes that are measured."""

from __future__ import annotations

from dataclasses import dataclass

BRANCH = """\
table: branch
only: postgresql
columns:
  id: bigint pk identity
  name: text
"""
ACCT = """\
table: acct
only: postgresql
columns:
  id: bigint pk identity
  branch_id: bigint
  code: varchar(50)
  note: text?
  amount: integer
  quantity: integer
  spare: text?
  seen_at: timestamptz = current_timestamp
indexes:
  branch: [branch_id]
"""
ROWS = """
    INSERT INTO acct (branch_id, code, note, amount, quantity)
    SELECT i % 100 + 1, 'code-' || i, md5(i::text), i % 1000, i % 7
    FROM generate_series(1, {rows}) AS i
"""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A change of `acct`.

    Args:
        name: on the command line.
        title: in the table.
        edits: in the YAML: what is replaced, and by what.
        by_hand: in the revision that autogenerate writes: patterns, and what replaces them.
        flags: for `schemagen generate`.
        reader: whether a transaction that has read the table stays open while the change begins.
        stops: whether the YAML says that clients may wait.

    """

    name: str
    title: str
    edits: tuple[tuple[str, str], ...]
    by_hand: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    reader: bool = False
    stops: bool = False

    def tables(self) -> dict[str, str]:
        """Give the YAML of the tables after the change."""
        text = ACCT
        for old, new in self.edits:
            assert old in text  # noqa: S101 - a slip in this file
            text = text.replace(old, new)
        return {"acct": text, "branch": BRANCH}


def _added(column: str) -> tuple[tuple[str, str], ...]:
    return (("  seen_at:", f"  {column}\n  seen_at:"),)


def _typed(strategy: str, *changes: tuple[str, str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"  {name}: {old}\n", f"  {name}: {{type: {new}, strategy: {strategy}}}\n")
        for name, old, new in changes
    )


_CHECK = (("indexes:", "checks:\n  amount: amount >= 0\nindexes:"),)
_CHECK_BY_HAND = (
    (
        r"\bpass\b",
        "op.create_check_constraint('chk_acct_amount', 'acct', 'amount >= 0')",
    ),
)
_FULL_NOTE = (("note: text?", "note: {type: text, backfill: \"'none'\"}"),)
_FILLED = """\
op.add_column('acct', sa.Column('slug', sa.Text(), nullable=True))
    op.execute("UPDATE acct SET slug = 'u-' || id")
    op.alter_column('acct', 'slug', nullable=False)"""
_BIGGER = ("amount", "integer", "bigint")
_SHORTER = ("code", "varchar(50)", "varchar(40)")

SCENARIOS = (
    Scenario(
        "not_null_backfill",
        "add a NOT NULL column, filled from others",
        _added("slug: {type: text, backfill: \"'u-' || id\"}"),
        (
            (
                r"op\.add_column\('acct', sa\.Column\('slug', sa\.Text\(\), nullable=False\)\)",
                _FILLED,
            ),
        ),
    ),
    Scenario("constant_default", "add a column, constant default", _added("state: text = 'new'")),
    Scenario(
        "volatile_default",
        "add a column, volatile default",
        _added("token: uuid = gen_random_uuid()"),
    ),
    Scenario("set_not_null", "SET NOT NULL", _FULL_NOTE),
    Scenario(
        "foreign_key",
        "add a foreign key",
        (("branch_id: bigint", "branch_id: bigint -> branch"),),
    ),
    Scenario("index", "add an index", (("  branch: [", "  note: [note]\n  branch: ["),)),
    Scenario("unique", "add a unique constraint", (("varchar(50)", "varchar(50) unique"),)),
    Scenario("check", "add a check", _CHECK, _CHECK_BY_HAND),
    Scenario("widen", "varchar(50) to varchar(100)", (("varchar(50)", "varchar(100)"),)),
    Scenario("narrow", "varchar(50) to varchar(40), shadow", _typed("shadow", _SHORTER)),
    Scenario("bigint", "integer to bigint, shadow", _typed("shadow", _BIGGER)),
    Scenario("two_types", "both, shadow", _typed("shadow", _BIGGER, _SHORTER)),
    Scenario(
        "two_types_rewrite",
        "both, rewrite",
        _typed("rewrite", _BIGGER, _SHORTER),
        stops=True,
    ),
    Scenario(
        "drop_column",
        "drop a column",
        (("  spare: text?\n", ""),),
        flags=("--allow-drop", "acct.spare"),
    ),
    Scenario("add_column_reader", "add a column, behind a reader", _added("x: text?"), reader=True),
    Scenario("check_reader", "add a check, behind a reader", _CHECK, _CHECK_BY_HAND, reader=True),
)
