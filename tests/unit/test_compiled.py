"""Templates that are kept compiled are those that are there, whatever became of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2
import pytest

from schemagen.render.compiled import Compiled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "hello.j2"


@pytest.fixture
def said(tmp_path: Path) -> Callable[..., str]:
    """Render a template in a new environment; say how often it was compiled."""
    (tmp_path / "setup.py").write_text("as it is")
    (tmp_path / "kept").mkdir()

    def render(text: str = "hello {{ 1 }}", compiled: int = 1) -> str:
        (tmp_path / NAME).write_text(text)
        cache = Compiled(str(tmp_path / "kept" / "module.cpython.pyc"), str(tmp_path / "setup.py"))
        loader = jinja2.FileSystemLoader(tmp_path)
        environment = jinja2.Environment(loader=loader, bytecode_cache=cache)  # noqa: S701 - no HTML
        count = 0
        real = environment.compile

        def compiling(*args: object, **named: object) -> object:
            nonlocal count
            count += 1
            return real(*args, **named)

        environment.compile = compiling
        found = environment.get_template(NAME).render()
        assert count == compiled
        return found

    return render


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "kept").iterdir())


def test_what_was_compiled_is_not_again(said: Callable[..., str], tmp_path: Path) -> None:
    assert said() == said(compiled=0) == "hello 1"
    assert [path.suffix for path in kept(tmp_path)] == [".template"]


def test_another_text_is_compiled(said: Callable[..., str]) -> None:
    said()
    assert said("bye") == said("bye", compiled=0) == "bye"


def test_so_is_one_that_another_program_has_compiled(
    said: Callable[..., str], tmp_path: Path
) -> None:
    said()
    (tmp_path / "setup.py").write_text("as it was not")
    assert said() == said(compiled=0) == "hello 1"


@pytest.mark.parametrize("size", [0, 5, 32, 40, -1])
def test_a_damaged_file_is_written_anew(
    said: Callable[..., str], size: int, tmp_path: Path
) -> None:
    said()
    (path,) = kept(tmp_path)
    path.write_bytes(path.read_bytes()[:size])
    assert said() == said(compiled=0) == "hello 1"


def test_a_changed_file_is_not_believed(said: Callable[..., str], tmp_path: Path) -> None:
    said()
    (path,) = kept(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"hello", b"howdy"))
    assert said() == "hello 1"


def test_where_nothing_can_be_kept_nothing_is(said: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "kept").rmdir()
    assert said() == said() == "hello 1"
