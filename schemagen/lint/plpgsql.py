"""The statements inside a DO block, and what surrounds each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.records import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator


@record
class Inner:
    """One statement of PL/pgSQL.

    Args:
        text: its SQL; empty for COMMIT and ROLLBACK.
        line: its line in the block, from 1.
        is_guarded: whether an IF, or a loop over a query, decides about it.
        is_caught: whether an error of it is caught.
        in_batches: whether the block goes along a table in a loop that commits.
        commits: whether it is COMMIT or ROLLBACK.
        is_dynamic: whether its SQL is put together at run time, so that no one can read it.

    """

    text: str = ""
    line: int = 1
    is_guarded: bool = False
    is_caught: bool = False
    in_batches: bool = False
    commits: bool = False
    is_dynamic: bool = False


def statements(body: str) -> list[Inner]:
    """Read the body of a DO block. Raises pglast's ParseError."""
    from pglast import parse_plpgsql  # noqa: PLC0415 - an extra

    tag = "$schemagen$"
    while tag in body:
        tag = f"{tag[:-1]}_$"
    head = f"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS {tag}"
    (function,) = parse_plpgsql(f"{head}{body}{tag}")
    action = function["PLpgSQL_function"]["action"]
    return list(_walk(action, Inner(in_batches=_loops(action))))


def _walk(node: Any, around: Inner) -> Iterator[Inner]:  # noqa: ANN401 - JSON
    if isinstance(node, list):
        for item in node:
            yield from _walk(item, around)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from _node(name, value, around)


def _node(name: str, value: Any, around: Inner) -> Iterator[Inner]:  # noqa: ANN401 - JSON
    if not isinstance(value, (dict, list)):
        return
    here = (
        replace(around, line=value.get("lineno", around.line))
        if isinstance(value, dict)
        else around
    )
    if name in ("PLpgSQL_stmt_commit", "PLpgSQL_stmt_rollback"):
        yield replace(here, commits=True)
    elif name in _SAYING:
        yield from _said(value, here, is_dynamic=name == "PLpgSQL_stmt_dynexecute")
    else:
        yield from _walk(value, _inside(name, value, here))


_SAYING = ("PLpgSQL_stmt_execsql", "PLpgSQL_stmt_perform", "PLpgSQL_stmt_dynexecute")
_DECIDING = ("PLpgSQL_stmt_if", "PLpgSQL_stmt_case", "PLpgSQL_stmt_fors")
_LOOPS = ("loop", "while", "fori", "fors", "dynfors", "foreach_a")


def _inside(name: str, value: Any, around: Inner) -> Inner:  # noqa: ANN401 - JSON
    """Say what holds for the statements inside one."""
    if name in _DECIDING:
        around = replace(around, is_guarded=True)
    if name == "PLpgSQL_stmt_block" and "exceptions" in value:
        around = replace(around, is_caught=True)
    return around


def _loops(node: Any) -> bool:  # noqa: ANN401 - JSON
    """Say whether there is a loop that commits; what stands before and after it is its rest."""
    if isinstance(node, list):
        return any(map(_loops, node))
    if not isinstance(node, dict):
        return False
    return any(
        (name.removeprefix("PLpgSQL_stmt_") in _LOOPS and _commits(value)) or _loops(value)
        for name, value in node.items()
    )


def _commits(node: Any) -> bool:  # noqa: ANN401 - JSON
    if isinstance(node, list):
        return any(map(_commits, node))
    if isinstance(node, dict):
        return "PLpgSQL_stmt_commit" in node or any(map(_commits, node.values()))
    return False


def _said(value: Any, around: Inner, *, is_dynamic: bool) -> Iterator[Inner]:  # noqa: ANN401 - JSON
    expression = next(value[n] for n in ("sqlstmt", "expr", "query") if n in value)
    text = expression["PLpgSQL_expr"]["query"]
    constant = _literal(text) if is_dynamic else None
    yield replace(around, text=constant or text, is_dynamic=is_dynamic and constant is None)


def _literal(text: str) -> str | None:
    """Give the text of an EXECUTE that is one literal."""
    from pglast import parse_sql  # noqa: PLC0415 - an extra

    (raw,) = parse_sql(f"SELECT {text}")
    select: Any = raw.stmt
    value = select.targetList[0].val
    return getattr(getattr(value, "val", None), "sval", None)
