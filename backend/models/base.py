# Written by `schemagen models` from the YAML: edit that, not this.
"""What the models have in common."""

import enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine


class Base(DeclarativeBase):
    """The base of all models; `Base.metadata` holds their tables."""


class EnumType(sa.TypeDecorator[Any]):
    """An enum, or an array of them, held by the members' values.

    Args:
        members: the enum.
        stored: the type that holds the values.

    """

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = sa.String
    cache_ok = True

    def __init__(self, members: type[enum.StrEnum], stored: TypeEngine[Any]) -> None:
        """Keep both; SQLAlchemy knows a type by them."""
        super().__init__()
        self.members = members
        self.stored = self.impl = stored

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:  # noqa: ANN401 - SQLAlchemy's
        """Give the database a member's value; ValueError if it is none."""
        if isinstance(value, list | tuple):
            return [self.process_bind_param(item, dialect) for item in value]
        return None if value is None else self.members(value).value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:  # noqa: ANN401 - as above
        """Give the member of a value."""
        if isinstance(value, list):
            return [self.process_result_value(item, dialect) for item in value]
        return None if value is None else self.members(value)
