"""What is done grows with the size of the schema, or of the change, and not with their product.

Calls of functions are counted, which is the same on every machine; seconds are not.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import counting

from schemagen import source
from schemagen.changes import Add, apply
from schemagen.diff import compare
from schemagen.history.entry import body_hash
from schemagen.history.entry_text import entry_text
from schemagen.history.files import sort_out
from schemagen.history.history import History
from schemagen.kinds import Column
from schemagen.order import by_reference
from schemagen.plan.options import Options
from schemagen.plan.planning import plan
from schemagen.render import models
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schemagen.changes import Change

FEW, MANY = 24, 48
LINEAR = 2.3  # twice the tables: a little more than twice the calls
TABLE = """\
table: table_{n}
columns:
  id: bigint pk identity
  code: varchar(50) unique
  parent_id: bigint? -> table_{parent} on delete set null
  status: status = 'new'
  amount: numeric(10, 2) = 0
checks:
  amount: amount >= 0
indexes:
  parent: [parent_id]
  status: [status, code desc]
"""
ENUMS = "schemagen: 1\nenums:\n  status: [new, old]\n"
HEADER = "Revision ID: {name}\nRevises: {parent}\nCreate Date: 2024-01-01 00:00:00\nEntry: {entry}"
REVISION = '''"""a table

{header}
"""
revision = {name!r}
down_revision = {parent!r}


def upgrade() -> None:
    pass
'''


def schema(tables: int) -> Schema:
    texts = {f"t{n:03}.yaml": TABLE.format(n=n, parent=max(n - 1, 0)) for n in range(tables)}
    found = source.parse({"schema.yaml": ENUMS, **texts})
    assert not found.diagnostics
    return found.schema


def calls(work: Callable[[], object]) -> int:
    """Count the calls that some work takes, done for the second time."""
    work()
    return counting.calls(work)


def one_column(tables: int) -> tuple[Schema, tuple[Change, ...]]:
    before = schema(tables)
    return before, (Add(Column(table="table_3", name="extra", type="integer", nullable=True)),)


def revisions(tables: int) -> Iterator[tuple[str, bytes]]:
    """One table in each revision, with all its parts."""
    whole, state = schema(tables), Schema()
    parent = None
    for n, view in enumerate(whole.views(), 1):
        enums = [] if state.enums else list(whole.enums.values())
        changes = [Add(obj) for obj in (*enums, view.table, *view.parts)]
        after = apply(state, changes)
        name = f"{n:04}_add"
        header = HEADER.format(name=name, parent=parent, entry=f"{name}.yaml")
        text = REVISION.format(header=header, name=name, parent=parent)
        yield f"{name}.py", text.encode()
        yield f"{name}.yaml", entry_text(changes, state, after, body_hash(text)).encode()
        state, parent = after, name


def replay(texts: dict[str, bytes]) -> Schema:
    found = History(sort_out(texts, Path(), ""))
    assert not found.diagnostics
    return found.state()


def growth(work: Callable[[int], Callable[[], object]]) -> float:
    return calls(work(MANY)) / calls(work(FEW))


def all_new(tables: int) -> Callable[[], object]:
    changes = compare(Schema(), schema(tables)).changes
    return lambda: plan(changes, Schema(), {}, options=Options(online=True))


def with_one_column(tables: int) -> Callable[[], object]:
    before, changes = one_column(tables)
    return lambda: plan(changes, before, {}, options=Options(online=True))


def compared(tables: int) -> Callable[[], object]:
    one, two = schema(tables), schema(tables)
    return lambda: compare(one, two)


def replayed(tables: int) -> Callable[[], object]:
    texts = dict(revisions(tables))
    assert replay(texts) == schema(tables)
    return lambda: replay(texts)


def written(tables: int) -> Callable[[], object]:
    whole = schema(tables)
    return lambda: models.files(whole)


def test_what_is_the_same_object_is_not_compared() -> None:
    few, many, again = schema(FEW), schema(MANY), schema(MANY)
    assert calls(lambda: compare(few, few)) == calls(lambda: compare(many, many))
    assert calls(lambda: compare(many, again)) < 3 * len(many)


@pytest.mark.parametrize("work", [all_new, compared, replayed, written])
def test_twice_the_tables_are_twice_the_work(work: Callable[[int], Callable[[], object]]) -> None:
    assert growth(work) < LINEAR


def test_a_column_costs_the_same_in_a_schema_of_any_size() -> None:
    """But for the few looks at each object that find out what the change concerns."""
    few, many = (calls(with_one_column(tables)) for tables in (FEW, MANY))
    parts = len(schema(MANY)) - len(schema(FEW))
    assert (many - few) / parts < 5


def test_models_that_stay_are_not_rendered() -> None:
    before, changes = one_column(MANY)
    after = apply(before, changes)
    new = models.differing(after, before)
    assert {file for file, text in new.items() if text is not None} == {"table_3.py"}


def test_models_of_a_column_cost_little_more_in_a_larger_schema() -> None:
    """But for the names of the tables, and a look at each object."""

    def one_more(tables: int) -> Callable[[], object]:
        before, changes = one_column(tables)
        after = apply(before, changes)
        return lambda: models.differing(after, before, changes=changes)

    few, many = (calls(one_more(tables)) for tables in (FEW, MANY))
    parts = len(schema(MANY)) - len(schema(FEW))
    assert (many - few) / parts < 5


def test_a_chain_of_references_may_be_as_long_as_it_likes() -> None:
    tables = 1500
    texts = {
        f"t{n}.yaml": f"table: t{n}\ncolumns:\n  id: bigint pk\n  next_id: bigint? -> t{n + 1}\n"
        for n in range(tables)
    }
    end = f"table: t{tables}\ncolumns: {{id: bigint pk}}\n"
    chain = source.parse({"schema.yaml": "schemagen: 1\n", **texts, "end.yaml": end}).schema
    assert by_reference(chain) == [f"t{n}" for n in reversed(range(tables + 1))]
