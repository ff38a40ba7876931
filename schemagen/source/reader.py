"""Reads pieces of the tree as what they should be, and says what they are instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen import sql
from schemagen.diagnostics import did_you_mean
from schemagen.source.nodes import Broken, Entry, Map, Node, Scalar, Seq, sort_of
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Collection

    from schemagen.source.problems import Problems

_OTHERS = frozenset(
    {"mysql", "mariadb", "oracle", "mssql", "sqlserver", "postgres", "pg", "psql", "sqlite3"}
    | {"cockroachdb", "duckdb", "db2", "snowflake", "bigquery", "redshift"}
)


def _shape(what: str) -> str:
    """Say how a thing is written, when nothing better is known."""
    if what.startswith("a mapping"):
        return "a mapping is a line KEY: VALUE for each, indented, or {KEY: VALUE, …}"
    if what.startswith("a list"):
        return "a list is [A, B, …], or a line '- A' for each"
    return f"write {what} here, or leave the key out"


class Reader:
    """Readers give None for what is wrong, after a diagnostic; what is broken passes in silence."""

    def __init__(self, problems: Problems) -> None:
        """Write diagnostics to `problems`."""
        self.problems = problems
        self.error = problems.error

    def _expected(self, what: str, node: Node | None, way_out: str = "") -> None:
        if node is not None and not isinstance(node, Broken):
            message = f"expected {what}, found {sort_of(node)}"
            self.error("S001", message, node, help=way_out or _shape(what))

    def map(self, node: Node | None, what: str = "a mapping", way_out: str = "") -> Map | None:
        """Read a mapping."""
        if isinstance(node, Map):
            return node
        self._expected(what, node, way_out)
        return None

    def seq(self, node: Node | None, what: str = "a list") -> Seq | None:
        """Read a list."""
        if isinstance(node, Seq):
            return node
        self._expected(what, node)
        return None

    def keys(self, node: Map, allowed: Collection[str], where: str) -> bool:
        """Say whether all keys are known, after a diagnostic for each that is not."""
        if all(map(allowed.__contains__, node.entries)):
            return True
        previous: str | None = None
        for name in list(node.entries):
            if name in allowed:
                previous = name
            elif previous and self._is_cut(node, name):
                self._cut(node, previous, name)
            else:
                self._unknown(node.entries[name].key, allowed, where)
                previous = None
        return all(name in allowed for name in node.entries)

    @staticmethod
    def _is_cut(node: Map, name: str) -> bool:
        """Say whether a comma has cut a value in two, as in `{type: numeric(12,2)}`."""
        value = node.entries[name].value
        return node.flow and isinstance(value, Scalar) and value.text == "" and not value.style

    def _cut(self, node: Map, previous: str, name: str) -> None:
        key, value = node.entries[previous].key, node.entries[previous].value
        if isinstance(value, Broken):  # the third piece of the same value
            return
        text = f"{value.text if isinstance(value, Scalar) else '…'}, {name}"
        self.error(
            "S002",
            f"the comma ends the value of {previous!r} here",
            node.entries[name].key,
            help=f'quote it: {previous}: "{text}"',
        )
        node.entries[previous] = Entry(key, Broken(value.file, value.span))

    def _unknown(self, key: Scalar, allowed: Collection[str], where: str) -> None:
        name = key.text
        if name.lower() in _OTHERS and set(DIALECTS) <= set(allowed):
            self.error(
                "P003",
                f"{name!r} is no dialect",
                key,
                label=did_you_mean(name, DIALECTS),
                help=f"overrides are for: {', '.join(DIALECTS)}",
            )
            return
        self.error(
            "S002",
            f"unknown key {name!r}",
            key,
            label=did_you_mean(name, allowed),
            help=f"keys of {where}: {', '.join(allowed)}",
        )

    def text(self, node: Node | None, what: str = "text") -> str | None:
        """Read text; numbers and words that YAML takes for something else have to be quoted."""
        if isinstance(node, Scalar):
            if isinstance(node.value, str) and node.value.strip():
                return node.text.rstrip("\n") if node.style in ("|", ">") else node.text
            quoted = f"quote it if it is text: '{node.text}'" if node.text.strip() else ""
            self._expected(what, node, quoted)
        else:
            self._expected(what, node)
        return None

    def sql(self, node: Node | None, what: str = "SQL") -> str | None:
        """Read an expression; numbers and booleans are expressions, too."""
        if isinstance(node, Scalar) and node.text.strip() and node.value is not None:
            return self._closed(node)
        self._expected(what, node)
        return None

    def _closed(self, node: Scalar) -> str | None:
        found = sql.tokens(node.text)
        opened = next((t for t in found if t.text in ("'", '"')), None)
        if opened is not None:
            way_out = "close it; if ' #' stands in the text, quote the whole value"
            self.error("S005", f"a quote ({opened.text}) is never closed", node, help=way_out)
            return None
        folded = node.span.line < node.span.end_line and node.style != "|"
        if folded and any(t.text.startswith("--") for t in found):
            message = "YAML joins these lines, so a '--' comment takes the rest with it"
            self.error("S005", message, node, help="write the SQL in a block under |")
            return None
        if said := sql.tidy(node.text):
            return said
        self._expected("SQL", node, "a comment alone says nothing")
        return None

    def flag(self, node: Node | None, what: str = "true or false") -> bool | None:
        """Read a boolean."""
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        hint = "YAML 1.2 has true and false alone" if isinstance(node, Scalar) else ""
        self._expected(what, node, hint)
        return None

    def names(self, node: Node | None, what: str = "a list of columns") -> list[Scalar] | None:
        """Read a list of names, not empty and without repeats."""
        seq = self.seq(node, what)
        if seq is None:
            return None
        names = [item for item in seq.items if self.text(item, "a name") is not None]
        found = [item for item in names if isinstance(item, Scalar)]
        if len(found) != len(seq.items):
            return None
        if not found:
            self.error("S001", f"expected {what}, found an empty one", seq, help=_shape(what))
            return None
        return found if self._distinct(found) else None

    def _distinct(self, names: list[Scalar]) -> bool:
        seen: set[str] = set()
        for item in names:
            if item.text in seen:
                self.error("S006", f"{item.text!r} is said twice", item, help="say it once")
                return False
            seen.add(item.text)
        return True

    def one_of(self, node: Node | None, allowed: Collection[str]) -> str | None:
        """Read one of some words."""
        said = self.text(node)
        if said is None or said in allowed:
            return said
        self.error(
            "S004",
            f"{said!r} is not allowed here",
            node,
            label=did_you_mean(said, allowed),
            help=f"one of: {', '.join(allowed)}",
        )
        return None
