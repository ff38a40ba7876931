"""SQL for `sqlite3` and `psql`, as `alembic upgrade --sql` writes it."""

from typing import Any, SupportsIndex

from alembic.ddl import DefaultImpl


class Verbatim(str):
    """SQL whose tabs stay: Alembic would make four spaces of each, in the middle of a text too."""

    __slots__ = ()

    def replace(self, old: str, new: str, count: SupportsIndex = -1, /) -> str:
        """Replace what is no tab."""
        return self if old == "\t" else super().replace(old, new, count)


def write_for_clients(impl: DefaultImpl) -> None:
    """Write every text as it is, and begin so that a client stops at the first error."""
    for name in ("ddl_compiler", "statement_compiler"):
        compiler: Any = getattr(impl.dialect, name)
        said = {"__str__": lambda compiled: Verbatim(compiled.string or "")}
        setattr(impl.dialect, name, type(name, (compiler,), said))
    if impl.dialect.name == "sqlite":
        impl.static_output(".bail on")
        impl.static_output("PRAGMA foreign_keys=OFF;")
