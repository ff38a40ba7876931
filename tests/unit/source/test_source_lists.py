"""Defaults that are lists: each item fits the type of the array's items."""

from __future__ import annotations

import pytest

from schemagen.source import parse

ENUM = "enums:\n  colour: [red, blue]\n"


@pytest.mark.parametrize(
    ("column", "codes"),
    [
        ("{type: 'colour[]', default: [red, blue]}", []),
        ("{type: 'colour[]', default: [red, null]}", []),
        ("{type: 'colour[]', default: [red, green]}", ["S020"]),
        ("{type: 'integer[]', default: [1, 2]}", []),
        ("{type: 'integer[]', default: [1, x]}", ["S020"]),
        ("{type: 'integer[][]', default: [[1], [x]]}", ["S020"]),
        ("{type: 'integer[]', default: 1}", ["S020"]),
    ],
)
def test_each_item_of_a_list_fits(column: str, codes: list[str]) -> None:
    table = f"table: t\ncolumns:\n  id: bigint pk identity\n  a: {column}\n"
    found = parse({"schema/enums.yaml": ENUM, "schema/tables/t.yaml": table})
    assert [d.code for d in found.diagnostics] == codes
