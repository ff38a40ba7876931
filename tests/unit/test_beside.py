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


def saying(answer: bytes) -> beside.Work:
    return lambda _, say: say(answer)


def echo(hear: Callable[[], bytes], say: Callable[[bytes], None]) -> None:
    while asked := hear():
        say(asked + b"!")


def test_it_answers(begun: Callable[..., Beside]) -> None:
    assert begun(saying(b"found")).answer() == b"found"


def test_it_waits_for_a_question(begun: Callable[..., Beside]) -> None:
    second = begun(echo)
    second.ask(b"x" * 3_000_000)
    assert second.answer() == b"x" * 3_000_000 + b"!"


def test_the_two_take_turns(begun: Callable[..., Beside]) -> None:
    second = begun(echo)
    for question in (b"one", b"two", b"x" * 1_000_000, b"three"):
        second.ask(question)
        assert second.answer() == question + b"!"


def test_after_the_last_question_comes_an_empty_one(begun: Callable[..., Beside]) -> None:
    second = begun(lambda hear, say: say(b"said: " + hear()))
    second._ask.close()
    assert second.answer() == b"said: "


def test_an_empty_answer_is_one(begun: Callable[..., Beside]) -> None:
    assert begun(saying(b"")).answer() == b""


def test_several_do_not_wait_for_each_other(begun: Callable[..., Beside]) -> None:
    first = begun(echo)
    slow = begun(lambda *_: time.sleep(60))
    first.ask(b"asked")
    assert first.answer() == b"asked!"
    slow.end()


def fail(*_: object) -> None:
    raise KeyboardInterrupt


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def break_off(_: object, say: Callable[[bytes], None]) -> None:
    (stream,) = say.args
    stream.write((9).to_bytes(8) + b"begun")


def speak(_: object, say: Callable[[bytes], None]) -> None:
    os.write(1, b"louder")
    os.write(2, b"loudest")
    say(b"quietly")


@pytest.mark.parametrize("work", [fail, die, break_off], ids=["fails", "dies", "breaks off"])
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
    second = Beside(lambda *_: time.sleep(60))
    second.end()
    second.end()
    with pytest.raises(ProcessLookupError):
        os.kill(second._pid, 0)


def test_there_is_none_with_one_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)
    monkeypatch.setattr(beside.os, "sched_getaffinity", lambda _: {0})
    assert beside.begin(saying(b"")) is None


def test_there_is_none_beside_threads() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert beside.begin(saying(b"")) is None
    finally:
        over.set()
        thread.join()


def test_there_is_none_where_none_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)
    monkeypatch.setattr(beside.os, "fork", refuse)
    assert beside.begin(saying(b"")) is None
