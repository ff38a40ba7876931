"""Schemas declared twice, as models and as MetaData, and what each of them says."""

from __future__ import annotations

import importlib
import itertools
import sys
from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, SetColumnComment

from schemagen.render import models

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

    from sqlalchemy import MetaData, Table

    from schemagen.schema import Schema

_NUMBERS = itertools.count(1)
_DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}

EVERYTHING = """
enums:
  colour: [red, "it's", "two words", "", "PASS", "pass", "1st", ":name %s {{ x }} \\\\ \\"", "색"]
  shade: {storage: varchar(12), values: [light, dark]}
  unused: {values: [one, two], comment: "100% unused, :x %s"}
sequences:
  ticket_no: {start: 100, increment: 5, comment: "100% :x it's"}
  "odd 'one' %": {type: smallint, min: -5, max: 5, cache: 2, cycle: true, owned_by: tickets.room}
---
table: accounts
comment: "what's here: {{ x }} %s \\"quoted\\" \\\\ :name"
columns:
  tenant_id: integer
  id: integer
  "metadata": text?
  "registry": text?
  "class": text = ':a'
  uuid: uuid?
  datetime: timestamptz = current_timestamp
  "int": integer = 1
  str: text?
  list: text[]?
  "dt": date?
  sa: numeric(10,2)?
  order: integer? = 0
  "a b": text?
  a_b: text?
  "a\\"b": text?
  "it's": text?
  "색": text?
  "%(x)s": text?
  "{{ y }}": text?
  "__private": text?
  main_colour: colour = 'red'
  colours: colour[]?
  shade: shade? = 'dark'
  shades: shade[]?
  data: {type: jsonb, default: {}}
  flag: boolean = true
  tags: {type: "text[]", default: []}
  place: {type: {postgresql: point, sqlite: text}, nullable: true}
  made: {type: "varchar(20)?", default: {sql: "'x'"}, postgresql: {default: {sql: "upper('x')"}}}
  name: text?
  twice: {type: integer?, generated: {sql: id * 2, stored: true}}
  low:
    type: text?
    generated: {sql: lower(name), stored: true}
    sqlite: {generated: {sql: "lower(name) || ''", stored: true}}
  span: int4range?
  amount: money?
  took: interval?
  parent_id: integer?
  account_owner: bigint?
primary_key: [tenant_id, id]
unique:
  late: {columns: [order, sa], deferrable: deferred}
  distinct: {columns: [name, "a b"], nulls_distinct: false}
checks:
  order: '"order" >= 0'
  quoted: "\\"class\\" <> ':name' and \\"class\\" not like '100%'"
  one: {sql: "length(name) > 1", only: sqlite}
  two: {sql: "length(name) > 1", postgresql: {sql: "char_length(name) > 1"}}
indexes:
  newest: [order desc, name]
  last: {columns: [order desc nulls last, name]}
  low: {columns: [{sql: lower(name)}]}
  tags: {columns: [tags], using: gin, only: postgresql}
  data: {columns: [{column: data, opclass: jsonb_path_ops}], using: gin, only: postgresql}
  collated: {columns: [{column: name, collate: C, order: desc}], only: postgresql}
  some: {columns: [name], where: "\\"class\\" = ':x'", unique: true, include: [id]}
foreign_keys:
  parent: {columns: [tenant_id, parent_id], references: {table: accounts, columns: [tenant_id, id]}}
  owner:
    columns: [tenant_id, account_owner]
    references: {table: members, columns: [tenant_id, id]}
    deferrable: deferred
---
table: members
columns:
  id: bigint pk identity
  tenant_id: integer
  account_id: integer
  invited_by: bigint? -> members on delete set null
  parent_id: bigint? -> members on delete cascade
  warning: bigint? -> warnings on delete cascade on update cascade
  other_warning_id: bigint? -> warnings
unique:
  tenant: [tenant_id, id]
foreign_keys:
  account:
    columns: [tenant_id, account_id]
    references: {table: accounts, columns: [tenant_id, id]}
    on_delete: cascade
---
table: warnings
columns:
  id: {type: bigint pk, identity: {always: true, start: 5}}
  member_id: bigint unique -> members on delete cascade
  members: text?
---
table: colours
columns: {name: text pk}
---
table: departments
columns: {id: bigint pk identity, manager_id: bigint? -> employees on delete set null}
---
table: employees
columns: {id: bigint pk identity, department_id: bigint -> departments}
---
table: no_key
columns: {a: integer, b: "text?"}
unique: {a: [a]}
---
table: just_columns
columns: {a: integer?}
---
table: local
only: sqlite
options: {strict: true}
columns: {id: integer pk identity, when: timestamptz?, kind: colour, price: "numeric(10,2)?"}
---
table: remote
only: postgresql
options: {with: {fillfactor: 70}}
columns: {id: bigint pk, doc: tsvector?}
---
table: tickets
columns:
  id: serial pk
  turn: {type: bigserial, sqlite: {type: bigint}}
  small: {type: smallserial, sqlite: {type: "smallint", nullable: true}}
  number: {type: bigint, default: {sql: "nextval('ticket_no')"}, sqlite: {default: 0}}
  room: int4range?
  during: tstzrange?
exclusions:
  room: [{column: room, with: "="}, {column: during, with: "&&"}]
  low:
    items: [{sql: "tstzrange(lower(during), null)", with: "&&", opclass: range_ops}]
    where: room <> 'empty'
    deferrable: deferred
  by_tree: {items: [{sql: "lower(during)", with: "="}], using: btree}
---
table: "user"
columns: {id: bigint pk identity, "select": text?}
---
table: "tägliche Berichte"
columns: {id: bigint pk identity, "user": 'bigint? -> "user"'}
"""


def package(schema: Schema, folder: Path) -> ModuleType:
    """Write the models into a package of their own, and import it."""
    name = f"models_{next(_NUMBERS)}"
    (folder / name).mkdir()
    for file, text in models.files(schema).items():
        (folder / name / file).write_text(text, encoding="utf-8")
    importlib.invalidate_caches()
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))


def said(metadata: MetaData, dialect: str) -> dict[str, list[object]]:
    """Give, for each table, the statements that create it and what they do not say."""
    here = (t for t in metadata.tables.values() if t.info.get("only") in (None, dialect))
    return {table.name: list(_said(table, dialect)) for table in here}


def _said(table: Table, dialect: str) -> Iterator[object]:
    engine = _DIALECTS[dialect]
    yield str(CreateTable(table).compile(dialect=engine))
    conditions = {i: getattr(i._ddl_if, "dialect", dialect) for i in table.indexes}
    here = (i for i, only in conditions.items() if only == dialect)
    yield sorted(str(CreateIndex(index).compile(dialect=engine)) for index in here)
    yield (table.comment, table.info)
    yield [(c.name, c.info, _comment(c, engine)) for c in table.columns]
    items = (*table.constraints, *table.indexes)
    yield sorted((str(item.name), item.info.get("only", "")) for item in items)


def _comment(column: object, engine: object) -> str:
    return str(SetColumnComment(column).compile(dialect=engine)) if column.comment else ""
