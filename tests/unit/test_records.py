"""Records are what dataclasses are, for all that is done with them here."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from functools import cached_property
from typing import Any, ClassVar

import pytest

from schemagen.records import field, record, replace


@record
class Point:
    """A record as most are."""

    kind: ClassVar[str] = "point"

    x: int
    y: int = 0
    note: str = field(default="", compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Twin:
    """The same, as a dataclass."""

    kind: ClassVar[str] = "point"

    x: int
    y: int = 0
    note: str = dataclasses.field(default="", compare=False, repr=False)


@record
class Deep(Point):
    """One with a field more."""

    z: int = 0


@record(frozen=False)
class Basket:
    """One that changes, and is made with lists of its own."""

    items: list[int] = field(default_factory=list)
    size: int = 3


@record(slots=False)
class Late:
    """One with something that is made late."""

    x: int
    y: int = 2

    @cached_property
    def sum(self) -> int:
        return self.x + self.y


@record(frozen=False, eq=False)
class Lone:
    """One that is equal to itself alone."""

    x: int


@record
class Empty:
    """One without fields."""


@record
class Odd:
    """One with names that its `__init__` could have for its own."""

    missing: int
    default_x: int = 1
    make_items: list[int] = field(default_factory=list)
    self_: int = 2


@record
class Own:  # noqa: PLW1641 - the decorator gives it one
    """One that compares in its own way."""

    x: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)


@record
class Alike:
    """One of which nothing counts."""

    x: int = field(default=0, compare=False)


def test_it_is_made_and_shown_as_a_dataclass_is() -> None:
    for values, named in (((1,), {}), ((1, 2), {}), ((), {"x": 1, "note": "n"}), ((1, 2, "n"), {})):
        ours, theirs = Point(*values, **named), Twin(*values, **named)  # type: ignore[arg-type]
        assert repr(ours) == repr(theirs).replace("Twin", "Point")
        assert (ours.x, ours.y, ours.note) == (theirs.x, theirs.y, theirs.note)
    assert repr(Empty()) == "Empty()"
    assert Deep(1, 2, "n", 3) == Deep(1, 2, z=3)


@pytest.mark.parametrize("values", [(), (1, 2, "n", 4)])
def test_what_does_not_fit_is_refused(values: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match=r"Point\.__init__\(\)"):
        Point(*values)
    with pytest.raises(TypeError, match="unexpected keyword"):
        Point(1, w=2)  # type: ignore[call-arg]


def test_two_are_equal_when_what_counts_is() -> None:
    assert Point(1, note="a") == Point(1, note="b")
    assert hash(Point(1, note="a")) == hash(Point(1, note="b"))
    assert Point(1) != Point(2)
    assert Point(1) != Deep(1)
    assert Point(1) != Twin(1)
    assert Empty() == Empty()
    assert len({Empty(), Empty()}) == 1
    assert Lone(1) != Lone(1)
    assert len({Lone(1), Lone(1)}) == 2


def test_names_of_fields_are_the_fields_own() -> None:
    assert repr(Odd(4)) == "Odd(missing=4, default_x=1, make_items=[], self_=2)"
    assert Odd(4, make_items=[1]).make_items == [1]


def test_one_that_compares_in_its_own_way_does() -> None:
    assert Own(1) == Own(2)
    assert hash(Own(1)) == hash(Own(1))
    assert Alike(1) == Alike(2)
    assert len({Alike(1), Alike(2)}) == 1


def test_a_default_that_all_would_share_is_refused() -> None:
    with pytest.raises(AssertionError, match="all share"):

        @record
        class Shared:
            items: list[int] = []  # noqa: RUF012 - what is refused


def test_one_that_changes_has_no_hash() -> None:
    basket = Basket()
    basket.items.append(1)
    basket.size = 4
    assert (basket, Basket()) == (Basket([1], 4), Basket([], 3))
    with pytest.raises(TypeError, match="unhashable"):
        hash(basket)


@pytest.mark.parametrize("made", [Point(1), Deep(1), Late(1), Empty()], ids=repr)
def test_one_that_is_frozen_stays_as_it_is(made: Any) -> None:  # noqa: ANN401 - any record
    with pytest.raises(AttributeError, match="frozen"):
        made.x = 2
    with pytest.raises(AttributeError, match="frozen"):
        del made.x


def test_slots_leave_no_room() -> None:
    for made in (Point(1), Deep(1), Basket(), Empty()):
        assert not hasattr(made, "__dict__")
    assert Deep.__slots__ == ("z",)  # type: ignore[attr-defined]
    assert Late(1).sum == 3


def test_a_copy_has_other_values() -> None:
    assert replace(Point(1, 2, "n"), x=3).note == "n"
    assert replace(Point(1, 2), x=3) == Point(3, 2)
    with pytest.raises(TypeError):
        replace(Point(1), w=1)


@pytest.mark.parametrize(
    "made", [Point(1, 2, "n"), Deep(1), Late(1), Basket([1]), Empty()], ids=repr
)
def test_it_is_copied_and_pickled(made: Any) -> None:  # noqa: ANN401 - any record
    for again in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):  # noqa: S301 - our own
        assert again == made
        assert repr(again) == repr(made)
        assert getattr(again, "note", None) == getattr(made, "note", None)


def test_it_can_be_matched() -> None:
    match Point(1, 2):
        case Point(x, 2):
            assert x == 1
        case _:
            pytest.fail("no match")
