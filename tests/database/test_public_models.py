"""Schemas that others wrote, adopted: imported, built from the YAML, changed, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import public_models
from support.project import Project

from schemagen.db import catalog
from schemagen.db.rows import fill, read
from schemagen.source import read as read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database
    from support.public_models import Public

    from schemagen.db.catalog import Catalog


# One package warns of its own older name, through which its modules are found.
@pytest.mark.filterwarnings("ignore:Importing directly:DeprecationWarning")
@pytest.mark.parametrize("public", public_models.ALL, ids=str)
def test_models_that_others_publish_are_adopted(
    public: Public,
    tmp_path: Path,
    new_database: Callable[[str], Database],
    scratch_there: tuple[str, str],
) -> None:
    theirs, ours = new_database("postgresql"), new_database("postgresql")
    public_models.metadata(public).create_all(theirs.engine)
    project = Project.create(tmp_path / "project")

    source = (public.source, "--dialect", "postgresql")
    said = project.schemagen("import", *source, *scratch_there).ok().stderr

    assert "a database made of the YAML is the same" in said
    assert "not managed" not in said
    schema = read_yaml(project.root / "schema", project.root).schema
    assert len(schema.tables) >= public.tables
    project.schemagen("generate", "-m", "initial", "--offline").ok()
    project.upgrade(ours.url)
    first = look(ours)
    assert catalog.differences(look(theirs), first, "the models", "the revision") == []
    with ours.engine.begin() as connection:
        fill(connection, schema, 2, tables=[public.edited])
        kept = read(connection)[public.edited]
    assert kept

    file = next((project.root / "schema" / "tables").glob(f"{public.edited}.yaml"))
    text = file.read_text().replace("\ncolumns:\n", "\ncolumns:\n  remark: varchar(80) = 'none'\n")
    project.write(f"schema/tables/{file.name}", text)
    project.schemagen("generate", "--offline").ok()
    project.upgrade(ours.url)

    assert [str(k) for k in look(ours).objects if k not in first.objects] == [
        f"column {public.edited}.remark"
    ]
    project.downgrade(ours.url)
    assert catalog.differences(first, look(ours), "before", "after the way back") == []
    with ours.engine.connect() as connection:
        assert read(connection)[public.edited] == kept


def look(database: Database) -> Catalog:
    with database.engine.connect() as connection:
        return catalog.read(connection)
