"""Run one command and say how long it took, what it ended with, and the most memory it had.

It is started for each run and imports little: what a process had before it became another one
counts as that one's memory.
"""

import json
import os
import signal
import sys
import time

_KILOBYTE = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss


def main() -> None:
    """Run `watch.py LIMIT OUTPUT COMMAND…` and print JSON."""
    limit, output, command = float(sys.argv[1]), sys.argv[2], sys.argv[3:]
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    null = os.open(os.devnull, os.O_RDONLY)
    streams = [(os.POSIX_SPAWN_DUP2, null, 0)]
    streams += [(os.POSIX_SPAWN_DUP2, file, number) for number in (1, 2)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=streams, setpgroup=0)
    killed = []

    def kill(*_: object) -> None:
        killed.append(child)
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, kill)
    signal.setitimer(signal.ITIMER_REAL, limit)
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    signal.setitimer(signal.ITIMER_REAL, 0)
    code = None if killed else os.waitstatus_to_exitcode(status)
    worked = used.ru_utime + used.ru_stime
    said = {
        "seconds": seconds,
        "worked": worked,
        "bytes": used.ru_maxrss * _KILOBYTE,
        "code": code,
    }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
