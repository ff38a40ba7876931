"""Clients that write and read all the time, each in a process of its own, with a watch in hand."""

from __future__ import annotations

import gc
import multiprocessing
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psycopg

from bench.stall.server import connect

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Event

    from bench.stall.server import Database

WRITERS = 4
PAUSE = 0.002
_INSERT = """
    INSERT INTO acct (branch_id, code, note, amount, quantity) VALUES (%s, %s, %s, %s, %s)
"""
_UPDATE = "UPDATE acct SET note = %s, amount = %s WHERE id = %s"
_SELECT = "SELECT id, code, note, amount, quantity FROM acct WHERE id = %s"
_INSERTS = 0.3  # of all writes


@dataclass(slots=True)
class Sample:
    """What a client has seen.

    Args:
        ends: when its statements were done.
        took: how long each took.
        errors: when they failed, and how PostgreSQL's driver calls it.

    """

    ends: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    errors: list[tuple[float, str]] = field(default_factory=list)

    def between(self, start: float, end: float) -> list[float]:
        """Give how long the statements took that were done in a span."""
        pairs = zip(self.ends, self.took, strict=True)
        return [took for done, took in pairs if start <= done <= end]


class Clients:
    """The clients of one database, from their start to their end."""

    def __init__(self, database: Database) -> None:
        """Start them; they are at work when this is done."""
        context = multiprocessing.get_context("spawn")
        self._stop = context.Event()
        self._ends: list[Connection] = []
        self._processes = []
        for number in range(WRITERS + 1):
            mine, theirs = context.Pipe()
            arguments = (database.url, database.rows, number, self._stop, theirs)
            process = context.Process(target=_work, args=arguments, daemon=True)
            process.start()
            self._processes.append(process)
            self._ends.append(mine)
        for end in self._ends:
            end.recv()

    def stop(self) -> tuple[list[Sample], Sample]:
        """End them; give what the writers saw, and the reader."""
        self._stop.set()
        samples = [end.recv() for end in self._ends]
        for process in self._processes:
            process.join()
        return samples[:-1], samples[-1]


def _work(url: str, rows: int, number: int, stop: Event, end: Connection) -> None:
    """Work until told to stop; the last one reads."""
    gc.disable()  # a pause of ours is none of the database's
    rng = random.Random(number)  # noqa: S311 - no secret
    sample = Sample()
    with connect(url) as connection:
        end.send(None)
        for turn in range(10**9):
            if stop.is_set():
                break
            write = _write(rng, rows, f"{number}-{turn}")
            _timed(connection, sample, write if number < WRITERS else _read(rng, rows))
            time.sleep(PAUSE)
    end.send(sample)


def _write(rng: random.Random, rows: int, word: str) -> tuple[str, tuple[object, ...]]:
    if rng.random() < _INSERTS:
        return _INSERT, (rng.randint(1, 100), f"new-{word}", word, rng.randint(0, 999), 1)
    return _UPDATE, (word, rng.randint(0, 999), rng.randint(1, rows))


def _read(rng: random.Random, rows: int) -> tuple[str, tuple[object, ...]]:
    return _SELECT, (rng.randint(1, rows),)


def _timed(
    connection: psycopg.Connection, sample: Sample, statement: tuple[str, tuple[object, ...]]
) -> None:
    start = time.time()
    try:
        connection.execute(*statement)
    except psycopg.Error as error:
        sample.errors.append((time.time(), type(error).__name__))
    end = time.time()
    sample.ends.append(end)
    sample.took.append(end - start)
