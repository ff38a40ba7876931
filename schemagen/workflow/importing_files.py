"""The files that an import writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.errors import SchemagenError
from schemagen.source import parse
from schemagen.source.folder import yaml_files
from schemagen.workflow.generated import editor_schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from schemagen.config import Settings
    from schemagen.workflow.importing import Imported


def files(
    found: Imported, settings: Settings, *, update: bool, renames: Sequence[str]
) -> dict[Path, str | None]:
    """Give the texts by path; None for a file that goes. Raises SchemagenError.

    Args:
        found: what was imported.
        settings: where the YAML is.
        update: whether it takes the place of YAML that is there.
        renames: `OLD=NEW`, for an update.

    """
    if update:
        from schemagen.workflow.importing_update import updated  # noqa: PLC0415 - only then

        return updated(found, settings, renames)
    if renames:
        msg = "--rename goes with --update: there is no earlier name without an earlier schema"
        raise SchemagenError(msg)
    folder = settings.schema
    there = yaml_files(folder) if folder.is_dir() else []
    if there:
        msg = (
            f"{settings.shown(there[0])} is there already; "
            f"give --update to replace what {settings.shown(folder)} says, or another --yaml"
        )
        raise SchemagenError(msg)
    made: dict[Path, str | None] = {folder / name: text for name, text in found.texts.items()}
    return {**made, **editor_schema(parse(found.texts), settings)}
