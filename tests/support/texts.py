"""Several schema files written as one text, parted by lines of `---`."""

from __future__ import annotations

import re

from schemagen import source


def files(text: str) -> dict[str, str]:
    """Give the files of a text, by their names below `schema/`; each table has one of its own."""
    out: dict[str, str] = {}
    for part in re.split(r"^---\n", text, flags=re.MULTILINE):
        table = re.search(r"^table: *(\S+)", part, flags=re.MULTILINE)
        first = re.match(r"\w+", part)
        name = f"tables/{table[1]}" if table else first[0] if first else "empty"
        assert f"{name}.yaml" not in out, f"two files of one name: {name}"
        out[f"{name}.yaml"] = part
    return out


def read(text: str) -> source.Source:
    """Read a schema; what is wrong with it fails the test."""
    found = source.parse({f"schema/{name}": part for name, part in files(text).items()})
    assert not found.diagnostics, "\n".join(map(str, found.diagnostics))
    return found
