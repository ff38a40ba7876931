"""The Jinja environment. Templates do layout only; what they print is Python made by `expr`."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from schemagen.errors import SchemagenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import jinja2

    Context = tuple[str, dict[str, object]]  # a template's name, and what it lays out
    Lay = Callable[[Iterable[tuple[str, Context]], Path | None], dict[str, str]]

_PACKAGE = Path(__file__).resolve().parents[1]
# In the wheel the templates lie inside the package; in the repository, and so in an editable
# install, they stand beside it.
FOLDERS = (_PACKAGE / "_templates", _PACKAGE.parent / "templates")


def rendered(name: str, said: Mapping[str, object], own: Path | None = None) -> str:
    """Lay out a file.

    Args:
        name: its template, the path below the templates' folder: `revision.py.j2`.
        said: what is laid out.
        own: the project's folder of templates, if it has one.

    Raises:
        SchemagenError: there is no such template, or a mistake in one of the project's.

    """
    try:
        return template(name, own).render(said)
    except SchemagenError:
        raise
    except Exception as error:
        at = [(file, line) for file, line in _frames(error) if _is_own(file, own)]
        if not at:
            raise  # ours are as they should be
        file, line = at[-1]
        msg = f"template {file}, line {line}: {error or type(error).__name__}"
        raise SchemagenError(msg) from error


def _frames(error: Exception) -> Iterator[tuple[str, int]]:
    """Give the files and lines that led to an error; Jinja has put those of templates there."""
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _is_own(file: str, own: Path | None) -> bool:
    return own is not None and Path(os.path.normpath(own)) in Path(os.path.normpath(file)).parents


def template(name: str, own: Path | None = None) -> jinja2.Template:
    """Load a template. Raises SchemagenError as `rendered` does."""
    import jinja2  # noqa: PLC0415 - slow to import, and what writes nothing needs it not

    try:
        return _environment(own).get_template(name)
    except jinja2.TemplateSyntaxError as error:
        msg = f"template {error.filename or name}, line {error.lineno}: {error.message}"
    except jinja2.TemplateNotFound as error:
        folders = ", ".join(map(str, ((own,) if own else ()) + FOLDERS))
        msg = f"there is no template {error.name!r} in {folders}"
    except (UnicodeError, RecursionError, MemoryError) as error:
        if own is None or not (own / name).exists():
            raise
        msg = f"template {own / name} cannot be read: {error or type(error).__name__}"
    raise SchemagenError(msg)


def lay(contexts: Iterable[tuple[str, Context]], own: Path | None = None) -> dict[str, str]:
    """Lay out several files.

    Args:
        contexts: each file's name, its template, and what that lays out.
        own: the project's folder of templates, if it has one.

    Returns:
        The text of each file.

    Raises:
        SchemagenError: as `rendered` does.

    """
    return {file: rendered(name, said, own) for file, (name, said) in contexts}


@lru_cache(maxsize=8)
def _environment(own: Path | None) -> jinja2.Environment:
    import jinja2  # noqa: PLC0415 - as above

    folders = [str(folder) for folder in ((own,) if own else ()) + FOLDERS]
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - it writes Python, not HTML
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=None if own else _compiled(),
    )


def _compiled() -> jinja2.BytecodeCache | None:
    """Give what keeps our templates compiled, unless Python is to keep nothing."""
    from schemagen.render.compiled import Compiled  # noqa: PLC0415 - as above

    cached = __spec__.cached if __spec__ else None
    return Compiled(cached, __file__) if cached and not sys.dont_write_bytecode else None
