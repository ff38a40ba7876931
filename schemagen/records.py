"""Dataclasses that cost next to nothing until one of them is made.

The standard library compiles half a dozen functions for each when its module is imported: in all, a
quarter of the time in which a command starts. Here `__init__` alone is compiled, when the first
record is made; the rest is written once, for all of them. To type checkers they are dataclasses.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass, field, replace

__all__ = ["dataclass", "field", "replace"]

_NOTHING = object()
_DESCRIBED = "__dataclass_fields__"


class _Field(NamedTuple):
    """What is said of a field besides its type."""

    default: Any = _NOTHING
    factory: Callable[[], object] | None = None
    compare: bool = True
    repr: bool = True


def _made(cls: type[Any], *, frozen: bool) -> type[Any]:
    fields = _fields(cls)
    compared = [name for name, said in fields.items() if said.compare]
    values: Callable[[object], object] = attrgetter(*compared) if compared else type

    def __init__(self: Any, *args: object, **kwargs: object) -> None:  # noqa: ANN401, N807 - any record
        cls.__init__ = _compiled(cls, fields, frozen=frozen)
        cls.__init__(self, *args, **kwargs)

    def __eq__(self: object, other: object) -> object:  # noqa: N807 - it becomes a method
        same = other.__class__ is self.__class__
        return values(self) == values(other) if same else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807 - it becomes a method
        return hash(values(self))

    methods: dict[str, Any] = {"__init__": __init__, "__eq__": __eq__, "__repr__": _shown}
    methods |= {"__hash__": __hash__ if frozen else None}
    methods |= {"__setattr__": _refuse, "__delattr__": _refuse} if frozen else {}
    for name, method in methods.items():
        if name not in cls.__dict__ or (name == "__hash__" and "__eq__" not in cls.__dict__):
            setattr(cls, name, method)
    said = {"__records__": fields, "__match_args__": tuple(fields)}
    for name, value in (said | {_DESCRIBED: _Described()}).items():
        setattr(cls, name, value)
    return cls


def _fields(cls: type[Any]) -> dict[str, _Field]:
    """Give the fields, those of the bases first; what stands in the class is their default."""
    found: dict[str, _Field] = {}
    for base in reversed(cls.__mro__[1:]):
        found |= getattr(base, "__records__", {})
    for name, kind in cls.__annotations__.items():
        if not kind.startswith("ClassVar"):
            said = cls.__dict__.get(name, _NOTHING)
            found[name] = said if isinstance(said, _Field) else _Field(said)
            if found[name].default is not _NOTHING:
                setattr(cls, name, found[name].default)
            elif isinstance(said, _Field):
                delattr(cls, name)
    return found


def _compiled(cls: type[Any], fields: dict[str, _Field], *, frozen: bool) -> Callable[..., None]:
    """Compile `__init__`: there is no faster way to give each field its value."""
    scope: dict[str, Any] = {"_set": object.__setattr__, "_nothing": _NOTHING}
    taken, lines = ["self"], []
    for name, said in fields.items():
        value = name
        if said.factory is not None:
            scope[f"_{name}_made"] = said.factory
            value = f"_{name}_made() if {name} is _nothing else {name}"
        given = said.default if said.factory is None else _NOTHING
        scope[f"_{name}_given"] = given
        optional = said.factory is not None or given is not _NOTHING
        taken.append(f"{name}=_{name}_given" if optional else name)
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    text = f"def __init__({', '.join(taken)}):\n " + "\n ".join(lines or ["pass"])
    exec(text, scope)  # noqa: S102 - the names are those of a class of ours
    made: Callable[..., None] = scope["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _shown(record: Any) -> str:  # noqa: ANN401 - any record
    said = ((n, getattr(record, n)) for n, said in record.__records__.items() if said.repr)
    return f"{type(record).__qualname__}({', '.join(f'{n}={value!r}' for n, value in said)})"


def _refuse(record: object, name: str, _: object = None) -> None:
    msg = f"{type(record).__name__} is frozen: make a copy to change {name!r}"
    raise AttributeError(msg)


class _Described:
    """The fields as the standard library describes them, for those who ask it."""

    def __get__(self, record: object, cls: type[Any]) -> dict[str, Any]:
        """Let it make a class of the same fields, once."""
        import dataclasses  # noqa: PLC0415 - no command asks

        told = [(name, Any, _described(said)) for name, said in cls.__records__.items()]
        made: Any = dataclasses.make_dataclass(cls.__name__, told, kw_only=True)
        found: dict[str, Any] = made.__dataclass_fields__
        setattr(cls, _DESCRIBED, found)
        return found


def _described(said: _Field) -> Any:  # noqa: ANN401 - it has no type
    import dataclasses  # noqa: PLC0415 - as above

    more: dict[str, Any] = {"compare": said.compare, "repr": said.repr}
    if said.factory is not None:
        more["default_factory"] = said.factory
    elif said.default is not _NOTHING:
        more["default"] = said.default
    return dataclasses.field(**more)


def _dataclass(
    cls: type[Any] | None = None, /, *, frozen: bool = False, slots: bool = False
) -> Any:  # noqa: ANN401 - a class, or what makes one
    """Make a dataclass. `slots` is for type checkers: no other attribute is to be set."""
    del slots
    return _made(cls, frozen=frozen) if cls else lambda cls: _made(cls, frozen=frozen)


def _replace(record: Any, /, **changes: object) -> Any:  # noqa: ANN401 - any record
    """Give a copy with other fields."""
    said = {name: getattr(record, name) for name in record.__match_args__}
    return type(record)(**{**said, **changes})


if not TYPE_CHECKING:
    dataclass, replace = _dataclass, _replace

    def field(  # noqa: D103 - as `dataclasses.field`
        *,
        default: object = _NOTHING,
        default_factory: Callable[[], object] | None = None,
        compare: bool = True,
        repr: bool = True,  # noqa: A002 - as there
    ) -> _Field:
        return _Field(default, default_factory, compare, repr)
