"""Our templates kept compiled, where Python keeps the bytecode of this module.

What Jinja has for that does not know of its own version, nor of how it is set up, and takes a
damaged file for an error.
"""

from __future__ import annotations

import contextlib
import marshal
import os
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

import jinja2
from jinja2 import bccache, compiler

from schemagen.hashes import sha256

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

_HASH = sha256
_SIZE = _HASH().digest_size


def _written(module: str) -> tuple[int, int]:
    """Say which version of a module it is: when its file was written, and its size."""
    found = os.stat(module)  # noqa: PTH116 - a str is what there is
    return found.st_mtime_ns, found.st_size


class Compiled(jinja2.BytecodeCache):
    """The code of templates, each in a file.

    Args:
        cached: where Python keeps the bytecode of a module of ours.
        setup: the module that says how Jinja is set up.

    """

    def __init__(self, cached: str, setup: str) -> None:
        """Read nothing yet."""
        self._stem = Path(cached).with_suffix("")
        said = (bccache.bc_magic, _written(compiler.__file__), _written(setup), _written(__file__))
        self._mark = repr(said)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code, if it was made of this very text by this very program."""
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            content = self._path(bucket).read_bytes()
            code = content[_SIZE:]
            if content[:_SIZE] == self._seal(bucket, code):
                found = marshal.loads(code)  # noqa: S302 - as good as Python's own bytecode
                bucket.code = found if isinstance(found, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code; where nobody may write, nothing is kept."""
        code, path = marshal.dumps(bucket.code), self._path(bucket)
        beside = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            beside.write_bytes(self._seal(bucket, code) + code)
            beside.replace(path)

    def _path(self, bucket: Bucket) -> Path:
        return self._stem.with_name(f"{self._stem.name}.{bucket.key[:16]}.template")

    def _seal(self, bucket: Bucket, code: bytes) -> bytes:
        return _HASH(f"{self._mark} {bucket.checksum} ".encode() + code).digest()
