"""`schemagen generate`: write the revision that takes the history to the YAML."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from schemagen import naming
from schemagen.cli import options, output
from schemagen.cli.complete import Table
from schemagen.cli.group import hold
from schemagen.config import SettingsError
from schemagen.diagnostics import Diagnostic
from schemagen.records import replace
from schemagen.report.changes import changes_data, changes_text, counts_text
from schemagen.report.machine import as_dict, dump
from schemagen.report.visible import visible
from schemagen.workflow import project
from schemagen.workflow.drops import dotted
from schemagen.workflow.files import replace_all
from schemagen.workflow.generate import Draft, Wish, base_of, compared, draft
from schemagen.workflow.hazards import steps_data
from schemagen.workflow.questions import settle

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from schemagen.config import Settings
    from schemagen.kinds import Key


@click.command(short_help="Write the revision that takes the history to the YAML.")
@options.project
@options.no_input
@options.data_format
@click.option("-m", "--message", default="", metavar="SLUG", help="The name, instead of ours.")
@click.option("--dry-run", is_flag=True, help="Print the revision and write nothing.")
@click.option(
    "--allow-drop",
    multiple=True,
    metavar="NAME",
    type=Table(),
    help="A table or table.column that may go with its values, or `all`. Repeatable.",
)
@click.option(
    "--assume-drop",
    multiple=True,
    metavar="NAME",
    help="What is really dropped where a rename would look the same. Repeatable.",
)
@click.option("--irreversible", is_flag=True, help="Write no way down.")
@click.option(
    "--offline", is_flag=True, help="On PostgreSQL, the plain way: clients wait meanwhile."
)
@click.option("--amend", is_flag=True, help="Replace the newest revision, keeping its name.")
@click.option("--data", "is_data", is_flag=True, help="Write a data migration to be filled in.")
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NAME",
    type=Table(),
    help="With --data: a table to have at hand, instead of all. Repeatable.",
)
@click.option(
    "--verify", "prove", is_flag=True, help="Prove it on SQLite afterwards: schemagen verify."
)
def generate(  # noqa: PLR0913 - one parameter per option
    *,
    settings: Settings,
    no_input: bool,
    style: str,
    message: str,
    dry_run: bool,
    is_data: bool,
    tables: tuple[str, ...],
    prove: bool,
    **wishes: object,
) -> None:
    """Write the Alembic revision that takes the history to the YAML, its entry and the models.

    It needs no database and guesses nothing: where a rename and a drop plus an add look the same
    it asks, and writes the answer into the YAML; with nobody to ask it stops.
    """
    _insist_on_slug(message)
    if is_data:
        _alone({**wishes, "verify": prove})
        _data(settings, message, tables, dry_run=dry_run)
        return
    if tables:
        msg = "--table goes with --data"
        raise click.UsageError(msg)
    wish = Wish(message=message, **wishes)  # type: ignore[arg-type] # click fills them by name
    if options.can_ask(no_input=no_input):
        wish = _asked(settings, wish)
    found = project.sound(settings)
    hold(found)
    made = draft(found, wish)
    if made is None:
        output.talk("nothing to do: the history has all that the YAML has")
        if style == "json":
            output.data(dump({"revision": None, "changes": [], "files": []}))
        return
    if dry_run:
        _show(made, settings, style)
        return
    replace_all(made.files)
    found.remember()
    _tell(made, settings, style)
    _go_on(settings, style, prove=prove or settings.verify)


def _go_on(settings: Settings, style: str, *, prove: bool) -> None:
    if prove:
        _prove(settings)
    elif style == "text":
        output.talk("next: schemagen verify, then: alembic upgrade head")


def _prove(settings: Settings) -> None:
    """Run `schemagen verify` in a process of its own; what it finds is how this one ends."""
    import subprocess  # noqa: PLC0415 - slow to import, and rarely needed

    folders = ["--schema", str(settings.schema), "--versions", str(settings.versions)]
    command = [sys.executable, "-m", "schemagen", "verify", "--on", "sqlite", *folders]
    output.talk("")
    done = subprocess.run(  # noqa: S603 - ourselves
        command, cwd=settings.root, capture_output=True, text=True, encoding="utf-8", check=False
    )
    output.talk((done.stdout + done.stderr).rstrip())
    if done.returncode:
        click.get_current_context().exit(done.returncode)
    output.talk("next: alembic upgrade head")


def _insist_on_slug(message: str) -> None:
    """A name is checked and never mended in silence; a mended one is offered."""
    if message and not naming.is_slug(message):
        near = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")
        said = f"-m {message!r}: a revision's name is of lower-case letters, digits and _"
        raise SettingsError(
            [Diagnostic("C006", said, help=f"for example: -m {near}" if near else "")]
        )


def _alone(others: Mapping[str, object]) -> None:
    """Refuse what a data migration, which is filled in by hand, would leave undone."""
    said = next((name for name, value in others.items() if value), None)
    if said:
        msg = f"--{said.replace('_', '-')} does not go with --data"
        raise click.UsageError(msg)


def _data(settings: Settings, message: str, tables: tuple[str, ...], *, dry_run: bool) -> None:
    if not message:
        msg = "--data needs -m: what does the migration do?"
        raise click.UsageError(msg)
    from schemagen.workflow.data import data_revision  # noqa: PLC0415 - nothing else needs it

    path, text = data_revision(project.sound_history(settings), settings, message, tables)
    if dry_run:
        output.data(text.rstrip("\n"))
        return
    replace_all({path: text})
    output.data(settings.shown(path))
    output.talk("fill in upgrade() and downgrade(), then: alembic upgrade head")


def _asked(settings: Settings, wish: Wish) -> Wish:
    """Ask what is open on the terminal; yes goes into the YAML, no into the wish."""

    def look() -> project.Project:
        return project.sound(settings)

    base = base_of(look(), wish)
    denied: Collection[tuple[Key, Key]] = settle(look, lambda p: compared(p, base, wish), ask)
    return replace(wish, denied=denied)


def ask(new: Key, old: Key) -> bool:
    """Ask whether `new` is `old` renamed; a bare return says no."""
    what = f"{new.table}." if new.table else ""
    question = f"Is {new.kind.replace('_', ' ')} {what}{new.name} the renamed {old.name}?"
    return click.confirm(visible(question), default=False, err=True)


def _tell(made: Draft, settings: Settings, style: str) -> None:
    if style == "json":
        output.data(dump(_data_of(made, settings, written=True)))
        return
    for path, text in made.files.items():
        name = settings.shown(path)
        output.data(f"removed {name}" if text is None else name)
    output.talk(f"\n{changes_text(made.changes)}\n\n{counts_text(made.changes)}")
    output.show(made.hazards, {}, "concise", err=True)
    for key in made.lost:
        output.talk(visible(f"warning: the upgrade drops {key} and all that is in it"))


def _show(made: Draft, settings: Settings, style: str) -> None:
    """Print what would be written."""
    if style == "json":
        output.data(dump({**_data_of(made, settings, written=False), "text": made.text}))
    else:
        output.data(made.text.rstrip("\n"))


def _data_of(made: Draft, settings: Settings, *, written: bool) -> dict[str, Any]:
    return {
        "revision": made.id,
        "written": written,
        "path": settings.shown(made.path),
        "changes": changes_data(made.changes),
        "lost": [dotted(key) for key in made.lost],
        "hazards": [as_dict(hazard) for hazard in made.hazards],
        "steps": steps_data(made.plan),
        "files": [
            {"path": settings.shown(path), "removed": text is None}
            for path, text in made.files.items()
        ],
    }
