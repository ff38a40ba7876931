"""Work that a second process does, while this one is busy with other work."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
import warnings
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BufferedReader, FileIO

    Work = Callable[[Callable[[], bytes], Callable[[bytes], None]], None]

_LENGTH = 8  # bytes before what is told: how long that is
_STREAMS = 3
_MOST = 1024  # the number of files that a process may have open, commonly
_ROOM = 1 << 20  # bytes, as many as any user may have


class Beside:
    """A second process, forked. The two take turns: a question, an answer, the next question.

    If the first ends before the second, that one ends once it waits for a question.

    Args:
        work: what it does. It is handed a function that waits for a question, which is empty when
            there will be no more, and one that gives an answer.

    Raises:
        OSError: there can be no such process.

    """

    def __init__(self, work: Work) -> None:
        """Begin the work."""
        from fcntl import F_SETPIPE_SZ, fcntl  # noqa: PLC0415 - not every system has it

        pipes: list[int] = []
        try:
            for _ in range(2):
                pipes += os.pipe()
            asked, ask, told, tell = pipes
            with contextlib.suppress(OSError):  # a question is written at one go, not waited for
                fcntl(ask, F_SETPIPE_SZ, _ROOM)
            self._pid = _forked(partial(_carry_out, work, asked, tell))
        except OSError:
            for end in pipes:
                os.close(end)
            raise
        os.close(asked)
        os.close(tell)
        self._ask, self._told = open(ask, "wb", buffering=0), open(told, "rb")  # noqa: PTH123, SIM115 - pipes

    def ask(self, question: bytes) -> None:
        """Hand over what the process waits for."""
        with contextlib.suppress(BrokenPipeError):
            _tell(self._ask, question)

    def answer(self) -> bytes | None:
        """Wait for the next answer; None if there is none, as the process has failed."""
        return _heard(self._told)

    def stop(self) -> None:
        """Stop the process, whatever it is at; it is still to be waited for."""
        if self._told.closed:
            return
        self._ask.close()
        self._told.close()
        with contextlib.suppress(OSError):  # it has ended by itself
            os.kill(self._pid, signal.SIGKILL)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self.stop()
        with contextlib.suppress(OSError):  # somebody else has waited for it
            os.waitpid(self._pid, 0)


def _tell(stream: FileIO, what: bytes) -> None:
    """Write all of it; a signal can come in between."""
    left = memoryview(len(what).to_bytes(_LENGTH) + what)
    while left:
        left = left[stream.write(left) :]


def _heard(stream: BufferedReader) -> bytes | None:
    """Wait for what is told; None if the other process has ended before all of it was."""
    length = stream.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    size = int.from_bytes(length)
    found = stream.read(size)
    return found if len(found) == size else None


def begin(work: Work) -> Beside | None:
    """Begin work; None where no second process can be had that has a processor of its own.

    A process with threads cannot be forked safely, nor one that uses what macOS is made of.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return None
    try:
        return Beside(work) if len(os.sched_getaffinity(0)) > 1 else None
    except OSError:
        return None


def _forked(carry_out: Callable[[], None]) -> int:
    """Begin a process that does this and ends, whatever comes; give its number."""
    # A signal that it got before it is sure to end would have it go on as if it were the first.
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of threads, which there are none of that we know
            pid = os.fork()
        if pid:
            return pid
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, usual)
            carry_out()
        finally:
            os._exit(0)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)


def _carry_out(work: Work, asked: int, tell: int) -> None:
    """Be the second process. It says nothing but its answer, to nobody but the first."""
    gc.disable()  # it makes no garbage that is worth looking for
    null = os.open(os.devnull, os.O_RDWR)
    for stream in range(_STREAMS):  # or who reads what the first one prints would wait
        os.dup2(null, stream)
    low, high = sorted((asked, tell))
    for first, end in ((_STREAMS, low), (low + 1, high), (high + 1, _MOST)):
        os.closerange(first, end)  # the ends of others' pipes, which would not be closed then
    with open(asked, "rb") as ask, open(tell, "wb", buffering=0) as told:
        work(lambda: _heard(ask) or b"", partial(_tell, told))
