"""The schema that all contestants get: tables of 13 columns in a web of foreign keys."""

from __future__ import annotations

from dataclasses import dataclass

_AREAS = ("sales", "stock", "work", "billing", "staff", "asset", "audit", "plant", "lab", "crm")
_THINGS = (
    *("order", "item", "batch", "invoice", "contract", "person", "machine", "shift", "sample"),
    *("route", "shipment", "payment", "ticket", "recipe", "document", "location", "price"),
)
_VALUES = ("NEW", "OPEN", "HELD", "DONE", "VOID")
_STRIDE = 2_654_435_761  # a prime: scatters what a table refers to, the same in every run
_ENUMS = 40  # at most
REMARK = "remark"  # the column that is added


@dataclass(frozen=True, slots=True)
class Choice:
    """An enum.

    Args:
        name: its name.
        values: its values.
        native: whether PostgreSQL has it as a type; else it is a varchar with a check.

    """

    name: str
    values: tuple[str, ...]
    native: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Args:
        number: from 0 on; it refers to none that has a greater one.
        name: its name.
        parent: the table of its nullable foreign key.
        owner: the table of the other one.
        status: the enum of its status.

    """

    number: int
    name: str
    parent: str
    owner: str
    status: Choice

    @property
    def priced(self) -> bool:
        """Whether its amount and quantity come from a mixin."""
        return self.number % 3 == 1

    @property
    def named_once(self) -> bool:
        """Whether its name is unique among those of an owner."""
        return self.number % 3 == 0

    @property
    def searched(self) -> bool:
        """Whether PostgreSQL indexes its JSON."""
        return self.number % 5 == 2  # noqa: PLR2004 - a fifth of them

    @property
    def open_indexed(self) -> bool:
        """Whether the rows without a note are indexed."""
        return self.number % 4 == 3  # noqa: PLR2004 - a quarter of them


@dataclass(frozen=True, slots=True)
class Tables:
    """A schema.

    Args:
        choices: the enums.
        tables: in an order in which they can be made.

    """

    choices: tuple[Choice, ...]
    tables: tuple[Table, ...]

    @property
    def changed(self) -> Table:
        """The one that a column is added to."""
        return self.tables[len(self.tables) // 2]


def tables(count: int) -> Tables:
    """Give a schema of so many tables, always the same."""
    choices = tuple(_choice(n) for n in range(min(max(2, count // 25), _ENUMS)))
    return Tables(choices, tuple(_table(n, choices) for n in range(count)))


def _choice(number: int) -> Choice:
    values = _VALUES[: 3 + number % 3]
    return Choice(f"status_{number:03}", values, native=number % 2 == 1)


def _table(number: int, choices: tuple[Choice, ...]) -> Table:
    """Make a table; chains of references stay short, as few tables are far from the first."""
    parent = (number - 1) // 4 if number else 0
    owner = number * _STRIDE % (1 << 32) % max(number // 3, 1)
    return Table(number, _name(number), _name(parent), _name(owner), choices[number % len(choices)])


def _name(number: int) -> str:
    area = _AREAS[number * 7 % len(_AREAS)]
    return f"{area}_{_THINGS[number % len(_THINGS)]}_{number:05}"
