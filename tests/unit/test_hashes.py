"""The hashes are those of `hashlib`, whichever module of Python they come from."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from schemagen import hashes

TEXTS = (b"", b"a", b"schemagen" * 10_000)
WITHOUT = """
import sys
sys.modules.update(_sha2=None, _sha256=None)  # to import one fails
from schemagen.hashes import blake2b, sha256
print(sha256(b"a").hexdigest(), blake2b(b"a", digest_size=16).hexdigest())
"""


@pytest.mark.parametrize("text", TEXTS, ids=len)
def test_they_are_the_same(text: bytes) -> None:
    assert hashes.sha256(text).hexdigest() == hashlib.sha256(text).hexdigest()
    mine, theirs = (each(text, digest_size=16) for each in (hashes.blake2b, hashlib.blake2b))
    assert mine.hexdigest() == theirs.hexdigest()


def test_where_python_has_none_of_its_own_it_is_openssl_s() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True
    )
    expected = hashlib.sha256(b"a").hexdigest(), hashlib.blake2b(b"a", digest_size=16).hexdigest()
    assert tuple(done.stdout.split()) == expected


def test_there_is_nothing_else() -> None:
    with pytest.raises(AttributeError):
        hashes.md5  # noqa: B018 - to ask for it is the test
