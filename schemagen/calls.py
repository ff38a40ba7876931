"""Calls of functions that a second process makes, which gets ready for them meanwhile."""

from __future__ import annotations

import sys
from functools import cache, partial
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemagen.beside import Beside

P = ParamSpec("P")
T = TypeVar("T")


class Calls:
    """Calls of functions that do nothing but give back something, made in a second process.

    Where there is none, or where it has failed, they are made here.

    Args:
        ready: imports what the functions need; called in the second process alone. Without it,
            there is none.
        heavy: the module among that which takes the time. Where it is imported already, there is
            nothing to gain, and no second process.

    """

    def __init__(self, ready: Callable[[], object] | None = None, heavy: str = "") -> None:
        """Begin to get ready."""
        self._second: Beside | None = None
        self._stopped: Beside | None = None
        self._last: Callable[[], object] = _nothing
        if ready is not None and heavy not in sys.modules:
            from schemagen import beside  # noqa: PLC0415 - for a process that has just begun

            self._second = beside.begin(partial(_serve, ready))

    def __enter__(self) -> Self:
        """Go on beside it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Have no more calls to make, and wait for the end of the second process."""
        self.stop()
        if self._stopped is not None:
            self._stopped.end()
            self._stopped = None

    def stop(self) -> None:
        """Stop the second process, whatever it is at; calls that still come are made here."""
        if self._second is not None:
            self._second.stop()
            self._stopped, self._second = self._second, None

    def begin(self, function: Callable[P, T], *args: P.args, **named: P.kwargs) -> Callable[[], T]:
        """Begin a call, once the one before has ended.

        Args:
            function: what is called; it stands in a module.
            args: whatever it takes.
            named: the same.

        Returns:
            What waits for its end, gives what it has given, and raises what it raises.

        """
        here = partial(function, *args, **named)
        self._last()
        if self._second is None:
            return here
        import pickle  # noqa: PLC0415 - as above

        self._second.ask(pickle.dumps(here))
        self._last = told = cache(self._answer)
        return partial(_given, told, here)

    def _answer(self) -> bytes | None:
        """Wait for what the second process says; None if it has failed."""
        self._last = _nothing
        told = self._second.answer() if self._second else None
        if told is None:
            self.stop()
        return told


def _given(told: Callable[[], bytes | None], here: Callable[[], T]) -> T:
    """Give what a call has given. What failed there fails here, too, and says why."""
    said = told()
    if said is None:
        return here()
    import pickle  # noqa: PLC0415 - as above

    given: T = pickle.loads(said)  # noqa: S301 - the process is our own
    return given


def _nothing() -> None:
    """There is nothing to wait for."""


def _serve(
    ready: Callable[[], object], hear: Callable[[], bytes], say: Callable[[bytes], None]
) -> None:
    """Be the second process: make one call after the other."""
    import pickle  # noqa: PLC0415 - as above

    ready()
    while asked := hear():
        say(pickle.dumps(pickle.loads(asked)()))  # noqa: S301 - as above


HERE = Calls()
