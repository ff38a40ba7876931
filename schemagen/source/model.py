"""From long forms to objects: pydantic validates, and its errors get places and plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from schemagen.diagnostics import did_you_mean
from schemagen.kinds import Obj, Part
from schemagen.kinds.part import reasons
from schemagen.source.nodes import Broken, Map, Node, Scalar, Seq, sort_of
from schemagen.types import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pydantic_core import ErrorDetails

    from schemagen.source.reader import Reader

T = TypeVar("T", bound=Obj)
P = TypeVar("P", bound=Part)

BAD = object()  # what could not be read; a diagnostic says why
_EXPECTED = (
    ("bool", "true or false"),
    ("int", "a whole number"),
    ("string", "text"),
    ("tuple", "a list"),
    ("dict", "a mapping"),
    ("model", "a mapping"),
)


def build(reader: Reader, kind: type[P], data: dict[str, Any], node: Map) -> P | None:
    """Make an object or a part of one, or say what is wrong with it."""
    if BAD in data.values():
        return None
    try:
        return kind.model_validate(data, strict=True)
    except ValueError as invalid:
        for error in reasons(invalid):
            _explain(reader, error, node)
        return None


def _explain(reader: Reader, error: ErrorDetails, node: Map) -> None:
    at = find(node, error["loc"])
    key = str(error["loc"][-1])
    if error["type"] == "missing":
        reader.error("S003", f"missing key {key!r}", at, help=f"add {key}: …")
        return
    if error["type"] == "extra_forbidden":
        reader.error("S002", f"unknown key {key!r}", at, help="take it out")
        return
    if error["type"] == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
        said = at.text if isinstance(at, Scalar) else str(error["input"])
        reader.error(
            "S004",
            f"{said!r} is not allowed here",
            at,
            label=did_you_mean(said, allowed),
            help=f"one of: {', '.join(allowed)}",
        )
        return
    what = next((name for start, name in _EXPECTED if error["type"].startswith(start)), "")
    message = f"expected {what}, found {sort_of(at)}" if what else error["msg"]
    reader.error("S001", message, at, help=f"write {what}" if what else "write it another way")


def find(node: Node, path: tuple[int | str, ...]) -> Node:
    """Go down a path as far as it goes."""
    for step in path:
        below: Node | None = None
        if isinstance(node, Map):
            below = node.get(str(step)) or node.get(str(step).removesuffix("_"))
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node.items):
            below = node.items[step]
        if below is None:
            break
        node = below
    return node


def frozen(node: Node) -> Any:  # noqa: ANN401 - whatever the YAML holds
    """Give a node's value with tuples for lists, as the models want it; BAD if it is broken."""
    if isinstance(node, Broken):
        return BAD
    if isinstance(node, Map):
        return {key: frozen(entry.value) for key, entry in node}
    if isinstance(node, Seq):
        return tuple(frozen(item) for item in node.items)
    return node.value if isinstance(node, Scalar) else None


def overrides(  # noqa: PLR0913, PLR0917 - one fan-out, called twice
    reader: Reader,
    obj: T,
    data: dict[str, Any],
    node: Map,
    allowed: Collection[str],
    read: Callable[[str, Node], dict[str, Any]],
) -> T | None:
    """Lay the overrides of both dialects over an object.

    Args:
        reader: where diagnostics go.
        obj: the object without overrides.
        data: the fields that it was made from.
        node: its long form.
        allowed: the keys that can differ.
        read: reads a key and its value into fields.

    """
    laid: dict[str, dict[str, Any]] = {}
    for dialect in DIALECTS:
        if dialect not in node:
            continue
        there = reader.map(node.get(dialect))
        if there is None:
            return None
        reader.keys(there, allowed, f"an override for {dialect}")
        if obj.only_on not in (None, dialect):
            key = node.entries[dialect].key
            reader.error(
                "P005", f"never applies: only {obj.only_on} has this", key, help="take it out"
            )
            return None
        fields: dict[str, Any] = {}
        for name, entry in there:
            fields.update(read(name, entry.value) if name in allowed else {})
        whole = build(reader, type(obj), {**data, **fields}, there)
        if whole is None:
            return None
        changed = {f: getattr(whole, f) for f in fields if getattr(whole, f) != getattr(obj, f)}
        laid[dialect] = {name: _plain(value) for name, value in changed.items()}
    return obj.model_copy(update=laid) if laid else obj


def _plain(value: Any) -> Any:  # noqa: ANN401 - a field's value
    if isinstance(value, Part):
        return value.model_dump(exclude_defaults=True)
    return [_plain(v) for v in value] if isinstance(value, tuple) else value
