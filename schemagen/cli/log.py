"""`schemagen log`: the history as a person would tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from schemagen.cli import options, output
from schemagen.history import history
from schemagen.report.changes import changes_data, changes_text
from schemagen.report.machine import dump
from schemagen.report.summary import counted
from schemagen.report.visible import visible
from schemagen.workflow.project import insist

if TYPE_CHECKING:
    from schemagen.config import Settings
    from schemagen.history.history import History
    from schemagen.history.revision import Revision
    from schemagen.schema import View


@click.command(short_help="Tell the history of the schema.")
@options.project
@options.no_input
@options.data_format
@click.option("-n", "--last", type=click.IntRange(min=1), help="Only so many, the newest.")
def log(*, settings: Settings, style: str, last: int | None, no_input: bool) -> None:
    """Tell the history of the schema, the newest revision last."""
    del no_input  # it never asks
    told = history.read(settings.versions, settings.root)
    output.show((d for d in told.diagnostics), {}, "concise", err=True)
    shown = told.revisions[-last:] if last else told.revisions
    if style == "json":
        output.data(dump({"revisions": [_data(told, revision, settings) for revision in shown]}))
    elif shown:
        output.data("\n\n".join(_text(told, revision) for revision in shown))
    else:
        output.talk("no revisions yet; next: schemagen generate")
    insist(d for d in told.diagnostics if d.code == "H008")


def _text(told: History, revision: Revision) -> str:
    head = " (head)" if revision in told.heads else ""
    title = click.style(visible(revision.id), fg="yellow", bold=True)
    lines = [f"{title}{head}", *_about(revision)]
    if revision.entry is None:
        lines.append("    written by hand, changes no table that the history knows of")
    elif revision.entry.full is not None:
        lines += _whole(told, revision)
    else:
        lines += [f"    {line}" for line in changes_text(told.changes(revision.id)).split("\n")]
    return "\n".join(lines)


def _about(revision: Revision) -> list[str]:
    created = revision.created[:16]
    after = f"after {' and '.join(revision.down)}" if len(revision.down) > 1 else ""
    title = revision.title if revision.title not in revision.path.stem else ""
    said = "  ".join(visible(part) for part in (created, after, title) if part)
    return [f"    {said}"] if said else []


def _whole(told: History, revision: Revision) -> list[str]:
    """A full state is told by its tables, not by every column."""
    state = told.state(revision.id)
    columns = sum(len(view.columns) for view in state.views())
    first = f"    {counted(len(state.tables), 'table')}, {counted(columns, 'column')}"
    return [first, *(f"    {_table(view)}" for view in state.views())]


def _table(view: View) -> str:
    name = click.style(f"+ table {visible(view.name)}", fg="green")
    return f"{name} ({counted(len(view.columns), 'column')})"


def _data(told: History, revision: Revision, settings: Settings) -> dict[str, Any]:
    return {
        "id": revision.id,
        "path": settings.shown(revision.path),
        "down": list(revision.down),
        "title": revision.title,
        "created": revision.created or None,
        "is_head": revision in told.heads,
        "by_hand": revision.entry is None,
        "changes": changes_data(told.changes(revision.id)),
    }
