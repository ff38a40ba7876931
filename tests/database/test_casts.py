"""What schemagen takes PostgreSQL to cast, it casts; tried on every pair of types."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import psycopg
import pytest
from support import postgres

from schemagen import types
from schemagen.kinds import Column, Table
from schemagen.plan.casts import cast_of, castable
from schemagen.plan.context import Context
from schemagen.schema import Schema

if TYPE_CHECKING:
    from support.databases import Database

CONTEXT = Context("postgresql", "up", Schema([Table(name="t")]), Schema([Table(name="t")]), {})


def refused(server_url: str, pairs: list[tuple[str, str]]) -> list[str]:
    """Give the type changes that PostgreSQL refuses though they are taken to be castable."""
    found = []
    with psycopg.connect(postgres.plain(server_url)) as connection:
        for one, two in pairs:
            old, new = (Column(table="t", name="v", type=t, nullable=True) for t in (one, two))
            if not castable(CONTEXT, old, new):
                continue
            cast = cast_of(CONTEXT, old, new, "v")
            using = f" USING {cast}" if cast else ""
            connection.execute(f"CREATE TABLE t (v {one})")
            try:
                connection.execute(f"ALTER TABLE t ALTER COLUMN v TYPE {two}{using}")
            except psycopg.Error as error:
                found.append(f"{one} to {two}{using}: {str(error).splitlines()[0]}")
            connection.rollback()
    return found


@pytest.mark.parametrize("ends", [("", ""), ("[]", "[]"), ("", "[]")])
def test_every_cast_that_is_not_asked_about_is_one(
    ends: tuple[str, str], postgresql: Database
) -> None:
    one, two = ends
    stored = [name for name in types.TYPES if name not in types.SERIAL]  # which are integers
    pairs = [(a + one, b + two) for a, b in product(stored, stored) if a + one != b + two]
    assert refused(postgresql.url, pairs) == []
