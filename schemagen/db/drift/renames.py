"""A missing object and an extra one that are the same but for the name: one that was renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.db.drift.found import Difference, What

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemagen.kinds import Key

    Fields = Mapping[str, object]
    Objects = Mapping[Key, Fields]

# Tables are found before. Columns are not among them: two of one type are not the same one yet.
_KINDS = ("enum", "primary_key", "unique", "check", "foreign_key", "exclusion", "index")


def renames(found: Sequence[Difference], wanted: Objects, there: Objects) -> Iterator[Difference]:
    """Give the differences with each such pair as one.

    Args:
        found: the differences.
        wanted: the objects that are expected.
        there: those that are there.

    """
    extra = [d.key for d in found if d.what is What.EXTRA and d.key.kind in _KINDS]
    pairs: dict[Key, Key] = {}
    for each in found:
        if each.what is What.MISSING and each.key.kind in _KINDS:
            free = (key for key in extra if key not in pairs.values())
            same = (key for key in free if _alike(each.key, key, wanted, there))
            if (twin := next(same, None)) is not None:
                pairs[each.key] = twin
    for each in found:
        if each.key in pairs:
            yield Difference(What.RENAMED, each.key, each.fields, pairs[each.key].name)
        elif each.key not in pairs.values():
            yield each


def _alike(mine: Key, theirs: Key, wanted: Objects, there: Objects) -> bool:
    if (mine.kind, mine.table) != (theirs.kind, theirs.table):
        return False
    return _nameless(wanted[mine], mine.name) == _nameless(there[theirs], theirs.name)


def _nameless(fields: Fields, name: str) -> dict[str, object]:
    """Take the name out of the statement that makes an index."""
    said = f"index {sql.quote(name)} on".lower()
    return {field: _without(value, said) for field, value in fields.items()}


def _without(value: object, said: str) -> object:
    at = value.lower().find(said) if isinstance(value, str) else -1
    if at < 0:
        return value
    text = str(value)
    return text[:at] + text[at + len(said) :]
