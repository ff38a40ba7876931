"""Our own templates, laid out without Jinja: it takes longer to import than a revision to be made.

They are Jinja's, and a project may replace them by any that Jinja renders. Ours hold a few of its
words, `{{ }}`, `if`, `for` and `include`, with expressions that mean the same in Python. A test
renders them both ways.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# A tag alone on its line leaves nothing of that line, as with Jinja's trim_blocks, lstrip_blocks.
_TAG = re.compile(r"(?:^[ \t]*)?\{%(?P<word>.*?)%\}\n?|\{\{(?P<value>.*?)\}\}", re.MULTILINE)


class Piece(NamedTuple):
    """A piece of a template.

    Args:
        word: the word of its tag; empty for plain text, `=` for a value.
        said: what stands behind the word, or the text.
        inside: the pieces up to the next tag of the same block.
        otherwise: that tag, `elif` or `else`, if there is one.

    """

    word: str
    said: str
    inside: tuple[Piece, ...] = ()
    otherwise: tuple[Piece, ...] = ()


class Plain:
    """A template.

    Args:
        path: its file.
        folder: where those are that it includes.

    """

    def __init__(self, path: Path, folder: Path) -> None:
        """Read the file."""
        self._folder = folder
        self._pieces = _body(iter(_tokens(path.read_text(encoding="utf-8"))))[0]

    def render(self, **said: object) -> str:
        """Lay out what is said under the names that the template uses."""
        return "".join(self._laid_out(self._pieces, {"none": None, **said}))

    def _laid_out(self, pieces: tuple[Piece, ...], said: dict[str, object]) -> Iterator[str]:
        for piece in pieces:
            if not piece.word:
                yield piece.said
            elif piece.word == "=":
                yield str(_value(piece.said, said))
            else:
                yield from self._block(piece, said)

    def _block(self, piece: Piece, said: dict[str, object]) -> Iterator[str]:
        if piece.word == "include":
            name = str(_value(piece.said, said))
            yield plain(self._folder / name, self._folder).render(**said)
        elif piece.word == "for":
            target, _, values = piece.said.partition(" in ")
            names = [name.strip() for name in target.split(",")]
            for value in _value(values, said):  # type: ignore[attr-defined] # a list, by the template
                found = value if len(names) > 1 else (value,)
                yield from self._laid_out(
                    piece.inside, {**said, **dict(zip(names, found, strict=True))}
                )
        elif piece.word == "else" or _value(piece.said, said):
            yield from self._laid_out(piece.inside, said)
        else:
            yield from self._laid_out(piece.otherwise, said)


@lru_cache(maxsize=16)
def plain(path: Path, folder: Path) -> Plain:
    """Read a template, each once."""
    return Plain(path, folder)


def _value(expression: str, said: Mapping[str, object]) -> object:
    return eval(expression.strip(), {"__builtins__": {}}, said)  # noqa: S307 - of our own templates


def _tokens(text: str) -> Iterator[Piece]:
    at = 0
    for tag in _TAG.finditer(text):
        if tag.start() > at:
            yield Piece("", text[at : tag.start()])
        at = tag.end()
        if tag["value"] is not None:
            yield Piece("=", tag["value"])
        else:
            word, _, said = tag["word"].strip().partition(" ")
            yield Piece(word, said)
    yield Piece("", text[at:])


def _body(tokens: Iterator[Piece]) -> tuple[tuple[Piece, ...], Piece | None]:
    """Take the pieces up to the tag that ends them, and that tag."""
    found: list[Piece] = []
    for token in tokens:
        if token.word in {"elif", "else", "endif", "endfor"}:
            return tuple(found), token
        found.append(_whole(token, tokens) if token.word in {"if", "for"} else token)
    return tuple(found), None


def _whole(first: Piece, tokens: Iterator[Piece]) -> Piece:
    """Take a block up to its end."""
    inside, end = _body(tokens)
    more = (_whole(end, tokens),) if end and end.word in {"elif", "else"} else ()
    return first._replace(inside=inside, otherwise=more)
