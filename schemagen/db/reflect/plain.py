"""PostgreSQL's words for an expression, turned back into those that a person would have written.

`((status)::text = ANY ((ARRAY['A'::character varying])::text[]))` becomes `status in ('A')`. These
are guesses, the plainest first; whether one means the same is for the database to say.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from schemagen import sql

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXTS = frozenset({"text", "varchar", "bpchar", "character varying", "character", "name"})
_LIKE = {"~~": "like", "!~~": "not like", "~~*": "ilike", "!~~*": "not ilike"}


def guesses(text: str) -> list[str]:
    """Give plainer words that may mean what `text` means; none without the parser, pglast."""
    if not find_spec("pglast"):
        return []
    import pglast  # noqa: PLC0415 - an optional dependency, and slow to import
    from pglast.stream import RawStream  # noqa: PLC0415 - as above

    found: list[str] = []
    for policy in (_every, _texts, _none):
        try:
            statement: Any = pglast.parse_sql(f"SELECT {text}")[0].stmt
            made = _plain(statement.targetList[0].val, policy)
            said = _lower(_liked(RawStream()(made)))
        except (pglast.parser.ParseError, NotImplementedError, AttributeError):
            continue
        if said != text and said not in found:
            found.append(said)
    return found


def _every(_: str) -> bool:
    return True


def _texts(name: str) -> bool:
    return name in _TEXTS


def _none(_: str) -> bool:
    return False


def _plain(node: Any, drop: Callable[[str], bool]) -> Any:  # noqa: ANN401 - whatever the parser makes
    """Leave casts out where `drop` says so, and write lists as lists."""
    from pglast import ast  # noqa: PLC0415 - as above

    if isinstance(node, tuple):
        return tuple(_plain(each, drop) for each in node)
    if not isinstance(node, ast.Node):
        return node
    for slot in node:
        value = getattr(node, slot)
        if isinstance(value, (ast.Node, tuple)):
            setattr(node, slot, _plain(value, drop))
    made: Any = node
    return made.arg if _is_cast(made, drop) else _listed(made)


def _is_cast(node: Any, drop: Callable[[str], bool]) -> bool:  # noqa: ANN401 - as above
    from pglast import ast  # noqa: PLC0415 - as above

    return isinstance(node, ast.TypeCast) and drop(_type_name(node))


def _type_name(node: Any) -> str:  # noqa: ANN401 - as above
    return str(node.typeName.names[-1].sval)


def _listed(node: Any) -> Any:  # noqa: ANN401 - as above
    """Write `x = ANY (ARRAY[…])` as `x in (…)`, and `x <> ALL (ARRAY[…])` as `x not in (…)`."""
    from pglast import ast, enums  # noqa: PLC0415 - as above

    if not isinstance(node, ast.A_Expr) or not isinstance(node.rexpr, ast.A_ArrayExpr):
        return node
    kinds = enums.A_Expr_Kind
    wanted: dict[Any, str] = {kinds.AEXPR_OP_ANY: "=", kinds.AEXPR_OP_ALL: "<>"}
    operator: Any = node.name
    if wanted.get(node.kind) == operator[-1].sval and node.rexpr.elements:
        node.kind, node.rexpr = kinds.AEXPR_IN, node.rexpr.elements
    return node


def _liked(text: str) -> str:
    out: list[str] = []
    pending = ""
    for token in sql.tokens(text):
        if token.group == "op" and token.text in "!~*":
            pending += token.text
            continue
        if pending:
            out.append(_LIKE.get(pending, pending))
            pending = ""
        out.append(token.text)
    return "".join(out)


def _lower(text: str) -> str:
    """Write words in lower case; what is quoted keeps its own."""
    parts = ((t.group, t.text) for t in sql.tokens(text))
    return "".join(said.lower() if group == "word" else said for group, said in parts)
