"""A revision as its file tells it: parsed, never executed."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic, Place
from schemagen.history import canonical_head
from schemagen.history.canonical_head import Head
from schemagen.history.entry import body_hash, body_start, seal
from schemagen.patterns import pattern
from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.history.entry import Entry
    from schemagen.history.told import Told

BROKEN = "H008"

_NAMES = ("revision", "down_revision", "branch_labels", "depends_on")
_HEADER = pattern(r"(Revision ID|Revises|Create Date|Entry):[ \t]*(.*?)[ \t]*\Z")


@record
class Revision:
    """One Alembic revision.

    Args:
        id: what `alembic_version` holds.
        path: the file.
        down: the revisions that it follows; two for a merge, none for a first one.
        title: the first line of the docstring.
        created: the docstring's Create Date, as it stands there.
        told: the change log beside it, if there is one.
        is_ours: whether the docstring names an entry: schemagen wrote the revision.
        depends_on: revisions of other branches that have to come first.
        labels: Alembic's branch labels.
        named_entry: the file that the docstring's Entry line names.
        body: the hash of the text from `def upgrade` on.
        file: the path as in places.
        lines: the line of each thing known of the file.

    """

    id: str
    path: Path
    down: tuple[str, ...] = ()
    title: str = ""
    created: str = ""
    told: Told | None = None
    is_ours: bool = False
    depends_on: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    named_entry: str = ""
    body: str = ""
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def parents(self) -> tuple[str, ...]:
        """What has to come before: those that it follows and those that it depends on."""
        return tuple(dict.fromkeys((*self.down, *self.depends_on)))

    @property
    def entry(self) -> Entry | None:
        """The change log, read."""
        return self.told.entry if self.told else None

    @property
    def is_baseline(self) -> bool:
        """Say whether the history begins here: what comes before tells no state."""
        return bool(self.down) and self.told is not None and self.told.is_full

    def place(self, name: str = "revision") -> Place:
        """Give the line where a thing stands, or the file."""
        return Place(self.file, self.lines.get(name, 0))


BASE = Revision("base", Path())


def parse(text: str, path: Path, file: str, told: Told | None = None) -> Revision | Diagnostic:
    """Read a revision from its text.

    Args:
        text: the file's text.
        path: the file.
        file: the path as in places.
        told: its entry. The body that this was written for is known to be Python, so that only what
            stands before it is parsed.

    """
    body = body_hash(text)
    is_sealed = told is not None and body == seal(told.text)
    head = text[: body_start(text)] if is_sealed else text
    known = (canonical_head.read(head) if is_sealed else None) or _by_parser(head, text, file)
    if isinstance(known, Diagnostic):
        return known
    values, header, lines = known
    if is_sealed:
        lines["upgrade"] = head.count("\n") + 1  # that of the function, which was not read
    return Revision(
        values["revision"][0],
        path,
        values.get("down_revision", ()),
        header.get("title", ""),
        header.get("Create Date", ""),
        told,
        is_ours=bool(header.get("Entry")),
        depends_on=values.get("depends_on", ()),
        labels=values.get("branch_labels", ()),
        named_entry=header.get("Entry", ""),
        body=body,
        file=file,
        lines=lines,
    )


def _by_parser(head: str, text: str, file: str) -> Head | Diagnostic:
    """Let Python's parser read as much of a revision as has to be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(head)
    except SyntaxError as error:
        place = Place(file, error.lineno or 0, max(error.offset or 1, 1))
        return _broken(f"this revision is not Python: {error.msg}", place)
    except (ValueError, RecursionError, MemoryError):
        return _broken("this revision is not Python", Place(file))
    found = _assigned(module)
    values: dict[str, tuple[str, ...]] = {}
    for name, (line, value) in found.items():
        names = _names(value)
        if names is None or (name == "revision" and len(names) != 1):
            return _broken(f"{name} has to be written out as text", Place(file, line))
        values[name] = names
    if "revision" not in values:
        return _broken("this file has no line revision = …", Place(file))
    header, lines = _header(module, text)
    return Head(values, header, {**lines, **{name: line for name, (line, _) in found.items()}})


def _broken(message: str, place: Place) -> Diagnostic:
    way_out = "mend it, or take the file back from version control"
    return Diagnostic(BROKEN, message, place, help=way_out)


def _assigned(module: ast.Module) -> dict[str, tuple[int, ast.expr]]:
    """Give the last assignment to each of Alembic's names."""
    found: dict[str, tuple[int, ast.expr]] = {}
    for node in module.body:
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            value = getattr(node, "value", None)
            if isinstance(target, ast.Name) and target.id in _NAMES and value is not None:
                found[target.id] = (node.lineno, value)
    return found


def _names(value: ast.expr) -> tuple[str, ...] | None:
    """Read text, several of them, or None; anything else is None."""
    try:
        read = ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    several = (read,) if isinstance(read, str) else read or ()
    if not isinstance(several, (tuple, list, set)) or not all(isinstance(n, str) for n in several):
        return None
    return tuple(sorted(several)) if isinstance(several, set) else tuple(several)


def _header(module: ast.Module, text: str) -> tuple[dict[str, str], dict[str, int]]:
    """Read the docstring: its title and the lines that Alembic and schemagen write."""
    docstring = ast.get_docstring(module) or ""
    title = docstring.strip().split("\n", 1)[0]
    found = {"title": title}
    for line in docstring.split("\n")[1:]:
        if match := _HEADER.match(line):
            found[match[1]] = match[2]
    functions = (node for node in module.body if isinstance(node, ast.FunctionDef))
    lines = {function.name: function.lineno for function in functions}
    if docstring:
        end = module.body[0].end_lineno or 1
        for number, line in enumerate(text.split("\n")[:end], 1):
            if match := _HEADER.match(line):
                lines[match[1]] = number
    return found, lines
