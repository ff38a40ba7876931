"""A schema that was read from its YAML, for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schemagen.diagnostics import Severity
from schemagen.errors import Findings
from schemagen.records import record
from schemagen.source import read

if TYPE_CHECKING:
    import sqlalchemy as sa

    from schemagen.schema import Schema


@record
class Loaded:
    """What `schemagen.load` gives.

    Args:
        schema: the schema, names resolved.

    """

    schema: Schema

    def metadata(self, dialect: str | None = None) -> sa.MetaData:
        """Make SQLAlchemy's MetaData.

        Args:
            dialect: `sqlite` or `postgresql` for exactly what that database has. Without it, for
                both: what is kept to one of them says so in `info["only"]`.

        """
        from schemagen.metadata import metadata  # noqa: PLC0415 - SQLAlchemy is slow to import

        return metadata(self.schema, dialect)


def loaded(folder: str | Path) -> Loaded:
    """Read a folder of YAML. Raises Findings when there are errors in it."""
    path, here = Path(folder).resolve(), Path.cwd()
    source = read(path, here if path.is_relative_to(here) else path.parent)
    if any(found.severity is Severity.ERROR for found in source.diagnostics):
        raise Findings(source.diagnostics)
    return Loaded(source.schema)
