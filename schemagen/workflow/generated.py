"""Files that are made from the YAML alone: the models, and the schema for editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic, Place
from schemagen.render import models
from schemagen.schema import Schema
from schemagen.source.json_schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from schemagen.config import Settings
    from schemagen.source import Source

EDITOR_SCHEMA = "table.schema.json"


def editor_schema(source: Source, settings: Settings) -> dict[Path, str | None]:
    """Give the text of `schema/table.schema.json`."""
    made = json_schema(source.schema, source.mixins)
    text = json.dumps(made, indent=2, ensure_ascii=False)
    return {settings.schema / EDITOR_SCHEMA: f"{text}\n"}


def model_files(
    schema: Schema, settings: Settings, was: Schema | None = None
) -> dict[Path, str | None]:
    """Give the text of each model file, and None for each that no table has any more.

    Args:
        schema: what the models are of.
        settings: where they are.
        was: a schema whose models are there: what is the same in both is left out.

    """
    if settings.models is None:
        return {}
    texts = models.differing(schema, was or Schema(), settings.templates)
    wanted = {settings.models / name: text for name, text in texts.items()}
    if any(text is None and not path.is_file() for path, text in wanted.items()):
        return model_files(schema, settings)
    gone = {path: None for path in _ours(settings.models) if path not in wanted}
    return {path: text for path, text in wanted.items() if text is not None} | gone


def _ours(folder: Path) -> list[Path]:
    """Find the generated files in the folder: a person's own stay."""
    return [path for path in sorted(folder.glob("*.py")) if _first_line(path) == models.HEAD]


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
