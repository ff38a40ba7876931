"""The pages of rules: Markdown with examples, which a test tries and `explain` prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemagen.patterns import pattern
from schemagen.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Rule

_BLOCK = pattern(r"^```(?P<words>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = pattern(r"^(Bad|Good)\b[^\n]*:$", re.MULTILINE)


@record
class Example:
    """An example of a page.

    Args:
        is_bad: whether the rule has to find something in it.
        language: `yaml`, `diff` or `python`.
        text: the example.

    """

    is_bad: bool
    language: str
    text: str

    def files(self, signs: str = " +") -> dict[str, str]:
        """Give the texts of the files that it holds.

        Args:
            signs: the lines of a diff to keep: `" -"` gives what was before.

        """
        text = self.text
        if self.language == "diff":
            lines = text.splitlines(keepends=True)
            text = "".join(line[1:] or "\n" for line in lines if line[:1] in signs)
        parts = re.split(r"^---\n", text, flags=re.MULTILINE)
        return {f"schema/{n}.yaml": part for n, part in enumerate(parts, 1) if part.strip()}


def examples(rule: Rule) -> Iterator[Example]:
    """Give the examples of a rule's page, each under the last `Bad:` or `Good:` before it."""
    headings = [(found.start(), found[1] == "Bad") for found in _HEADING.finditer(rule.page)]
    for block in _BLOCK.finditer(rule.page):
        above = [is_bad for start, is_bad in headings if start < block.start()]
        if above:
            yield Example(above[-1], block["words"].strip(), block["text"])
