"""Templates: they do layout only, and what they print is Python made by `expr`.

Ours are laid out by ourselves. Jinja renders them where a project has templates of its own.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from schemagen.errors import SchemagenError
from schemagen.render.plain import plain

if TYPE_CHECKING:
    import jinja2

_PACKAGE = Path(__file__).resolve().parents[1]
# In the wheel the templates lie inside the package; in the repository, and so in an editable
# install, they stand beside it.
FOLDERS = (_PACKAGE / "_templates", _PACKAGE.parent / "templates")


class Template(Protocol):
    """A template, whoever renders it."""

    def render(self, **said: object) -> str:
        """Lay out what is said under the names that the template uses."""


def template(name: str, own: Path | None = None) -> Template:
    """Load a template, `revision.py.j2` or `models/table.py.j2`.

    Args:
        name: the path below the templates' folder.
        own: the project's folder of templates; what is in it replaces ours of the same name.

    """
    if own is not None:
        return rendered_by_jinja(name, own)
    folder = next((folder for folder in FOLDERS if (folder / name).is_file()), None)
    if folder is None:
        raise SchemagenError(_missing(name, own))
    return plain(folder / name, folder)


def _missing(name: str, own: Path | None) -> str:
    folders = ", ".join(map(str, ((own,) if own else ()) + FOLDERS))
    return f"there is no template {name!r} in {folders}"


def rendered_by_jinja(name: str, own: Path | None = None) -> Template:
    """Load a template that holds whatever Jinja knows; the arguments are those of `template`."""
    import jinja2  # noqa: PLC0415 - slow to import

    try:
        return _environment(own).get_template(name)
    except jinja2.TemplateSyntaxError as error:
        msg = f"template {error.filename or name}, line {error.lineno}: {error.message}"
        raise SchemagenError(msg) from error
    except jinja2.TemplateNotFound as error:
        raise SchemagenError(_missing(str(error.name), own)) from error


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
    )
