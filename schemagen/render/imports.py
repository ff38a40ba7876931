"""The imports of a generated module, sorted as ruff and isort sort them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemagen.expr import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What stands for a name that code or an annotation uses: the line that imports it.
_LINES = {
    "dt": "import datetime as dt",
    "Decimal": "from decimal import Decimal",
    "MappingProxyType": "from types import MappingProxyType",
    "UUID": "from uuid import UUID",
}


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort by numbers where there are some: `Lot2` before `Lot10`."""
    parts = re.findall(r"\d+|\D", text)
    return tuple((0, int(p), p) if p.isdigit() else (1, 0, p) for p in parts)


def in_order(members: Iterable[str]) -> list[str]:
    """Sort what one module gives: constants, classes, then the rest."""
    return sorted(set(members), key=lambda m: (rank(m), natural(m.lower()), natural(m)))


def rank(member: str) -> int:
    """Tell constants, classes and the rest apart, as isort does by their letters."""
    if len(member) > 1 and member.isupper():
        return 0
    return 1 if member[:1].isupper() else 2


def standard(used: Iterable[str], typing: Iterable[str]) -> str:
    """Import from Python's library.

    Args:
        used: names used, ours or not.
        typing: what to import from `typing`.

    """
    lines = {line for name, line in _LINES.items() if name in set(used)}
    if members := in_order(typing):
        lines.add(f"from typing import {', '.join(members)}")
    return "\n".join(sorted(lines, key=lambda line: (line.startswith("from"), line)))


def sqlalchemy(used: Iterable[str], orm: Iterable[str]) -> str:
    """Import SQLAlchemy; `orm` is what to import from `sqlalchemy.orm`."""
    prefixes = {name.partition(".")[0] for name in used}
    lines = ["import sqlalchemy as sa"] if "sa" in prefixes else []
    if "postgresql" in prefixes:
        lines.append("from sqlalchemy.dialects import postgresql")
    return "\n".join([*lines, members("sqlalchemy.orm", orm)])


def siblings(modules: Mapping[str, Iterable[str]], indent: int = 0) -> str:
    """Import from modules beside this one."""
    ordered = sorted(modules, key=lambda module: (natural(module.lower()), module))
    return "\n".join(members(f".{module}", modules[module], indent) for module in ordered)


def members(module: str, names: Iterable[str], indent: int = 0) -> str:
    """Write `from module import ...`, over several lines if it takes them."""
    pad, ordered = " " * indent, in_order(names)
    line = f"{pad}from {module} import {', '.join(ordered)}"
    if len(line) <= WIDTH or len(ordered) == 1:
        return line
    rows = [f"{pad}    {name}," for name in ordered]
    return "\n".join([f"{pad}from {module} import (", *rows, f"{pad})"])
