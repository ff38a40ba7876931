"""What managed objects rest on and is not managed, made on a scratch database before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection

    from schemagen.db.reflect import Unmanaged


def prepare(connection: Connection, unmanaged: Iterable[Unmanaged]) -> list[str]:
    """Make domains, types, functions and extensions, in whichever order works.

    Gives what could not be made.
    """
    import sqlalchemy as sa  # noqa: PLC0415 - SQLAlchemy is slow to import

    waiting = [each for each in unmanaged if each.needed and each.definition]
    while waiting:
        failed: list[Unmanaged] = []
        for each in waiting:
            try:
                with connection.begin_nested():
                    connection.exec_driver_sql(each.definition.replace("%", "%%"))
            except sa.exc.SQLAlchemyError:
                failed.append(each)
        if len(failed) == len(waiting):
            break
        waiting = failed
    return [str(each) for each in waiting]
