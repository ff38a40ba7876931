"""Models that others publish: real schemas of more than twenty tables each, with their licences.

They are installed with the tests, and import nothing but SQLAlchemy.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Public:
    """A project's models.

    Args:
        name: what they are of.
        package: what is installed, and its licence.
        module: where they are.
        source: what `schemagen import` is given.
        tables: how many there are, at least.
        edited: the table whose YAML gets a column.
        roots: the tables to take, with all that they refer to; none for all.

    """

    name: str
    package: str
    module: str
    source: str
    tables: int
    edited: str
    roots: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Name the test."""
        return self.name


CHEMBL = Public(
    "chembl",  # the database of bioactive molecules of the EMBL-EBI
    "chembl-sqlalchemy, MIT",
    "chembl_sqlalchemy.chembl_37",
    "chembl_sqlalchemy.chembl_37:Base",
    70,
    "chembl_release",
)
OMOP = Public(
    "omop",  # the common data model of OHDSI for records of patients
    "omop-cdm, Apache License 2.0",
    "omop_cdm.regular.cdm54",
    "support.public_models:omop",
    35,
    "location",
)
MUSICBRAINZ = Public(
    "musicbrainz",  # the encyclopedia of music, whose 482 tables are more than a test needs
    "mbdata, MIT",
    "mbdata.models",
    "support.public_models:musicbrainz",
    30,
    "language",
    (
        *("musicbrainz.track", "musicbrainz.place", "musicbrainz.event", "musicbrainz.work"),
        *("musicbrainz.series", "musicbrainz.artist_alias", "musicbrainz.instrument"),
        "cover_art_archive.cover_art",
    ),
)
ALL = (CHEMBL, OMOP, MUSICBRAINZ)


def __getattr__(name: str) -> sa.MetaData:
    """Give what `schemagen import` asks for by name."""
    for public in ALL:
        if name == public.name:
            return metadata(public)
    raise AttributeError(name)


def metadata(public: Public) -> sa.MetaData:
    """Give the tables of a project, all in the schema that a connection finds first.

    The names of schemas in these models are there to be replaced.
    """
    base: Any = import_module(public.module).Base
    whole: sa.MetaData = base.metadata
    made = sa.MetaData()
    for name in sorted(_with_targets(whole, public.roots or list(whole.tables))):
        whole.tables[name].to_metadata(
            made, schema=None, referred_schema_fn=lambda *_: sa.schema.BLANK_SCHEMA
        )
    return made


def _with_targets(whole: sa.MetaData, roots: Sequence[str]) -> set[str]:
    """Give tables with all that they refer to."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [key.column.table.fullname for key in whole.tables[name].foreign_keys]
    return found
