"""A second process gives its answer, or none; whatever it does, the first one goes on."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from schemagen import beside
from schemagen.beside import Beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")


@pytest.fixture
def begun() -> Iterator[Callable[..., Beside]]:
    """Begin work, and end it with the test."""
    made: list[Beside] = []

    def begin(work: beside.Work) -> Beside:
        made.append(Beside(work))
        return made[-1]

    yield begin
    for each in made:
        each.end()


def test_it_answers(begun: Callable[..., Beside]) -> None:
    assert begun(lambda _: b"found").answer() == b"found"


def test_it_waits_for_a_question(begun: Callable[..., Beside]) -> None:
    second = begun(lambda asked: asked() + b"!")
    second.ask(b"x" * 1_000_000)
    assert second.answer() == b"x" * 1_000_000 + b"!"


def test_a_question_that_nobody_asks_is_empty(begun: Callable[..., Beside]) -> None:
    assert begun(lambda asked: b"said: " + asked()).answer() == b"said: "


def test_an_empty_answer_is_one(begun: Callable[..., Beside]) -> None:
    assert begun(lambda _: b"").answer() == b""


def test_several_do_not_wait_for_each_other(begun: Callable[..., Beside]) -> None:
    first = begun(lambda asked: asked())
    slow = begun(lambda _: time.sleep(60) or b"")
    first.ask(b"asked")
    assert first.answer() == b"asked"
    slow.end()


def fail(_: object) -> bytes:
    raise KeyboardInterrupt


def die(_: object) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b"never"


def speak(_: object) -> bytes:
    os.write(1, b"louder")
    os.write(2, b"loudest")
    return b"quietly"


@pytest.mark.parametrize("work", [fail, die], ids=["fails", "dies"])
def test_one_that_ends_early_has_no_answer(
    work: beside.Work, begun: Callable[..., Beside], capfd: pytest.CaptureFixture[str]
) -> None:
    second = begun(work)
    second.ask(b"x" * 3_000_000)
    assert second.answer() is None
    assert capfd.readouterr() == ("", "")


def test_nobody_hears_it_but_the_first(
    begun: Callable[..., Beside], capfd: pytest.CaptureFixture[str]
) -> None:
    assert begun(speak).answer() == b"quietly"
    assert capfd.readouterr() == ("", "")


def test_it_ends_when_it_is_told_to() -> None:
    second = Beside(lambda _: time.sleep(60) or b"")
    second.end()
    second.end()
    with pytest.raises(ProcessLookupError):
        os.kill(second._pid, 0)


def test_there_is_none_with_one_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)
    monkeypatch.setattr(beside.os, "sched_getaffinity", lambda _: {0})
    assert beside.begin(lambda _: b"") is None


def test_there_is_none_beside_threads() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert beside.begin(lambda _: b"") is None
    finally:
        over.set()
        thread.join()


def test_there_is_none_where_none_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)
    monkeypatch.setattr(beside.os, "fork", refuse)
    assert beside.begin(lambda _: b"") is None
