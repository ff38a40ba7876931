# Written by `schemagen models` from the YAML: edit that, not this.
"""The table serials."""

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, EnumType
from .enums import SerialStatus

if TYPE_CHECKING:
    from .alerts import Alert
    from .lots import Lot
    from .process_data import ProcessData
    from .wip_items import WipItem


class Serial(Base):
    """Finished units, each with its serial number."""

    __tablename__ = "serials"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    serial_number: Mapped[str] = mapped_column(sa.String(50))
    status: Mapped[SerialStatus] = mapped_column(EnumType(SerialStatus, sa.String(20)))
    rework_count: Mapped[int] = mapped_column(sa.Integer())
    failure_reason: Mapped[str | None] = mapped_column(sa.Text())
    lot_id: Mapped[int] = mapped_column(sa.BigInteger())
    sequence_in_lot: Mapped[int] = mapped_column(sa.Integer())
    completed_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    created_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )
    updated_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_serials"),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name="fk_serials_lot_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.UniqueConstraint("serial_number", name="uk_serials_serial_number"),
        sa.CheckConstraint(
            "status in ('CREATED', 'IN_PROGRESS', 'PASSED', 'FAILED')",
            name="chk_serials_status",
        ),
        sa.CheckConstraint(
            "(status = 'FAILED' and failure_reason is not null) or (status != 'FAILED' and failure_reason is null)",
            name="chk_serials_failure_reason",
        ),
        sa.CheckConstraint(
            "rework_count >= 0 and rework_count <= 3",
            name="chk_serials_rework_count",
        ),
        sa.CheckConstraint(
            "sequence_in_lot >= 1 and sequence_in_lot <= 100",
            name="chk_serials_sequence",
        ),
        sa.Index("idx_serials_active", "lot_id", "status"),
        sa.Index("idx_serials_failed", "lot_id", "failure_reason"),
        sa.Index("idx_serials_rework", "rework_count"),
        sa.Index("idx_serials_status", "status"),
        sa.Index("idx_serials_lot", "lot_id"),
        sa.Index("idx_serials_completed_at", "completed_at"),
        {"comment": "Finished units, each with its serial number"},
    )

    lot: Mapped["Lot"] = relationship(back_populates="serials")
    alerts: Mapped[list["Alert"]] = relationship(
        back_populates="serial",
        passive_deletes=True,
    )
    process_data: Mapped[list["ProcessData"]] = relationship(
        back_populates="serial",
        passive_deletes="all",
    )
    wip_items: Mapped[list["WipItem"]] = relationship(
        back_populates="serial",
        passive_deletes=True,
    )
