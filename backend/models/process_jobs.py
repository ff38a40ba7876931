# Written by `schemagen models` from the YAML: edit that, not this.
"""The table process_jobs."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class ProcessJob(Base):
    """Work done in the background, found again by its task id."""

    __tablename__ = "process_jobs"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    task_id: Mapped[str] = mapped_column(sa.String(255))
    job_type: Mapped[str] = mapped_column(sa.String(50))
    status: Mapped[str] = mapped_column(sa.String(20))
    params: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=True,
    )
    result: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=True,
    )
    error_message: Mapped[str | None] = mapped_column(sa.Text())
    created_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    updated_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_process_jobs"),
        sa.Index("ix_process_jobs_task_id", "task_id"),
        {"comment": "Work done in the background, found again by its task id"},
    )
