"""schemagen: a database schema in YAML; every change to it one plain Alembic revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from schemagen.loaded import Loaded

__all__ = ["__version__", "load"]
__version__ = "0.1.0"


def load(folder: str | Path = "schema") -> Loaded:
    """Read a folder of YAML: `schemagen.load("schema").metadata()`.

    Raises `errors.Findings`, which holds the diagnostics, when there are errors in the YAML, and
    `errors.SourceError` when a file cannot be read.
    """
    from schemagen.loaded import loaded  # noqa: PLC0415 - importing schemagen costs nothing

    return loaded(folder)
