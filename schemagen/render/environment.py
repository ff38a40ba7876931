"""The Jinja environment. Templates do layout only; what they print is Python made by `expr`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from schemagen.errors import SchemagenError

if TYPE_CHECKING:
    import jinja2

_PACKAGE = Path(__file__).resolve().parents[1]
# In the wheel the templates lie inside the package; in the repository, and so in an editable
# install, they stand beside it.
FOLDERS = (_PACKAGE / "_templates", _PACKAGE.parent / "templates")


def template(name: str, own: Path | None = None) -> jinja2.Template:
    """Load a template, `revision.py.j2` or `models/table.py.j2`.

    Args:
        name: the path below the templates' folder.
        own: the project's folder of templates; what is in it replaces ours of the same name.

    """
    import jinja2  # noqa: PLC0415 - slow to import, and what writes nothing needs it not

    try:
        return _environment(own).get_template(name)
    except jinja2.TemplateSyntaxError as error:
        msg = f"template {error.filename or name}, line {error.lineno}: {error.message}"
        raise SchemagenError(msg) from error
    except jinja2.TemplateNotFound as error:
        folders = ", ".join(map(str, ((own,) if own else ()) + FOLDERS))
        msg = f"there is no template {error.name!r} in {folders}"
        raise SchemagenError(msg) from error


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
