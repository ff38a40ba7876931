"""`schemagen import`: YAML from a database, SQLAlchemy models, or an SQL file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen.cli import options, output
from schemagen.report.machine import dump
from schemagen.report.summary import counted
from schemagen.report.visible import visible
from schemagen.workflow.importing import Wanted, read
from schemagen.workflow.importing_files import files

if TYPE_CHECKING:
    from pathlib import Path

    from schemagen.config import Settings
    from schemagen.workflow.importing import Imported


@click.command("import", short_help="Write YAML from a database, models, or an SQL file.")
@click.argument("source")
@options.project_of_source
@options.no_input
@options.data_format
@click.option("--dialect", type=click.Choice(["sqlite", "postgresql"]), help="Of an SQL file.")
@click.option("--enums", is_flag=True, help="Make enums of text columns whose check lists values.")
@click.option("--update", is_flag=True, help="Replace the tables of the YAML that is there.")
@click.option(
    "--rename",
    "renames",
    multiple=True,
    metavar="OLD=NEW",
    help="With --update: what NEW was called before; TABLE.OLD=NEW for a column.",
)
@click.option("--strict", is_flag=True, help="Exit 1 when something is not managed.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option(
    "--scratch-url",
    envvar="SCHEMAGEN_VERIFY_URL",
    show_envvar=True,
    metavar="URL",
    help="A PostgreSQL server to prove the YAML on, instead of the embedded one.",
)
def import_(  # noqa: PLR0913 - one parameter per option
    *,
    source: str,
    settings: Settings,
    no_input: bool,
    style: str,
    dialect: str | None,
    enums: bool,
    schemas: tuple[str, ...],
    update: bool,
    renames: tuple[str, ...],
    strict: bool,
    dry_run: bool,
    scratch_url: str | None,
) -> None:
    """Write the YAML of what there is: a database, SQLAlchemy models, or an SQL file.

    SOURCE is a database's URL, module:attribute, or a file. It is only read. Before anything is
    written, a scratch database is made of the YAML, and its catalog has to be the source's. What
    schemagen has no words for is named, written to unmanaged.yaml, and left alone ever after.
    """
    del no_input  # it never asks
    wanted = Wanted(source, settings.root, dialect, scratch_url, schemas, enums)
    found = read(wanted)
    edits: dict[Path, str | None] = {}
    if not found.differences:
        edits = files(found, settings, update=update, renames=renames)
        if not dry_run:
            from schemagen.workflow.files import replace_all  # noqa: PLC0415 - only when written

            replace_all(edits)
    names = sorted(settings.shown(path) for path in edits)
    if style == "json":
        output.data(dump(_document(found, names)))
    else:
        _tell(found, names, dry_run=dry_run)
    if found.differences or (strict and found.unmanaged):
        click.get_current_context().exit(1)


def _tell(found: Imported, names: list[str], *, dry_run: bool) -> None:
    for each in found.unmanaged:
        output.talk(visible(f"not managed: {each}: {each.reason}"))
    for difference in found.differences:
        output.talk(visible(f"not the same: {difference}"))
    if found.differences:
        output.talk("nothing was written: the YAML would not say what the source holds")
        return
    for name in names:
        output.data(visible(f"would write {name}" if dry_run else name))
    tables = counted(len(found.schema.tables), "table")
    objects = counted(len(found.schema.objects), "object")
    said = f"{found.shown}: {tables}, {objects}"
    if found.unmanaged:
        said += f"; {len(found.unmanaged)} not managed"
    output.talk(visible(f"{said}; a database made of the YAML is the same"))


def _document(found: Imported, names: list[str]) -> dict[str, object]:
    return {
        "source": found.shown,
        "dialect": found.dialect,
        "files": names,
        "differences": list(found.differences),
        "unmanaged": [
            {"kind": u.kind, "name": u.name, "on": list(u.tables), "reason": u.reason}
            for u in found.unmanaged
        ],
    }
