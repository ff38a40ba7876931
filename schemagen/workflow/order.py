"""What a revision is written from, and what is written."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from schemagen.calls import Calls
from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from schemagen.changes import Change
    from schemagen.config import Settings
    from schemagen.diagnostics import Diagnostic, Place
    from schemagen.directions import Directions
    from schemagen.kinds import Key
    from schemagen.render.header import Header
    from schemagen.schema import Schema
    from schemagen.source.unmanaged import Apart

_WRITING = "schemagen.workflow.writing"
# What both processes import, or other modules there do; once is enough.
_BOTH = ("inspect", "pickle", "schemagen.config", "schemagen.diff", "schemagen.render.declared")


@record
class Order:
    """What a revision is written from: all of it, and no more.

    Args:
        settings: how plans are carried out, which rules run, and whose templates are used.
        header: what stands above the code.
        changes: what the revision does.
        before: the part of the schema that they concern, as it is.
        after: the same part afterwards.
        directions: what the YAML says about how to get there.
        places: where the objects of both parts stand in the YAML.
        unmanaged: what the database has beside the schema.
        offline: on PostgreSQL, take the plain way.
        irreversible: leave the way down out.

    """

    settings: Settings
    header: Header
    changes: tuple[Change, ...]
    before: Schema
    after: Schema
    directions: Directions
    places: Mapping[Key, Place]
    unmanaged: Sequence[Apart]
    offline: bool
    irreversible: bool


@record
class Written:
    """A revision's texts, and what is to be said of them.

    Args:
        problems: decisions that are missing; with an error among them, all else is empty.
        text: the module.
        entry: its entry.
        hazards: what it can do to data, locks and clients.
        steps: the steps of both ways on PostgreSQL, as plain data.

    """

    problems: tuple[Diagnostic, ...]
    text: str = ""
    entry: str = ""
    hazards: tuple[Diagnostic, ...] = ()
    steps: Mapping[str, Any] = field(default_factory=dict)


def begin() -> Calls:
    """Begin a second process that imports what it takes to write."""
    for name in _BOTH:
        import_module(name)
    return Calls(partial(import_module, _WRITING), heavy="jinja2")


def practise(own: Path | None) -> None:
    """Write once what nobody will read, as the first time takes longer.

    Args:
        own: the project's folder of templates, if it has one.

    """
    from schemagen.workflow.writing import practise as write_once  # noqa: PLC0415 - for the process that writes

    write_once(own)


def written(order: Order) -> Written:
    """Write a revision."""
    from schemagen.workflow.writing import write  # noqa: PLC0415 - as above

    return write(order)
