"""Tables that a live database calls otherwise: what is in them is compared all the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemagen import qualified
from schemagen.kinds import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    Fields = Mapping[str, object]
    Objects = Mapping[Key, Fields]

# What stands before and after a table's name in the words of a database. An index of PostgreSQL
# always says the schema, and so the one that names without a dot are in.
_INDEX = (r"( ON (?:ONLY )?)", r"( USING )")
_PLACES = (
    (r"(\bREFERENCES )", r"(\()"),  # PostgreSQL
    *((r"( on )", r"(\()"), (r"( references )", r"(\(| |\Z)")),  # SQLite
    (r"( on )", r"(\Z)"),  # a trigger, which enforces a foreign key
)


def called_otherwise(wanted: Objects, there: Objects) -> dict[str, str]:
    """Give tables that are missing by the name that one with the same columns has, which is extra.

    Args:
        wanted: the objects that are expected.
        there: those that are there.

    """
    missing = [k for k in wanted if k.kind == "table" and k not in there]
    extra = [k for k in there if k.kind == "table" and k not in wanted]
    found: dict[str, str] = {}
    for each in missing:
        columns = _columns(each, wanted)
        same = (k.name for k in extra if k.name not in found.values())
        twin = next((n for n in same if columns == _columns(Key("table", "", n), there)), None)
        if twin is not None:
            found[each.name] = twin
    return found


def _columns(table: Key, objects: Objects) -> dict[str, Fields]:
    """Give a table's columns; sequences may be called after it, and comments are told later."""
    return {
        key.name: {n: v for n, v in fields.items() if n not in ("sequence_name", "comment")}
        for key, fields in objects.items()
        if (key.kind, key.table) == ("column", table.name)
    }


def called_back(
    there: Objects, wanted: Objects, names: Mapping[str, str]
) -> dict[Key, dict[str, object]]:
    """Give the objects with tables called as they should be.

    Args:
        there: the objects.
        wanted: those that are expected.
        names: what each table that is called otherwise should be called, and is.

    """
    mine = {live: name for name, live in names.items()}
    found: dict[Key, dict[str, object]] = {}
    for key, fields in there.items():
        name = mine.get(key.name, key.name) if key.kind == "table" else key.name
        back = Key(key.kind, mine.get(key.table, key.table), name)
        found[back] = {field: _said(value, mine) for field, value in fields.items()}
        if key.table in mine and "sequence_name" in (fields.keys() | wanted.get(back, {}).keys()):
            found[back]["sequence_name"] = wanted.get(back, {}).get("sequence_name")
    return found


def _said(value: object, mine: Mapping[str, str]) -> object:
    if isinstance(value, list):
        return [_said(item, mine) for item in value]
    if not isinstance(value, str):
        return value
    for live, name in mine.items():
        value = _called(value, live, name)
    return value


def _called(text: str, live: str, name: str) -> str:
    """Put the name that a table should have where the one that it has stands."""
    old = "|".join(sorted({re.escape(qualified.quote(live)), re.escape(live)}))
    new = qualified.quote(name)
    for before, after in _PLACES:
        text = re.sub(f"{before}(?:{old}){after}", lambda m: f"{m[1]}{new}{m[2]}", text)

    def indexed(found: re.Match[str]) -> str:
        schema = "" if qualified.namespace(name) else found[2] or f"{qualified.DEFAULT}."
        return f"{found[1]}{schema}{new}{found[3]}"

    schema = "()" if qualified.namespace(live) else r"((?:\w+|\"(?:[^\"]|\"\")*\")\.)"
    return re.sub(f"{_INDEX[0]}{schema}(?:{old}){_INDEX[1]}", indexed, text)
