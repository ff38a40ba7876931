"""Items of an index: `column`, `column desc nulls last`, or a mapping."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from schemagen.diagnostics import did_you_mean
from schemagen.kinds import Element, Item
from schemagen.patterns import pattern
from schemagen.source.model import BAD, build, frozen
from schemagen.source.nodes import Broken, Map, Node, Scalar
from schemagen.source.vocabulary import ELEMENT, ITEM

if TYPE_CHECKING:
    from schemagen.source.reader import Reader

_ITEM = pattern(
    r"(?P<column>.+?)(?:\s+(?P<order>asc|desc))?(?:\s+nulls\s+(?P<nulls>first|last))?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_OPERATOR = pattern(r"(?!.*--|.*/\*)[-+*/<>=~!@#%^&|`?]{1,63}\Z")


def read_items(reader: Reader, node: Node) -> tuple[Item, ...] | None:
    """Read the items of an index; None when one of them is wrong."""
    seq = reader.seq(node, "a list of columns and expressions")
    if seq is None:
        return None
    if not seq.items:
        reader.error("S001", "an index needs a column", seq, help="write [COLUMN, …]")
        return None
    cut = next((i for i, item in enumerate(seq.items) if _has_parenthesis(item)), None)
    if cut is not None:
        _show_sql(reader, seq.items, cut)
        return None
    items = [_item(reader, item) for item in seq.items]
    if not all(items) or _twice(reader, seq.items, items):
        return None
    return tuple(i for i in items if i is not None)


def read_elements(reader: Reader, node: Node) -> tuple[Element, ...] | None:
    """Read the items of an exclusion constraint; None when one of them is wrong."""
    seq = reader.seq(node, "a list of {column: …, with: OPERATOR}")
    if seq is None:
        return None
    if not seq.items:
        way_out = 'write [{column: …, with: "="}]'
        reader.error("S001", "an exclusion needs an item", seq, help=way_out)
        return None
    elements = [_element(reader, item) for item in seq.items]
    found = tuple(element for element in elements if element is not None)
    return found if len(found) == len(elements) else None


def _element(reader: Reader, node: Node) -> Element | None:
    if isinstance(node, Broken):
        return None
    way_out = 'write {column: …, with: "="}, or {sql: …, with: "&&"}'
    long = reader.map(node, "a mapping", way_out)
    if long is None or not reader.keys(long, tuple(ELEMENT), "an item of an exclusion"):
        return None
    data = _fields(reader, long)
    if data is None:
        return None
    operator = long.get("with")
    said = reader.text(operator, "an operator")
    if said is not None and not _OPERATOR.match(said):
        reader.error("S004", f"{said!r} is no operator", operator, help='as in "=", "&&" or "<>"')
        said = None
    data |= {"with": said if said is not None else BAD} if "with" in long else {}
    return build(reader, Element, data, long)


def _twice(reader: Reader, nodes: list[Node], items: list[Item | None]) -> bool:
    """Complain of a column that is there already; SQLAlchemy could not write such an index."""
    seen: set[str] = set()
    for node, item in zip(nodes, items, strict=True):
        if item is not None and item.column is not None:
            if item.column in seen:
                reader.error("S006", f"{item.column!r} is said twice", node, help="say it once")
                return True
            seen.add(item.column)
    return False


def _has_parenthesis(node: Node) -> bool:
    return isinstance(node, Scalar) and ("(" in node.text or ")" in node.text)


def _show_sql(reader: Reader, nodes: list[Node], at: int) -> None:
    """Put the pieces together that YAML has cut at commas."""
    text, depth = "", 0
    for node in nodes[at:]:
        text += (", " if text else "") + (node.text if isinstance(node, Scalar) else "…")
        depth = text.count("(") - text.count(")")
        if depth <= 0:
            break
    reader.error(
        "S018",
        "an expression is not written as a column",
        nodes[at],
        help=f'write {{sql: "{text}"}}; YAML ends an item at a comma',
    )


def _item(reader: Reader, node: Node) -> Item | None:
    if isinstance(node, Broken):
        return None
    if isinstance(node, Map):
        return _long(reader, node)
    said = reader.text(node, "a column")
    if said is None:
        return None
    item = _said(said)
    if item is None:
        way_out = "write: column, column desc, or column desc nulls last"
        label = did_you_mean(said.split()[-1].lower(), ("asc", "desc", "first", "last"))
        reader.error("S005", f"{said!r} is no item of an index", node, label=label, help=way_out)
    return item


@lru_cache(maxsize=4096)
def _said(text: str) -> Item | None:
    """Read `column desc nulls last`; None when it is no such thing."""
    found = _ITEM.match(text)
    if not found or (
        " " in found["column"] and re.search(r"\b(asc|desc|nulls)\b", text, re.IGNORECASE)
    ):
        return None
    order = (found["order"] or "asc").lower()
    nulls = found["nulls"].lower() if found["nulls"] else None
    return Item.model_validate({"column": found["column"], "order": order, "nulls": nulls})


def _long(reader: Reader, node: Map) -> Item | None:
    if not reader.keys(node, tuple(ITEM), "an item of an index"):
        return None
    data = _fields(reader, node)
    return build(reader, Item, data, node) if data is not None else None


def _fields(reader: Reader, node: Map) -> dict[str, Any] | None:
    """Read what any item may say."""
    if ("column" in node) == ("sql" in node):
        way_out = "write {column: …} or {sql: …}"
        reader.error("S003", "an item has a column or sql, and not both", node, help=way_out)
        return None
    data: dict[str, Any] = {name: frozen(entry.value) for name, entry in node if name in ITEM}
    if "sql" in node:
        data["sql"] = reader.sql(node.get("sql")) or BAD
    return data
