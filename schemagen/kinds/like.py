"""What objects have in common of which no more than the table and the name differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemagen.kinds.base import Obj

T = TypeVar("T")


class Like:
    """What such objects share; two of another origin have two, though they may say the same.

    Args:
        digest: the hash of it, once somebody has worked it out.

    """

    __slots__ = ("digest",)

    def __init__(self) -> None:
        """Work nothing out yet."""
        self.digest = ""


def once(says: Callable[[Obj], T]) -> Callable[[Obj], T]:
    """Give what asks once for all objects that are alike: most of a schema's parts are.

    Args:
        says: says something of an object that rests on neither its table nor its name.

    """
    known: dict[Like, T] = {}

    def said(obj: Obj) -> T:
        like = obj.like
        if like not in known:
            known[like] = says(obj)
        return known[like]

    return said
