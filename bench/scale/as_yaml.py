"""The schema as YAML, a file per table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.scale.tables import REMARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.scale.tables import Choice, Table, Tables

_SCHEMA = """\
schemagen: 1

naming:
  primary_key: pk_{table}
  foreign_key: fk_{table}_{name}
  unique: uk_{table}_{name}
  index: idx_{table}_{name}
  check: chk_{table}_{name}
"""
_MIXINS = """\
mixins:
  timestamps:
    columns:
      created_at: timestamptz = current_timestamp
      updated_at: timestamptz = current_timestamp
    checks:
      updated_after_created: updated_at >= created_at

  priced:
    columns:
      amount: numeric(12, 2) = 0
      quantity: integer = 1
    checks:
      amount: amount >= 0
      quantity: quantity > 0
"""


def files(schema: Tables) -> dict[str, str]:
    """Give the texts by their paths in the folder of the schema."""
    return {
        "schema.yaml": _SCHEMA,
        "mixins.yaml": _MIXINS,
        "enums.yaml": "\n".join(("enums:", *map(_choice, schema.choices), "")),
        **{path(table): text(table) for table in schema.tables},
    }


def path(table: Table) -> str:
    """Give the path of a table's file in the folder of the schema."""
    return f"tables/{table.name}.yaml"


def text(table: Table, *, remark: bool = False) -> str:
    """Write a table.

    Args:
        table: the table.
        remark: whether it has one column more.

    """
    return "\n".join((*_head(table, remark=remark), *_rules(table), ""))


def _choice(choice: Choice) -> str:
    values = f"[{', '.join(choice.values)}]"
    if choice.native:
        return f"  {choice.name}: {values}"
    return f"  {choice.name}: {{storage: varchar(20), values: {values}}}"


def _head(table: Table, *, remark: bool) -> Iterator[str]:
    yield f"table: {table.name}"
    yield f"comment: Table {table.number} of the benchmark"
    yield f"mixins: [{'priced, ' if table.priced else ''}timestamps]"
    yield from ("", "columns:", "  id: bigint pk identity")
    yield from ("  code: varchar(50) unique", "  name: varchar(200)")
    yield f"  parent_id: bigint? -> {table.parent} on delete set null"
    yield f"  owner_id: bigint{'' if table.number else '?'} -> {table.owner} on delete restrict"
    yield f"  status: {table.status.name} = 'NEW'"
    if not table.priced:
        yield from ("  amount: numeric(12, 2) = 0", "  quantity: integer = 1")
    yield from ("  is_active: boolean = true", "  data: {type: jsonb?, comment: Whatever else}")
    yield "  note: text?"
    if remark:
        yield f"  {REMARK}: varchar(200)?"


def _rules(table: Table) -> Iterator[str]:
    if table.named_once:
        yield from ("", "unique:", "  name: [owner_id, name]")
    if not table.priced:
        yield from ("", "checks:", "  amount: amount >= 0", "  quantity: quantity > 0")
    yield from ("", "indexes:", "  parent: [parent_id]", "  owner: [owner_id]")
    yield "  status: [status, created_at desc]"
    if table.open_indexed:
        yield "  open: {columns: [created_at], where: note is null}"
    if table.searched:
        yield "  data: {columns: [data], using: gin, only: postgresql}"
