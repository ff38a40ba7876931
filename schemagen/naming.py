"""The name of a revision: a slug from its changes, and an id of at most 32 characters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from schemagen.changes import Add, Alter, Change, Drop, Rename
from schemagen.kinds import Check, Column, Enum, Index, Obj
from schemagen.patterns import pattern
from schemagen.qualified import bare
from schemagen.renames import collapse

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

ID_LENGTH = 32  # alembic_version.version_num is VARCHAR(32)
_SLUG = pattern(r"[a-z0-9_]+\Z")
_RANKS = (
    (Rename, "table"),
    (Add, "table"),
    (Drop, "table"),
    (Rename, "column"),
    (Add, "column"),
    (Drop, "column"),
    (Alter, "column"),
)
_CONSTRAINTS = ("primary_key", "foreign_key", "unique", "check", "exclusion")


def slug(changes: Sequence[Change], *, first: bool = False) -> str:
    """Name a revision after its highest-ranking change; among equals, after the first.

    Args:
        changes: as `diff.compare` gives them.
        first: the first revision of a project is `initial`.

    """
    whole = {(type(c), c.subject.name) for c in changes if c.subject.kind == "table"}
    shown = [c for c in collapse(changes) if not _part_of_table(c, whole)]
    if first:
        return "initial"
    if not shown:
        return "change_nothing"
    if len(shown) > 1 and all(isinstance(c, Rename) and c.old.kind in _ROWLESS for c in shown):
        return "change_naming"
    return _clean(_say(min(enumerate(shown), key=lambda pair: (_rank(pair[1]), pair[0]))[1]))


_ROWLESS = (*_CONSTRAINTS, "index")


def _part_of_table(change: Change, whole: Collection[tuple[type, str]]) -> bool:
    """A part of a table that comes or goes is not worth a name of its own."""
    return (type(change), change.subject.table) in whole and isinstance(change, (Add, Drop))


def _rank(change: Change) -> int:
    obj = change.subject
    for rank, (verb, kind) in enumerate(_RANKS):
        if isinstance(change, verb) and obj.kind == kind and not _comment_only(change):
            return rank
    if obj.kind == "check" and isinstance(obj, Check) and obj.enum:
        return len(_RANKS) + 4  # it only follows its enum
    if obj.kind in _CONSTRAINTS:
        return len(_RANKS)
    if _comment_only(change):
        return len(_RANKS) + 3
    return len(_RANKS) + (1 if obj.kind == "index" else 2)


def _comment_only(change: Change) -> bool:
    return isinstance(change, Alter) and change.fields == ("comment",)


def _say(change: Change) -> str:
    obj = change.subject
    if isinstance(change, Rename):
        return f"rename_{change.old.name}_to_{change.new.name}"
    if _comment_only(change):
        return f"change_comment_of_{_owner(change)}"
    if isinstance(obj, Enum):
        return _say_enum(change, obj)
    return _say_verb({Add: "add", Drop: "remove", Alter: "change"}[type(change)], obj)


def _say_verb(verb: str, obj: Obj) -> str:
    if obj.kind == "table":
        return f"change_options_of_{obj.name}" if verb == "change" else f"{verb}_{obj.name}_table"
    if obj.kind in ("sequence", "schema"):
        return f"{verb}_{obj.name}_{obj.kind}"
    preposition = {"add": "to", "remove": "from", "change": "of"}[verb]
    if obj.kind == "column":
        return f"{verb}_{obj.name}_{preposition}_{obj.table}"
    if isinstance(obj, Index):
        return f"{verb}_index_{preposition}_{obj.table}_{_index_columns(obj)}"
    return f"{verb}_{_short(obj.name, obj.table)}_{obj.kind}_{preposition}_{obj.table}"


def _owner(change: Change) -> str:
    obj = change.subject
    return f"{obj.table}_{obj.name}" if isinstance(obj, Column) else obj.name


def _index_columns(index: Index) -> str:
    return "_".join(item.column or "expression" for item in index.columns)


def _short(name: str, table: str) -> str:
    """Take the convention's prefix off: `chk_processes_process_number` → `process_number`."""
    found = re.match(rf"(?:pk|fk|uk|uq|chk|ck|ex)_(?:{re.escape(bare(table))}_)?(.+)", name)
    return found[1] if found else name


def _say_enum(change: Change, enum: Enum) -> str:
    if isinstance(change, Add):
        return f"add_{enum.name}_enum"
    if isinstance(change, Drop):
        return f"remove_{enum.name}_enum"
    old = change.old
    assert isinstance(old, Enum)  # noqa: S101 - an Alter keeps the kind
    come = [v for v in enum.values if v not in old.values]
    gone = [v for v in old.values if v not in enum.values]
    if come:
        return f"add_{come[0]}_to_{enum.name}"
    return f"remove_{gone[0]}_from_{enum.name}" if gone else f"change_{enum.name}_enum"


def _clean(text: str) -> str:
    """Fold any text into lower-case letters, digits and `_`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"_+", "_", re.sub(r"[^a-z0-9]+", "_", plain)).strip("_")[:120] or "change"


def is_slug(text: str) -> bool:
    """Say whether a `-m` can be a slug as it is."""
    return bool(_SLUG.match(text))


def revision_id(stem: str) -> str:
    """Cut a file's stem, at a word, to what `alembic_version` can hold."""
    if len(stem) <= ID_LENGTH:
        return stem
    cut = stem[: ID_LENGTH + 1]
    word = cut.rfind("_")
    number = stem.index("_") if "_" in stem else 0
    return stem[:word] if word > number else stem[:ID_LENGTH]
