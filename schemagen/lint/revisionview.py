"""What rules look at when they look at a revision as Python, read and never run."""

from __future__ import annotations

import ast
from functools import cached_property

from schemagen.diagnostics import Place
from schemagen.records import field, record


@record(slots=False)
class RevisionView:
    """A revision.

    Args:
        file: the file, as in places.
        text: its text.

    """

    file: str
    text: str = field(repr=False)

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """The functions of the module, by name; none when it is no Python."""
        try:
            module = ast.parse(self.text)
        except (SyntaxError, ValueError):
            return {}
        return {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}

    def body(self, way: str) -> list[ast.stmt]:
        """Give the statements of `upgrade` or `downgrade` that do something."""
        function = self.functions.get(way)
        found = function.body if function else []
        return [node for node in found if not _is_idle(node)]

    def place(self, way: str) -> Place:
        """Give the line of a function, or the file."""
        function = self.functions.get(way)
        return Place(self.file, function.lineno if function else 0)


def _is_idle(node: ast.stmt) -> bool:
    constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Pass) or constant
