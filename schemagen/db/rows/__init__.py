"""Synthetic rows: put into every table of a database, and read back bit for bit."""

from schemagen.db.rows.fill import Demand, Unfilled, fill
from schemagen.db.rows.read import Row, Rows, in_order, read

__all__ = ["Demand", "Row", "Rows", "Unfilled", "fill", "in_order", "read"]
