"""Tell the history what a hand-written revision changed, or that an edit is meant."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from schemagen import records
from schemagen.changes import apply
from schemagen.diff import compare
from schemagen.errors import SchemagenError
from schemagen.history.emit import emit
from schemagen.history.entry import body_hash
from schemagen.history.entry_text import entry_text
from schemagen.patterns import pattern
from schemagen.workflow.base import files_of
from schemagen.workflow.project import insist
from schemagen.workflow.questions import unanswered
from schemagen.workflow.verify import described, insist_on_proof, subject

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from schemagen.changes import Change
    from schemagen.diff import Comparison
    from schemagen.history.revision import Revision
    from schemagen.kinds import Key
    from schemagen.workflow.project import Project

_BODY = pattern(r"^body:.*$", re.MULTILINE)
_PLAIN = pattern(r"""([rRuU]?)(["'])(?!\2)(.*)\2\Z""")  # a docstring in plain quotes
_LINES = ("Create Date", "Revises", "Revision ID")


@records.record
class Recorded:
    """What is to be written.

    Args:
        files: the texts by path; empty when there is nothing to tell.
        changes: what the revision changed; empty when only an edit is sealed.

    """

    files: Mapping[Path, str | None]
    changes: tuple[Change, ...] = ()


def seal(revision: Revision) -> Recorded:
    """Take an edited body as it is now: the entry gets its hash."""
    entry = revision.entry
    body = body_hash(revision.path.read_text(encoding="utf-8"))
    if entry is None or entry.body == body:
        return Recorded({})
    line = emit({"body": body}).rstrip()
    _, file = files_of(revision)
    return Recorded({file: _BODY.sub(line, entry.text, count=1)})


def compared(project: Project, revision: Revision) -> Comparison:
    """Compare the state before a hand-written head with the YAML.

    Raises SchemagenError when it is not the head: then the YAML tells more than its changes.
    """
    history, source = project.history, project.source
    if history.children(revision):
        msg = f"{revision.id} is not the head, so the YAML tells more than what it changed"
        raise SchemagenError(msg)
    if len(revision.down) > 1:
        msg = f"{revision.id} joins several revisions and changes nothing by itself"
        raise SchemagenError(msg)
    parent = _parent(revision)
    return compare(
        history.state(parent), source.schema, source.directions, done=history.done(parent)
    )


def _parent(revision: Revision) -> str:
    return next(iter(revision.down), "base")


def record(
    project: Project, revision: Revision, denied: Collection[tuple[Key, Key]] = ()
) -> Recorded:
    """Make the entry of a hand-written head. Raises Findings when a decision is missing."""
    comparison = compared(project, revision)
    insist(
        (
            *comparison.diagnostics,
            *unanswered(comparison.questions, project.source, denied),
        )
    )
    if not comparison.changes:
        return Recorded({})
    before = project.history.state(_parent(revision))
    after = apply(before, comparison.changes)
    path, entry = revision.path, revision.path.with_suffix(".yaml")
    text = with_entry_line(path.read_text(encoding="utf-8"), entry.name)
    written = entry_text(comparison.changes, before, after, body_hash(text), full=not revision.down)
    return Recorded({path: text, entry: written}, comparison.changes)


def prove(project: Project, revision: Revision, recorded: Recorded) -> None:
    """Prove on SQLite that a revision does what is about to be told. Raises Findings.

    Args:
        project: the project, as it is before anything is written.
        revision: the revision.
        recorded: what would be told of it.

    """
    history = project.history
    proof = subject(history, revision)
    if recorded.changes:
        after = apply(proof.before, recorded.changes)
        changes = recorded.changes
        proof = described(revision, proof.before, after, changes, told=True)
    insist_on_proof(history, project.settings, revision, proof)


def with_entry_line(text: str, name: str) -> str:
    """Add `Entry: NAME` to a revision's docstring, after its other lines of that sort."""
    line = f"Entry: {name}"
    docstring = ast.get_docstring(tree := ast.parse(text), clean=False)
    if docstring is None:
        return f'"""{line}"""\n\n{text}'
    node = tree.body[0]
    lines = text.split("\n")
    last = node.end_lineno or 1
    for word in _LINES:
        for number in range(node.lineno, last + 1):
            if lines[number - 1].startswith(f"{word}:"):
                return "\n".join([*lines[:number], line, *lines[number:]])
    return _at_end(lines, node, line)


def _at_end(lines: list[str], node: ast.stmt, line: str) -> str:
    """Put the line before the quotes that close the docstring; plain quotes become triple ones."""
    first, last = node.lineno - 1, (node.end_lineno or 1) - 1
    tail = lines[last].encode()[node.end_col_offset :].decode()
    text = "\n".join([*lines[first:last], lines[last].encode()[: node.end_col_offset].decode()])
    text = "\n".join([*lines[first:last], lines[last].encode()[: node.end_col_offset].decode()])
    if plain := _PLAIN.match(text):
        text = f'{plain[1]}"""{plain[3]}"""'
    lines[first : last + 1] = [f"{text[:-3].rstrip()}\n\n{line}\n{text[-3:]}{tail}"]
    return "\n".join(lines)
