"""The schema as models of Django, a module per table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.scale.tables import REMARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.scale.tables import Choice, Table, Tables

# What is added to the settings that `startproject` writes.
SETTINGS = """
INSTALLED_APPS += ["shop"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["fields.W163", "models.W046"]  # SQLite has no comments
"""
_BASE = """\
from django.db import models
from django.db.models.functions import Now


class Timestamps(models.Model):
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True


class Priced(models.Model):
    amount = models.DecimalField(max_digits=12, decimal_places=2, db_default=0)
    quantity = models.IntegerField(db_default=1)

    class Meta:
        abstract = True
"""
_HEAD = """\
from django.db import models
from django.db.models import F, Q

from .base import {bases}
from .enums import {status}
"""


def files(schema: Tables) -> dict[str, str]:
    """Give the texts by their paths in the project."""
    return {
        "shop/__init__.py": "",
        "shop/models/base.py": _BASE,
        "shop/models/enums.py": "\n".join(_enums(schema.choices)),
        "shop/models/__init__.py": "".join(
            f"from .{table.name} import {_class(table.name)} as {_class(table.name)}\n"
            for table in schema.tables
        ),
        **{path(table): text(table) for table in schema.tables},
    }


def path(table: Table) -> str:
    """Give the path of a table's module in the project."""
    return f"shop/models/{table.name}.py"


def model(table: Table) -> str:
    """Give the name under which Django knows a model."""
    return _class(table.name).lower()


def text(table: Table, *, remark: bool = False) -> str:
    """Write a model.

    Args:
        table: the table.
        remark: whether it has one field more.

    """
    bases = "Priced, Timestamps" if table.priced else "Timestamps"
    status = _class(table.status.name)
    head = _HEAD.format(bases=bases, status=status)
    fields = [f"    {name} = models.{value}" for name, value in _fields(table, remark=remark)]
    body = (f"class {_class(table.name)}({bases}):", *fields, *_meta(table))
    return "\n".join((head, "", *body, ""))


def _class(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _enums(choices: tuple[Choice, ...]) -> Iterator[str]:
    yield "from django.db import models"
    for choice in choices:
        yield from ("", "", f"class {_class(choice.name)}(models.TextChoices):")
        yield from (f'    {value} = "{value}"' for value in choice.values)
    yield ""


def _fields(table: Table, *, remark: bool) -> Iterator[tuple[str, str]]:
    null = "" if table.number else "null=True, "
    key = 'ForeignKey("{}", {}on_delete=models.{}, related_name="+")'
    status = _class(table.status.name)
    yield "code", "CharField(max_length=50, unique=True)"
    yield "name", "CharField(max_length=200)"
    yield "parent", key.format(_class(table.parent), "null=True, ", "SET_NULL")
    yield "owner", key.format(_class(table.owner), null, "RESTRICT")
    yield "status", f'CharField(max_length=20, choices={status}, db_default="NEW")'
    if not table.priced:
        yield "amount", "DecimalField(max_digits=12, decimal_places=2, db_default=0)"
        yield "quantity", "IntegerField(db_default=1)"
    yield "is_active", "BooleanField(db_default=True)"
    yield "data", 'JSONField(null=True, db_comment="Whatever else")'
    yield "note", "TextField(null=True)"
    if remark:
        yield REMARK, "CharField(max_length=200, null=True)"


def _meta(table: Table) -> Iterator[str]:
    n = table.number
    yield from ("", "    class Meta:", f'        db_table = "{table.name}"')
    yield f'        db_table_comment = "Table {n} of the benchmark"'
    yield "        constraints = ["
    for name, condition in _checks():
        yield f'            models.CheckConstraint(condition={condition}, name="{name}_{n}"),'
    if table.named_once:
        unique = f'models.UniqueConstraint(fields=["owner", "name"], name="named_{n}")'
        yield f"            {unique},"
    yield from ("        ]", "        indexes = [")
    yield f'            models.Index(fields=["status", "-created_at"], name="status_{n}"),'
    if table.open_indexed:
        where = f'condition=Q(note__isnull=True), name="open_{n}"'
        yield f'            models.Index(fields=["created_at"], {where}),'
    if table.searched:  # Django's GIN index needs a driver that it would not use here
        yield f'            models.Index(fields=["is_active"], name="data_{n}"),'
    yield "        ]"


def _checks() -> Iterator[tuple[str, str]]:
    yield "amount", "Q(amount__gte=0)"
    yield "quantity", "Q(quantity__gt=0)"
    yield "updated", 'Q(updated_at__gte=F("created_at"))'
