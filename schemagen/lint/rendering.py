"""Ask the other process what revisions say to PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import schemagen
from schemagen.errors import SchemagenError
from schemagen.lint.offline import Rendered, Said

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 120
_ABOVE = str(Path(schemagen.__file__).parents[1])


def rendered(asked: Sequence[tuple[Path, str]], root: Path) -> list[Rendered]:
    """Render revisions, each one way. They are executed, without a database.

    Args:
        asked: files of revisions, each with `upgrade` or `downgrade`.
        root: the folder to be in, which Alembic would be run from.

    """
    if not asked:
        return []
    said = json.dumps([[str(path), way] for path, way in asked])
    command = [sys.executable, "-m", "schemagen.lint.offline"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command,
            cwd=root,
            env=_environment(),
            input=said,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
        answers = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        msg = f"the revisions did not come to an end in {SECONDS} seconds"
        raise SchemagenError(msg) from None
    except ValueError:
        last = done.stderr.strip().rpartition("\n")[2]
        msg = f"the revisions could not be run offline: {last or f'exit {done.returncode}'}"
        raise SchemagenError(msg) from None
    return [Rendered(**{**a, "said": [Said(**s) for s in a["said"]]}) for a in answers]


def _environment() -> dict[str, str]:
    """Give an environment in which no revision finds a database to talk to."""
    path = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), _ABOVE)))
    return {**os.environ, "PYTHONPATH": path, "DATABASE_URL": "sqlite://"}
