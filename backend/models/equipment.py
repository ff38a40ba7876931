# Written by `schemagen models` from the YAML: edit that, not this.
"""The table equipment."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base

if TYPE_CHECKING:
    from .process_data import ProcessData
    from .processes import Process
    from .production_lines import ProductionLine
    from .wip_process_history import WipProcessHistory


class Equipment(Base):
    """Machines and tools, where they stand and when they are maintained."""

    __tablename__ = "equipment"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    equipment_code: Mapped[str] = mapped_column(sa.String(50))
    equipment_name: Mapped[str] = mapped_column(sa.String(255))
    equipment_type: Mapped[str] = mapped_column(sa.String(100))
    description: Mapped[str | None] = mapped_column(sa.Text())
    process_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    production_line_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    manufacturer: Mapped[str | None] = mapped_column(sa.String(255))
    model_number: Mapped[str | None] = mapped_column(sa.String(100))
    serial_number: Mapped[str | None] = mapped_column(
        sa.String(100),
        comment="The manufacturer's",
    )
    status: Mapped[str] = mapped_column(
        sa.String(20),
        server_default=sa.text("'AVAILABLE'"),
    )
    is_active: Mapped[bool] = mapped_column(sa.Boolean(), server_default=sa.true())
    last_maintenance_date: Mapped[dt.date | None] = mapped_column(sa.Date())
    next_maintenance_date: Mapped[dt.date | None] = mapped_column(sa.Date())
    total_operation_hours: Mapped[Decimal | None] = mapped_column(
        sa.Numeric(10, 2),
        server_default=sa.text("0"),
    )
    specifications: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=True,
        server_default=sa.text("'{}'"),
    )
    maintenance_schedule: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=True,
        server_default=sa.text("'{}'"),
    )
    created_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )
    updated_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_equipment"),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["processes.id"],
            name="fk_equipment_process_id",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["production_line_id"],
            ["production_lines.id"],
            name="fk_equipment_production_line_id",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sa.UniqueConstraint("equipment_code", name="uk_equipment_equipment_code"),
        sa.Index("idx_equipment_code", "equipment_code"),
        {
            "comment": "Machines and tools, where they stand and when they are maintained",
        },
    )

    process: Mapped["Process | None"] = relationship(back_populates="equipment")
    production_line: Mapped["ProductionLine | None"] = relationship(
        back_populates="equipment",
    )
    process_data: Mapped[list["ProcessData"]] = relationship(
        back_populates="equipment",
        passive_deletes=True,
    )
    wip_process_history: Mapped[list["WipProcessHistory"]] = relationship(
        back_populates="equipment",
        passive_deletes=True,
    )
