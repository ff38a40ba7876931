"""An import over YAML that is there: comments, mixins and directions that still fit stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from schemagen.errors import SchemagenError
from schemagen.kinds import Key
from schemagen.schema import Schema
from schemagen.source import parse
from schemagen.source.comments import with_comments
from schemagen.source.convention import DEFAULT
from schemagen.source.dump import dump
from schemagen.source.nodes import plain
from schemagen.source.vocabulary import DIRECTIONS, FILLS, sections
from schemagen.source.yaml import load
from schemagen.workflow import project
from schemagen.workflow.drops import occupied
from schemagen.workflow.generated import editor_schema
from schemagen.workflow.importing import is_implied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from schemagen.config import Settings
    from schemagen.source import Source
    from schemagen.workflow.importing import Imported

_FIRST = ("table", "comment", "only")
_OWN = {"enums.yaml": "enum", "sequences.yaml": "sequence", "schemas.yaml": "schema"}
_SHARED = ("schema.yaml", "mixins.yaml")
_KEPT = (*FILLS, *DIRECTIONS)


class _Renames(NamedTuple):
    """Earlier names: of tables and enums, and of what is in a table, by its name now."""

    tops: dict[str, str]
    parts: dict[tuple[str, str], str]


def updated(found: Imported, settings: Settings, renames: Sequence[str]) -> dict[Path, str | None]:
    """Give the texts by path; a file that says what is there already is left out.

    Args:
        found: what was imported.
        settings: where the YAML is.
        renames: `OLD=NEW` for a table or an enum, `TABLE.OLD=NEW` for what is in a table.

    """
    old = project.sound_source(settings)
    _insist_on_managing(found, old.schema)
    gone = set(old.schema.namespaces) - set(found.schema.namespaces)
    project.insist(occupied(gone, old.unmanaged))
    schema = Schema(obj for obj in found.schema if not is_implied(obj))
    merge = _Merge(schema, old, _renames(renames, schema, old.schema))
    texts = {
        name: text
        for name, text in dump(schema, merge.naming, merge.share).items()
        if name not in _SHARED
    }
    texts.update({n: t for n, t in found.texts.items() if n == "unmanaged.yaml"})
    shares = merge.renames.tops or set(schema.tables) & set(old.schema.tables)
    edits = _edits(texts, merge, settings) if shares else _instead(found, merge, settings)
    whole = {**old.texts}
    for path, text in edits.items():
        name = settings.shown(path)
        whole.pop(name, None)
        whole.update({name: text} if text is not None else {})
    said = parse(whole)
    project.insist(said.diagnostics)
    if odd := sorted(map(str, _differing(said.schema, schema))):
        msg = f"the YAML cannot be brought to what {found.shown} holds: {', '.join(odd[:5])}"
        raise SchemagenError(msg)
    return {**edits, **editor_schema(said, settings)}


def _differing(said: Schema, found: Schema) -> Iterator[Key]:
    """Give what is not the same; what SQLite checks of an enum is called as the convention says."""
    for key in {*said.objects, *found.objects}:
        mine, theirs = said.get(key), found.get(key)
        if mine != theirs and not is_implied(mine or theirs):
            yield key


def _insist_on_managing(found: Imported, schema: Schema) -> None:
    """Raise when what the YAML has is in the source, but unmanaged: a revision would drop it."""
    apart = [u for u in found.unmanaged if u.key in schema and not u.fields]
    if apart:
        said = "".join(f"\n{each}: {each.reason}" for each in apart)
        msg = (
            "the YAML has what the source has too, and what can no longer be managed; "
            f"without it in the YAML the next revision would drop it:{said}"
        )
        raise SchemagenError(msg)


def _renames(given: Sequence[str], schema: Schema, was: Schema) -> _Renames:
    renames = _Renames({}, {})
    for each in given:
        before, equals, now = each.partition("=")
        table, dot, old = before.rpartition(".")
        if not (before and equals and now) or (dot and not (table and old)):
            msg = f"--rename {each!r} is neither OLD=NEW nor TABLE.OLD=NEW"
            raise SchemagenError(msg)
        whole = (*was.tables, *was.enums)
        if dot and not (before in whole and (now in schema.tables or now in schema.enums)):
            renames.parts[table, now] = old
            known: Any = schema.tables.get(table) and any(
                part.name == now for part in schema.view(table).parts
            )
        else:
            renames.tops[now] = before
            known = now in schema.tables or now in schema.enums
        if not known:
            msg = f"--rename {each!r}: {now!r} is not in the source"
            raise SchemagenError(msg)
    return renames


class _Merge:
    """What of the YAML that is there goes into the new one."""

    def __init__(self, schema: Schema, old: Source, renames: _Renames) -> None:
        self.schema, self.old, self.renames = schema, old, renames
        self.documents: dict[str, dict[str, Any]] = {}
        for file, text in old.texts.items():
            root, _ = load(text, file)
            data = plain(root) if root is not None else None
            self.documents[file] = data if isinstance(data, dict) else {}
        self.tables = {d["table"]: (f, d) for f, d in self.documents.items() if "table" in d}
        self.naming: dict[str, str] = next(
            (d["naming"] for d in self.documents.values() if "naming" in d and "table" not in d), {}
        )
        self.base = DEFAULT.over(self.naming)
        self.mixins: dict[str, dict[str, Any]] = {}
        for document in self.documents.values():
            if isinstance(document.get("mixins"), dict):
                self.mixins.update(document["mixins"])

    def names_schemas(self, new: Source) -> bool:
        """Say whether the YAML names each schema that the new one names; others are implied."""
        said = {name for d in self.documents.values() for name in d.get("schemas") or ()}
        file = next(text for name, text in new.texts.items() if name == "schemas.yaml")
        root, _ = load(file, "schemas.yaml")
        data = plain(root) if root is not None else {}
        return said == set(data["schemas"])

    def before(self, table: str) -> str:
        """Give the earlier name of a table."""
        return self.renames.tops.get(table, table)

    def share(self, tables: list[dict[str, Any]]) -> dict[str, Any]:
        """Bring back into the tables what the YAML said of them; there are no new mixins."""
        for at, table in enumerate(tables):
            name = table["table"]
            _, before = self.tables.get(self.before(name), ("", {}))
            self._direct(table, before)
            if old := self.renames.tops.get(name):
                head = {"table": name, "renamed_from": _newest_first(old, before)}
                both = {**head, **table, **head}
                table.clear()
                table.update(both)
            used = [m for m in before.get("mixins", []) if self._still(name, m)]
            for mixin in used:
                _without(table, self.mixins[mixin])
            if used:
                first: dict[str, Any] = {k: table[k] for k in _FIRST if k in table}
                tables[at] = {**first, "mixins": used, **table}
        return {}

    def _direct(self, table: dict[str, Any], before: dict[str, Any]) -> None:
        """Keep directions of what is still there, and say the renames."""
        name = table["table"]
        table.update({word: before[word] for word in _KEPT if word in before and word != "restore"})
        for section in ("columns", *sections()):
            for part, value in table.get(section, {}).items():
                full = self._full(name, section, part, value)
                old = self.renames.parts.get((name, full))
                was = before.get(section, {})
                there = was.get(part) if isinstance(was, dict) else None
                if there is None and old and isinstance(was, dict):
                    there = was.get(old)
                more = {w: there[w] for w in _KEPT if w in there} if isinstance(there, dict) else {}
                more.update({"renamed_from": _newest_first(old, more)} if old else {})
                if more:
                    table[section][part] = _long(section, value, more)

    def _full(self, table: str, section: str, part: str, value: Any) -> str:  # noqa: ANN401 - YAML
        if section == "columns":
            return part
        if isinstance(value, dict) and "name" in value:
            return str(value["name"])
        kind = sections()[section].kind
        own = self.schema.view(table).parts
        names = [o.name for o in own if o.kind == kind]
        derived = self.base.name(kind, table, part)
        return derived if derived in names else next((n for n in names if n.endswith(part)), part)

    def _still(self, table: str, mixin: str) -> bool:
        """Say whether a table has all that a mixin says, as it had it before."""
        said = self.mixins.get(mixin, {})
        earlier = self.before(table)
        if earlier != table or earlier not in self.old.schema.tables:
            return False
        columns = set(said.get("columns", {}))
        mine = {o.key: o for o in self.old.schema.view(table).parts if _is_over(o, columns)}
        return all(self.schema.get(key) == obj for key, obj in mine.items())


def _newest_first(old: str, said: Mapping[str, Any]) -> str | list[str]:
    """Give the earlier names of what has one more now."""
    earlier = said.get("renamed_from", [])
    names = dict.fromkeys([old, *([earlier] if isinstance(earlier, str) else earlier)])
    return list(names) if len(names) > 1 else old


def _is_over(obj: Any, columns: set[str]) -> bool:  # noqa: ANN401 - an object
    """Say whether an object is a column of the set, or over some of them alone."""
    if obj.kind == "column":
        return obj.name in columns
    over = getattr(obj, "columns", ())
    names = {getattr(item, "column", item) for item in over}
    return bool(names) and names <= columns


def _without(table: dict[str, Any], mixin: dict[str, Any]) -> None:
    """Take out of a table what a mixin says."""
    for section, said in mixin.items():
        left = {k: v for k, v in table.get(section, {}).items() if k not in said}
        if left or section == "columns":
            table[section] = left
        else:
            table.pop(section, None)


def _long(section: str, value: Any, more: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - YAML
    if isinstance(value, dict):
        return {**value, **more}
    bare = "type" if section == "columns" else sections()[section].bare
    return {bare: value, **more}


def _instead(found: Imported, merge: _Merge, settings: Settings) -> dict[Path, str | None]:
    """Give the files as without YAML, where none of its tables is kept: its naming, too, goes."""
    old = {settings.root / name: text for name, text in merge.old.texts.items()}
    edits: dict[Path, str | None] = {
        settings.root / name: None
        for name, document in merge.documents.items()
        if {"table", "enums", "sequences", "schemas", "unmanaged"} & document.keys()
    }
    for name, text in found.texts.items():
        path = settings.schema / name
        edits[path] = with_comments(text, old.get(path, ""))
    return edits


def _edits(texts: Mapping[str, str], merge: _Merge, settings: Settings) -> dict[Path, str | None]:
    """Give the files that change, each with the comments that it had."""
    edits: dict[Path, str | None] = {}
    new = parse(texts)
    at = {place.file: key.name for key, place in new.places.items() if key.kind == "table"}
    for name, text in texts.items():
        if name in at:
            edits.update(_table_edits(name, text, at[name], merge, settings))
        elif not _says(merge, new, name):
            before = merge.old.texts.get(settings.shown(settings.schema / name), "")
            edits[settings.schema / name] = with_comments(text, before)
    kept = {merge.before(table) for table in at.values()}
    for table, (file, _) in merge.tables.items():
        if table not in kept:
            edits[settings.root / file] = None
    for name in (*_OWN, "unmanaged.yaml"):
        if name not in texts and (settings.schema / name).is_file():
            edits[settings.schema / name] = None
    return edits


def _table_edits(
    name: str, text: str, table: str, merge: _Merge, settings: Settings
) -> dict[Path, str | None]:
    """Give what becomes of a table's file, and of the one that it had under its earlier name."""
    earlier = merge.before(table)
    file, document = merge.tables.get(earlier, ("", {}))
    renamed = earlier != table or any(owner == table for owner, _ in merge.renames.parts)
    if not renamed and _same(merge, table):
        return {}
    if {"enums", "sequences"} & set(document):
        msg = f"{file} holds more than its table; move the rest to a file of its own first"
        raise SchemagenError(msg)
    names = {now: was for (owner, now), was in merge.renames.parts.items() if owner == table}
    commented = with_comments(text, merge.old.texts.get(file, ""), names)
    if file and earlier == table:
        return {settings.root / file: commented}
    gone: dict[Path, str | None] = {settings.root / file: None} if file else {}
    return {**gone, settings.schema / name: commented}


def _says(merge: _Merge, new: Source, name: str) -> bool:
    """Say whether the enums, sequences or schemas are as they were."""
    kind = _OWN.get(name)
    if kind is None or (kind == "schema" and not merge.names_schemas(new)):
        return False
    mine = {k: o for k, o in merge.old.schema.objects.items() if k.kind == kind}
    return mine == {k: o for k, o in new.schema.objects.items() if k.kind == kind}


def _same(merge: _Merge, table: str) -> bool:
    """Say whether a table is what it was."""
    if table not in merge.old.schema.tables:
        return False
    mine = {o.key: o for o in merge.schema.view(table).parts}
    was = {o.key: o for o in merge.old.schema.view(table).parts if not is_implied(o)}
    key = Key("table", "", table)
    return mine == was and merge.schema.get(key) == merge.old.schema.get(key)
