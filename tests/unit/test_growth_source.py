"""How much is done for a schema, as its size grows: counts that no machine changes."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from schemagen.kinds import Column, Enum, Key, base, part
from schemagen.source import (
    events,
    expressions,
    indexable,
    namespaces,
    parse,
    plainline,
    plainyaml,
    portability,
    postgresnames,
    repeated,
    repeated_parts,
    shorthand,
)

if TYPE_CHECKING:
    from collections.abc import Callable

COMMON = {
    "enums.yaml": (
        "enums:\n  state: [NEW, DONE]\n  result: {storage: varchar(10), values: [A, B]}\n"
    ),
    "mixins.yaml": (
        "mixins:\n  stamped:\n    columns:\n      made_at: timestamptz = current_timestamp\n"
        "      changed_at: timestamptz = current_timestamp\n"
        "    checks:\n      changed: changed_at >= made_at\n"
    ),
}
TABLE = """\
# One of many.
table: t{n}
comment: The table number {n}
mixins: [stamped]
columns:
  id: bigint pk identity
  code: varchar(50) unique
  parent_id: bigint? -> t{parent} on delete set null
  state: state = 'NEW'
  result: result?
  amount: numeric(10, 2) = 0
  remark: {{type: text?, comment: "What was said of {n}"}}
checks:
  amount: amount >= 0
indexes:
  parent: [parent_id]
  newest: {{columns: [state, made_at desc], where: amount > 0}}
"""


def schema(tables: int) -> dict[str, str]:
    """Give the texts of a schema of so many tables."""
    made = {f"t{n}.yaml": TABLE.format(n=n, parent=n // 2) for n in range(tables)}
    return {**COMMON, **made}


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], Counter[str]]:
    """Give a function that counts the calls of a function or method."""
    calls: Counter[str] = Counter()

    def watch(owner: Any, name: str) -> Counter[str]:  # noqa: ANN401 - a module or a class
        inner = getattr(owner, name)

        def counted(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever it takes
            calls[name] += 1
            return inner(*args, **kwargs)

        monkeypatch.setattr(owner, name, counted)
        return calls

    return watch


def test_each_file_is_read_once_and_not_by_the_parser(
    count: Callable[[Any, str], Counter[str]],
) -> None:
    calls = count(plainyaml, "read")
    count(events, "load")
    assert parse(schema(20)).diagnostics == ()
    assert calls == {"read": 22}


def test_with_a_memory_the_files_that_changed_are_read(
    count: Callable[[Any, str], Counter[str]],
) -> None:
    files = schema(50)
    kept = parse(files).kept
    files["t7.yaml"] += "checks_are: unknown\n"
    assert [found.code for found in parse(files, kept).diagnostics] == ["S002"]
    files["t7.yaml"] = schema(50)["t7.yaml"].replace("numeric(10, 2)", "numeric(12, 2)")
    calls = count(plainyaml, "read")
    count(expressions._Judge, "table")
    found = parse(files, kept)
    assert calls == {"read": 1 + len(COMMON), "table": 1}
    assert len(kept.unchanged(found.kept)) == 49


def test_a_short_form_is_read_once_for_each_text(
    count: Callable[[Any, str], Counter[str]],
) -> None:
    calls = count(repeated, "_learnt")
    count(shorthand._Reader, "read")
    few = parse(schema(10))
    first = Counter(calls)
    many = parse(schema(50))
    assert calls["_learnt"] == 2 * first["_learnt"]  # as often for 50 tables as for 10
    assert calls["read"] == 2 * first["read"]
    assert [len(source.schema) for source in (few, many)] == [2 + 10 * 19, 2 + 50 * 19]


def test_a_part_is_read_once_for_each_text(
    count: Callable[[Any, str], Counter[str]],
) -> None:
    calls = count(repeated_parts, "read_part")
    parse(schema(10))
    first = calls["read_part"]
    assert first == 4  # three checks and indexes of the tables, and the mixin's
    parse(schema(50))
    assert calls["read_part"] == 2 * first


def test_a_line_is_read_once_for_each_text() -> None:
    plainline.read_line.cache_clear()
    parse(schema(10))
    few = plainline.read_line.cache_info().misses
    parse(schema(50))
    own = 3  # of each table: its name, its number, and what was said of it
    parents = 25 - 5  # each the parent of two
    assert plainline.read_line.cache_info().misses == few + own * 40 + parents


def test_the_nodes_of_a_line_are_made_for_few(
    count: Callable[[Any, str], Counter[str]],
) -> None:
    calls = count(plainline.Written, "__getattr__")
    assert parse(schema(50)).diagnostics == ()
    lines = sum(text.count("\n") for text in schema(50).values())
    assert calls["__getattr__"] < lines / 2


def test_objects_are_validated_once_for_each_definition(
    count: Callable[[Any, str], Counter[str]],
) -> None:
    parse(schema(10))
    calls = count(part, "_validated")
    parse(schema(10))
    first = calls["_validated"]
    parse(schema(50))
    assert calls["_validated"] - 2 * first <= 40 + 20  # each table, and where its key points


def test_sqlite_is_asked_once_for_each_expression(
    count: Callable[[Any, str], Counter[str]],
) -> None:
    calls = count(expressions._Judge, "_is_fine")
    parse(schema(10))
    first = calls["_is_fine"]
    parse(schema(50))
    assert calls["_is_fine"] == 2 * first


def test_objects_grow_with_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    made: Counter[str] = Counter()
    inner = base._key

    def counted(said: tuple[str, str, str]) -> Key:
        made[said[0]] += 1
        return inner(said)

    monkeypatch.setattr(base, "_key", counted)
    parse(schema(10))
    small = Counter(made)
    parse(schema(40))
    large = made - small
    for kind in (small.keys() | large.keys()) - {Enum.kind}:
        assert large[kind] <= 4 * small[kind] + 4, kind
    assert small[Column.kind] <= 10 * 9 + 12  # once for each, and for each text


@pytest.mark.parametrize(
    ("check", "name"),
    [
        (expressions._Judge, "_asked"),
        (indexable, "_is_odd"),
        (namespaces, "_has_sequence"),
        (portability, "_is_peculiar"),
        (postgresnames, "_differs"),
    ],
)
def test_what_is_alike_is_looked_at_once(
    check: object, name: str, count: Callable[[Any, str], Counter[str]]
) -> None:
    calls = count(check, name)
    parse(schema(10))
    first = calls[name]
    parse(schema(50))
    assert 0 < calls[name] == 2 * first


def test_the_parser_is_not_imported_for_plain_files() -> None:
    code = (
        "import sys; from schemagen.source import parse; import schemagen.history;"
        f"assert parse({schema(2)!r}).diagnostics == ();"
        "print([m for m in ('yaml', 'sqlalchemy', 'alembic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
