# Written by `schemagen models` from the YAML: edit that, not this.
"""The table wip_process_history."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, EnumType
from .enums import WipResult

if TYPE_CHECKING:
    from .equipment import Equipment
    from .process_headers import ProcessHeader
    from .processes import Process
    from .users import User
    from .wip_items import WipItem


class WipProcessHistory(Base):
    """Process steps that a WIP item went through."""

    __tablename__ = "wip_process_history"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    wip_item_id: Mapped[int] = mapped_column(sa.BigInteger())
    header_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    result: Mapped[WipResult] = mapped_column(EnumType(WipResult, sa.String(10)))
    process_id: Mapped[int] = mapped_column(sa.BigInteger())
    operator_id: Mapped[int] = mapped_column(sa.BigInteger())
    equipment_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    measurements: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=True,
        comment="Readings of the step",
    )
    defects: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=True,
        comment="Defects found in the step",
    )
    notes: Mapped[str | None] = mapped_column(sa.Text())
    started_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    completed_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    duration_seconds: Mapped[int | None] = mapped_column(sa.Integer())
    created_at: Mapped[dt.datetime] = mapped_column(
        sa.DateTime(timezone=True),
        server_default=sa.text("current_timestamp"),
    )

    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_wip_process_history"),
        sa.ForeignKeyConstraint(
            ["wip_item_id"],
            ["wip_items.id"],
            name="fk_wip_process_history_wip_item_id",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["header_id"],
            ["process_headers.id"],
            name="fk_wip_process_history_header_id",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["processes.id"],
            name="fk_wip_process_history_process_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["users.id"],
            name="fk_wip_process_history_operator_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["equipment_id"],
            ["equipment.id"],
            name="fk_wip_process_history_equipment_id",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sa.UniqueConstraint(
            "wip_item_id",
            "process_id",
            name="uk_wip_process_history_item_process",
        ),
        sa.CheckConstraint("result in ('PASS', 'FAIL')", name="chk_wip_history_result"),
        sa.CheckConstraint(
            "duration_seconds is null or duration_seconds >= 0",
            name="chk_wip_history_duration",
        ),
        sa.CheckConstraint(
            "completed_at is null or completed_at >= started_at",
            name="chk_wip_history_timestamps",
        ),
        sa.Index(
            "idx_wip_history_failed",
            "process_id",
            "started_at",
            postgresql_where=sa.text("result = 'FAIL'"),
            sqlite_where=sa.text("result = 'FAIL'"),
        ),
        sa.Index("idx_wip_history_header", "header_id"),
        sa.Index("idx_wip_history_wip_item", "wip_item_id"),
        sa.Index("idx_wip_history_wip_process", "wip_item_id", "process_id", "result"),
        sa.Index(
            "idx_wip_history_wip_process_completed",
            "wip_item_id",
            "process_id",
            completed_at.desc(),
        ),
        sa.Index("idx_wip_history_process", "process_id"),
        sa.Index("idx_wip_history_operator", "operator_id"),
        sa.Index("idx_wip_history_equipment", "equipment_id"),
        sa.Index("idx_wip_history_started_at", "started_at"),
        sa.Index(
            "idx_wip_history_measurements",
            "measurements",
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        sa.Index(
            "idx_wip_history_defects",
            "defects",
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        {"comment": "Process steps that a WIP item went through"},
    )

    wip_item: Mapped["WipItem"] = relationship(back_populates="wip_process_history")
    header: Mapped["ProcessHeader | None"] = relationship(
        back_populates="wip_process_history",
    )
    process: Mapped["Process"] = relationship(back_populates="wip_process_history")
    operator: Mapped["User"] = relationship(back_populates="wip_process_history")
    equipment: Mapped["Equipment | None"] = relationship(
        back_populates="wip_process_history",
    )
