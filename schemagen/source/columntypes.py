"""Types of columns: looked up in the type table, among the enums, or taken as raw SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen import types
from schemagen.diagnostics import did_you_mean
from schemagen.patterns import pattern
from schemagen.source.model import BAD
from schemagen.source.nodes import Map, Node, Scalar
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from schemagen.source.draft import Draft

_LIMITS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("varchar", "char", "bit", "varbit"), (1, 10_485_760)),
    "numeric": (1, 1000),
    **dict.fromkeys(("time", "timetz", "timestamp", "timestamptz", "interval"), (0, 6)),
}
# What follows a type in the short form, and is part of no database's own type.
_SHORT = pattern(r"\?|=|->|(?<=[\w)\]]) +(?:pk|identity|unique)\b")
_LONG = {"?": ", nullable: true", "=": ", default: VALUE", "identity": ", identity: true"}
_QUOTED = pattern(r'"[^"]*"')
_HABITS = {
    "autoincrement": "write: bigint identity",
    "enum": "an enum gets a name under enums:, and the column has that name as its type",
    "tinyint": "write smallint",
    "number": "write integer, bigint or numeric",
    "nvarchar": "write varchar",
    "object": "write jsonb",
}


def read_type(draft: Draft, node: Node, *, raw: bool = False) -> Any:  # noqa: ANN401 - text or BAD
    """Read a type into its canonical form.

    Args:
        draft: knows the enums.
        node: the type as written.
        raw: take an unknown type as it stands, as in an override for one dialect.

    """
    said = draft.reader.text(node, "a type")
    if said is None or not isinstance(node, Scalar):
        return BAD
    try:
        spec = types.parse(said)
    except ValueError as error:
        draft.reader.error("S007", str(error), node, help="as in varchar(50), numeric(12, 2)")
        return BAD
    if spec and spec.logical:
        return str(spec) if _within(draft, spec, node) else BAD
    if spec and spec.name in draft.declared_enums:
        return str(spec)
    if raw:
        return _raw(draft, said, node)
    return _unknown(draft, said, spec.name if spec else said, node)


def _raw(draft: Draft, said: str, node: Node) -> object:
    if short := _SHORT.search(_QUOTED.sub(lambda name: "x" * len(name[0]), said)):
        also = _LONG.get(short[0].strip(), f"; {short[0].strip()} is said for both databases")
        way_out = f"write: type: {said[: short.start()].strip()}{also}"
        draft.reader.error("S007", "an override has no short forms", node, help=way_out)
        return BAD
    return " ".join(said.split())


def _within(draft: Draft, spec: types.Spec, node: Node) -> bool:
    if spec.name in types.SERIAL and spec.dims:
        way_out = f"write {types.SERIAL[spec.name]}[]"
        draft.reader.error("S007", f"there are no arrays of {spec.name}", node, help=way_out)
        return False
    low, high = _LIMITS.get(spec.name, (0, 0))
    if not spec.args or low <= spec.args[0] <= high:
        return True
    way_out = f"from {low} to {high}"
    draft.reader.error("S007", f"{spec.name} cannot take {spec.args[0]}", node, help=way_out)
    return False


def _unknown(draft: Draft, said: str, name: str, node: Scalar) -> object:
    if draft.partial and "(" not in said:
        return BAD
    bare = name.split("(", maxsplit=1)[0].strip().lower()
    renamed = next(
        (
            key.name
            for key, direction in draft.directions.items()
            if key.kind == "enum" and name in direction.renamed_from
        ),
        "",
    )
    if renamed:
        label, way_out = f"it is called {renamed!r} now", "write the new name everywhere"
        draft.reader.error("S007", f"unknown enum {said!r}", node, label=label, help=way_out)
        return BAD
    known = () if bare in _HABITS else (*types.ALIASES, *draft.declared_enums)
    label = did_you_mean(bare, known)
    way_out = _HABITS.get(bare) or (
        f"an enum goes under enums:; a type of one database is written "
        f'type: {{postgresql: "{said}", sqlite: text}}'
    )
    draft.reader.error("S007", f"unknown type {said!r}", node, label=label, help=way_out)
    return BAD


def read_types(draft: Draft, node: Map) -> tuple[Any, dict[str, str]]:
    """Read a type per dialect: the base type, and the override of the dialect that differs.

    The base is the one that the type table knows; PostgreSQL's when that does not decide it.
    """
    draft.reader.keys(node, DIALECTS, "a type per dialect")
    found = {d: read_type(draft, v, raw=True) for d in DIALECTS if (v := node.get(d)) is not None}
    missing = [d for d in DIALECTS if d not in found]
    if missing:
        way_out = "a type per dialect needs both"
        draft.reader.error("S003", f"missing key {missing[0]!r}", node, help=way_out)
        return BAD, {}
    if any(value is BAD for value in found.values()):
        return BAD, {}
    known = {d: bool(s and s.logical) for d in DIALECTS if (s := _spec(found[d])) or True}
    base = "sqlite" if known["sqlite"] and not known["postgresql"] else "postgresql"
    other = next(d for d in DIALECTS if d != base)
    differs = found[other] != found[base]
    return found[base], ({other: found[other]} if differs else {})


def _spec(text: str) -> types.Spec | None:
    try:
        return types.parse(text)
    except ValueError:
        return None
