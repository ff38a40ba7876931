"""Alembic's autogenerate, on the models of our project and a database at its head."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bench.scale.measure import Case
from bench.scale.ours import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.scale.folder import Folder

ALEMBIC = (sys.executable, "-m", "alembic")
_INI = """\
[alembic]
script_location = %(here)s/migrations
prepend_sys_path = %(here)s
path_separator = os

[loggers]
keys = root

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console

[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = generic

[formatter_generic]
format = %(levelname)s %(message)s
"""
# What `alembic init` gives does not know that the models are for two databases.
_EDITS = (
    (
        "target_metadata = None",
        """\
import os

from models import Base

url = os.environ["DATABASE_URL"]
config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
dialect = url.partition(":")[0].partition("+")[0]
target_metadata = Base.metadata
if dialect == "sqlite":
    for table in target_metadata.tables.values():
        for column in table.columns:
            if column.identity is not None:
                column.identity = column.server_default = None


def included(item, name, kind, reflected, other):
    return item.info.get("only", dialect) == dialect
""",
    ),
    (
        "connection=connection, target_metadata=target_metadata",
        "connection=connection, target_metadata=target_metadata, include_object=included",
    ),
)


def write(root: Path) -> None:
    """Write the environment of `alembic init` into a project."""
    spec = find_spec("alembic")
    assert spec is not None  # noqa: S101 - schemagen needs it
    assert spec.origin is not None  # noqa: S101 - a package with a file
    template = Path(spec.origin).parent / "templates" / "generic"
    text = (template / "env.py").read_text(encoding="utf-8")
    for old, new in _EDITS:
        assert old in text, old  # noqa: S101 - another Alembic, another template
        text = text.replace(old, new)
    (root / "migrations" / "env.py").write_text(text, encoding="utf-8")
    mako = (template / "script.py.mako").read_bytes()
    (root / "migrations" / "script.py.mako").write_bytes(mako)
    (root / "alembic.ini").write_text(_INI, encoding="utf-8")


def cases(base: Folder, added: Folder, database: str, url: str) -> Iterator[Case]:
    """Give the commands.

    Args:
        base: the project; the database is at its head.
        added: the project with one column more in its models.
        database: what it is called in the tables.
        url: of the database.

    """
    env, who = environment(DATABASE_URL=url), f"Alembic, {database}"
    yield Case(who, "check", (*ALEMBIC, "check"), base, env)
    command = (*ALEMBIC, "revision", "--autogenerate", "-m", "remark")
    yield Case(who, "write", command, added, env, writes=True)
