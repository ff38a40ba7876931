"""The hashes of `hashlib`, without OpenSSL: that takes longer to load than to hash a project."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hashlib import blake2b, sha256

__all__ = ["blake2b", "sha256"]
# Where Python has its own, as its module `random` looks for them; a system may have left them out.
_MODULES = {"sha256": ("_sha2", "_sha256"), "blake2b": ("_blake2",)}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a function of hashlib
    """Find a hash when it is imported first."""
    for module in (*_MODULES[name], "hashlib") if name in _MODULES else ():
        try:
            found = getattr(import_module(module), name)
        except ImportError:
            continue
        globals()[name] = found
        return found
    raise AttributeError(name)
