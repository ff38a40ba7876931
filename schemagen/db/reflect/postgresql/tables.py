"""Tables of PostgreSQL, and which of them are managed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.db.reflect.reflected import Unmanaged
from schemagen.db.scope import DOTTED, dotted, named, visible
from schemagen.db.versions import IS_VERSIONS
from schemagen.kinds import Key, Options, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

    from schemagen.db.reflect.reflected import Found

QUERY = f"""
SELECT c.oid, {named("c.relname")} AS name, {dotted("c.relname")} AS dotted,
       c.relkind AS relkind, c.relpersistence AS persistence,
       c.reloptions AS options, c.relrowsecurity AS secured, c.relforcerowsecurity AS forced,
       c.relreplident AS identity, obj_description(c.oid, 'pg_class') AS comment,
       (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace) AS tablespace,
       (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
          FROM pg_inherits i WHERE i.inhrelid = c.oid) AS parents,
       c.relispartition AS is_partition,
       c.reloftype <> 0 AS typed
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {visible("c.oid")} AND c.relkind IN ('r', 'p', 'f') AND ({IS_VERSIONS}) IS NOT TRUE
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e'
                   AND e.classid = 'pg_class'::regclass)
 ORDER BY c.oid
"""


def read(connection: Connection, found: Found) -> dict[int, str]:
    """Read the tables; give the names of the managed ones by their oid."""
    known: dict[int, str] = {}
    for row in connection.exec_driver_sql(QUERY).mappings():
        kind, reason = _strange(row)
        if reason:
            key = Key("table", "", row["name"])
            found.unmanaged.append(Unmanaged(kind, row["name"], reason, key))
            continue
        known[row["oid"]] = row["name"]
        found.objects.append(_table(row))
        found.unmanaged += _properties(row)
    return known


def _strange(row: Any) -> tuple[str, str]:  # noqa: ANN401 - a row
    """Say why a table as a whole cannot be managed, and what it is called then."""
    if row["dotted"]:
        return "table", DOTTED
    if row["is_partition"]:
        return "partition", f"a partition of {row['parents']}; there is no kind for partitions"
    if row["relkind"] == "p":
        return "partitioned table", "there is no kind for partitioned tables"
    if row["relkind"] == "f":
        return "foreign table", "there is no kind for foreign tables"
    if row["parents"]:
        return "table", f"it inherits from {row['parents']}; there is no word for that"
    return "table", "it is a table of a composite type" if row["typed"] else ""


def _table(row: Any) -> Table:  # noqa: ANN401 - a row
    options = Options(with_=parameters(row["options"]), tablespace=row["tablespace"])
    return Table(name=row["name"], comment=row["comment"], options=options)


def parameters(options: list[str] | None) -> dict[str, str | int | float | bool]:
    """Read storage parameters: `{fillfactor=70}`."""
    said = (option.partition("=") for option in options or ())
    return {name: _value(value) for name, _, value in said}


def _value(text: str) -> str | int | float | bool:
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            value = kind(text)
        except ValueError:
            continue
        if str(value) == text:
            return value
    return text


_SECURED = "row security is left to the database"
_WORDS = {"u": "unlogged", "t": "temporary"}


def _properties(row: Any) -> Iterator[Unmanaged]:  # noqa: ANN401 - a row
    """Give the properties of a managed table that the language has no word for."""
    name, key = row["name"], Key("table", "", row["name"])
    mine = (name,)
    if row["persistence"] in _WORDS:
        word = _WORDS[row["persistence"]]
        reason = f"there is no word for a table that is {word}"
        yield Unmanaged(f"{word} table", name, reason, key, ("persistence",), mine)
    if row["secured"]:
        yield Unmanaged("row security", name, _SECURED, key, ("row_security",), mine)
    if row["forced"]:
        yield Unmanaged("forced row security", name, _SECURED, key, ("force_row_security",), mine)
    if row["identity"] != "d":
        reason = "what replication identifies rows by is left to the database"
        yield Unmanaged("replica identity", name, reason, key, ("replica_identity",), mine)
