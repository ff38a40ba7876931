"""What a benchmark says of the machine and of the command that made its numbers."""

from __future__ import annotations

import os
import platform
import re
import shlex
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Options that say where something is, each with one value: no matter to the numbers.
_WHERE = ("--django", "--folder", "--json", "--load", "--update")


def about(module: str) -> dict[str, object]:
    """Give the command without its folders, and the machine.

    Args:
        module: what `python -m` runs.

    """
    return {
        "command": shlex.join(["python", "-m", module, *_asked(sys.argv[1:])]),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
    }


def _asked(arguments: list[str]) -> Iterator[str]:
    words = iter(arguments)
    for word in words:
        if word in _WHERE:
            next(words, None)
        elif word.partition("=")[0] not in _WHERE:
            yield word


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:  # noqa: PTH123 - no file
            found = re.search(r"model name\s*: (.*)", file.read())
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor()
