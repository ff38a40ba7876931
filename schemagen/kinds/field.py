"""The fields of a kind: what its annotations and their defaults say."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

NOTHING: dict[str, Any] = {}  # shared by all objects: nobody writes into it
_NEEDED = object()


class Field:
    """One field of a kind.

    Args:
        owner: the class that declares it.
        name: its name in Python.
        default: what it is when nothing is said; shared, so nobody may write into it.
        alias: its name in an entry and in the YAML, where that is another one.
        description: what it is, for the editor.

    """

    __slots__ = ("alias", "default", "description", "name", "owner")

    def __init__(
        self,
        default: object = _NEEDED,
        *,
        alias: str | None = None,
        description: str | None = None,
    ) -> None:
        """Keep what is said of the field; the class that has it gives it a name."""
        self.owner: type = object
        self.name = ""
        self.default = default
        self.alias = alias
        self.description = description

    @property
    def annotation(self) -> Any:  # noqa: ANN401 - a type, whatever it is
        """The type."""
        return _type(vars(self.owner)["__annotations__"][self.name], self.owner.__module__)

    def is_required(self) -> bool:
        """Say whether it has to be there."""
        return self.default is _NEEDED

    def is_default(self, value: object) -> bool:
        """Say whether a value is what the field is anyway."""
        return value is self.default or bool(value == self.default)


@cache
def _type(annotation: str, module: str) -> Any:  # noqa: ANN401 - a type, whatever it is
    """Give what an annotation stands for, as `typing.get_type_hints` would, which takes longer."""
    return eval(annotation, vars(sys.modules[module]))  # noqa: S307 - from our own source


def field(
    *,
    default: Any = _NEEDED,  # noqa: ANN401 - of the field's type
    called: str | None = None,
    description: str | None = None,
) -> Any:  # noqa: ANN401 - it stands where a value of the field's type would
    """Declare a field of which more is to be said than its default.

    Args:
        default: what it is when nothing is said; nobody may write into it.
        called: its name in an entry and in the YAML.
        description: what it is, for the editor.

    """
    return Field(default, alias=called, description=description)


def declared(owner: type) -> dict[str, Field]:
    """Take the fields that a class declares itself; its attributes are their defaults then."""
    found: dict[str, Field] = {}
    for name, annotation in vars(owner).get("__annotations__", {}).items():
        if str(annotation).startswith("ClassVar"):
            continue
        said = vars(owner).get(name, _NEEDED)
        info = said if isinstance(said, Field) else Field(said)
        info.owner, info.name = owner, name
        found[name] = info
        if info is said:
            delattr(owner, name)
    return found
