"""`python -m schemagen` is `schemagen`."""

from __future__ import annotations

import atexit
import os
import sys


def run() -> None:
    """Run the command line and end the process.

    It ends as it is: to take apart what it has made, object by object, takes the time of a tenth of
    a command, and nobody needs it.
    """
    from schemagen.cli import main  # noqa: PLC0415 - as the rest of a command is

    try:
        main(prog_name="schemagen")
    except SystemExit as ended:
        code = 0 if ended.code is None else ended.code
        if not isinstance(code, int) or not _is_written():
            raise
        atexit._run_exitfuncs()  # noqa: SLF001 - as Python does at this point
        os._exit(code)


def _is_written() -> bool:
    """Say whether all that was printed has left the process; else Python says what is wrong."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # there is none, it is closed, or full
        return False
    return True


if __name__ == "__main__":
    run()
