"""A database with a table in use, to be changed while clients go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.databases import Database
    from support.project import Project


@dataclass
class Plant:
    """A project whose database is at its first revision, with rows that clients have written.

    Args:
        project: the project.
        database: its database.

    """

    project: Project
    database: Database

    def change(self, text: str, *flags: str) -> None:
        """Write the revision to a new text of the table."""
        self.project.write("schema/tables/lots.yaml", text)
        self.project.schemagen("generate", "--no-input", *flags).ok()

    def upgrade(self) -> None:
        self.project.upgrade(self.database.url)

    def refused(self) -> str:
        """Upgrade in vain; give what is said, which is no traceback."""
        done = self.project.alembic("upgrade", "head", url=self.database.url)
        assert done.code != 0
        assert "Traceback" not in done.stdout + done.stderr
        return done.stdout + done.stderr

    @property
    def version(self) -> str:
        ((found,),) = self.database.rows("SELECT version_num FROM alembic_version")
        return found[:4]

    def insert(self, count: int) -> None:
        self.database.execute(
            "INSERT INTO lots (code, size, owner)"
            f" SELECT 'a' || i, i, 1 FROM generate_series(1, {count}) AS i"
        )
