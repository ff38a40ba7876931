"""The naming convention: the names of constraints and indexes that nobody has to think up."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from schemagen import qualified
from schemagen.hashes import sha256
from schemagen.patterns import pattern
from schemagen.records import record
from schemagen.renames import TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.source.nodes import Map, Node
    from schemagen.source.reader import Reader

LIMIT = 63  # bytes, of an identifier of PostgreSQL
TEMPLATES: dict[str, str] = {
    "primary_key": "pk_{table}",
    "foreign_key": "fk_{table}_{name}",
    "unique": "uk_{table}_{name}",
    "index": "idx_{table}_{name}",
    "check": "chk_{table}_{name}",
    "exclusion": "ex_{table}_{name}",
}
QUALIFIED = ("table", "enum", "sequence")  # what is called SCHEMA.NAME
_OTHER = "choose another name"
_OTHER_SCHEMA = "write SCHEMA.NAME, where the schema is not public: what is there has a bare name"
_HOLE = pattern(r"\{([^{}]*)\}")
# As most names are: short, in lower case, and nobody else's.
_PLAIN = pattern(
    r"(?!sqlite_|pg_|(?:alembic_version|information_schema|public)\Z)[a-z][a-z0-9_]{,62}\Z"
)


@record
class Convention:
    """A template per kind."""

    templates: Mapping[str, str]

    def name(self, kind: str, table: str, name: str = "") -> str:
        """Derive a name; what is too long is cut, with a hash that keeps it unique."""
        return self.of(table).name(kind, name)

    def of(self, table: str) -> Names:
        """Give the names that it gives in one table."""
        return Names(self, table)

    def over(self, templates: Mapping[str, str]) -> Convention:
        """Give the convention with some templates replaced."""
        return Convention({**self.templates, **templates}) if templates else self


class Names:
    """The names that a convention gives to the parts of one table.

    Args:
        convention: it.
        table: the table's name.

    """

    __slots__ = ("_around", "_convention", "_table")

    def __init__(self, convention: Convention, table: str) -> None:
        """Derive none yet."""
        self._convention = convention
        self._table = table
        self._around: dict[str, list[str]] = {}  # what stands around the name, by kind

    def name(self, kind: str, name: str = "") -> str:
        """Derive a name, as the convention does."""
        called = name.join(self._around.get(kind) or self._pieces(kind))
        # Most are so short, and to call what cuts them takes longer than to see that.
        return called if len(called) <= LIMIT and called.isascii() else cut(called)

    def _pieces(self, kind: str) -> list[str]:
        template = self._convention.templates.get(kind, "{table}_{name}")
        bare = qualified.bare(self._table)
        found = [piece.replace("{table}", bare) for piece in template.split("{name}")]
        self._around[kind] = found
        return found


DEFAULT = Convention(TEMPLATES)


def cut(name: str) -> str:
    """Cut a name to what PostgreSQL holds, always the same way."""
    if name.isascii() and len(name) <= LIMIT:
        return name
    data = name.encode()
    if len(data) <= LIMIT:
        return name
    digest = sha256(data).hexdigest()[:8]
    return data[: LIMIT - 9].decode(errors="ignore") + "_" + digest


def read_convention(reader: Reader, node: Node | None) -> dict[str, str]:
    """Read the templates under `naming:`."""
    found = reader.map(node, "a mapping of templates")
    if found is None:
        return {}
    reader.keys(found, TEMPLATES, "naming")
    return {
        kind: template
        for kind in TEMPLATES
        if kind in found and (template := _template(reader, found, kind))
    }


def _template(reader: Reader, found: Map, kind: str) -> str | None:
    node = found.get(kind)
    text = reader.text(node, "a template")
    if text is None:
        return None
    allowed = ("table",) if kind == "primary_key" else ("table", "name")
    rest = _HOLE.sub("", text)
    strange = next((hole for hole in _HOLE.findall(text) if hole not in allowed), None)
    if strange is not None or "{" in rest or "}" in rest:
        said = f"{{{strange}}} is no placeholder" if strange is not None else "a brace is left over"
        holes = " and ".join(f"{{{hole}}}" for hole in allowed)
        reader.error("N003", f"{said} of {kind!r}", node, help=f"placeholders: {holes}")
        return None
    return text


@lru_cache(maxsize=4096)
def is_plain(name: str) -> bool:
    """Say at a glance whether a given name can be used, whatever it is for."""
    return _PLAIN.match(name) is not None


def check_name(reader: Reader, name: str, node: Node, what: str) -> bool:
    """Say whether a given name can be used, after a diagnostic if not."""
    if is_plain(name):
        return True
    if what in QUALIFIED and "." in name:
        schema, _, name = name.rpartition(".")
        if not check_name(reader, schema, node, "schema"):
            return False
    size = len(name.encode(errors="replace"))
    if size > LIMIT:
        reader.error(
            "N001",
            f"the name of this {what} has {size} bytes, and PostgreSQL holds {LIMIT}",
            node,
            help="choose a shorter one; derived names are cut by themselves, given ones never",
        )
        return False
    return _usable(reader, name, node, what)


def _unfit(schema: str) -> str:
    """Say why a schema cannot be called so; nothing as a rule."""
    if schema == qualified.DEFAULT:
        return f"{schema!r} is where names without a schema are"
    if "." in schema:
        return f"a schema's name has no dot: {schema!r}"
    own = schema.lower().startswith("pg_") or schema == "information_schema"
    return f"the schema {schema!r} is PostgreSQL's own" if own else ""


def _usable(reader: Reader, name: str, node: Node, what: str) -> bool:
    if not name.strip():
        reader.error("N004", f"a {what} needs a name", node, help="write one")
    elif name.lower().startswith("sqlite_") and what != "column":
        reader.error("N004", f"names with 'sqlite_' belong to SQLite: {name}", node, help=_OTHER)
    elif name == "alembic_version" and what == "table":
        message = "'alembic_version' is where Alembic keeps the revision of a database"
        reader.error("N004", message, node, help=_OTHER)
    elif what == "schema" and (problem := _unfit(name)):
        reader.error("N004", problem, node, help=_OTHER_SCHEMA)
    elif name.startswith(TEMPORARY):
        message = f"names with {TEMPORARY!r} belong to schemagen: {name}"
        reader.error("N004", message, node, help=_OTHER)
    else:
        return True
    return False
