"""Make a data migration to be filled in: hand-written in style, without an entry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from schemagen import naming
from schemagen.diagnostics import did_you_mean
from schemagen.errors import SchemagenError
from schemagen.render.data_revision import data_revision_text
from schemagen.render.header import Header
from schemagen.workflow.base import on_head

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from schemagen.config import Settings
    from schemagen.history.history import History

PREFIX = "migrate_"


def data_revision(
    history: History, settings: Settings, description: str, tables: Sequence[str] = ()
) -> tuple[Path, str]:
    """Give the file of a data migration and its text.

    Args:
        history: what it follows.
        settings: where it goes.
        description: a slug; `migrate_` is put before it where it is missing.
        tables: the tables to have at hand; all of them when none is named.

    """
    base = on_head(history)
    for table in tables:
        if table not in base.before.tables:
            hint = did_you_mean(table, base.before.tables)
            msg = f"there is no table {table!r} at the head{f', {hint}' if hint else ''}"
            raise SchemagenError(msg)
    slug = PREFIX + description.removeprefix(PREFIX)
    stem = f"{base.number}_{slug}"
    header = Header(
        id=naming.revision_id(stem),
        revises=base.parent,
        title=slug,
        created=f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}",
    )
    text = data_revision_text(header, base.before, tables or tuple(base.before.tables))
    return settings.versions / f"{stem}.py", text
