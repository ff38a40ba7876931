# Written by `schemagen models` from the YAML: edit that, not this.
"""The table audit_logs."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, EnumType
from .enums import AuditAction, AuditEntity

if TYPE_CHECKING:
    from .users import User


class AuditLog(Base):
    """Who changed which row, from what to what; about a hundred million rows a year."""

    __tablename__ = "audit_logs"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    user_id: Mapped[int] = mapped_column(sa.BigInteger())
    entity_type: Mapped[AuditEntity] = mapped_column(
        EnumType(AuditEntity, sa.String(50)),
        comment="Table of the changed row",
    )
    entity_id: Mapped[int] = mapped_column(
        sa.BigInteger(),
        comment="Id of the changed row in that table",
    )
    action: Mapped[AuditAction] = mapped_column(EnumType(AuditAction, sa.String(10)))
    old_values: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=True,
        comment="The row before; none for a created one",
    )
    new_values: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=True,
        comment="The row afterwards; none for a deleted one",
    )
    ip_address: Mapped[str | None] = mapped_column(sa.String(45))
    user_agent: Mapped[str | None] = mapped_column(sa.Text())
    created_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_audit_logs"),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name="fk_audit_logs_user_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.CheckConstraint(
            "entity_type in ('product_models', 'lots', 'serials', 'processes', 'process_data', 'users', 'audit_logs')",
            name="chk_audit_logs_entity_type",
        ),
        sa.CheckConstraint(
            "action in ('CREATE', 'UPDATE', 'DELETE')",
            name="chk_audit_logs_action",
        ),
        sa.CheckConstraint(
            "(action = 'CREATE' and old_values is null) or (action in ('UPDATE', 'DELETE') and old_values is not null)",
            name="chk_audit_logs_old_values",
        ),
        sa.CheckConstraint(
            "(action = 'DELETE' and new_values is null) or (action in ('CREATE', 'UPDATE') and new_values is not null)",
            name="chk_audit_logs_new_values",
        ),
        sa.Index("idx_audit_logs_action", "action", "created_at"),
        sa.Index("idx_audit_logs_created_at", "created_at"),
        sa.Index("idx_audit_logs_entity", "entity_type", "entity_id"),
        sa.Index(
            "idx_audit_logs_entity_history",
            "entity_type",
            "entity_id",
            "created_at",
        ),
        sa.Index("idx_audit_logs_ip_address", "ip_address", "created_at"),
        sa.Index(
            "idx_audit_logs_new_values",
            "new_values",
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        sa.Index(
            "idx_audit_logs_old_values",
            "old_values",
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        sa.Index("idx_audit_logs_user", "user_id"),
        sa.Index("idx_audit_logs_user_activity", "user_id", "created_at"),
        sa.Index("ix_audit_logs_user_id", "user_id"),
        {
            "comment": "Who changed which row, from what to what; about a hundred million rows a year",
        },
    )

    user: Mapped["User"] = relationship(back_populates="audit_logs")
