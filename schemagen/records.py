"""Records: classes whose annotations are their fields, as those of `dataclasses` are.

That module writes and compiles up to nine functions for each class, which is a sixth of the time of
a short command. Here the functions are shared by all classes, and only `__init__` is compiled, when
the first record of its class is made. What is not needed here is left out: `__post_init__`, order,
fields by keyword alone, `super()` without arguments. Annotations have to be text, as they are below
`from __future__ import annotations`.
"""

from __future__ import annotations

from operator import attrgetter
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

R = TypeVar("R")
_MISSING: Any = object()
_set = object.__setattr__


class _Field:
    """A field: its default, or what makes it, and whether it is compared and shown."""

    __slots__ = ("compare", "default", "factory", "repr")

    def __init__(self, default: object, factory: object, *, compare: bool, repr: bool) -> None:  # noqa: A002 - as in dataclasses
        self.default = default
        self.factory = factory
        self.compare = compare
        self.repr = repr


def field(
    *,
    default: Any = _MISSING,  # noqa: ANN401 - what the field holds
    default_factory: Callable[[], Any] = _MISSING,
    compare: bool = True,
    repr: bool = True,  # noqa: A002 - as in dataclasses
) -> Any:  # noqa: ANN401 - as above
    """Say more of a field than its type and its default.

    Args:
        default: what it is when nothing is said.
        default_factory: makes that anew for each record.
        compare: it counts when records are compared.
        repr: it is shown.

    """
    return _Field(default, default_factory, compare=compare, repr=repr)


@overload
def record(cls: type[R], /) -> type[R]: ...
@overload
def record(
    *, frozen: bool = True, slots: bool = True, eq: bool = True
) -> Callable[[type[R]], type[R]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(
    cls: type[R] | None = None, /, *, frozen: bool = True, slots: bool = True, eq: bool = True
) -> Any:  # a class, or what makes one
    """Make a class one of records.

    Args:
        cls: the class.
        frozen: its records never change.
        slots: they have no `__dict__`: no other attributes, and nothing cached.
        eq: two are equal when their fields are; else each is equal to itself alone.

    """

    def make(cls: type[R]) -> type[R]:
        own = _own(cls)
        fields = {**getattr(cls, "_record_fields", {}), **own}
        made = _made(cls, own, _shared(fields, frozen=frozen, slots=slots, eq=eq), slots=slots)
        made._record_fields = fields  # type: ignore[attr-defined] # noqa: SLF001 - our own
        if "__init__" not in cls.__dict__:
            made.__init__ = _late_init(made, fields, direct=not frozen)  # type: ignore[method-assign]
        return made

    return make if cls is None else make(cls)


def replace(made: R, /, **changes: Any) -> R:  # noqa: ANN401 - whatever the fields are
    """Give a copy of a record with other values in some fields."""
    said = {name: getattr(made, name) for name in type(made)._record_fields}  # type: ignore[attr-defined] # noqa: SLF001 - our own
    return type(made)(**{**said, **changes})


def _own(cls: type) -> dict[str, _Field]:
    """Give the fields that a class declares."""
    found: dict[str, _Field] = {}
    for name, said in cls.__annotations__.items():
        if said.removeprefix("typing.").startswith("ClassVar"):
            continue
        default = cls.__dict__.get(name, _MISSING)
        if not isinstance(default, _Field):
            default = _Field(default, _MISSING, compare=True, repr=True)
        # Mistakes of ours, at import.
        assert not isinstance(default.default, (list, dict, set)), f"all share {cls}.{name}"  # noqa: S101 - as above
        found[name] = default
    return found


def _shared(fields: Mapping[str, _Field], *, frozen: bool, slots: bool, eq: bool) -> dict[str, Any]:
    """Give what each class of records has, unless it has its own."""
    compared = [name for name, each in fields.items() if each.compare]
    scope: dict[str, Any] = {"__match_args__": tuple(fields), "__repr__": _repr}
    if slots:
        scope["__getstate__"], scope["__setstate__"] = _getstate, _setstate
    if eq:
        scope["_record_compared"] = staticmethod(attrgetter(*compared) if compared else _nothing)
        scope["__eq__"], scope["__hash__"] = _eq, _hash if frozen else None
    if frozen:
        scope["__setattr__"] = scope["__delattr__"] = _refuse
    return scope


def _made(
    cls: type[R], own: Mapping[str, _Field], shared: Mapping[str, Any], *, slots: bool
) -> type[R]:
    """Make the class anew, as slots want it, with what is shared."""
    scope = {**shared, **cls.__dict__}
    scope.pop("__dict__", None)
    scope.pop("__weakref__", None)
    if "__hash__" in shared and scope["__hash__"] is None:  # as a class with an __eq__ has it
        scope["__hash__"] = shared["__hash__"]
    for name, each in own.items():
        if slots or each.default is _MISSING:
            scope.pop(name, None)
        else:
            scope[name] = each.default
    if slots:
        scope["__slots__"] = tuple(own)
    make: Callable[..., type[R]] = type(cls)
    made = make(cls.__name__, cls.__bases__, scope)
    made.__qualname__ = cls.__qualname__
    return made


def _late_init(cls: type, fields: Mapping[str, _Field], *, direct: bool) -> Callable[..., None]:
    """Give an `__init__` that is compiled when it is first called."""

    def __init__(self: object, *values: object, **named: object) -> None:  # noqa: N807 - it becomes one
        cls.__init__ = compiled = _init(cls, fields, direct=direct)  # type: ignore[misc] # as above
        compiled(self, *values, **named)

    return __init__


def _init(cls: type, fields: Mapping[str, _Field], *, direct: bool) -> Callable[..., None]:
    """Compile the `__init__` of a class, from the names in its own source alone."""
    # Two underscores before a name, which no field has.
    scope: dict[str, Any] = {"__missing": _MISSING}
    parameters, lines = ["self"], []
    for name, each in fields.items():
        value = name
        if each.factory is not _MISSING:
            scope[f"__make_{name}"] = each.factory
            parameters.append(f"{name}=__missing")
            value = f"__make_{name}() if {name} is __missing else {name}"
        elif each.default is not _MISSING:
            scope[f"__default_{name}"] = each.default
            parameters.append(f"{name}=__default_{name}")
        else:
            parameters.append(name)
        if direct:
            lines.append(f"self.{name} = {value}")
        elif isinstance(slot := getattr(cls, name, None), MemberDescriptorType):
            scope[f"__set_{name}"] = slot.__set__
            lines.append(f"__set_{name}(self, {value})")
        else:
            lines.append(f"self.__dict__[{name!r}] = {value}")
    said = f"def __init__({', '.join(parameters)}):\n " + ("\n ".join(lines) or "pass")
    exec(said, scope)  # noqa: S102 - dataclasses do just this
    init: Callable[..., None] = scope["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _repr(self: Any) -> str:  # noqa: ANN401 - a record
    shown = (name for name, each in self._record_fields.items() if each.repr)
    return f"{type(self).__qualname__}({', '.join(f'{n}={getattr(self, n)!r}' for n in shown)})"


def _eq(self: Any, other: Any) -> Any:  # noqa: ANN401 - as above, and what == gives
    if type(self) is not type(other):
        return NotImplemented
    compared = self._record_compared
    return compared(self) == compared(other)


def _hash(self: Any) -> int:  # noqa: ANN401 - as above
    return hash(self._record_compared(self))


def _nothing(_: object) -> tuple[()]:
    return ()


def _refuse(self: object, name: str, *_: object) -> None:
    msg = f"{type(self).__name__} is frozen: replace(…) gives a copy with another {name!r}"
    raise AttributeError(msg)


def _getstate(self: Any) -> list[Any]:  # noqa: ANN401 - as above
    return [getattr(self, name) for name in self._record_fields]


def _setstate(self: Any, values: list[Any]) -> None:  # noqa: ANN401 - as above
    for name, value in zip(self._record_fields, values, strict=True):
        _set(self, name, value)
