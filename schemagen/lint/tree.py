"""Read parse trees: names, types and constants out of what pglast gives.

Nodes are known by the names of their classes and enums, so that pglast need not be there for the
rules to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = Any


def kind(node: Node) -> str:
    """Give the name of a node's class: `AlterTableStmt`."""
    return type(node).__name__


def walk(node: Node) -> Iterator[Node]:
    """Go through a node and everything below it, however deep."""
    left = [node]
    while left:
        here = left.pop()
        if isinstance(here, tuple):
            left += reversed(here)
        elif isinstance(slots := getattr(here, "__slots__", None), dict):
            yield here
            left += (getattr(here, name) for name in reversed(slots))


def inside(node: Node, *kinds: str) -> Iterator[Node]:
    """Go through the nodes of some classes."""
    return (each for each in walk(node) if kind(each) in kinds)


def table(relation: Node) -> str:
    """Give the name of a table, with its schema unless that is `public`."""
    schema = relation.schemaname
    return relation.relname if schema in (None, "public") else f"{schema}.{relation.relname}"


def dotted(parts: Iterable[Node]) -> str:
    """Give a name of several parts, without `public`."""
    names = [part.sval for part in parts if kind(part) == "String"]
    return ".".join(names[1:] if len(names) > 1 and names[0] == "public" else names)


def function(call: Node) -> str:
    """Give a function's name, without `pg_catalog`."""
    return dotted(call.funcname).removeprefix("pg_catalog.").lower()


def type_text(node: Node) -> str:
    """Give a type as it is written."""
    name = dotted(node.names).removeprefix("pg_catalog.")
    sizes = [constant(each) for each in node.typmods or ()]
    args = f"({', '.join(sizes)})" if sizes and name != "interval" else ""
    return f"{name}{args}{'[]' * len(node.arrayBounds or ())}"


def type_name(node: Node) -> str:
    """Give a type's name in our table of types, or else as it is written."""
    if node is None:
        return ""
    spec = type_spec(node)
    return spec.name if spec else dotted(node.names).removeprefix("pg_catalog.")


def type_shown(node: Node) -> str:
    """Give a type as the YAML would have it, or else as it is written."""
    return str(type_spec(node) or type_text(node))


def type_spec(node: Node) -> types.Spec | None:
    """Read a type; None where our table of types cannot."""
    try:
        return types.parse(type_text(node))
    except ValueError:
        return None


def constant(node: Node) -> str:
    """Give a constant as text, or nothing if it is none."""
    if kind(node) == "TypeCast":
        return constant(node.arg)
    if kind(node) != "A_Const" or node.isnull:
        return ""
    value = node.val
    for name in ("ival", "sval", "fval", "boolval"):
        if hasattr(value, name):
            return str(getattr(value, name))
    return ""


def column(node: Node) -> str:
    """Give the name of a column that an expression consists of, or nothing."""
    if kind(node) == "ColumnRef" and kind(node.fields[-1]) == "String":
        return str(node.fields[-1].sval)
    return ""


def proven(node: Node) -> Iterator[str]:
    """Give the columns that a condition says hold no NULL."""
    if kind(node) == "NullTest" and node.nulltesttype.name == "IS_NOT_NULL":
        yield from filter(None, (column(node.arg),))
    elif kind(node) == "BoolExpr" and node.boolop.name == "AND_EXPR":
        for each in node.args:
            yield from proven(each)


def options(node: Node) -> set[str]:
    """Give the names of the options of REINDEX, VACUUM and the like."""
    return {option.defname for option in node or ()}


def identifiers(text: str) -> Iterator[str]:
    """Give the names in a statement as they are written, before PostgreSQL cuts them."""
    from pglast.parser import scan  # noqa: PLC0415 - an extra

    for token in scan(text):
        if token.name == "IDENT":
            said = text[token.start : token.end + 1]
            yield said[1:-1].replace('""', '"') if said.startswith('"') else said
