# Written by `schemagen models` from the YAML: edit that, not this.
"""The table processes."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, EnumType
from .enums import LabelTemplate

if TYPE_CHECKING:
    from .alerts import Alert
    from .equipment import Equipment
    from .print_logs import PrintLog
    from .process_data import ProcessData
    from .process_headers import ProcessHeader
    from .wip_items import WipItem
    from .wip_process_history import WipProcessHistory


class Process(Base):
    """The numbered steps that every unit runs through."""

    __tablename__ = "processes"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.Identity(),
    )
    process_number: Mapped[int] = mapped_column(
        sa.Integer(),
        comment="Place of the step in the sequence",
    )
    process_code: Mapped[str] = mapped_column(sa.String(50))
    process_name_ko: Mapped[str] = mapped_column(sa.String(255))
    process_name_en: Mapped[str] = mapped_column(sa.String(255))
    description: Mapped[str | None] = mapped_column(sa.Text())
    estimated_duration_seconds: Mapped[int | None] = mapped_column(sa.Integer())
    quality_criteria: Mapped[Any] = mapped_column(
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=False,
        comment="Limits that the measurements are judged by",
    )
    is_active: Mapped[bool] = mapped_column(sa.Boolean(), server_default=sa.true())
    auto_print_label: Mapped[bool] = mapped_column(
        sa.Boolean(),
        server_default=sa.false(),
        comment="Print a label when the step is completed",
    )
    label_template_type: Mapped[LabelTemplate | None] = mapped_column(
        EnumType(LabelTemplate, sa.String(50)),
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
        sa.PrimaryKeyConstraint("id", name="pk_processes"),
        sa.UniqueConstraint("process_number", name="uk_processes_process_number"),
        sa.UniqueConstraint("process_code", name="uk_processes_process_code"),
        sa.CheckConstraint(
            "label_template_type in ('WIP_LABEL', 'SERIAL_LABEL', 'LOT_LABEL')",
            name="chk_processes_label_template_type",
        ),
        sa.CheckConstraint(
            "estimated_duration_seconds is null or estimated_duration_seconds > 0",
            name="chk_processes_duration",
        ),
        sa.CheckConstraint(
            "process_number >= 1 and process_number <= 8",
            name="chk_processes_process_number",
        ),
        sa.Index("idx_processes_active", "is_active"),
        sa.Index(
            "idx_processes_quality_criteria",
            "quality_criteria",
            postgresql_using="gin",
            info={"only": "postgresql"},
        ).ddl_if(dialect="postgresql"),
        {"comment": "The numbered steps that every unit runs through"},
    )

    alerts: Mapped[list["Alert"]] = relationship(
        back_populates="process",
        passive_deletes=True,
    )
    equipment: Mapped[list["Equipment"]] = relationship(
        back_populates="process",
        passive_deletes=True,
    )
    print_logs: Mapped[list["PrintLog"]] = relationship(
        back_populates="process",
        passive_deletes="all",
    )
    process_data: Mapped[list["ProcessData"]] = relationship(
        back_populates="process",
        passive_deletes="all",
    )
    process_headers: Mapped[list["ProcessHeader"]] = relationship(
        back_populates="process",
        passive_deletes="all",
    )
    wip_items: Mapped[list["WipItem"]] = relationship(
        back_populates="current_process",
        passive_deletes=True,
    )
    wip_process_history: Mapped[list["WipProcessHistory"]] = relationship(
        back_populates="process",
        passive_deletes="all",
    )
