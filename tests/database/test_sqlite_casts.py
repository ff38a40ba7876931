"""On SQLite, a value whose column gets another type is what the models of the new type read."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from support import road, texts

from schemagen.metadata import metadata

if TYPE_CHECKING:
    from support.databases import Database

CODE = uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
NOON = dt.datetime(2024, 1, 2, 12, 0, 0, 6)  # noqa: DTZ001 - a timestamp has no zone
DAY = dt.date(2024, 1, 2)
MIDNIGHT = dt.datetime(2024, 1, 2)  # noqa: DTZ001 - as above


@pytest.mark.parametrize(
    ("old", "before", "new", "after"),
    [
        ("timestamp", NOON, "date", DAY),
        ("date", DAY, "timestamp", MIDNIGHT),
        ("boolean", True, "text", "true"),
        ("text", "no", "boolean", False),
        ("text", "TRUE", "boolean", True),
        ("integer", 5, "boolean", True),
        ("boolean", True, "integer", 1),
        ("numeric(10,2)", decimal.Decimal("1.75"), "integer", 2),
        ("integer", 5, "numeric(10,2)", decimal.Decimal(5)),
        ("text", str(CODE).upper(), "uuid", CODE),
        ("uuid", CODE, "text", str(CODE)),
        ("text", "abc", "bytea", b"abc"),
        ("bytea", b"abc", "text", "abc"),
        ("integer", 5, "text", "5"),
        ("text", "2024-01-02T12:00:00.000006", "timestamp", NOON),
        ("text", "2024-01-02", "timestamp", MIDNIGHT),
        ("text", "12:00", "time", dt.time(12)),
        ("numeric(10,3)", decimal.Decimal("1.755"), "numeric(9,1)", decimal.Decimal("1.8")),
        ("time", dt.time(12), "interval", dt.timedelta(hours=12)),
    ],
)
def test_a_value_is_read_and_found_in_its_new_type(
    old: str, before: object, new: str, after: object, sqlite: Database
) -> None:
    state, wanted = (
        texts.read(f'table: t\ncolumns: {{id: bigint pk, x: "{kind}?"}}\n').schema
        for kind in (old, new)
    )
    road.create(state, sqlite)
    with sqlite.engine.begin() as connection:
        rows = [{"id": 1, "x": before}, {"id": 2, "x": None}]
        connection.execute(metadata(state).tables["t"].insert(), rows)

    road.run(road.revision(state, wanted), "upgrade", sqlite)

    table = metadata(wanted).tables["t"]
    with sqlite.engine.connect() as connection:
        values = connection.scalars(sa.select(table.c.x).order_by(table.c.id)).all()
        found = connection.scalars(sa.select(table.c.id).where(table.c.x == after)).all()
    assert values == [after, None]
    assert found == [1]
