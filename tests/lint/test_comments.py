"""Comments that allow a finding speak for a line, a statement or a file."""

from __future__ import annotations

import pytest

from schemagen.diagnostics import Place
from schemagen.lint.comments import allowances

TEXT = '''\
"""A revision."""

# schemagen: allow[drop-column, DL102] the archive has them

from alembic import op


def upgrade() -> None:
    op.drop_table("a")  # schemagen: allow[fk-locks-parent]
    # schemagen: allow[set-not-null-scans] a hundred rows
    # and nobody writes
    op.alter_column(
        "b",
        "c",
        nullable=False,
    )
    op.execute("# schemagen: allow[raw-sql]")
'''


def covered(name: str) -> set[int]:
    (found,) = [a for a in allowances(TEXT, "0001.py") if a.name == name]
    lines = range(1, TEXT.count("\n") + 1)
    return {line for line in lines if found.covers(Place("0001.py", line))}


@pytest.mark.parametrize("name", ["drop-column", "DL102"])
def test_above_the_first_function_it_speaks_for_the_file(name: str) -> None:
    assert covered(name) == set(range(1, TEXT.count("\n") + 1))


def test_behind_a_statement_it_speaks_for_its_line() -> None:
    assert covered("fk-locks-parent") == {9}


def test_alone_it_speaks_for_the_whole_statement_below() -> None:
    assert covered("set-not-null-scans") == {12, 13, 14, 15, 16}


def test_a_text_that_looks_like_one_is_none() -> None:
    assert "raw-sql" not in {a.name for a in allowances(TEXT, "0001.py")}


def test_it_knows_its_reason_and_where_each_name_stands() -> None:
    one, two, *_ = allowances(TEXT, "0001.py")
    assert one.reason == two.reason == "the archive has them"
    assert (one.place, two.place) == (
        Place("0001.py", 3, 20, 11),
        Place("0001.py", 3, 33, 5),
    )


def test_another_file_is_none_of_its_business() -> None:
    assert not allowances(TEXT, "0001.py")[0].covers(Place("0002.py", 3))


def test_what_is_no_python_allows_nothing() -> None:
    assert allowances("def (:\n    '''", "0001.py") == []
