"""Which names a column's type can have without quotes: ASCII, and what SQL folds into it."""

from __future__ import annotations

import pytest

from schemagen.types import is_word, parse

FOLDED = ("kapal\u0131", "\u0130l", "\u017ftate", "\u212aind")  # into i, s and k


@pytest.mark.parametrize("name", ["state", "State_2", "shop.state", *FOLDED])
def test_a_name(name: str) -> None:
    found = parse(name)
    assert found is not None
    assert str(found) == name
    assert is_word(name)


@pytest.mark.parametrize("name", ["größe", "2nd", "a-b", "a.b.c", ""])
def test_what_is_none(name: str) -> None:
    assert parse(name) is None
    assert not is_word(name)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Timestamp WITH Time Zone", "timestamptz"),
        ("time without time zone", "time"),
        ("TIMESTAMP(3) with TIME zone[]", "timestamptz(3)[]"),
        ("Double Precision", "double precision"),
    ],
)
def test_a_type_may_be_written_in_capitals(written: str, said: str) -> None:
    assert str(parse(written)) == said
