"""What replaying costs for each object: counted, since a count is the same on every machine."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from support.counting import calls

from schemagen import kinds as k
from schemagen.changes import Add, apply
from schemagen.diff import compare
from schemagen.history import canonical, canonical_state, codec
from schemagen.history.entry import body_hash
from schemagen.history.entry_text import entry_text
from schemagen.history.files import sort_out
from schemagen.history.history import History
from schemagen.schema import Schema
from schemagen.source import plainyaml

FEW, MANY = 20, 60
TYPES = ("bigint", "varchar(50)", "text?", "numeric(12, 2) = 0", "timestamptz")
REVISION = '''"""{name}

Revision ID: {name}
Revises:{parent}
Create Date: 2024-01-01 00:00:00
Entry: {name}.yaml
"""

from alembic import op

revision = "{name}"
down_revision = {down}
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
'''


def table(n: int) -> list[k.Obj]:
    """Make a table of whose parts only the foreign key differs from that of others."""
    name = f"table_{n}"
    made: list[k.Obj] = [k.Table(name=name)]
    columns = [*enumerate(TYPES), (9, "bigint?")]
    made += [codec.make("column", name, f"c{i}", text) for i, text in columns]
    made.append(k.PrimaryKey(table=name, name=f"pk_{name}", columns=("c0",)))
    made.append(k.Check(table=name, name=f"chk_{name}", sql="c0 > 0 and c3 in (1, 2)"))
    made.append(k.Index(table=name, name=f"idx_{name}", columns=(k.Item(column="c1"),)))
    there = k.References(table=f"table_{max(n - 1, 0)}", columns=("c0",))
    made.append(k.ForeignKey(table=name, name=f"fk_{name}", columns=("c9",), references=there))
    return made


PARTS = len(table(0))


def texts(tables: int, *, full: bool = False) -> dict[str, bytes]:
    """Write a history: a revision for each table, or all in one full state."""
    groups = [table(n) for n in range(tables)]
    if full:
        groups = [[obj for group in groups for obj in group]]
    found: dict[str, bytes] = {}
    state, parent = Schema(), ""
    for n, group in enumerate(groups, 1):
        name = f"{n:04}_add"
        after = apply(state, changes := [Add(obj) for obj in group])
        down = f'"{parent}"' if parent else "None"
        text = REVISION.format(name=name, parent=f" {parent}" if parent else "", down=down)
        entry = entry_text(changes, state, after, body_hash(text), full=full)
        found |= {f"{name}.py": text.encode(), f"{name}.yaml": entry.encode()}
        state, parent = after, name
    return found


def replay(history: dict[str, bytes]) -> History:
    """Replay with nothing remembered."""
    canonical.forget()
    canonical_state.forget()
    found = History(sort_out(history, Path(), ""))
    assert not found.diagnostics
    return found


def counter(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> list[str]:  # noqa: ANN401 - a module
    """Count the calls of a function."""
    seen: list[str] = []
    true = getattr(owner, name)

    def counted(*args: Any, **kwargs: Any) -> object:  # noqa: ANN401 - as its own
        seen.append(name)
        return true(*args, **kwargs)

    monkeypatch.setattr(owner, name, counted)
    return seen


@pytest.mark.parametrize("full", [False, True])
def test_what_objects_say_alike_is_validated_once(
    *, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = texts(FEW, full=full), texts(MANY, full=full)
    made = counter(monkeypatch, codec, "make")
    replay(few)
    first = len(made)
    made.clear()
    replay(many)
    assert len(made) - first == MANY - FEW  # the foreign keys
    assert first < FEW + PARTS


@pytest.mark.parametrize("full", [False, True])
def test_what_is_written_here_needs_no_parser(
    *, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = texts(FEW, full=full)
    parsers = counter(monkeypatch, plainyaml, "read"), counter(monkeypatch, ast, "parse")
    replay(history)
    assert parsers == ([], [])


@pytest.mark.parametrize("full", [False, True])
def test_an_object_costs_few_calls(*, full: bool) -> None:
    few, many = texts(FEW, full=full), texts(MANY, full=full)
    more = calls(lambda: replay(many)) - calls(lambda: replay(few))
    assert more / ((MANY - FEW) * PARTS) < 40


@pytest.mark.parametrize("full", [False, True])
def test_no_object_is_made_that_nobody_asks_for(
    *, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = texts(FEW, full=full)
    made = counter(monkeypatch, k.Obj, "under")
    found = replay(history)
    assert found.folded is not None
    assert [len(objects) for _, objects in found.folded.runs()] == [PARTS] * FEW
    assert made == []
    assert len(found.state()) == FEW * PARTS
    assert len(made) > FEW * (PARTS - 3)


def test_records_share_what_they_say() -> None:
    records = [
        record
        for revision in replay(texts(MANY)).revisions
        for record in (revision.entry.records if revision.entry else ())
    ]
    assert len(records) == MANY * PARTS
    assert len({id(record.said) for record in records}) == PARTS - 1 + MANY - 1


def test_a_record_of_another_form_does_not_cost_a_look_at_the_rest() -> None:
    """Alters are not remembered, and a long list of them is read in one pass."""

    def altered(count: int) -> str:
        old = Schema([k.Column(table="t", name=f"c{n}", type="text") for n in range(count)])
        new = Schema([o.model_copy(update={"nullable": True}) for o in old])
        return entry_text(compare(old, new).changes, Schema(), Schema(), "4e07408562bedb8b")

    few, many = (altered(count) for count in (20, 200))
    first = calls(lambda: canonical.read(few, "x.yaml"))
    assert calls(lambda: canonical.read(many, "x.yaml")) < first * 11
