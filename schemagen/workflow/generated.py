"""Files that are made from the YAML alone: the models, and the schema for editors."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic, Place
from schemagen.render import models
from schemagen.render.environment import lay as lay_here
from schemagen.source.json_schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from schemagen.changes import Change
    from schemagen.config import Settings
    from schemagen.render.environment import Lay
    from schemagen.schema import Schema
    from schemagen.source import Source

EDITOR_SCHEMA = "table.schema.json"


def editor_schema(
    source: Source, settings: Settings, *, anew: bool = True
) -> dict[Path, str | None]:
    """Give the text of `schema/table.schema.json`.

    Args:
        source: the schema.
        settings: where it is.
        anew: whether it is written even if the file says the same.

    """
    path = settings.schema / EDITOR_SCHEMA
    made = json_schema(source.schema, source.mixins)
    if not anew and _says(path, made):
        return {}
    text = json.dumps(made, indent=2, ensure_ascii=False)
    return {path: f"{text}\n"}


def _says(path: Path, data: object) -> bool:
    """Say whether a file holds this data, however it is laid out: that is read in no time."""
    try:
        return bool(json.loads(path.read_bytes()) == data)
    except (OSError, ValueError):
        return False


def model_files(
    schema: Schema,
    settings: Settings,
    was: Schema | None = None,
    changes: Collection[Change] | None = None,
    lay: Lay = lay_here,
) -> dict[Path, str | None]:
    """Give the text of each model file, and None for each that no table has any more.

    Args:
        schema: what the models are of.
        settings: where they are.
        was: a schema whose models are there: what is the same in both is left out.
        changes: what leads from it to the schema; None finds it out.
        lay: lays the files out.

    """
    if settings.models is None:
        return {}
    there = _modules(settings.models)
    texts: Mapping[str, str | None] = {}
    if was is not None:
        texts = models.differing(schema, was, settings.templates, changes, lay)
    if was is None or any(text is None and name not in there for name, text in texts.items()):
        texts = models.files(schema, settings.templates)
    gone = [name for name in sorted(there - texts.keys()) if _is_ours(settings.models / name)]
    written = {name: text for name, text in texts.items() if text is not None}
    return {
        settings.models / name: text for name, text in {**written, **dict.fromkeys(gone)}.items()
    }


def _modules(folder: Path) -> set[str]:
    """Name the Python files in a folder."""
    if not folder.is_dir():
        return set()
    with os.scandir(folder) as entries:
        return {each.name for each in entries if each.name.endswith(".py") and each.is_file()}


def _is_ours(path: Path) -> bool:
    """Say whether a file is generated: a person's own stay."""
    return _first_line(path) == models.HEAD


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as stream:
        return stream.readline().rstrip("\r\n")


def changed(files: Mapping[Path, str | None]) -> dict[Path, str | None]:
    """Keep the files whose text on disk is another one."""
    return {path: text for path, text in files.items() if _text(path) != text}


def _text(path: Path) -> str | None:
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        return stream.read().replace("\r\n", "\n")


def stale(source: Source, settings: Settings) -> Iterator[Diagnostic]:
    """Give G011 for each stale model file, and G012 for a stale editor schema."""
    for path, text in changed(model_files(source.schema, settings)).items():
        what = "belongs to no table any more" if text is None else _staleness(path)
        place = Place(settings.shown(path))
        yield Diagnostic("G011", f"the model {what}", place, help="run: schemagen models")
    for path in changed(editor_schema(source, settings)):
        place = Place(settings.shown(path))
        message = f"the editors' schema {_staleness(path)}"
        yield Diagnostic("G012", message, place, help="run: schemagen json-schema")


def _staleness(path: Path) -> str:
    return "is stale: the YAML has changed" if path.exists() else "is missing"
