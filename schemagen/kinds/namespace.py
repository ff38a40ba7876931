"""Namespace: a schema of PostgreSQL, in which tables, enums and sequences are. SQLite has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from schemagen import qualified
from schemagen.kinds.base import Key, Obj

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemagen.schema import Schema


class Namespace(Obj, kind="schema"):
    """A schema, other than the one in which names without a dot are."""

    in_place = True
    only_on: ClassVar[str] = "postgresql"  # all of them are

    comment: str | None = None

    def needs(self, schema: Schema) -> Iterable[Key]:  # noqa: ARG002 - the kinds share a signature
        """A schema needs nothing; what is in it needs it."""
        return ()

    def followed(self, old: Key, new: str) -> dict[str, Any]:  # noqa: ARG002 - as above
        """A schema refers to nothing."""
        return {}


def home(name: str) -> Iterator[Key]:
    """Give the key of the schema that a name is qualified with, if it is."""
    if schema := qualified.namespace(name):
        yield Key("schema", "", schema)
