"""`schemagen json-schema`: write the schema that editors complete and check the YAML with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen import source
from schemagen.cli import options, output
from schemagen.workflow.files import replace_all
from schemagen.workflow.generated import changed, editor_schema

if TYPE_CHECKING:
    from schemagen.config import Settings


@click.command(short_help="Write the JSON Schema that editors check the YAML with.")
@options.project
@options.no_input
@click.option("--stdout", "to_stdout", is_flag=True, help="Print it and write nothing.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 when stale.")
def json_schema(*, settings: Settings, to_stdout: bool, only_check: bool, no_input: bool) -> None:
    """Write schema/table.schema.json, which the modeline of each YAML file names.

    It lists the tables and enums that are there; mistakes in the YAML do not hinder it.
    """
    del no_input  # it never asks
    files = editor_schema(source.read(settings.schema, settings.root), settings)
    ((path, text),) = files.items()
    if to_stdout:
        output.data((text or "").rstrip("\n"))
        return
    edits = changed(files)
    if not edits:
        output.talk(f"{settings.shown(path)} is as it should be")
        return
    if only_check:
        output.data(f"stale {settings.shown(path)}")
        output.talk("next: schemagen json-schema")
        click.get_current_context().exit(1)
    replace_all(edits)
    output.data(settings.shown(path))
