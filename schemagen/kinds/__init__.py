"""The kinds of objects, one file each. Being in this folder is being registered."""

from schemagen.kinds.base import KINDS, Key, Literal, Obj, Sql, Value
from schemagen.kinds.check import Check
from schemagen.kinds.column import Column, Generated, Identity
from schemagen.kinds.enum import Enum, EnumValue
from schemagen.kinds.exclusion import Element, Exclusion
from schemagen.kinds.foreign_key import ForeignKey, References
from schemagen.kinds.index import Index, Item
from schemagen.kinds.like import Like, once
from schemagen.kinds.namespace import Namespace
from schemagen.kinds.part import Part
from schemagen.kinds.primary_key import PrimaryKey
from schemagen.kinds.sequence import Owner, Sequence
from schemagen.kinds.table import Options, Table
from schemagen.kinds.unique import Unique

__all__ = [
    "KINDS",
    "Check",
    "Column",
    "Element",
    "Enum",
    "EnumValue",
    "Exclusion",
    "ForeignKey",
    "Generated",
    "Identity",
    "Index",
    "Item",
    "Key",
    "Like",
    "Literal",
    "Namespace",
    "Obj",
    "Options",
    "Owner",
    "Part",
    "PrimaryKey",
    "References",
    "Sequence",
    "Sql",
    "Table",
    "Unique",
    "Value",
    "once",
]
