"""What every kind of object has in common: a key, its needs, and how it follows a rename."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from schemagen import sql
from schemagen.kinds.field import NOTHING, field
from schemagen.kinds.like import Like
from schemagen.kinds.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from schemagen.schema import Schema

KINDS: dict[str, type[Obj]] = {}
_new, _set = object.__new__, object.__setattr__


class Key(NamedTuple):
    """An object's identity. `table` is empty for tables and enums."""

    kind: str
    table: str
    name: str

    def __str__(self) -> str:
        """Print as in messages: `column processes.id`."""
        owner = f"{self.table}." if self.table else ""
        return f"{self.kind.replace('_', ' ')} {owner}{self.name}"


class Sql(Part):
    """An SQL expression, in the user's own words."""

    sql: str


class Literal(Part):
    """A plain value: text, number, boolean, null, list or mapping."""

    literal: Any = None

    def __eq__(self, other: object) -> bool:
        """Tell `true` from `1` and `1` from `1.0`, which are equal in Python."""
        return isinstance(other, Literal) and repr(self.literal) == repr(other.literal)

    def __hash__(self) -> int:
        """Hash as it compares."""
        return hash(repr(self.literal))


Value = Sql | Literal
_key: Callable[[tuple[str, str, str]], Key] = partial(tuple.__new__, Key)


class Obj(Part):
    """One object of a schema, names fully resolved.

    A subclass is a kind: defining it with `kind="..."` registers it. The overrides `sqlite` and
    `postgresql` hold the fields that differ there; `on(dialect)` lays them over the rest.

    In the YAML, `section` is the key of a table under which objects of the kind stand, and `bare`
    the field that a value is for which is no mapping (`checks: {positive: qty > 0}`).
    """

    # In slots, so that they are made once, no comparison sees them and no copy carries them along.
    # Without `__getattr__`, which would make it slower to ask for any attribute of any object.
    __slots__ = ("_key", "like")

    if TYPE_CHECKING:  # what is annotated is a field

        @property
        def _key(self) -> Key: ...

        @property
        def like(self) -> Like:
            """What it is like, which it shares with those that were made from it."""

    kind: ClassVar[str]
    soft: ClassVar[frozenset[str]] = frozenset()  # what can be altered though the rest cannot
    section: ClassVar[str] = ""
    bare: ClassVar[str] = ""
    in_place: ClassVar[bool] = False  # can an Alter be carried out without Drop + Add?

    table: str = ""
    name: str
    sqlite: dict[str, Any] = field(default=NOTHING)
    postgresql: dict[str, Any] = field(default=NOTHING)

    def __init_subclass__(cls, kind: str = "") -> None:
        """Register the kind."""
        super().__init_subclass__()
        if kind:
            assert kind not in KINDS, kind  # noqa: S101 - a mistake of ours, at import
            cls.kind = kind
            KINDS[kind] = cls

    def __init__(self, **data: Any) -> None:  # noqa: ANN401 - as each part
        """Validate the fields. Raises pydantic's ValidationError, a ValueError."""
        super().__init__(**data)
        _set(self, "like", Like())

    @classmethod
    def model_made(cls, fields: dict[str, Any]) -> Self:
        """Make one of all its fields, which are valid. The dict is its own from now on."""
        made = _new(cls)
        _set(made, "__dict__", fields)
        _set(made, "like", Like())
        return made

    @property
    def key(self) -> Key:
        """The object's identity."""
        try:
            return self._key
        except AttributeError:
            found = _key((self.kind, self.table, self.name))
            _set(self, "_key", found)
            return found

    @property
    def only_on(self) -> str | None:
        """The one dialect that has it, or None for both."""
        return self.__dict__.get("only")  # most kinds have no such field

    def exists_on(self, dialect: str) -> bool:
        """Say whether the object exists on `dialect`."""
        only = self.only_on
        return only is None or only == dialect

    def on(self, dialect: str) -> Self:
        """Give the object as `dialect` has it: overrides laid over, and all that is `only` said."""
        bare: dict[str, Any] = {"only": None} if self.__dict__.get("only") else {}
        if not self.sqlite and not self.postgresql:
            return self.model_copy(update=bare) if bare else self
        bare.update(getattr(self, dialect), sqlite={}, postgresql={})
        data = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**data, **bare})

    def soften(self, old: Self) -> bool:
        """Say whether `old` becomes this one where it stands, though its kind cannot be altered.

        What was not valid may be proven; what is proven cannot be made invalid again.
        """
        if not self.soft or getattr(self, "not_valid", False) > getattr(old, "not_valid", False):
            return False
        names = [name for name in type(self).model_fields if name not in self.soft]
        return all(getattr(self, name) == getattr(old, name) for name in names)

    def under(self, table: str, name: str) -> Self:
        """Give the same object under another key."""
        said = self.__dict__.copy()
        said["table"], said["name"] = table, name
        made = _new(type(self))  # as model_made, which most of what is read would call from here
        _set(made, "__dict__", said)
        _set(made, "like", self.like)
        return made

    def needs(self, schema: Schema) -> Iterable[Key]:
        """Give the keys of the objects of `schema` that must be there before this one."""
        raise NotImplementedError

    def follow(self, old: Key, new: str) -> Self:
        """Give the object as it is once the object `old` is called `new`.

        Only references change, never the object's own name; text is edited token by token.
        """
        changed = {f: v for f, v in self.followed(old, new).items() if v != getattr(self, f)}
        for dialect in ("sqlite", "postgresql"):
            if mine := getattr(self, dialect):
                there = self.on(dialect).followed(old, new)
                followed = {f: _plain(there[f]) if f in there else v for f, v in mine.items()}
                if followed != mine:
                    changed[dialect] = followed
        return self.model_copy(update=changed) if changed else self

    def followed(self, old: Key, new: str) -> dict[str, Any]:
        """Give the fields that may refer to `old`, as they are afterwards."""
        raise NotImplementedError

    def definition(self) -> dict[str, Any]:
        """Give what makes the object what it is, its name left out."""
        return self.model_dump(exclude={"name"}, exclude_defaults=True)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a field's value
    if isinstance(value, Part):
        return value.model_dump(exclude_defaults=True)
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def rename_in(names: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    """Replace one name in a tuple of names."""
    return tuple(new if name == old else name for name in names)


def columns_in(text: str, table: str, schema: Schema) -> list[Key]:
    """Give the keys of the columns of `table` that an expression mentions."""
    known = schema.view(table).column_names if table in schema.tables else ()
    said = sql.identifiers(text)
    return [Key("column", table, name) for name in known if name in said]
