"""Values for rows that exist: in batches, while a trigger gives them to rows that clients write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.derived import derived
from schemagen.expr import call, escaped
from schemagen.kinds import Check
from schemagen.plan import operations
from schemagen.plan.online.names import aside, firing_last
from schemagen.plan.online.steps import held, unless_there
from schemagen.plan.steps import execute

if TYPE_CHECKING:
    from schemagen.expr import Call
    from schemagen.kinds import Column
    from schemagen.plan.context import Context
    from schemagen.plan.steps import Block, Statement

_NATIVE = 18  # the PostgreSQL that proves NOT NULL by itself


def key_of(ctx: Context, table: str) -> tuple[str, ...] | None:
    """Give the columns by which the rows of a table are gone through; None without a key."""
    if table not in ctx.renamed.tables:
        return None
    key = ctx.renamed.view(table).primary_key
    return key.columns if key else None


def batches(column: Column, key: tuple[str, ...], value: str, where: str, undo: str = "") -> Call:
    """Write the update of rows in short transactions of their own.

    Args:
        column: what is set.
        key: the columns by which the rows are gone through.
        value: SQL over the row's columns.
        where: the condition for rows that are still to be done.
        undo: SQL to run where a value cannot be worked out, or does not fit.

    """
    change = f"{sql.quote(column.name)} = {value}"
    table, *names = map(escaped, (qualified.quote(column.table), *map(sql.quote, key)))
    more = (escaped(undo),) if undo else ()
    return call("_in_batches", table, tuple(names), escaped(change), escaped(where), *more)


def trigger(column: Column, value: str) -> tuple[Call, Call]:
    """Write the trigger that fills a column in every row which is written without it.

    Args:
        column: what is set.
        value: SQL over the row's columns.

    """
    when = f"WHEN (NEW.{sql.quote(column.name)} IS NULL) "
    return on_write(column, value, trigger_name(column), when)


def on_write(column: Column, value: str, name: str, when: str = "") -> tuple[Call, Call]:
    """Write the function and the trigger that set a column in the rows which are written.

    Args:
        column: what is set.
        value: SQL over the row's columns.
        name: of both.
        when: the trigger's condition; by default it sets the column in every row.

    """
    name, table = sql.quote(name), qualified.quote(column.table)
    alias = sql.quote(qualified.bare(column.table))
    tag = _tag(value)
    body = (
        f"CREATE OR REPLACE FUNCTION {name}() ",
        f"RETURNS trigger LANGUAGE plpgsql AS {tag}\n",
        "#variable_conflict use_column\n",
        "BEGIN\n",
        f"    NEW.{sql.quote(column.name)} := (\n",
        f"        SELECT {value}\n",
        f"        FROM (SELECT NEW.*) AS {alias}\n",
        "    );\n",
        "    RETURN NEW;\n",
        f"END {tag}",
    )
    made = (
        f"CREATE OR REPLACE TRIGGER {name} ",
        f"BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW ",
        f"{when}EXECUTE FUNCTION {name}()",
    )
    return execute(*body), execute(*made)


def trigger_name(column: Column) -> str:
    """Give the name of the trigger that fills a column."""
    return firing_last("fill", column.table, column.name)


def no_trigger(name: str) -> str:
    """Give the SQL that takes a trigger away together with its function."""
    return f"DROP FUNCTION IF EXISTS {sql.quote(name)}() CASCADE"


def untrigger(column: Column, name: str = "") -> tuple[Call, Call]:
    """Write the end of the trigger and its function."""
    name = sql.quote(name or trigger_name(column))
    gone = execute(f"DROP TRIGGER IF EXISTS {name} ON {qualified.quote(column.table)}")
    return gone, execute(f"DROP FUNCTION IF EXISTS {name}()")


def _tag(body: str) -> str:
    """Give a dollar quote that the body does not hold."""
    tag = "fill"
    while f"${tag}$" in body:
        tag += "_"
    return f"${tag}$"


def proof(ctx: Context, column: Column) -> tuple[Statement, ...]:
    """Write the proof that a column has no NULL, which lets SET NOT NULL pass without a look."""
    table, name = qualified.quote(column.table), sql.quote(column.name)
    proven = _proof_name(column)
    if _native(ctx, column):
        added: Call = execute(
            f"ALTER TABLE {table} ",
            f"ADD CONSTRAINT {sql.quote(proven)} NOT NULL {name} NOT VALID",
        )
    else:
        check = Check(table=column.table, name=proven, sql=f"{name} IS NOT NULL")
        added = operations.create_check(check).with_(postgresql_not_valid=True)
    rows = (f"SELECT * FROM {table} WHERE {name} IS NULL",)
    return held(column.table, proven, added, rows)


def proven(ctx: Context, column: Column) -> tuple[Statement, ...]:
    """Write what follows the proof: NOT NULL at no cost, and the end of the check.

    Two statements: as one ALTER TABLE, PostgreSQL drops the check first and then looks at all rows.
    """
    if _native(ctx, column):
        return (_named(column),)
    check = Check(table=column.table, name=_proof_name(column), sql="true")
    return operations.alter_column(column, nullable=False), operations.drop_constraint(check)


def _native(ctx: Context, column: Column) -> bool:
    """Say whether PostgreSQL proves NOT NULL by itself, from 18 on; a shadow keeps no name."""
    return ctx.options.min_version >= _NATIVE and column.key in ctx.goal


def _named(column: Column) -> Block:
    """Give the constraint PostgreSQL's own name, unless a column that was renamed has it still."""
    name = derived(column.table, column.name, "not_null")
    names = f"{sql.quote(_proof_name(column))} TO {sql.quote(name)}"
    renamed = execute(f"ALTER TABLE {qualified.quote(column.table)} RENAME CONSTRAINT {names}")
    return unless_there("constraint", name, column.table, renamed)


def _proof_name(column: Column) -> str:
    """Give the name of the constraint that proves a column."""
    return aside("full", column.table, column.name)
