# Written by `schemagen models` from the YAML: edit that, not this.
"""The table alerts."""

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base

if TYPE_CHECKING:
    from .lots import Lot
    from .processes import Process
    from .serials import Serial
    from .users import User


class Alert(Base):
    """Messages for the people on the line, from unread to read to archived."""

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    alert_type: Mapped[str] = mapped_column(sa.String(30))
    severity: Mapped[str] = mapped_column(sa.String(10))
    status: Mapped[str] = mapped_column(sa.String(10))
    title: Mapped[str] = mapped_column(sa.String(200))
    message: Mapped[str] = mapped_column(sa.Text())
    lot_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    serial_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    process_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    equipment_id: Mapped[str | None] = mapped_column(
        sa.String(50),
        comment="As the sender calls it; no foreign key",
    )
    created_by_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    read_by_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    archived_by_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    read_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    archived_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    created_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name="fk_alerts_lot_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["serial_id"],
            ["serials.id"],
            name="fk_alerts_serial_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["processes.id"],
            name="fk_alerts_process_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["users.id"],
            name="fk_alerts_created_by_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"],
            ["users.id"],
            name="fk_alerts_read_by_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["archived_by_id"],
            ["users.id"],
            name="fk_alerts_archived_by_id",
            ondelete="SET NULL",
        ),
        sa.Index("idx_alerts_created_at", "created_at"),
        sa.Index("idx_alerts_lot", "lot_id", "created_at"),
        sa.Index("idx_alerts_serial", "serial_id"),
        sa.Index("idx_alerts_severity", "severity", "created_at"),
        sa.Index("idx_alerts_status", "status", "created_at"),
        sa.Index("idx_alerts_type", "alert_type", "created_at"),
        {
            "comment": "Messages for the people on the line, from unread to read to archived",
        },
    )

    lot: Mapped["Lot | None"] = relationship(back_populates="alerts")
    serial: Mapped["Serial | None"] = relationship(back_populates="alerts")
    process: Mapped["Process | None"] = relationship(back_populates="alerts")
    created_by: Mapped["User | None"] = relationship(
        back_populates="alerts_created_by",
        foreign_keys="Alert.created_by_id",
    )
    read_by: Mapped["User | None"] = relationship(
        back_populates="alerts_read_by",
        foreign_keys="Alert.read_by_id",
    )
    archived_by: Mapped["User | None"] = relationship(
        back_populates="alerts_archived_by",
        foreign_keys="Alert.archived_by_id",
    )
