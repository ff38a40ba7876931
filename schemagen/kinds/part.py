"""A frozen record whose fields are validated by pydantic's core.

It does of pydantic's BaseModel what objects of a schema need, under the same names. BaseModel takes
a tenth of a second of each command, to be imported and to be built for the kinds, and more memory
for each object of a schema. The core is loaded when there is the first piece to convert or refuse.
"""

from __future__ import annotations

import math
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Self, dataclass_transform

from schemagen.kinds import right
from schemagen.kinds.field import Field, declared, field

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pydantic_core import SchemaValidator

_set = object.__setattr__
_PLAIN = (str, int, bool, type(None))  # whatever the mode


@dataclass_transform(
    eq_default=False, frozen_default=True, kw_only_default=True, field_specifiers=(field,)
)
class Kind(type):
    """A class of records: its annotations are its fields, after those of its bases."""

    model_fields: Mapping[str, Field]

    def __init__(cls, name: str, bases: tuple[type, ...], scope: dict[str, Any], **_: str) -> None:
        """Take the fields."""
        super().__init__(name, bases, scope)
        cls.model_fields = {**getattr(cls, "model_fields", {}), **declared(cls)}


class Part(metaclass=Kind):
    """A frozen piece of an object; it has no fields but those that it declares."""

    def __init__(self, **data: Any) -> None:  # noqa: ANN401 - whatever the fields are
        """Validate the fields. Raises pydantic's ValidationError, a ValueError."""
        _set(self, "__dict__", _validated(type(self), data))

    @classmethod
    def model_validate(cls, data: Mapping[str, Any], *, strict: bool | None = None) -> Self:
        """Make one of data, which may come from anywhere.

        Args:
            data: the fields under their names, or as they are called in an entry.
            strict: take no text for a number, and no list for a tuple.

        Raises:
            ValidationError: a ValueError of pydantic's; `errors` has the reasons.

        """
        return cls.model_made(_validated(cls, dict(data), strict=strict))

    @classmethod
    def model_made(cls, fields: dict[str, Any]) -> Self:
        """Make one of all its fields, which are valid. The dict is its own from now on."""
        made = object.__new__(cls)
        _set(made, "__dict__", fields)
        return made

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Give a copy with other fields, which are valid."""
        return self.model_made({**self.__dict__, **update})

    def model_dump(
        self,
        *,
        mode: str = "python",
        exclude: Collection[str] = (),
        exclude_defaults: bool = False,
        by_alias: bool = False,
    ) -> dict[str, Any]:
        """Give the fields, and those of the parts within, as plain data.

        Args:
            mode: `json` for lists instead of tuples, and no number that JSON has not.
            exclude: fields to leave out.
            exclude_defaults: leave out what is as if nothing were said.
            by_alias: use the names that fields have in an entry.

        """
        dump = partial(
            Part.model_dump, mode=mode, exclude_defaults=exclude_defaults, by_alias=by_alias
        )
        found: dict[str, Any] = {}
        said = self.__dict__
        for name, alias, default in _names(type(self)):
            value = said[name]
            # As `Field.is_default`, which takes longer to call than to do.
            if name in exclude or (exclude_defaults and (value is default or value == default)):
                continue
            plain = value if type(value) in _PLAIN else _plain(value, mode, dump)
            found[alias if by_alias else name] = plain
        return found

    def __eq__(self, other: object) -> bool:
        """Compare all fields."""
        return self is other or (type(self) is type(other) and self.__dict__ == other.__dict__)

    if not TYPE_CHECKING:  # for mypy, it would be in the way of that of the class

        def __hash__(self) -> int:
            """Hash all fields. Raises TypeError where one of them is a mapping."""
            return hash((type(self), *self.__dict__.values()))

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse to change."""
        msg = f"{type(self).__name__} is frozen: make a copy to change {name!r}"
        raise AttributeError(msg)

    __delattr__ = __setattr__  # type: ignore[assignment] # it refuses, whatever it is given

    def __copy__(self) -> Self:
        """What never changes need not be copied."""
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """What never changes need not be copied."""
        return self

    def __reduce__(self) -> tuple[Callable[[dict[str, Any]], Self], tuple[dict[str, Any]]]:
        """Be pickled by the fields alone."""
        return self.model_made, (self.__dict__,)

    def __repr__(self) -> str:
        """Show what is said."""
        said = ((n, self.__dict__[n], info) for n, info in type(self).model_fields.items())
        shown = (f"{n}={value!r}" for n, value, info in said if not info.is_default(value))
        return f"{type(self).__name__}({', '.join(shown)})"


@cache
def _names(kind: type[Part]) -> list[tuple[str, str, object]]:
    """Give the fields: name, name in an entry, and default."""
    return [(name, info.alias or name, info.default) for name, info in kind.model_fields.items()]


def _plain(value: Any, mode: str, dump: Callable[[Part], object]) -> Any:  # noqa: ANN401 - a field's value
    """Give a value as plain data, where `dump` gives a part of it."""
    if isinstance(value, Part):
        return dump(value)
    if isinstance(value, (tuple, list)):
        items = (_plain(item, mode, dump) for item in value)
        return list(items) if mode == "json" else type(value)(items)
    if isinstance(value, dict):
        return {_key(key, mode): _plain(item, mode, dump) for key, item in value.items()}
    if isinstance(value, float) and mode == "json" and not math.isfinite(value):
        return None
    return value


def _key(key: object, mode: str) -> object:
    """Give a mapping's key as JSON has it: text."""
    if mode != "json" or isinstance(key, str):
        return key
    return str(key).lower() if isinstance(key, bool) else str(key)


def reasons(invalid: ValueError) -> list[Any]:
    """Give what pydantic found wrong: each with `type`, `loc`, `msg` and `input`; [] of others."""
    from pydantic_core import ValidationError  # noqa: PLC0415 - slow to import

    return invalid.errors(include_url=False) if isinstance(invalid, ValidationError) else []


@cache
def _validator(kind: type[Part]) -> SchemaValidator:
    from pydantic_core import SchemaValidator  # noqa: PLC0415 - slow to import

    from schemagen.kinds.validation import fields_schema  # noqa: PLC0415 - it imports the same

    return SchemaValidator(fields_schema(kind))


def _validated(
    kind: type[Part], data: dict[str, Any], *, strict: bool | None = None
) -> dict[str, Any]:
    """Give all fields of a kind. Raises pydantic's ValidationError."""
    found = right.fields(kind, data, strict=bool(strict))
    if found is None:
        found = _validator(kind).validate_python(data, strict=strict)
    return found
