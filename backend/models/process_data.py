# Written by `schemagen models` from the YAML: edit that, not this.
"""The table process_data."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, EnumType
from .enums import DataLevel, ProcessResult

if TYPE_CHECKING:
    from .equipment import Equipment
    from .lots import Lot
    from .print_logs import PrintLog
    from .process_headers import ProcessHeader
    from .processes import Process
    from .serials import Serial
    from .users import User
    from .wip_items import WipItem


class ProcessData(Base):
    """A row of the table process_data."""

    __tablename__ = "process_data"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    lot_id: Mapped[int] = mapped_column(sa.BigInteger())
    serial_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    wip_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    header_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    data_level: Mapped[DataLevel] = mapped_column(
        EnumType(DataLevel, sa.String(10)),
        comment="What the step was done to",
    )
    result: Mapped[ProcessResult] = mapped_column(
        EnumType(ProcessResult, sa.String(10)),
    )
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
        sa.PrimaryKeyConstraint("id", name="pk_process_data"),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name="fk_process_data_lot_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["serial_id"],
            ["serials.id"],
            name="fk_process_data_serial_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["wip_id"],
            ["wip_items.id"],
            name="fk_process_data_wip_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["header_id"],
            ["process_headers.id"],
            name="fk_process_data_header_id",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["processes.id"],
            name="fk_process_data_process_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["users.id"],
            name="fk_process_data_operator_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["equipment_id"],
            ["equipment.id"],
            name="fk_process_data_equipment_id",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sa.CheckConstraint(
            "data_level in ('LOT', 'WIP', 'SERIAL')",
            name="chk_process_data_data_level",
        ),
        sa.CheckConstraint(
            "result in ('PASS', 'FAIL', 'REWORK')",
            name="chk_process_data_result",
        ),
        sa.CheckConstraint(
            "(data_level = 'LOT' and serial_id is null and wip_id is null) or (data_level = 'WIP' and wip_id is not null) or (data_level = 'SERIAL' and serial_id is not null)",
            name="chk_process_data_wip_serial_consistency",
        ),
        sa.CheckConstraint(
            "duration_seconds is null or duration_seconds >= 0",
            name="chk_process_data_duration",
        ),
        sa.CheckConstraint(
            "completed_at is null or completed_at >= started_at",
            name="chk_process_data_timestamps",
        ),
        sa.Index(
            "idx_process_data_completed_at",
            "completed_at",
            postgresql_where=sa.text("completed_at is not null"),
            sqlite_where=sa.text("completed_at is not null"),
        ),
        sa.Index("idx_process_data_data_level", "data_level", "lot_id"),
        sa.Index(
            "idx_process_data_equipment_utilization",
            "equipment_id",
            "process_id",
            "started_at",
        ),
        sa.Index(
            "idx_process_data_failed",
            "process_id",
            "started_at",
            postgresql_where=sa.text("result = 'FAIL'"),
            sqlite_where=sa.text("result = 'FAIL'"),
        ),
        sa.Index("idx_process_data_header", "header_id"),
        sa.Index("idx_process_data_lot", "lot_id"),
        sa.Index("idx_process_data_lot_process", "lot_id", "process_id", "result"),
        sa.Index(
            "idx_process_data_operator_performance",
            "operator_id",
            "process_id",
            "result",
            "started_at",
        ),
        sa.Index(
            "idx_process_data_process_result",
            "process_id",
            "result",
            "started_at",
        ),
        sa.Index(
            "idx_process_data_serial",
            "serial_id",
            postgresql_where=sa.text("serial_id is not null"),
            sqlite_where=sa.text("serial_id is not null"),
        ),
        sa.Index(
            "idx_process_data_serial_process",
            "serial_id",
            "process_id",
            "result",
            postgresql_where=sa.text("serial_id is not null"),
            sqlite_where=sa.text("serial_id is not null"),
        ),
        sa.Index(
            "idx_process_data_wip",
            "wip_id",
            postgresql_where=sa.text("wip_id is not null"),
            sqlite_where=sa.text("wip_id is not null"),
        ),
        sa.Index("idx_process_data_process", "process_id"),
        sa.Index("idx_process_data_operator", "operator_id"),
        sa.Index("idx_process_data_equipment", "equipment_id"),
        sa.Index("idx_process_data_started_at", "started_at"),
        sa.Index(
            "idx_process_data_measurements",
            "measurements",
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        sa.Index(
            "idx_process_data_defects",
            "defects",
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        {
            "comment": "One try of a process step on a lot, WIP item or serial; about forty million rows a year",
        },
    )

    lot: Mapped["Lot"] = relationship(back_populates="process_data")
    serial: Mapped["Serial | None"] = relationship(back_populates="process_data")
    wip: Mapped["WipItem | None"] = relationship(back_populates="process_data")
    header: Mapped["ProcessHeader | None"] = relationship(back_populates="process_data")
    process: Mapped["Process"] = relationship(back_populates="process_data")
    operator: Mapped["User"] = relationship(back_populates="process_data")
    equipment: Mapped["Equipment | None"] = relationship(back_populates="process_data")
    print_logs: Mapped[list["PrintLog"]] = relationship(
        back_populates="process_data",
        passive_deletes="all",
    )
