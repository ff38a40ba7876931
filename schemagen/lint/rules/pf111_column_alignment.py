"""Columns in an order that wastes space.

PostgreSQL begins values of eight bytes at multiples of eight, those of four at multiples of four.
Where narrow and wide columns alternate, each row has holes. The order matters only when the table
is made, so look before that. Runs only when selected.

Bad:

```yaml
table: samples
columns: {on: boolean, taken_at: timestamptz, ok: boolean, id: bigint pk identity}
```

Good:

```yaml
table: samples
columns: {taken_at: timestamptz, id: bigint pk identity, on: boolean, ok: boolean}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Column
    from schemagen.lint.views import SchemaView

CODE = "PF111"
NAME = "column-alignment"
SEVERITY = "info"
DEFAULT = False


_WASTE = 8  # bytes of a row, from where it is told
_WIDTHS = {
    **dict.fromkeys(("bigint", "double precision", "timestamp", "timestamptz", "time", "money"), 8),
    **dict.fromkeys(("integer", "real", "date", "oid"), 4),
    **dict.fromkeys(("smallint",), 2),
    **dict.fromkeys(("boolean",), 1),
}
_OF_TEXT = 4  # where a value of its own length begins, as a rule


def schema(view: SchemaView) -> Iterator[Finding]:
    """Add up the holes of each table, and those of its best order."""
    for table in view.postgresql.views():
        widths = [_width(column) for column in table.columns]
        wasted = _holes(widths) - _holes(sorted(widths, reverse=True))
        if wasted >= _WASTE:
            yield Finding(
                f"{table.table.key} wastes {wasted} bytes of each row by the order of its columns",
                table.table.key,
                help="wide columns first: bigint and timestamptz, then integer, then the others",
            )


def _width(column: Column) -> int:
    spec = column.spec
    return _WIDTHS.get(spec.name, _OF_TEXT) if spec and not spec.dims else _OF_TEXT


def _holes(widths: list[int]) -> int:
    at = holes = 0
    for width in widths:
        holes += -at % width
        at += -at % width + width
    return holes
