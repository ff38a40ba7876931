"""Statements about PostgreSQL's sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import qualified, sql
from schemagen.plan.steps import execute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Owner, Sequence
    from schemagen.plan.steps import Statement


def create(sequence: Sequence, name: str = "") -> Statement:
    """Write CREATE SEQUENCE, under another name if one is given."""
    options = [f"AS {sequence.type}"] if sequence.type != "bigint" else []
    options += [f"INCREMENT BY {sequence.increment}"] if sequence.increment != 1 else []
    options += [f"MINVALUE {sequence.min}"] if sequence.min is not None else []
    options += [f"MAXVALUE {sequence.max}"] if sequence.max is not None else []
    options += [f"START WITH {sequence.start}"] if sequence.start is not None else []
    options += [f"CACHE {sequence.cache}"] if sequence.cache != 1 else []
    options += ["CYCLE"] if sequence.cycle else []
    return _statement(f"CREATE SEQUENCE {qualified.quote(name or sequence.name)}", options)


def alter(old: Sequence, new: Sequence) -> Statement:
    """Write ALTER SEQUENCE with what differs."""
    options = [f"AS {new.type}"] if new.type != old.type else []
    options += [f"INCREMENT BY {new.increment}"] if new.increment != old.increment else []
    if _bounds(old) != _bounds(new):
        options += [f"MINVALUE {new.min}" if new.min is not None else "NO MINVALUE"]
        options += [f"MAXVALUE {new.max}" if new.max is not None else "NO MAXVALUE"]
    options += [f"START WITH {new.first}"] if new.first != old.first else []
    options += [f"CACHE {new.cache}"] if new.cache != old.cache else []
    if new.cycle != old.cycle:
        options += ["CYCLE" if new.cycle else "NO CYCLE"]
    return _statement(f"ALTER SEQUENCE {qualified.quote(new.name)}", options)


def _statement(head: str, options: list[str]) -> Statement:
    return execute(f"{head} ", " ".join(options)) if options else execute(head)


def _bounds(sequence: Sequence) -> tuple[object, ...]:
    return sequence.type, sequence.increment > 0, sequence.min, sequence.max


def moved_in(old: Sequence, new: Sequence) -> Iterator[Statement]:
    """Move a sequence that has given out nothing yet to where it will begin.

    One that has stays where it stands, and PostgreSQL refuses bounds that leave it outside.
    """
    low, high = max(old.low, new.low), min(old.high, new.high)
    if old.first == new.first or not low <= new.first <= high:
        return
    name = qualified.quote(new.name)
    yield execute(
        f"SELECT setval({sql.literal(name)}, {new.first}, false) ",
        f"FROM {name} WHERE NOT is_called",
    )


def comment(sequence: Sequence) -> Statement:
    """Write COMMENT ON SEQUENCE."""
    said = "NULL" if sequence.comment is None else sql.literal(sequence.comment)
    return execute(f"COMMENT ON SEQUENCE {qualified.quote(sequence.name)} IS {said}")


def owned(sequence: Sequence, owner: Owner | None) -> Statement:
    """Write which column a sequence belongs to."""
    return execute(f"ALTER SEQUENCE {qualified.quote(sequence.name)} OWNED BY {owner or 'NONE'}")
