"""Whatever the schemas, rules come to an end, and say nothing where nothing changes."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from schemagen.changes import apply, carry
from schemagen.diff import compare
from schemagen.directions import Direction
from schemagen.lint.context import diff_views
from schemagen.lint.engine import Engine
from schemagen.lint.rule import every
from schemagen.lint.views import SchemaView
from schemagen.schema import Schema

sys.path.append(str(Path(__file__).parents[1] / "property"))

from random_schemas import random_schema


def looked(a: Schema, b: Schema, directions: dict[object, Direction] | None = None) -> Engine:
    engine = Engine(every(), directions or {})
    for view in diff_views(a, b, compare(a, b, directions or {}).changes, directions or {}):
        engine.look("diff", view)
        engine.look("pending", view)
    return engine


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_any_change_is_looked_at(start: int) -> None:
    for seed in range(start, start + 50):
        rng = random.Random(seed)
        a, b = random_schema(rng), random_schema(rng)
        Engine(every()).look("schema", SchemaView(b))
        for hit in looked(a, b).hits:
            assert hit.finding.key is not None, hit.rule.code
            assert "\n" not in hit.diagnostic.message


def test_nothing_is_found_where_nothing_changes() -> None:
    for seed in range(100):
        schema = random_schema(random.Random(seed))
        assert looked(schema, schema).hits == []


def test_a_schema_that_is_new_endangers_nobody() -> None:
    for seed in range(100):
        found = looked(Schema(), random_schema(random.Random(seed)))
        assert {hit.rule.code for hit in found.hits} == set(), seed


def test_a_rename_is_a_rename_and_nothing_else() -> None:
    allowed = {"BC101", "BC102", "BC105", "BC109", "BC117", "RV102"}
    for seed in range(100):
        rng = random.Random(seed)
        a = random_schema(rng)
        old = rng.choice([o for o in a if o.kind in ("table", "column")])
        b = apply(a, [carry(a, old, "renamed")])
        key = old.key._replace(name="renamed", table=old.table if old.kind == "column" else "")
        found = looked(a, b, {key: Direction(renamed_from=(old.name,))})
        assert {hit.rule.code for hit in found.hits} <= allowed, seed
