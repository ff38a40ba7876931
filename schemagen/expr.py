"""Expression trees with two folds: `source` prints the call, `build` makes the SQLAlchemy object.

Models, MetaData and revision text are one value printed or built, so they cannot drift apart. Text
from users is only ever a leaf, printed as a Python literal: nothing of it is executed.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, TypeAlias

from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WIDTH = 88  # ruff's and black's default: what fits here fits every common setting

JOINED = 120  # a string in pieces that fits into this is printed as one: formatters would join it

MODULES = {
    "sa": "sqlalchemy",
    "postgresql": "sqlalchemy.dialects.postgresql",
    "": "schemagen.rawtype",
}


@record
class Name:
    """A dotted Python name of ours, printed as it is."""

    text: str


@record
class Attribute:
    """`owner.name`, for method chains: `sa.JSON().with_variant(...)`."""

    owner: Expr
    name: str


@record
class Call:
    """A call: `func(*args, **kwargs)`."""

    func: Name | Attribute
    args: tuple[Expr, ...] = ()
    kwargs: tuple[tuple[str, Expr], ...] = ()

    def with_(self, **more: Expr) -> Call:
        """Give the call with further keywords."""
        return Call(self.func, self.args, (*self.kwargs, *more.items()))

    def then(self, method: str, *args: Expr, **kwargs: Expr) -> Call:
        """Call `method` on the result."""
        return Call(Attribute(self, method), args, tuple(kwargs.items()))


@record
class Lines:
    """A long string in pieces, printed as adjacent literals where one line is too short."""

    pieces: tuple[str, ...]


@record
class Pairs:
    """A dictionary with string keys."""

    items: tuple[tuple[str, Expr], ...]


@record
class Group:
    """A tuple; a Python tuple in a tree is a list."""

    items: tuple[Expr, ...]


Expr: TypeAlias = (
    "Name | Attribute | Call | Lines | Pairs | Group | "
    "str | int | float | bool | tuple[Expr, ...] | None"
)


def call(func: str, *args: Expr, **kwargs: Expr) -> Call:
    """Write a call: `call("sa.Numeric", 10, 2)`."""
    return Call(Name(func), args, tuple(kwargs.items()))


def text(sql: str) -> Call:
    """Write `sa.text(sql)`; each `:` is escaped, or SQLAlchemy takes `:name` for a parameter."""
    return call("sa.text", escaped(sql))


def escaped(sql: str) -> str:
    """Escape SQL for every SQLAlchemy call that reads it as text."""
    return sql.replace(":", "\\:")


def string(value: str) -> str:
    """Print a string as ruff would: in double quotes unless single ones save escapes."""
    quote = "'" if value.count('"') > value.count("'") else '"'
    body = "".join(_escape(char) for char in value)
    return quote + body.replace(quote, "\\" + quote) + quote


def _escape(char: str) -> str:
    return char if char in "'\"" else repr(char)[1:-1]


def flat(expr: Expr) -> str:
    """Print on one line."""
    if isinstance(expr, Name):
        return expr.text
    if isinstance(expr, Attribute):
        return f"{flat(expr.owner)}.{expr.name}"
    if isinstance(expr, (Call, Pairs, Group, tuple)):
        opening, closing, items = _bracketed(expr)
        return opening + ", ".join(lead + flat(item) for lead, item in items) + closing
    plain = "".join(expr.pieces) if isinstance(expr, Lines) else expr
    return string(plain) if isinstance(plain, str) else repr(plain)


def source(
    expr: Expr, indent: int = 0, lead: str = "", trail: str = "", *, explode: bool = False
) -> str:
    """Print over as many lines as it takes, as `ruff format` would leave it.

    Args:
        expr: the tree.
        indent: how far the first line is indented, in spaces.
        lead: what stands before it on its first line (`name=`).
        trail: what follows on its last line (`,`).
        explode: break it even if it fits on a line.

    """
    line = " " * indent + lead + flat(expr) + trail
    fits = len(line) <= WIDTH and not explode
    if fits or not isinstance(expr, (Call, tuple, Lines, Pairs, Group)):
        return line
    if isinstance(expr, Lines):
        return line if len(line) <= JOINED else _adjacent(expr, indent, lead, trail)
    opening, closing, leads = _bracketed(expr)
    if not leads:
        return line
    pad = " " * indent
    owner = _owner(expr)
    if owner and (explode or len(f"{pad}{lead}{opening}") > WIDTH):
        chained = flat(expr)[len(flat(owner)) :]
        return source(owner, indent, lead, chained + trail, explode=explode)
    items = [source(item, indent + 4, before, ",") for before, item in leads]
    return "\n".join([f"{pad}{lead}{opening}", *items, f"{pad}{closing}{trail}"])


def _owner(expr: Expr) -> Call | None:
    """Give the call that a call is chained to: a long one is the one to break."""
    if not isinstance(expr, Call) or not isinstance(expr.func, Attribute):
        return None
    return expr.func.owner if isinstance(expr.func.owner, Call) else None


def _bracketed(
    expr: Call | Pairs | Group | tuple[Expr, ...],
) -> tuple[str, str, list[tuple[str, Expr]]]:
    """Give the brackets, and the items with what stands before each."""
    if isinstance(expr, Pairs):
        return "{", "}", [(f"{string(key)}: ", value) for key, value in expr.items]
    if isinstance(expr, Call):
        named = [(f"{key}=", value) for key, value in expr.kwargs]
        return f"{flat(expr.func)}(", ")", [*(("", arg) for arg in expr.args), *named]
    if isinstance(expr, Group):
        return "(", ")", [("", item) for item in expr.items]
    return "[", "]", [("", item) for item in expr]


def _adjacent(expr: Lines, indent: int, lead: str, trail: str) -> str:
    pad = " " * (indent + 4 if lead else indent)
    rows = [pad + string(piece) for piece in expr.pieces]
    if lead:
        return "\n".join([f"{' ' * indent}{lead}(", *rows, f"{' ' * indent}){trail}"])
    return "\n".join(rows) + trail


def names(expr: Expr) -> Iterator[str]:
    """Give every name in a tree, as printed: what a module has to import."""
    if isinstance(expr, Name):
        yield expr.text
    for item in _inside(expr):
        yield from names(item)


def _inside(expr: Expr) -> tuple[Expr, ...]:
    if isinstance(expr, Attribute):
        return (expr.owner,)
    if isinstance(expr, Call):
        return (expr.func, *expr.args, *(value for _, value in expr.kwargs))
    if isinstance(expr, Pairs):
        return tuple(value for _, value in expr.items)
    if isinstance(expr, Group):
        return expr.items
    return expr if isinstance(expr, tuple) else ()


def build(expr: Expr, scope: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - any object
    """Make the object that `source` prints. SQLAlchemy is imported here, not at start-up.

    Args:
        expr: the tree.
        scope: what names without a dot stand for.

    """
    return _fold(expr, scope or {})


def _fold(expr: Expr, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
    if isinstance(expr, Name):
        return _named(expr.text, scope)
    if isinstance(expr, Attribute):
        return getattr(_fold(expr.owner, scope), expr.name)
    if isinstance(expr, Call):
        arguments = {key: _fold(value, scope) for key, value in expr.kwargs}
        return _fold(expr.func, scope)(*(_fold(arg, scope) for arg in expr.args), **arguments)
    if isinstance(expr, Lines):
        return "".join(expr.pieces)
    return _fold_many(expr, scope)


def _fold_many(expr: Expr, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
    if isinstance(expr, Pairs):
        return {key: _fold(value, scope) for key, value in expr.items}
    if isinstance(expr, Group):
        return tuple(_fold(expr.items, scope))
    return [_fold(item, scope) for item in expr] if isinstance(expr, tuple) else expr


def _named(text: str, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
    if text in scope:
        return scope[text]
    module, _, attribute = text.rpartition(".")
    return getattr(importlib.import_module(MODULES[module]), attribute)
