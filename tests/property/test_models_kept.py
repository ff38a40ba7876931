"""Models that are the same for two schemas are not written anew, and no others are left out."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from wild_edits import edited
from wild_schemas import wild_schema

from schemagen import source
from schemagen.diff import compare
from schemagen.render import models
from schemagen.render.mapped import Mapped
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Collection

    from schemagen.changes import Change

SEEDS = range(60)
# Alike in the singular, and words that columns and relationships have too.
TABLES = ("lot", "lots", "Lot", "owner", "parent", "child", "hub", "part", "parts", "note")
COLUMNS = ("lot", "Lot", "lots", "owner", "children", "hub_id", "Owner", "notes", "note_by_owner")
TYPES = ("text?", "text", "colour?", "integer")
RULES = ("", "", " on delete cascade", " on delete set null")


def in_order_of(schema: Schema, was: Schema) -> Schema:
    """Give a schema with its tables and enums in the order of another one."""
    mapped = Mapped(was, Mapped(schema))
    tables, enums = (was.tables[t] for t in mapped.tables), (was.enums[e] for e in mapped.enums)
    return Schema((*tables, *enums, *was))


def count_kept(was: Schema, now: Schema, changes: Collection[Change] | None = None) -> int:
    """Compare what differs with the whole; give the number of files that were left out."""
    theirs, wanted = models.files(in_order_of(now, was)), models.files(now)
    differing = models.differing(now, was, changes=changes)
    assert differing.keys() == wanted.keys()
    for file, text in differing.items():
        assert wanted[file] == (theirs[file] if text is None else text), file
    return sum(text is None for text in differing.values())


def test_what_is_left_out_is_the_same_and_all_else_is_there() -> None:
    kept = 0
    for seed in SEEDS:
        rng = random.Random(seed)
        was = wild_schema(rng)
        now, directions = edited(rng, was)
        kept += count_kept(was, now)
        count_kept(was, now, compare(was, now, directions).changes)
    assert kept > len(SEEDS)


Web = dict[str, dict[str, dict[str, str]]]


def web(rng: random.Random) -> Web:
    """Tables that refer to each other in all ways, so that they vie for names."""
    names = rng.sample(TABLES, rng.randint(3, len(TABLES)))
    return {name: table(rng, names) for name in names}


def table(rng: random.Random, tables: Collection[str]) -> dict[str, dict[str, str]]:
    columns = {name: rng.choice(TYPES) for name in rng.sample(COLUMNS, rng.randint(0, 3))}
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        there, role = rng.choice([*tables]), rng.choice(("", "parent_", "owner_", "made_by_"))
        unique = rng.choice(("", "", " unique"))
        said = f"bigint{rng.choice(('?', ''))} -> {there}{rng.choice(RULES)}{unique}"
        columns[f"{role}{there.lower()}_id"] = said
    return {"columns": columns}


def read(tables: Web, enums: Collection[str]) -> Schema:
    texts = {"schema.yaml": f"schemagen: 1\nenums: {{colour: [{', '.join(enums)}]}}\n"}
    for name, parts in tables.items():
        columns = "".join(f"  {c}: {said}\n" for c, said in parts["columns"].items())
        texts[f"{name}.yaml"] = f'table: "{name}"\ncolumns:\n  id: bigint pk\n{columns}'
    return source.parse(texts).schema


def rewoven(rng: random.Random, tables: Web) -> Web:
    """Change a table or two: columns and keys, or all of it."""
    now = dict(tables)
    for name in rng.sample([*tables], rng.choice((1, 1, 2))):
        new = table(rng, tables)
        edit = rng.choice(("columns", "columns", "mixed", "order", "gone", "come"))
        if edit == "gone":
            del now[name]
        elif edit == "come":
            now = {rng.choice(TABLES): new, **now}
        elif edit == "order":
            now[name] = {"columns": dict(reversed(now[name]["columns"].items()))}
        else:
            kept = now[name]["columns"] if edit == "columns" else {}
            now[name] = {"columns": {**kept, **new["columns"]}}
    return {name: without(parts, now) for name, parts in now.items()}


def without(parts: dict[str, dict[str, str]], tables: Collection[str]) -> dict[str, dict[str, str]]:
    """Leave out the keys that lead nowhere any more."""
    columns = parts["columns"].items()
    return {"columns": {c: t for c, t in columns if "->" not in t or t.split()[2] in tables}}


@pytest.mark.parametrize("start", range(0, 240, 80))
def test_a_web_of_references_is_followed_as_far_as_names_differ(start: int) -> None:
    kept = 0
    for seed in range(start, start + 80):
        rng = random.Random(seed)
        before = web(rng)
        was = read(before, ("red", "green"))
        now = read(rewoven(rng, before), rng.choice([("red", "green")] * 3 + [("red", "blue")]))
        kept += count_kept(was, now)
    assert kept > 80
