"""`schemagen`, which is `python -m schemagen`: one command, and the process that is there for it.

What a command makes lives until its end. So nothing is done for objects that nobody needs any more:
to look for them takes a tenth of the time of all imports, and more while a large project is read.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import TYPE_CHECKING

from schemagen.calls import HERE, Calls

if TYPE_CHECKING:
    from collections.abc import Sequence

# Objects: Python looks for garbage after each 700, and in all of them at times.
_RARELY = 500_000
_INTERRUPTED = 130


def run() -> None:
    """Run the command line and end the process, as it is."""
    gc.set_threshold(_RARELY)
    try:
        with _second(sys.argv[1:]) as calls:
            from schemagen.cli import main  # noqa: PLC0415 - that makes objects, too

            main(prog_name="schemagen", obj=calls)
    except KeyboardInterrupt:  # before there was a command, which would say so
        if sys.stderr:
            sys.stderr.write("interrupted\n")
        raise SystemExit(_INTERRUPTED) from None
    except SystemExit as ended:
        code = 0 if ended.code is None else ended.code
        if not isinstance(code, int) or sys.getprofile() or sys.gettrace():
            raise  # whoever watches the process has something to do at its end
        atexit._run_exitfuncs()  # noqa: SLF001 - as Python does at this point
        if not _is_written():
            raise
        os._exit(code)


def _second(command: Sequence[str]) -> Calls:
    """Begin what takes longest in a command, before this process imports what reads its options."""
    if command[:1] != ["generate"]:
        return HERE
    from schemagen.workflow import order  # noqa: PLC0415 - for one command of many

    return order.begin()


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
