"""Second processes even for little work, and in a test runner that has threads."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from schemagen import beside, calls
from schemagen.workflow import ahead

if TYPE_CHECKING:
    import pytest


def begin_always(patch: pytest.MonkeyPatch) -> list[bytes | None]:
    """Have every second process begin; give the list in which their answers will be."""
    answers: list[bytes | None] = []
    real = beside.Beside.answer

    def answer(self: beside.Beside) -> bytes | None:
        answers.append(real(self))
        return answers[-1]

    patch.setattr(beside.Beside, "answer", answer)
    patch.setattr(beside.threading, "active_count", lambda: 1)
    patch.setattr(beside.os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    patch.setattr(calls, "sys", SimpleNamespace(modules={}))
    patch.setattr(ahead, "_MUCH", -1)
    return answers
