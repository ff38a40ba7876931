"""Records are dataclasses to whoever makes, compares, copies and prints them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from functools import cached_property
from typing import ClassVar

import pytest

from schemagen.records import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 2
    seen: list[int] = field(default_factory=list, compare=False, repr=False)
    origin: ClassVar[str] = "here"


@dataclass(frozen=True)
class Named(Point):
    name: str = "a"

    @cached_property
    def twice(self) -> str:
        return self.name * 2

    def __hash__(self) -> int:
        return 7


@dataclass
class Open:
    value: int = 0

    def __repr__(self) -> str:
        return "open"


@dataclass(frozen=True)
class Empty:
    """Nothing at all."""


def test_they_are_made_and_compared() -> None:
    assert Point(1) == Point(1, 2, [3]) == Point(y=2, x=1)
    assert Point(1) != Point(2)
    assert Point(1) != (1, 2)
    assert len({Point(1), Point(1, 2), Point(2)}) == 2
    assert Point(1).seen is not Point(1).seen
    assert Empty() == Empty()
    assert Empty() != Point(1)
    assert {Empty()} == {Empty()}


def test_they_are_shown() -> None:
    assert repr(Point(1)) == "Point(x=1, y=2)"
    assert repr(Open()) == "open"


def test_they_are_frozen() -> None:
    with pytest.raises(AttributeError, match="Point is frozen: make a copy to change 'x'"):
        Point(1).x = 2  # type: ignore[misc] # that is the point
    with pytest.raises(AttributeError):
        del Point(1).x  # type: ignore[misc] # as above
    one = Open()
    one.value = 3
    assert one == Open(3)
    with pytest.raises(TypeError):
        hash(one)


def test_what_is_missing_or_too_much_is_refused() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg] # as above
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        Point(1, z=3)  # type: ignore[call-arg] # as above


def test_a_subclass_has_the_fields_of_its_base_first() -> None:
    one = Named(1, 2, [], "b")
    assert (one.x, one.name, one.twice) == (1, "b", "bb")
    assert one == Named(1, name="b")
    assert one != Point(1)
    assert hash(one) == 7


def test_copies_have_other_fields() -> None:
    assert replace(Point(1), y=3) == Point(1, 3)
    assert copy.copy(Point(1)) == copy.deepcopy(Point(1)) == Point(1)
    assert pickle.loads(pickle.dumps(Point(1))) == Point(1)  # noqa: S301 - our own


def test_the_standard_library_takes_them_for_its_own() -> None:
    assert dataclasses.replace(Point(1), y=3) == Point(1, 3)
    assert [each.name for each in dataclasses.fields(Named)] == ["x", "y", "seen", "name"]
    assert dataclasses.asdict(Point(1)) == {"x": 1, "y": 2, "seen": []}


def test_they_can_be_matched() -> None:
    match Point(1, 5):
        case Point(1, y):
            assert y == 5
        case _:
            pytest.fail("no match")
