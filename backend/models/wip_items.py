# Written by `schemagen models` from the YAML: edit that, not this.
"""The table wip_items."""

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, EnumType
from .enums import WipStatus

if TYPE_CHECKING:
    from .lots import Lot
    from .process_data import ProcessData
    from .processes import Process
    from .serials import Serial
    from .wip_process_history import WipProcessHistory


class WipItem(Base):
    """Work in progress, a unit of a lot until it gets its serial number."""

    __tablename__ = "wip_items"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    wip_id: Mapped[str] = mapped_column(sa.String(50))
    status: Mapped[WipStatus] = mapped_column(EnumType(WipStatus, sa.String(20)))
    current_process_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    serial_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    converted_at: Mapped[dt.datetime | None] = mapped_column(
        sa.DateTime(timezone=True),
        comment="When the unit got its serial number",
    )
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
        sa.PrimaryKeyConstraint("id", name="pk_wip_items"),
        sa.ForeignKeyConstraint(
            ["current_process_id"],
            ["processes.id"],
            name="fk_wip_items_current_process_id",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["serial_id"],
            ["serials.id"],
            name="fk_wip_items_serial_id",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name="fk_wip_items_lot_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.UniqueConstraint("wip_id", name="uk_wip_items_wip_id"),
        sa.CheckConstraint(
            "status in ('CREATED', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'CONVERTED')",
            name="chk_wip_items_status",
        ),
        sa.CheckConstraint("wip_id like 'WIP-%'", name="chk_wip_items_format"),
        sa.CheckConstraint(
            "sequence_in_lot >= 1 and sequence_in_lot <= 100",
            name="chk_wip_items_sequence",
        ),
        sa.Index("idx_wip_items_active", "lot_id", "status"),
        sa.Index("idx_wip_items_converted_at", "converted_at"),
        sa.Index("idx_wip_items_current_process", "current_process_id"),
        sa.Index("uk_wip_items_lot_sequence", "lot_id", "sequence_in_lot", unique=True),
        sa.Index("idx_wip_items_serial", "serial_id"),
        sa.Index("idx_wip_items_status", "status"),
        sa.Index("idx_wip_items_lot", "lot_id"),
        sa.Index("idx_wip_items_completed_at", "completed_at"),
        {
            "comment": "Work in progress, a unit of a lot until it gets its serial number",
        },
    )

    current_process: Mapped["Process | None"] = relationship(back_populates="wip_items")
    serial: Mapped["Serial | None"] = relationship(back_populates="wip_items")
    lot: Mapped["Lot"] = relationship(back_populates="wip_items")
    process_data: Mapped[list["ProcessData"]] = relationship(
        back_populates="wip",
        passive_deletes="all",
    )
    wip_process_history: Mapped[list["WipProcessHistory"]] = relationship(
        back_populates="wip_item",
        cascade="all",
        passive_deletes=True,
    )
