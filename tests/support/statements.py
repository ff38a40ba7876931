"""Something happens while a run is at one of its statements."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Engine, event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def at_statement(words: str, do: Callable[[], None]) -> Iterator[None]:
    """Do something just before the first statement that holds these words."""
    pending = [do]

    def look(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if words in statement and pending:
            pending.pop()()

    event.listen(Engine, "before_cursor_execute", look)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", look)
    assert not pending, f"no statement holds {words}"
