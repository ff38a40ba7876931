"""The key of an object: made once, never carried over to another object."""

from __future__ import annotations

import copy
import pickle

from schemagen.kinds import Column, Key


def test_a_key_is_made_once() -> None:
    column = Column(table="lots", name="id", type="bigint")
    assert column.key == Key("column", "lots", "id")
    assert column.key is column.key


def test_a_copy_has_its_own_key() -> None:
    column = Column(table="lots", name="id", type="bigint")
    assert column.key.name == "id"
    assert column.model_copy(update={"name": "code"}).key == Key("column", "lots", "code")
    for same in (copy.copy(column), copy.deepcopy(column), pickle.loads(pickle.dumps(column))):  # noqa: S301 - our own
        assert same == column
        assert same.key == column.key


def test_a_key_is_no_field() -> None:
    column = Column(table="lots", name="id", type="bigint")
    other = Column(table="lots", name="id", type="bigint")
    assert column.key
    assert column == other
    assert "key" not in column.model_dump()
