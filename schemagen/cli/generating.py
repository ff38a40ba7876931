"""A revision written by `schemagen generate`, with questions where there is somebody to ask."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from schemagen.cli import living, output
from schemagen.cli.asking import ask
from schemagen.records import replace
from schemagen.report.changes import changes_data, changes_text, counts_text
from schemagen.report.machine import as_dict, dump
from schemagen.report.visible import visible
from schemagen.workflow import project
from schemagen.workflow.drops import dotted
from schemagen.workflow.files import replace_all
from schemagen.workflow.generate import Draft, Wish, base_of, compared, draft

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from schemagen.calls import Calls
    from schemagen.config import Settings
    from schemagen.kinds import Key


def run(  # noqa: PLR0913 - what each option says
    settings: Settings,
    said: Mapping[str, Any],
    calls: Calls,
    *,
    style: str,
    can_ask: bool,
    dry_run: bool,
    prove: bool,
) -> None:
    """Write the revision, or say that there is nothing to do.

    Args:
        settings: where the project is.
        said: what is wished for.
        calls: who makes what takes long.
        style: `text` or `json`.
        can_ask: there is somebody at the terminal.
        dry_run: print it, and write nothing.
        prove: run `schemagen verify` afterwards.

    """
    wish = Wish(**said)
    if can_ask:
        wish = _asked(settings, wish)
    found = project.sound(settings)
    made = draft(found, wish, calls)
    living.keep(found, made)
    calls.stop()
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


def _asked(settings: Settings, wish: Wish) -> Wish:
    """Ask what is open on the terminal; yes goes into the YAML, no into the wish."""
    from schemagen.workflow.questions import settle  # noqa: PLC0415 - where there is a terminal

    def look() -> project.Project:
        return project.sound(settings)

    base = base_of(look(), wish)
    denied: Collection[tuple[Key, Key]] = settle(look, lambda p: compared(p, base, wish), ask)
    return replace(wish, denied=denied)


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
        "steps": made.steps,
        "files": [
            {"path": settings.shown(path), "removed": text is None}
            for path, text in made.files.items()
        ],
    }
