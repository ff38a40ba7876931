"""`schemagen models`: write the SQLAlchemy models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.cli import options, output
from schemagen.errors import ConfigError
from schemagen.report.summary import counted
from schemagen.workflow.files import replace_all
from schemagen.workflow.generated import changed, model_files
from schemagen.workflow.project import sound_source

if TYPE_CHECKING:
    from schemagen.config import Settings


@click.command(short_help="Write the SQLAlchemy models.")
@options.project
@options.no_input
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 when stale.")
def models(*, settings: Settings, only_check: bool, no_input: bool) -> None:
    """Write typed SQLAlchemy models, one module per table, from the YAML."""
    del no_input  # it never asks
    if settings.models is None:
        msg = 'there is no folder for models: set models = "…" in [tool.schemagen], or --models DIR'
        raise ConfigError(msg)
    files = model_files(sound_source(settings).schema, settings)
    edits = changed(files)
    if not edits:
        output.talk(f"{counted(len(files), 'file')}, nothing to do")
        return
    for path, text in edits.items():
        name = settings.shown(path)
        output.data(
            f"{'stale' if only_check else 'removed' if text is None else ''} {name}".strip()
        )
    if only_check:
        output.talk("next: schemagen models")
        click.get_current_context().exit(1)
    replace_all(edits)
