"""Texts in which `▸` marks the place where a diagnostic is expected."""

from __future__ import annotations

from schemagen.source import Source, parse

MARK = "▸"
FILE = "t.yaml"


def unmark(text: str) -> tuple[str, int, int]:
    """Give the text without its mark, and the mark's line and column."""
    before, _, _ = text.partition(MARK)
    return text.replace(MARK, ""), before.count("\n") + 1, len(before) - before.rfind("\n")


def column(definition: str) -> str:
    """Give a table with one more column, `c`."""
    return f"table: t\ncolumns:\n  id: bigint pk identity\n  c: {definition}\n"


def table(rest: str) -> str:
    """Give a table of one column, with more keys."""
    return f"table: t\ncolumns: {{id: bigint pk identity}}\n{rest}\n"


def read(*texts: str) -> Source:
    """Read texts as files a.yaml, b.yaml, …; there must be nothing wrong."""
    source = parse({f"{chr(97 + i)}.yaml": text for i, text in enumerate(texts)})
    assert source.diagnostics == ()
    return source


def wrong(*texts: str) -> tuple[str, str, str]:
    """Read texts with one mistake; give its code, its message, and all that helps."""
    source = parse({f"{chr(97 + i)}.yaml": text for i, text in enumerate(texts)})
    assert len(source.diagnostics) == 1, source.diagnostics
    found = source.diagnostics[0]
    return found.code, found.message, f"{found.label} {found.help}"
