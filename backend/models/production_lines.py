# Written by `schemagen models` from the YAML: edit that, not this.
"""The table production_lines."""

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base

if TYPE_CHECKING:
    from .equipment import Equipment
    from .lots import Lot


class ProductionLine(Base):
    """Lines of the plant."""

    __tablename__ = "production_lines"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    line_code: Mapped[str] = mapped_column(sa.String(50))
    line_name: Mapped[str] = mapped_column(sa.String(255))
    description: Mapped[str | None] = mapped_column(sa.Text())
    cycle_time_sec: Mapped[int | None] = mapped_column(
        sa.Integer(),
        comment="Planned seconds from one unit to the next",
    )
    location: Mapped[str | None] = mapped_column(sa.String(100))
    is_active: Mapped[bool] = mapped_column(sa.Boolean(), server_default=sa.true())
    created_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )
    updated_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_production_lines"),
        sa.UniqueConstraint("line_code", name="uk_production_lines_line_code"),
        sa.Index("idx_production_lines_active", "is_active"),
        sa.Index("idx_production_lines_code", "line_code"),
        {"comment": "Lines of the plant"},
    )

    equipment: Mapped[list["Equipment"]] = relationship(
        back_populates="production_line",
        passive_deletes=True,
    )
    lots: Mapped[list["Lot"]] = relationship(
        back_populates="production_line",
        passive_deletes=True,
    )
