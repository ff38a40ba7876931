# Written by `schemagen models` from the YAML: edit that, not this.
"""The table process_headers."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, EnumType
from .enums import HeaderStatus

if TYPE_CHECKING:
    from .process_data import ProcessData
    from .processes import Process
    from .wip_process_history import WipProcessHistory


class ProcessHeader(Base):
    """A run of one process at one station for one batch, with its settings and counts."""

    __tablename__ = "process_headers"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    station_id: Mapped[str] = mapped_column(sa.String(100))
    batch_id: Mapped[str] = mapped_column(sa.String(200))
    process_id: Mapped[int] = mapped_column(sa.BigInteger())
    sequence_package: Mapped[str | None] = mapped_column(
        sa.String(255),
        comment="Test program that the station ran",
    )
    sequence_version: Mapped[str | None] = mapped_column(sa.String(50))
    parameters: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=True,
        server_default=sa.text("'{}'"),
    )
    hardware_config: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=True,
        server_default=sa.text("'{}'"),
    )
    status: Mapped[HeaderStatus] = mapped_column(
        EnumType(HeaderStatus, sa.String(20)),
        server_default=sa.text("'OPEN'"),
    )
    opened_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )
    closed_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    total_count: Mapped[int] = mapped_column(sa.Integer(), server_default=sa.text("0"))
    pass_count: Mapped[int] = mapped_column(sa.Integer(), server_default=sa.text("0"))
    fail_count: Mapped[int] = mapped_column(sa.Integer(), server_default=sa.text("0"))
    created_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )
    updated_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_process_headers"),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["processes.id"],
            name="fk_process_headers_process_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.CheckConstraint(
            "status in ('OPEN', 'CLOSED', 'CANCELLED')",
            name="chk_process_headers_status",
        ),
        sa.CheckConstraint(
            "total_count >= 0 and pass_count >= 0 and fail_count >= 0",
            name="chk_process_headers_counts",
        ),
        sa.CheckConstraint(
            "closed_at is null or closed_at >= opened_at",
            name="chk_process_headers_timestamps",
        ),
        sa.Index("idx_process_headers_batch", "batch_id"),
        sa.Index(
            "idx_process_headers_hardware_config",
            "hardware_config",
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        sa.Index(
            "uk_process_headers_open",
            "station_id",
            "batch_id",
            "process_id",
            unique=True,
            postgresql_where=sa.text("status = 'OPEN'"),
            sqlite_where=sa.text("status = 'OPEN'"),
        ),
        sa.Index("idx_process_headers_opened_at", "opened_at"),
        sa.Index(
            "idx_process_headers_parameters",
            "parameters",
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        sa.Index("idx_process_headers_process", "process_id"),
        sa.Index("idx_process_headers_station", "station_id"),
        sa.Index(
            "idx_process_headers_station_batch_process",
            "station_id",
            "batch_id",
            "process_id",
        ),
        sa.Index("idx_process_headers_status", "status"),
        {
            "comment": "A run of one process at one station for one batch, with its settings and counts",
        },
    )

    process: Mapped["Process"] = relationship(back_populates="process_headers")
    process_data: Mapped[list["ProcessData"]] = relationship(
        back_populates="header",
        passive_deletes=True,
    )
    wip_process_history: Mapped[list["WipProcessHistory"]] = relationship(
        back_populates="header",
        passive_deletes=True,
    )
