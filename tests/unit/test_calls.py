"""Calls give what they give, whether a second process makes them or not."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from schemagen import beside
from schemagen.calls import HERE, Calls

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")
OURS = os.getpid()
ready: list[str] = []


def where(word: str) -> tuple[str, bool, list[str]]:
    return word, os.getpid() == OURS, ready


def divided(by: int) -> float:
    return 1 / by


def deadly() -> bool:
    if os.getpid() != OURS:
        os.kill(os.getpid(), signal.SIGKILL)
    return True


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Calls]:
    """Calls that a second process makes, which has got ready."""
    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)
    monkeypatch.setattr(beside.os, "sched_getaffinity", lambda _: {0, 1})
    with Calls(lambda: ready.append("ready"), heavy="not.imported") as calls:
        assert calls._second
        yield calls


def test_a_second_process_makes_them_that_has_got_ready(calls: Calls) -> None:
    assert calls.begin(where, "first")() == ("first", False, ["ready"])


def test_there_is_none_where_nothing_is_to_be_gained() -> None:
    assert Calls(lambda: ready.append("ready"), heavy="sys").begin(where, "x")() == ("x", True, [])
    assert HERE.begin(where, "x")() == ("x", True, [])


def test_what_waits_can_wait_while_others_are_made(calls: Calls) -> None:
    waiting = [calls.begin(where, str(n)) for n in range(5)]
    assert [wait()[:2] for wait in waiting] == [(str(n), False) for n in range(5)]
    assert waiting[0]() == ("0", False, ["ready"])


def test_large_ones_do_not_wait_for_each_other_for_ever(calls: Calls) -> None:
    waiting = [calls.begin(where, word * 3_000_000) for word in "ab"]
    assert [wait()[0][:2] for wait in waiting] == ["aa", "bb"]


def test_what_fails_there_fails_here_and_says_why(calls: Calls) -> None:
    wait = calls.begin(divided, 0)
    with pytest.raises(ZeroDivisionError):
        wait()
    assert calls.begin(divided, by=2)() == 0.5


def test_when_the_second_process_dies_they_are_made_here(calls: Calls) -> None:
    assert calls.begin(deadly)()
    assert calls.begin(where, "after")() == ("after", True, [])


def test_after_the_end_they_are_made_here(calls: Calls) -> None:
    calls.stop()
    assert calls.begin(where, "after")() == ("after", True, [])


def test_one_that_cannot_get_ready_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)
    monkeypatch.setattr(beside.os, "sched_getaffinity", lambda _: {0, 1})
    with Calls(lambda: divided(0), heavy="not.imported") as calls:
        assert calls.begin(where, "x")() == ("x", True, [])
