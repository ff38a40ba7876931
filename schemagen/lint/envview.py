"""What rules look at when they look at env.py: its calls and texts, read and never run."""

from __future__ import annotations

import ast
import re
from functools import cached_property
from typing import TYPE_CHECKING

from schemagen.diagnostics import Place
from schemagen.lint.rule import Finding
from schemagen.patterns import pattern
from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIMEOUT = pattern(r"\block_timeout\W{0,4}(?:to\s+)?'?(\d+\w*)", re.IGNORECASE)


@record(slots=False)
class Configure:
    """One `context.configure(…)`.

    Args:
        line: where it is.
        options: its keywords.
        is_open: whether it takes keywords from elsewhere (`**options`), which cannot be known.

    """

    line: int
    options: dict[str, ast.expr]
    is_open: bool

    @property
    def runs(self) -> bool:
        """Say whether migrations are run with it: it names a database."""
        return bool({"connection", "url"} & self.options.keys())

    def is_never(self, option: str) -> bool:
        """Say whether an option is off: left out, or written as false."""
        value = self.options.get(option)
        if value is None:
            return not self.is_open
        return isinstance(value, ast.Constant) and not value.value

    def is_on(self, option: str) -> bool:
        """Say whether an option is written, and not as false."""
        return option in self.options and not self.is_never(option)


@record(slots=False)
class EnvView:
    """An env.py.

    Args:
        file: the file, as in places.
        text: its text.

    """

    file: str
    text: str = field(repr=False)

    @cached_property
    def module(self) -> ast.Module | None:
        """The file as Python; None when it is none."""
        try:
            return ast.parse(self.text)
        except (SyntaxError, ValueError):
            return None

    @cached_property
    def _nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.module)) if self.module else ()

    @cached_property
    def configures(self) -> tuple[Configure, ...]:
        """The calls of `configure`."""
        return tuple(
            Configure(
                node.lineno,
                {k.arg: k.value for k in node.keywords if k.arg},
                any(k.arg is None for k in node.keywords),
            )
            for node in self._nodes
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "configure"
        )

    @cached_property
    def texts(self) -> tuple[tuple[int, str], ...]:
        """The texts that are no docstrings, each with its line."""
        docs = {
            id(node.body[0].value)
            for node in self._nodes
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        return tuple(
            (node.lineno, node.value)
            for node in self._nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if id(node) not in docs
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that the code uses: variables, attributes, keywords."""
        return frozenset(self._names())

    def _names(self) -> Iterator[str]:
        for node in self._nodes:
            for attribute in ("id", "attr", "arg"):
                if isinstance(name := getattr(node, attribute, None), str):
                    yield name

    def says(self, word: str) -> bool:
        """Say whether a word is in a text, or is a name."""
        return word in self.names or any(word in text for _, text in self.texts)

    @property
    def lock_timeout(self) -> str:
        """How long a session waits for a lock: `200ms`; empty when env.py does not say."""
        return self._timeout[1]

    @property
    def lock_timeout_line(self) -> int:
        """The line that says it."""
        return self._timeout[0]

    @cached_property
    def _timeout(self) -> tuple[int, str]:
        found = ((line, _TIMEOUT.search(text)) for line, text in self.texts)
        return next(((line, match[1]) for line, match in found if match), (0, ""))

    @property
    def runs(self) -> tuple[Configure, ...]:
        """The calls of `configure` with which migrations are run on a database."""
        return tuple(c for c in self.configures if "connection" in c.options)

    def finding(self, message: str, way_out: str = "", line: int = 0) -> Finding:
        """Make a finding at a line, or about the file."""
        return Finding(message, place=Place(self.file, line), help=way_out)
