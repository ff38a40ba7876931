"""The short form of a column, turned into the long form: a mapping that keeps every place.

TYPE[?] [pk] [identity] [unique] [-> TABLE[.COLUMN] [on delete A] [on update A]] [= DEFAULT]
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from schemagen import sql, types
from schemagen.diagnostics import did_you_mean
from schemagen.patterns import pattern
from schemagen.source.nodes import Entry, Map, Node, Scalar

if TYPE_CHECKING:
    from schemagen.source.problems import Problems

ACTIONS = ("no action", "restrict", "cascade", "set null", "set default")
FLAGS = {"pk": "primary_key", "identity": "identity", "unique": "unique"}
_MULTIWORD = "|".join(sorted((a for a in types.ALIASES if " " in a), key=len, reverse=True))
_QUOTED = r'"(?:[^"]|"")+"'
_TYPE = pattern(
    rf"(?:{_QUOTED}|(?:{_MULTIWORD.replace(' ', r'[ ]+')})\b|[^\W\d]\w*(?:\.[^\W\d]\w*)?)"
    r"(?:\s*\([^()]*\))?"
    r"(?:\s+with(?:out)?\s+time\s+zone\b)?(?:\s*\[\s*\])*",
    re.IGNORECASE,
)
_NAME = rf"{_QUOTED}|[^\W\d][\w$]*"
_TARGET = pattern(
    rf"\s*(?P<table>(?:{_NAME})(?:\.(?:{_NAME})(?=\.))?)(?:\.(?P<column>{_NAME}))?(?=\s|=|\Z)"
)
_PARTS = pattern(_NAME)
_ACTION = pattern(
    r"on\s+(?P<event>delete|update)\s+(?P<action>(?:set|no)\s+\w+|\w+)", re.IGNORECASE
)
_WORD = pattern(r"\w+|->|=|\S")
_NUMBER = pattern(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\Z")
_HABITS = {
    "not": "NOT NULL is what a column is without '?'; leave it out",
    "null": "write '?' after the type for a column that allows NULL",
    "nullable": "write '?' after the type for a column that allows NULL",
    "primary": "write pk",
    "default": "write = and the value",
    "references": "write -> and the table",
    "autoincrement": "write identity",
    "auto_increment": "write identity",
    "check": "a condition goes under checks:",
    "index": "an index goes under indexes:",
    "comment": "the long form has it: {type: …, comment: …}",
    "collate": "the long form has it: {type: …, collation: …}",
    "generated": "the long form has it: {type: …, generated: {sql: …}}",
    "on": "on delete and on update go after -> and the table",
}


class Named(Scalar):
    """A name in a short form: `a.b` may be a column of the table `a`, or a table of that name."""


def expand(short: Scalar, problems: Problems) -> Map | None:
    """Read a short form; None when it is wrong, which `problems` says then."""
    return _Reader(short, problems).read()


class _Reader:
    """A cursor over one short form."""

    def __init__(self, short: Scalar, problems: Problems) -> None:
        self.short = short
        self.text = short.text
        self.problems = problems
        self.at = 0
        self.long: dict[str, Entry] = {}

    def read(self) -> Map | None:
        found = _TYPE.match(self.text)
        if not found:
            way_out = "write TYPE, then ?, pk, identity, unique, -> TABLE, = DEFAULT"
            self._error("a column begins with its type", 0, len(self.text), "", way_out)
            return None
        self._put("type", self.short.part(0, found.end()), 0, found.end())
        self.at = found.end()
        self._skip()
        if self.text[self.at : self.at + 1] == "?":
            self._put("nullable", self._word("true", self.at, self.at + 1), self.at, self.at + 1)
            self.at += 1
        while self._skip():
            if not self._clause():
                return None
        return Map(self.short.file, self.short.span, self.long)

    def _skip(self) -> bool:
        """Go on to the next clause; say whether there is one."""
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1
        return self.at < len(self.text)

    def _clause(self) -> bool:
        found = _WORD.match(self.text, self.at)
        word = found[0] if found else self.text[self.at]
        end = self.at + len(word)
        if word in FLAGS:
            known = self._put(FLAGS[word], self._word("true", self.at, end), self.at, end)
            self.at = end
            return known
        if word == "->":
            return self._references(end)
        if word == "=":
            return self._default(end)
        return self._strange(word, end)

    def _strange(self, word: str, end: int) -> bool:
        label = did_you_mean(word.lower(), (*FLAGS, "->", "="))
        way_out = _HABITS.get(word.lower(), "")
        way_out = way_out or "after the type: ?, pk, identity, unique, -> TABLE.COLUMN, = DEFAULT"
        self._error(f"{word!r} does not belong in a short form", self.at, end, label, way_out)
        return False

    def _references(self, start: int) -> bool:
        found = _TARGET.match(self.text, start)
        if not found:
            self._error("'->' needs a table", self.at, start, "", "write -> lots or -> lots.code")
            return False
        arrow = (self.at, start)
        target: dict[str, Entry] = {}
        for part in ("table", "column"):
            if found[part]:
                node = self._named(found.start(part), found.end(part))
                target[part] = Entry(self._word(part, *arrow), node)
        self.at = found.end()
        while self._skip() and self.text[self.at : self.at + 2].lower() == "on":
            if not self._action(target):
                return False
        return self._put("references", Map(self.short.file, self.short.span, target), *arrow)

    def _named(self, start: int, end: int) -> Scalar:
        name = self.text[start:end]
        parts = (
            part[1:-1].replace('""', '"') if part.startswith('"') else part
            for part in _PARTS.findall(name)
        )
        return Named(self.short.file, self.short.at(start, end), ".".join(parts), "'")

    def _action(self, target: dict[str, Entry]) -> bool:
        found = _ACTION.match(self.text, self.at)
        action = " ".join(found["action"].lower().split()) if found else ""
        if not found or action not in ACTIONS:
            start, end = found.span("action") if found else (self.at, len(self.text))
            label = did_you_mean(action, ACTIONS)
            way_out = f"on delete or on update, then one of: {', '.join(ACTIONS)}"
            self._error("this is no action of a foreign key", start, end, label, way_out)
            return False
        key = f"on_{found['event'].lower()}"
        if key in target:
            self._twice(key.replace("_", " "), self.at, found.end())
            return False
        target[key] = Entry(
            self._word(key, self.at, found.end()), self._word(action, *found.span("action"))
        )
        self.at = found.end()
        return True

    def _default(self, start: int) -> bool:
        self.at, sign = start, self.at
        if not self._skip():
            self._error("'=' needs a default", sign, start, "", "write = 'text', = 0 or = now()")
            return False
        span = (self.at, len(self.text))
        value = self.text[self.at :]
        opened = next((t for t in sql.tokens(value) if t.text in ("'", '"')), None)
        if opened:
            self._error(
                "a quote is never closed",
                *span,
                "",
                "close it; if ' #' or ': ' stands in the text, quote the whole value",
            )
            return False
        kind, node = self._value(value, *span)
        entry = Entry(self._word(kind, *span), node)
        self.at = len(self.text)
        return self._put("default", Map(self.short.file, node.span, {kind: entry}), sign, start)

    def _value(self, value: str, start: int, end: int) -> tuple[str, Scalar]:
        """Tell a literal from SQL."""
        found = sql.tokens(value)
        span = self.short.at(start, end)
        if len(found) == 1 and found[0].group == "string" and value.startswith("'"):
            return "literal", Scalar(
                self.short.file, span, value[1:-1].replace("''", "'"), style="'"
            )
        lowered = value.lower()
        if lowered in ("true", "false", "null"):
            return "literal", Scalar(self.short.file, span, lowered)
        if _NUMBER.match(value) and exact(value):
            return "literal", Scalar(self.short.file, span, _number(value))
        return "sql", Scalar(self.short.file, span, value, style="'")

    def _word(self, text: str, start: int, end: int) -> Scalar:
        return Scalar(self.short.file, self.short.at(start, end), text)

    def _put(self, key: str, value: Node, start: int, end: int) -> bool:
        if key in self.long:
            self._twice(self.text[start:end], start, end)
            return False
        self.long[key] = Entry(self._word(key, start, end), value)
        return True

    def _twice(self, what: str, start: int, end: int) -> None:
        node = self.short.part(start, end)
        self.problems.error("S006", f"{what!r} is said twice", node, help="say it once")

    def _error(
        self, message: str, start: int, end: int, label: str = "", way_out: str = ""
    ) -> None:
        node = Node(self.short.file, self.short.at(start, max(end, start + 1)))
        self.problems.error("S005", message, node, label=label, help=way_out)


def exact(number: str) -> bool:
    """Say whether a number survives being a Python int or float."""
    if re.fullmatch(r"[-+]?\d+", number):
        return True
    return Decimal(number) == Decimal(repr(float(number)))


def _number(text: str) -> str:
    """Write a number without a leading zero or plus, as YAML reads it."""
    sign = "-" if text.startswith("-") else ""
    digits = text.lstrip("+-")
    return sign + (re.sub(r"^0+(?=\d)", "", digits))
