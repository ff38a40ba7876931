"""A process of its own that runs Alembic's commands, as the project's env.py has them.

Run as `python -m schemagen.db.migrator` in the project's root. Reads one JSON request a line from
stdin, `{"verb": …, "url": …, "target": …}`, and writes one JSON answer a line to what was stdout;
whatever env.py and the revisions print goes nowhere. A connection to any other database than the
one of the request is refused, so an env.py that does not listen harms nothing.
"""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from argparse import Namespace
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from traceback import walk_tb
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory


class ElsewhereError(Exception):
    """Somebody connects to a database that is not the scratch one."""


def config(url: str = "") -> Config:
    """Give Alembic's configuration, with the URL in all the places where an env.py looks."""
    made = Config(
        "alembic.ini" if Path("alembic.ini").exists() else None,
        toml_file="pyproject.toml",
        stdout=io.StringIO(),
        cmd_opts=Namespace(x=[f"url={url}"] if url else None, cmd=[None]),
    )
    if url:
        made.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
        os.environ["DATABASE_URL"] = url
    return made


def answer(request: dict[str, str]) -> dict[str, Any]:
    """Do what a request asks; an error becomes words."""
    try:
        if request["verb"] == "list":
            there = ScriptDirectory.from_config(config())
            return {"revisions": [r.revision for r in there.walk_revisions()]}
        _only.update(url=request["url"], elsewhere="")
        getattr(command, request["verb"])(config(request["url"]), request["target"])
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a revision raises is told
        kind = _only["elsewhere"] or type(error).__name__
        return {"error": _words(error), "type": kind, "at": _revision(error)}
    return {}


def _revision(error: BaseException) -> str:
    """Give the id of the revision in whose module an error arose; empty when it was elsewhere."""
    modules = (frame.f_globals for frame, _ in walk_tb(error.__traceback__))
    found = [m["revision"] for m in modules if {"revision", "down_revision"} <= m.keys()]
    return str(found[-1]) if found else ""


def _words(error: BaseException) -> str:
    """Give an error's own words: of the database's, without the statement that SQLAlchemy adds."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said or type(error).__name__


_only = {"url": "", "elsewhere": ""}


def _guard(_dialect: object, _record: object, cargs: Any, cparams: Any) -> None:  # noqa: ANN401
    """Let only the scratch database, and SQLite in memory, be connected to."""
    url = sa.make_url(_only["url"])
    wanted, given = url.get_dialect()().create_connect_args(url)
    there = (list(cargs)[:1], cparams.get("dbname"), cparams.get("host"), cparams.get("port"))
    mine = (list(wanted)[:1], given.get("dbname"), given.get("host"), given.get("port"))
    if there != mine and list(cargs)[:1] != [":memory:"]:
        _only["elsewhere"] = ElsewhereError.__name__  # whatever env.py makes of it
        raise ElsewhereError


def main() -> None:
    """Answer until stdin ends."""
    sys.path.insert(0, "")
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sa.event.listen(sa.Engine, "do_connect", _guard)
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            said = answer(json.loads(line))
        out.write(json.dumps(said) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
