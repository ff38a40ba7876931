"""A process of its own: run revisions against a text, and say which line wrote which statement.

Run as `python -m schemagen.lint.offline` in the project's folder. It reads `[[file, way], …]` as
JSON and writes, as JSON, for each what the revision said, or why it could not be read.
"""

from __future__ import annotations

import ast
import io
import json
import os
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

BEGIN, COMMIT = "begin", "commit"
WAYS = ("upgrade", "downgrade")


@dataclass(frozen=True, slots=True)
class Said:
    """One text that a revision gave to the database.

    Args:
        text: one statement, or several.
        line: the line of `upgrade()` or `downgrade()` that it comes from; 0 if that is not known.
        mark: `begin` or `commit` where Alembic itself opens or closes a transaction.
        is_guarded: whether an `if` of the revision decides about it.

    """

    text: str
    line: int = 0
    mark: str = ""
    is_guarded: bool = False


@dataclass(slots=True)
class Rendered:
    """What a revision says on one way, up to its end or to what stopped it."""

    said: list[Said] = field(default_factory=list)
    error: str = ""
    line: int = 0
    text: str = ""


def render(text: str, file: str, way: str) -> Rendered:
    """Run one way of a revision in Alembic's offline mode; no database is needed.

    Args:
        text: the revision's text. It is executed.
        file: its file.
        way: `upgrade` or `downgrade`.

    """
    found = Rendered(text=text)
    try:
        _run(text, file, way, Ear(found, text, file))
    except BaseException as error:  # noqa: BLE001 - whatever a revision may do
        found.error = f"{type(error).__name__}: {error}".strip().split("\n", 1)[0]
        found.line = _line_of(error, file)
    return found


class Ear:
    """Hears the statements, and looks up the stack for the line that each comes from."""

    def __init__(self, found: Rendered, text: str, file: str) -> None:
        """Read where the revision decides."""
        self._found = found
        self._file = file
        self._decided = set(_decided(ast.parse(text)))
        self.mark = ""

    def hear(self, text: str) -> None:
        """Take one statement."""
        lines = list(_lines(sys._getframe(), self._file))  # noqa: SLF001 - what it is for
        guarded = any(line in self._decided for line in lines)
        self._found.said.append(Said(text, lines[-1] if lines else 0, self.mark, guarded))


def _lines(frame: FrameType | None, file: str) -> Iterator[int]:
    """Give the lines of the file that are being run, the innermost first."""
    while frame is not None:
        if frame.f_code.co_filename == file and frame.f_code.co_name != "<module>":
            yield frame.f_lineno
        frame = frame.f_back


def _decided(module: ast.Module) -> Iterator[int]:
    """Give the lines that an `if` decides about, one that asks for the dialect left out."""
    for node in ast.walk(module):
        if isinstance(node, ast.If) and "dialect" not in ast.unparse(node.test):
            for child in (*node.body, *node.orelse):
                yield from range(child.lineno, (child.end_lineno or child.lineno) + 1)


def _line_of(error: BaseException, file: str) -> int:
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _run(text: str, file: str, way: str, ear: Ear) -> None:
    from alembic.config import Config  # noqa: PLC0415 - a second to import
    from alembic.operations import Operations  # noqa: PLC0415 - as above
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415 - as above
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    script = ScriptDirectory(str(Path(file).parent))
    with EnvironmentContext(Config(), script, as_sql=True) as environment:
        environment.configure(
            dialect_name="postgresql",
            dialect_opts={"paramstyle": "named"},
            literal_binds=True,
            transactional_ddl=True,
            output_buffer=io.StringIO(),
        )
        context = environment.get_context()
        _listen(context.impl, ear)
        module = ModuleType(Path(file).stem)
        module.__file__ = file
        with Operations.context(context):
            exec(compile(text, file, "exec"), module.__dict__)  # noqa: S102 - what lint is asked for
            getattr(module, way)()


def _listen(impl: Any, ear: Ear) -> None:  # noqa: ANN401 - Alembic is not imported here
    """Hear what Alembic would write, and which of it is its own doing."""
    begin, commit = impl.emit_begin, impl.emit_commit

    def marked(mark: str, emit: Any) -> None:  # noqa: ANN401 - as above
        ear.mark = mark
        emit()
        ear.mark = ""

    impl.static_output = ear.hear
    impl.emit_begin = lambda: marked(BEGIN, begin)
    impl.emit_commit = lambda: marked(COMMIT, commit)


def main() -> None:
    """Read what is asked, and answer; what a revision prints goes to stderr."""
    asked = json.load(sys.stdin)
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    found = [asdict(render(Path(f).read_text(encoding="utf-8"), f, way)) for f, way in asked]
    json.dump(found, answer)
    answer.close()


if __name__ == "__main__":
    main()
