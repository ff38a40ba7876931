# Written by `schemagen models` from the YAML: edit that, not this.
"""The table users."""

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base

if TYPE_CHECKING:
    from .alerts import Alert
    from .audit_logs import AuditLog
    from .error_logs import ErrorLog
    from .print_logs import PrintLog
    from .process_data import ProcessData
    from .saved_filters import SavedFilter
    from .wip_process_history import WipProcessHistory


class User(Base):
    """People who work with the system."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    username: Mapped[str] = mapped_column(sa.String(50))
    email: Mapped[str | None] = mapped_column(sa.String(255))
    password_hash: Mapped[str] = mapped_column(sa.String(255))
    full_name: Mapped[str] = mapped_column(sa.String(255))
    role: Mapped[str] = mapped_column(sa.String(20))
    department: Mapped[str | None] = mapped_column(sa.String(100))
    is_active: Mapped[bool] = mapped_column(sa.Boolean())
    last_login_at: Mapped[dt.datetime | None] = mapped_column(
        sa.DateTime(timezone=True),
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
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("username", name="uk_users_username"),
        sa.UniqueConstraint("email", name="uk_users_email"),
        sa.Index("idx_users_active", "is_active", "role"),
        sa.Index("idx_users_department", "department"),
        sa.Index("idx_users_last_login", "last_login_at"),
        sa.Index("idx_users_role", "role"),
        {"comment": "People who work with the system"},
    )

    alerts_created_by: Mapped[list["Alert"]] = relationship(
        back_populates="created_by",
        foreign_keys="Alert.created_by_id",
        passive_deletes=True,
    )
    alerts_read_by: Mapped[list["Alert"]] = relationship(
        back_populates="read_by",
        foreign_keys="Alert.read_by_id",
        passive_deletes=True,
    )
    alerts_archived_by: Mapped[list["Alert"]] = relationship(
        back_populates="archived_by",
        foreign_keys="Alert.archived_by_id",
        passive_deletes=True,
    )
    audit_logs: Mapped[list["AuditLog"]] = relationship(
        back_populates="user",
        passive_deletes="all",
    )
    error_logs: Mapped[list["ErrorLog"]] = relationship(
        back_populates="user",
        passive_deletes=True,
    )
    print_logs: Mapped[list["PrintLog"]] = relationship(
        back_populates="operator",
        passive_deletes="all",
    )
    process_data: Mapped[list["ProcessData"]] = relationship(
        back_populates="operator",
        passive_deletes="all",
    )
    saved_filters: Mapped[list["SavedFilter"]] = relationship(
        back_populates="user",
        cascade="all",
        passive_deletes=True,
    )
    wip_process_history: Mapped[list["WipProcessHistory"]] = relationship(
        back_populates="operator",
        passive_deletes="all",
    )
