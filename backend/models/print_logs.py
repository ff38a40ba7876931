# Written by `schemagen models` from the YAML: edit that, not this.
"""The table print_logs."""

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base

if TYPE_CHECKING:
    from .process_data import ProcessData
    from .processes import Process
    from .users import User


class PrintLog(Base):
    """Labels sent to a printer, and how it went."""

    __tablename__ = "print_logs"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    label_type: Mapped[str] = mapped_column(sa.String(50))
    label_id: Mapped[str] = mapped_column(sa.String(255), comment="What the label says")
    process_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    process_data_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    printer_ip: Mapped[str | None] = mapped_column(sa.String(50))
    printer_port: Mapped[int | None] = mapped_column(sa.Integer())
    status: Mapped[str] = mapped_column(sa.String(20))
    error_message: Mapped[str | None] = mapped_column(sa.Text())
    operator_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    created_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_print_logs"),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["processes.id"],
            name="fk_print_logs_process_id",
        ),
        sa.ForeignKeyConstraint(
            ["process_data_id"],
            ["process_data.id"],
            name="fk_print_logs_process_data_id",
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["users.id"],
            name="fk_print_logs_operator_id",
        ),
        sa.Index("idx_print_logs_created_at", "created_at"),
        sa.Index("idx_print_logs_label_type", "label_type"),
        sa.Index("idx_print_logs_status", "status"),
        {"comment": "Labels sent to a printer, and how it went"},
    )

    process: Mapped["Process | None"] = relationship(back_populates="print_logs")
    process_data: Mapped["ProcessData | None"] = relationship(
        back_populates="print_logs",
    )
    operator: Mapped["User | None"] = relationship(back_populates="print_logs")
