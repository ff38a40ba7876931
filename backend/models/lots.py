# Written by `schemagen models` from the YAML: edit that, not this.
"""The table lots."""

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base

if TYPE_CHECKING:
    from .alerts import Alert
    from .process_data import ProcessData
    from .product_models import ProductModel
    from .production_lines import ProductionLine
    from .serials import Serial
    from .wip_items import WipItem


class Lot(Base):
    """Batches of one product model, planned for one day."""

    __tablename__ = "lots"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    lot_number: Mapped[str] = mapped_column(sa.String(50))
    product_model_id: Mapped[int] = mapped_column(sa.BigInteger())
    production_line_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    production_date: Mapped[dt.date] = mapped_column(sa.Date())
    parent_spring_lot: Mapped[str | None] = mapped_column(
        sa.String(50),
        comment="Lot of the spring that went in",
    )
    sma_spring_lot: Mapped[str | None] = mapped_column(
        sa.String(50),
        comment="Lot of the shape memory alloy spring that went in",
    )
    target_quantity: Mapped[int] = mapped_column(sa.Integer())
    actual_quantity: Mapped[int] = mapped_column(sa.Integer())
    passed_quantity: Mapped[int] = mapped_column(sa.Integer())
    failed_quantity: Mapped[int] = mapped_column(sa.Integer())
    status: Mapped[str] = mapped_column(sa.String(20))
    closed_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    created_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )
    updated_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_lots"),
        sa.ForeignKeyConstraint(
            ["product_model_id"],
            ["product_models.id"],
            name="fk_lots_product_model_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["production_line_id"],
            ["production_lines.id"],
            name="fk_lots_production_line_id",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sa.UniqueConstraint("lot_number", name="uk_lots_lot_number"),
        sa.Index("idx_lots_active", "status", "production_date"),
        sa.Index("idx_lots_closed_at", "closed_at"),
        sa.Index("idx_lots_model_date", "product_model_id", "production_date"),
        sa.Index("idx_lots_product_model", "product_model_id"),
        sa.Index("idx_lots_production_date", "production_date"),
        sa.Index("idx_lots_production_line", "production_line_id"),
        sa.Index("idx_lots_status", "status"),
        {"comment": "Batches of one product model, planned for one day"},
    )

    product_model: Mapped["ProductModel"] = relationship(back_populates="lots")
    production_line: Mapped["ProductionLine | None"] = relationship(
        back_populates="lots",
    )
    alerts: Mapped[list["Alert"]] = relationship(
        back_populates="lot",
        passive_deletes=True,
    )
    process_data: Mapped[list["ProcessData"]] = relationship(
        back_populates="lot",
        passive_deletes="all",
    )
    serials: Mapped[list["Serial"]] = relationship(
        back_populates="lot",
        passive_deletes="all",
    )
    wip_items: Mapped[list["WipItem"]] = relationship(
        back_populates="lot",
        passive_deletes="all",
    )
