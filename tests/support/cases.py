"""Case files: a schema, the schema after an edit, and what has to come out of it.

A file `tests/cases/*.md` holds cases. A case is a heading `## …` and fenced blocks, each known by
the words after its fence:

    yaml old            the schema before; without it the case is about a first revision
    yaml new            the schema after, directions included; several files are parted by `---`
    sh flags            flags of the second `schemagen generate`
    sql own             objects of the user's own (views, triggers), made before the second revision
    sql own after       the same as they are afterwards, where a rename has changed their words
    sql rows            rows of the case's own, inserted before the synthetic ones
    sql after           rows that come after the upgrade, before the downgrade
    text diff           what `schemagen diff` says
    python upgrade      the body of the revision's upgrade()
    python downgrade    the body of its downgrade()
    text error          `generate` is refused: the codes that are said, one a line
    text refused up     the upgrade is refused: words of the message
    text refused down   the downgrade is refused: words of the message
    text lossy          columns (`table.column`) whose values do not come back as they were

The cases of `online.md` are about changes that hold up no clients, on PostgreSQL. The text of the
others is that of the plain way, though on PostgreSQL they take both.

`sqlite` or `postgresql` after these words, or in parentheses after the heading, keeps a block or a
case to that database. `--update-cases` rewrites the blocks `text diff` and `python …` in place.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support.databases import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

KNOWN = (
    *("yaml old", "yaml new", "sh flags", "sql own", "sql own after", "sql rows", "sql after"),
    *("text diff", "python upgrade"),
    *("python downgrade", "text error", "text refused up", "text refused down", "text lossy"),
)
_HEADING = re.compile(r"^## (?P<title>.+?)(?: \((?P<only>sqlite|postgresql)\))?$", re.MULTILINE)
_BLOCK = re.compile(r"^```(?P<words>[a-z ]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_BODY = re.compile(
    r"^def {}\(\) -> None:\n(.*?)(?=^\S|\Z)".replace("{}", "(?P<way>upgrade|downgrade)"),
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    Args:
        file: where it stands.
        title: its heading.
        dialects: where it runs.
        blocks: the texts of its blocks by their words.

    """

    file: Path
    title: str
    dialects: tuple[str, ...]
    blocks: Mapping[str, str]

    def __str__(self) -> str:
        """Name the test."""
        return f"{self.file.stem}: {self.title}"

    @property
    def online(self) -> bool:
        """Say whether it is about changes that hold up no clients."""
        return self.file.stem == "online"

    def get(self, words: str, dialect: str) -> str | None:
        """Give a block's text, the dialect's own if there is one."""
        return self.blocks.get(f"{words} {dialect}", self.blocks.get(words))

    def words(self, words: str, dialect: str) -> list[str]:
        """Give a block's words."""
        return (self.get(words, dialect) or "").split()

    def lines(self, words: str, dialect: str) -> list[str]:
        """Give a block's lines."""
        return (self.get(words, dialect) or "").splitlines()

    def statements(self, words: str, dialect: str) -> list[str]:
        """Give a block's SQL statements; each ends with a semicolon at the end of a line."""
        parts = re.split(r";\s*$", self.get(words, dialect) or "", flags=re.MULTILINE)
        return [part for part in parts if part.strip()]

    def update(self, words: str, text: str) -> None:
        """Write a block's text anew into the file."""
        whole = self.file.read_text(encoding="utf-8")
        heading = next(m for m in _HEADING.finditer(whole) if m["title"] == self.title)
        start = whole.index(f"```{words}\n", heading.end()) + len(f"```{words}\n")
        end = whole.index("```\n", start)
        new = whole[:start] + text.rstrip("\n") + "\n" + whole[end:]
        self.file.write_text(new, encoding="utf-8", newline="\n")


def read(folder: Path) -> list[Case]:
    """Read every case of a folder."""
    return [case for file in sorted(folder.glob("*.md")) for case in _cases(file)]


def _cases(file: Path) -> Iterator[Case]:
    whole = file.read_text(encoding="utf-8")
    headings = list(_HEADING.finditer(whole))
    titles = [m["title"] for m in headings]
    assert len(set(titles)) == len(titles), f"two cases of one title in {file}"
    for heading, end in zip(
        headings, [*(m.start() for m in headings[1:]), len(whole)], strict=True
    ):
        blocks: dict[str, str] = {}
        for block in _BLOCK.finditer(whole, heading.end(), end):
            bare = re.sub(rf" ({'|'.join(DIALECTS)})$", "", block["words"])
            assert bare in KNOWN, f"{file}: {heading['title']}: no block is called {block['words']}"
            assert block["words"] not in blocks, f"{heading['title']}: {block['words']} twice"
            blocks[block["words"]] = block["text"]
        assert "yaml new" in blocks, f"{file}: {heading['title']} has no new schema"
        only = heading["only"]
        yield Case(file, heading["title"], (only,) if only else DIALECTS, blocks)


def bodies(revision: str) -> dict[str, str]:
    """Give the bodies of upgrade() and downgrade() of a revision's text."""
    return {m["way"]: textwrap.dedent(m[2]).strip("\n") + "\n" for m in _BODY.finditer(revision)}
