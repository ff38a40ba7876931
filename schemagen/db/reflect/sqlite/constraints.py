"""Constraints of SQLite, read from their text; those without a name get the convention's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import sql
from schemagen.db.reflect.reflected import Unmanaged
from schemagen.db.reflect.sqlite.tables import folded
from schemagen.kinds import Check, ForeignKey, Key, Obj, PrimaryKey, References, Unique
from schemagen.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.db.reflect.reflected import Found
    from schemagen.db.reflect.sqlite.tables import Read
    from schemagen.db.sqlite_text import ConstraintText

_PREFIXES = {"primary_key": "pk", "foreign_key": "fk", "unique": "uk", "check": "chk"}
_COLUMNS = r'((?:[^()"]|"(?:[^"]|"")*")*)'
_KEY = pattern(rf"(?:primary key|unique)\({_COLUMNS}\)\Z")
_FOREIGN = pattern(
    rf'foreign key\({_COLUMNS}\) references ("(?:[^"]|"")*"|[^\s("]+)(?:\({_COLUMNS}\))?(.*)\Z'
)
_ACTION = pattern(r"on (delete|update) (set null|set default|cascade|restrict)")


def read(table: Read, known: Mapping[str, Read], found: Found) -> None:
    """Read the constraints of a table."""
    taken = {c.name.lower() for c in table.text.constraints if c.name}
    for constraint in table.text.constraints:
        fields = _fields(constraint, table, known)
        key = Key(constraint.kind, table.name, constraint.name or constraint.definition)
        if key in found.nameless.values():
            continue  # the same once more
        if isinstance(fields, str):
            name, word = f"{table.name}.{key.name}", key.kind.replace("_", " ")
            found.unmanaged.append(Unmanaged(word, name, fields, key, tables=(table.name,)))
            continue
        name = constraint.name or _name(constraint, fields, table, taken)
        taken.add(name.lower())
        kind = _KINDS[constraint.kind]
        obj = kind(table=table.name, name=name, **fields)
        found.objects.append(obj)
        if not constraint.name:
            found.nameless[obj.key] = key


_KINDS: dict[str, type[Obj]] = {
    "primary_key": PrimaryKey,
    "foreign_key": ForeignKey,
    "unique": Unique,
    "check": Check,
}


def _fields(
    constraint: ConstraintText, table: Read, known: Mapping[str, Read]
) -> dict[str, Any] | str:
    """Read a constraint's definition, or say why it cannot be."""
    text = constraint.definition
    if constraint.kind == "check":
        inside = text.removeprefix("check(")
        if not inside.endswith(")") or "on conflict" in inside.rpartition(")")[2]:
            return "there is no word for ON CONFLICT in a table"
        return {"sql": table.said(inside[:-1])}
    if constraint.kind == "foreign_key":
        return _foreign_key(text, table, known)
    found = _KEY.match(text.replace(" autoincrement)", ")"))
    if not found or " desc" in found[1] or " collate " in found[1]:
        return f"there is no word for all that it says: {text}"
    return {"columns": _names(found[1], table)}


def _foreign_key(text: str, table: Read, known: Mapping[str, Read]) -> dict[str, Any] | str:
    found = _FOREIGN.match(text)
    there = known.get(folded(_bare(found[2]))) if found else None
    if not found or there is None:
        return f"it refers to {_bare(found[2]) if found else text}, which is not managed"
    rest = found[4]
    columns = _names(found[3], there) if found[3] is not None else there.key
    references = References(table=there.name, columns=columns)
    if references.dotted:
        return f"it leads to {references.dotted!r}, whose dot SQLAlchemy takes for a table's"
    said: dict[str, Any] = {
        "columns": _names(found[1], table),
        "references": references,
        **{f"on_{m[1]}": m[2] for m in _ACTION.finditer(rest)},
    }
    if "match full" in rest:
        said["match"] = "full"
    if "deferrable" in rest:
        said["deferrable"] = "deferred" if "initially deferred" in rest else "immediate"
    return said


def _names(text: str, table: Read) -> tuple[str, ...]:
    found = [t for t in sql.tokens(text) if t.group in ("word", "quoted")]
    names = [folded(_bare(token.text)) for token in found]
    return tuple(table.columns.get(name, name) for name in names)


def _bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def _name(constraint: ConstraintText, fields: dict[str, Any], table: Read, taken: set[str]) -> str:
    """Give a constraint without a name the one that the convention would give it."""
    prefix = _PREFIXES[constraint.kind]
    if constraint.kind == "primary_key":
        return f"{prefix}_{table.name}"
    if constraint.kind == "check":
        said = sql.identifiers(fields["sql"])
        columns: tuple[str, ...] = tuple(c for c in table.columns.values() if c in said)[:1]
    else:
        columns = fields["columns"]
    base = f"{prefix}_{table.name}_{'_'.join(columns) or 'rows'}"
    name, count = base, 1
    while name.lower() in taken:
        count += 1
        name = f"{base}_{count}"
    return name
