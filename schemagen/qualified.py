"""Qualified names: `billing.invoices` is the table `invoices` in PostgreSQL's schema `billing`.

The name of a table, an enum or a sequence is the whole of it, and one without a dot is in the
schema that a connection finds first. What belongs to a table (an index, a constraint) is in the
table's schema, and has no name of it in its own.
"""

from __future__ import annotations

from schemagen import sql

DEFAULT = "public"  # where a name without a dot is


def bare(name: str) -> str:
    """Give the name without its schema."""
    return name.rpartition(".")[2]


def namespace(name: str) -> str:
    """Give the schema that a name is qualified with; empty for the one that is found first."""
    return name.rpartition(".")[0]


def beside(name: str, other: str) -> str:
    """Give the bare name `other` as it is called in the schema of `name`."""
    schema = namespace(name)
    return f"{schema}.{other}" if schema else other


def quote(name: str) -> str:
    """Quote a name, and the schema that it is qualified with."""
    schema, dot, own = name.rpartition(".")
    return f"{sql.quote(schema)}.{sql.quote(own)}" if dot else sql.quote(own)


def quote_part(table: str, name: str) -> str:
    """Quote the name of an index, whose schema is its table's."""
    schema = namespace(table)
    return f"{sql.quote(schema)}.{sql.quote(name)}" if schema else sql.quote(name)
