"""A full state in an entry: by kind and name, the parts of a table within it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemagen.history import codec
from schemagen.history.definition import Definition
from schemagen.history.emit import Block
from schemagen.kinds import KINDS, Key, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.history.document import Document, Path
    from schemagen.schema import Schema

PARTS = KINDS.keys() - {Table.kind}
Defined = tuple[Key, Definition]
Whole = tuple[Defined, ...]


def write(schema: Schema) -> Block:
    """Write a schema as data."""
    top = Block()
    for obj in schema:
        if not obj.table:
            whole = codec.body(obj)
            if isinstance(obj, Table):
                whole = Block(whole, **_parts(schema, obj.name))
            top.setdefault(obj.kind, Block())[obj.name] = whole
    return top


def _parts(schema: Schema, table: str) -> Block:
    parts = Block()
    for part in schema.view(table).parts:
        parts.setdefault(part.kind, Block())[part.name] = codec.body(part)
    return parts


def read(document: Document, path: Path, data: object) -> Whole:
    """Read a schema's objects; the document keeps the complaints."""
    return tuple(_kinds(document, path, "", data))


def _kinds(document: Document, path: Path, table: str, data: object) -> Iterator[Defined]:
    if not isinstance(data, dict):
        document.complain("expected a map of kinds", path)
        return
    for kind, named in data.items():
        if kind not in KINDS or not isinstance(named, dict):
            document.complain(f"{kind!r} is not a map of objects of one kind", (*path, kind))
            continue
        for name, body in named.items():
            yield from _object(document, (*path, kind, name), Key(kind, table, name), body)


def _object(
    document: Document,
    path: Path,
    key: Key,
    body: Any,  # noqa: ANN401 - any data
) -> Iterator[Defined]:
    kind, _, name = key
    parts: dict[str, Any] = {}
    if kind == Table.kind and isinstance(body, dict):
        parts = {word: value for word, value in body.items() if word in PARTS}
        body = {word: value for word, value in body.items() if word not in PARTS}
    definition = Definition(kind, body)
    try:
        definition.make(key)
    except ValueError as error:
        document.complain(f"not {kind.replace('_', ' ')} {name}: {codec.reason(error)}", path)
        return
    yield key, definition
    yield from _kinds(document, path, name, parts)
