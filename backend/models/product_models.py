# Written by `schemagen models` from the YAML: edit that, not this.
"""The table product_models."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, EnumType
from .enums import ProductStatus

if TYPE_CHECKING:
    from .lots import Lot


class ProductModel(Base):
    """What is produced."""

    __tablename__ = "product_models"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    model_code: Mapped[str] = mapped_column(sa.String(50))
    model_name: Mapped[str] = mapped_column(sa.String(255))
    category: Mapped[str | None] = mapped_column(sa.String(100))
    production_cycle_days: Mapped[int | None] = mapped_column(sa.Integer())
    specifications: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=False,
    )
    status: Mapped[ProductStatus] = mapped_column(
        EnumType(ProductStatus, sa.String(20)),
        server_default=sa.text("'ACTIVE'"),
    )
    created_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(),
        server_default=sa.text("current_timestamp"),
    )
    updated_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(),
        server_default=sa.text("current_timestamp"),
    )

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_product_models"),
        sa.UniqueConstraint("model_code", name="uk_product_models_model_code"),
        sa.CheckConstraint(
            "status in ('ACTIVE', 'INACTIVE', 'DISCONTINUED')",
            name="chk_product_models_status",
        ),
        sa.CheckConstraint(
            "production_cycle_days is null or production_cycle_days > 0",
            name="chk_product_models_cycle_days",
        ),
        sa.Index("idx_product_models_category", "category"),
        sa.Index(
            "idx_product_models_name_search",
            sa.text("(to_tsvector('simple', model_name))"),
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        sa.Index(
            "idx_product_models_specifications",
            "specifications",
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        sa.Index("idx_product_models_status", "status"),
        {"comment": "What is produced"},
    )

    lots: Mapped[list["Lot"]] = relationship(
        back_populates="product_model",
        passive_deletes="all",
    )
