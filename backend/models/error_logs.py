# Written by `schemagen models` from the YAML: edit that, not this.
"""The table error_logs."""

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base

if TYPE_CHECKING:
    from .users import User


class ErrorLog(Base):
    """Errors of the API, each found again by its trace id."""

    __tablename__ = "error_logs"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    trace_id: Mapped[UUID] = mapped_column(sa.Uuid())
    error_code: Mapped[str] = mapped_column(sa.String(20))
    message: Mapped[str] = mapped_column(sa.Text())
    path: Mapped[str | None] = mapped_column(
        sa.String(500),
        comment="Path of the HTTP request",
    )
    method: Mapped[str | None] = mapped_column(
        sa.String(10),
        comment="Method of the HTTP request",
    )
    status_code: Mapped[int] = mapped_column(sa.Integer())
    user_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    details: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=True,
    )
    timestamp: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_error_logs"),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name="fk_error_logs_user_id",
            ondelete="SET NULL",
        ),
        sa.UniqueConstraint("trace_id", name="uk_error_logs_trace_id"),
        sa.Index(
            "idx_error_logs_details_gin",
            "details",
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        sa.Index("ix_error_logs_error_code", "error_code"),
        sa.Index("idx_error_logs_error_code_timestamp", "error_code", "timestamp"),
        sa.Index(
            "idx_error_logs_path_timestamp",
            "path",
            "timestamp",
            postgresql_where=sa.text("path is not null"),
            sqlite_where=sa.text("path is not null"),
        ),
        sa.Index("idx_error_logs_status_code_timestamp", "status_code", "timestamp"),
        sa.Index("idx_error_logs_timestamp", "timestamp"),
        sa.Index("idx_error_logs_trace_id", "trace_id", unique=True),
        sa.Index(
            "idx_error_logs_user_id_timestamp",
            "user_id",
            "timestamp",
            postgresql_where=sa.text("user_id is not null"),
            sqlite_where=sa.text("user_id is not null"),
        ),
        {"comment": "Errors of the API, each found again by its trace id"},
    )

    user: Mapped["User | None"] = relationship(back_populates="error_logs")
