"""initial

Revision ID: 0001_initial
Revises:
Create Date: 2026-11-24 15:44:28.579903
Entry: 0001_initial.yaml
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_initial"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    dialect = op.get_context().dialect.name

    # add table product_models (schema/tables/product_models.yaml:2)
    op.create_table(
        "product_models",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("model_code", sa.String(50), nullable=False),
        sa.Column("model_name", sa.String(255), nullable=False),
        sa.Column("category", sa.String(100), nullable=True),
        sa.Column("production_cycle_days", sa.Integer(), nullable=True),
        sa.Column(
            "specifications",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.String(20),
            nullable=False,
            server_default=sa.text("'ACTIVE'"),
        ),
        sa.Column(
            "created_at",
            sa.DateTime(),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
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
        comment="What is produced",
    )
    op.create_index("idx_product_models_category", "product_models", ["category"])

    if dialect == "postgresql":
        op.create_index(
            "idx_product_models_name_search",
            "product_models",
            [sa.text("(to_tsvector('simple', model_name))")],
            postgresql_using="gin",
        )
        op.create_index(
            "idx_product_models_specifications",
            "product_models",
            ["specifications"],
            postgresql_using="gin",
        )

    op.create_index("idx_product_models_status", "product_models", ["status"])

    # add table production_lines (schema/tables/production_lines.yaml:2)
    op.create_table(
        "production_lines",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("line_code", sa.String(50), nullable=False),
        sa.Column("line_name", sa.String(255), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column(
            "cycle_time_sec",
            sa.Integer(),
            nullable=True,
            comment="Planned seconds from one unit to the next",
        ),
        sa.Column("location", sa.String(100), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_production_lines"),
        sa.UniqueConstraint("line_code", name="uk_production_lines_line_code"),
        comment="Lines of the plant",
    )
    op.create_index("idx_production_lines_active", "production_lines", ["is_active"])
    op.create_index("idx_production_lines_code", "production_lines", ["line_code"])

    # add table lots (schema/tables/lots.yaml:2)
    op.create_table(
        "lots",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("lot_number", sa.String(50), nullable=False),
        sa.Column("product_model_id", sa.BigInteger(), nullable=False),
        sa.Column("production_line_id", sa.BigInteger(), nullable=True),
        sa.Column("production_date", sa.Date(), nullable=False),
        sa.Column(
            "parent_spring_lot",
            sa.String(50),
            nullable=True,
            comment="Lot of the spring that went in",
        ),
        sa.Column(
            "sma_spring_lot",
            sa.String(50),
            nullable=True,
            comment="Lot of the shape memory alloy spring that went in",
        ),
        sa.Column("target_quantity", sa.Integer(), nullable=False),
        sa.Column("actual_quantity", sa.Integer(), nullable=False),
        sa.Column("passed_quantity", sa.Integer(), nullable=False),
        sa.Column("failed_quantity", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
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
        comment="Batches of one product model, planned for one day",
    )
    op.create_index("idx_lots_active", "lots", ["status", "production_date"])
    op.create_index("idx_lots_closed_at", "lots", ["closed_at"])
    op.create_index(
        "idx_lots_model_date",
        "lots",
        ["product_model_id", "production_date"],
    )
    op.create_index("idx_lots_product_model", "lots", ["product_model_id"])
    op.create_index("idx_lots_production_date", "lots", ["production_date"])
    op.create_index("idx_lots_production_line", "lots", ["production_line_id"])
    op.create_index("idx_lots_status", "lots", ["status"])

    # add table serials (schema/tables/serials.yaml:2)
    op.create_table(
        "serials",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("serial_number", sa.String(50), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("rework_count", sa.Integer(), nullable=False),
        sa.Column("failure_reason", sa.Text(), nullable=True),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("sequence_in_lot", sa.Integer(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_serials"),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name="fk_serials_lot_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.UniqueConstraint("serial_number", name="uk_serials_serial_number"),
        sa.CheckConstraint(
            "status in ('CREATED', 'IN_PROGRESS', 'PASSED', 'FAILED')",
            name="chk_serials_status",
        ),
        sa.CheckConstraint(
            "(status = 'FAILED' and failure_reason is not null) or (status != 'FAILED' and failure_reason is null)",
            name="chk_serials_failure_reason",
        ),
        sa.CheckConstraint(
            "rework_count >= 0 and rework_count <= 3",
            name="chk_serials_rework_count",
        ),
        sa.CheckConstraint(
            "sequence_in_lot >= 1 and sequence_in_lot <= 100",
            name="chk_serials_sequence",
        ),
        comment="Finished units, each with its serial number",
    )
    op.create_index("idx_serials_active", "serials", ["lot_id", "status"])
    op.create_index("idx_serials_failed", "serials", ["lot_id", "failure_reason"])
    op.create_index("idx_serials_rework", "serials", ["rework_count"])
    op.create_index("idx_serials_status", "serials", ["status"])
    op.create_index("idx_serials_lot", "serials", ["lot_id"])
    op.create_index("idx_serials_completed_at", "serials", ["completed_at"])

    # add table processes (schema/tables/processes.yaml:2)
    op.create_table(
        "processes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column(
            "process_number",
            sa.Integer(),
            nullable=False,
            comment="Place of the step in the sequence",
        ),
        sa.Column("process_code", sa.String(50), nullable=False),
        sa.Column("process_name_ko", sa.String(255), nullable=False),
        sa.Column("process_name_en", sa.String(255), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("estimated_duration_seconds", sa.Integer(), nullable=True),
        sa.Column(
            "quality_criteria",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
            comment="Limits that the measurements are judged by",
        ),
        sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_processes"),
        sa.UniqueConstraint("process_number", name="uk_processes_process_number"),
        sa.UniqueConstraint("process_code", name="uk_processes_process_code"),
        sa.CheckConstraint(
            "estimated_duration_seconds is null or estimated_duration_seconds > 0",
            name="chk_processes_duration",
        ),
        sa.CheckConstraint(
            "process_number >= 1 and process_number <= 8",
            name="chk_processes_process_number",
        ),
        comment="The numbered steps that every unit runs through",
    )
    op.create_index("idx_processes_active", "processes", ["is_active"])

    if dialect == "postgresql":
        op.create_index(
            "idx_processes_quality_criteria",
            "processes",
            ["quality_criteria"],
            postgresql_using="gin",
        )

    # add table users (schema/tables/users.yaml:2)
    op.create_table(
        "users",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("username", sa.String(50), nullable=False),
        sa.Column("email", sa.String(255), nullable=True),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("full_name", sa.String(255), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("department", sa.String(100), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("username", name="uk_users_username"),
        sa.UniqueConstraint("email", name="uk_users_email"),
        comment="People who work with the system",
    )
    op.create_index("idx_users_active", "users", ["is_active", "role"])
    op.create_index("idx_users_department", "users", ["department"])
    op.create_index("idx_users_last_login", "users", ["last_login_at"])
    op.create_index("idx_users_role", "users", ["role"])

    # add table alerts (schema/tables/alerts.yaml:2)
    op.create_table(
        "alerts",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("alert_type", sa.String(30), nullable=False),
        sa.Column("severity", sa.String(10), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=True),
        sa.Column("serial_id", sa.BigInteger(), nullable=True),
        sa.Column("process_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "equipment_id",
            sa.String(50),
            nullable=True,
            comment="As the sender calls it; no foreign key",
        ),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("read_by_id", sa.BigInteger(), nullable=True),
        sa.Column("archived_by_id", sa.BigInteger(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name="fk_alerts_lot_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["serial_id"],
            ["serials.id"],
            name="fk_alerts_serial_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["processes.id"],
            name="fk_alerts_process_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["users.id"],
            name="fk_alerts_created_by_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"],
            ["users.id"],
            name="fk_alerts_read_by_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["archived_by_id"],
            ["users.id"],
            name="fk_alerts_archived_by_id",
            ondelete="SET NULL",
        ),
        comment="Messages for the people on the line, from unread to read to archived",
    )
    op.create_index("idx_alerts_created_at", "alerts", ["created_at"])
    op.create_index("idx_alerts_lot", "alerts", ["lot_id", "created_at"])
    op.create_index("idx_alerts_serial", "alerts", ["serial_id"])
    op.create_index("idx_alerts_severity", "alerts", ["severity", "created_at"])
    op.create_index("idx_alerts_status", "alerts", ["status", "created_at"])
    op.create_index("idx_alerts_type", "alerts", ["alert_type", "created_at"])

    # add table audit_logs (schema/tables/audit_logs.yaml:2)
    op.create_table(
        "audit_logs",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "entity_type",
            sa.String(50),
            nullable=False,
            comment="Table of the changed row",
        ),
        sa.Column(
            "entity_id",
            sa.BigInteger(),
            nullable=False,
            comment="Id of the changed row in that table",
        ),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column(
            "old_values",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
            comment="The row before; none for a created one",
        ),
        sa.Column(
            "new_values",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
            comment="The row afterwards; none for a deleted one",
        ),
        sa.Column("ip_address", sa.String(45), nullable=True),
        sa.Column("user_agent", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
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
        comment="Who changed which row, from what to what; about a hundred million rows a year",
    )
    op.create_index("idx_audit_logs_action", "audit_logs", ["action", "created_at"])
    op.create_index("idx_audit_logs_created_at", "audit_logs", ["created_at"])
    op.create_index("idx_audit_logs_entity", "audit_logs", ["entity_type", "entity_id"])
    op.create_index(
        "idx_audit_logs_entity_history",
        "audit_logs",
        ["entity_type", "entity_id", "created_at"],
    )
    op.create_index(
        "idx_audit_logs_ip_address",
        "audit_logs",
        ["ip_address", "created_at"],
    )

    if dialect == "postgresql":
        op.create_index(
            "idx_audit_logs_new_values",
            "audit_logs",
            ["new_values"],
            postgresql_using="gin",
        )
        op.create_index(
            "idx_audit_logs_old_values",
            "audit_logs",
            ["old_values"],
            postgresql_using="gin",
        )

    op.create_index("idx_audit_logs_user", "audit_logs", ["user_id"])
    op.create_index(
        "idx_audit_logs_user_activity",
        "audit_logs",
        ["user_id", "created_at"],
    )
    op.create_index("ix_audit_logs_user_id", "audit_logs", ["user_id"])

    # add table equipment (schema/tables/equipment.yaml:2)
    op.create_table(
        "equipment",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("equipment_code", sa.String(50), nullable=False),
        sa.Column("equipment_name", sa.String(255), nullable=False),
        sa.Column("equipment_type", sa.String(100), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("process_id", sa.BigInteger(), nullable=True),
        sa.Column("production_line_id", sa.BigInteger(), nullable=True),
        sa.Column("manufacturer", sa.String(255), nullable=True),
        sa.Column("model_number", sa.String(100), nullable=True),
        sa.Column(
            "serial_number",
            sa.String(100),
            nullable=True,
            comment="The manufacturer's",
        ),
        sa.Column(
            "status",
            sa.String(20),
            nullable=False,
            server_default=sa.text("'AVAILABLE'"),
        ),
        sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("last_maintenance_date", sa.Date(), nullable=True),
        sa.Column("next_maintenance_date", sa.Date(), nullable=True),
        sa.Column(
            "total_operation_hours",
            sa.Numeric(10, 2),
            nullable=True,
            server_default=sa.text("0"),
        ),
        sa.Column(
            "specifications",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
            server_default=sa.text("'{}'"),
        ),
        sa.Column(
            "maintenance_schedule",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
            server_default=sa.text("'{}'"),
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
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
        comment="Machines and tools, where they stand and when they are maintained",
    )
    op.create_index("idx_equipment_code", "equipment", ["equipment_code"])

    # add table error_logs (schema/tables/error_logs.yaml:2)
    op.create_table(
        "error_logs",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("trace_id", sa.Uuid(), nullable=False),
        sa.Column("error_code", sa.String(20), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column(
            "path",
            sa.String(500),
            nullable=True,
            comment="Path of the HTTP request",
        ),
        sa.Column(
            "method",
            sa.String(10),
            nullable=True,
            comment="Method of the HTTP request",
        ),
        sa.Column("status_code", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "details",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "timestamp",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_error_logs"),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name="fk_error_logs_user_id",
            ondelete="SET NULL",
        ),
        sa.UniqueConstraint("trace_id", name="uk_error_logs_trace_id"),
        comment="Errors of the API, each found again by its trace id",
    )

    if dialect == "postgresql":
        op.create_index(
            "idx_error_logs_details_gin",
            "error_logs",
            ["details"],
            postgresql_using="gin",
        )

    op.create_index("ix_error_logs_error_code", "error_logs", ["error_code"])
    op.create_index(
        "idx_error_logs_error_code_timestamp",
        "error_logs",
        ["error_code", "timestamp"],
    )
    op.create_index(
        "idx_error_logs_path_timestamp",
        "error_logs",
        ["path", "timestamp"],
        postgresql_where=sa.text("path is not null"),
        sqlite_where=sa.text("path is not null"),
    )
    op.create_index(
        "idx_error_logs_status_code_timestamp",
        "error_logs",
        ["status_code", "timestamp"],
    )
    op.create_index("idx_error_logs_timestamp", "error_logs", ["timestamp"])
    op.create_index("idx_error_logs_trace_id", "error_logs", ["trace_id"], unique=True)
    op.create_index(
        "idx_error_logs_user_id_timestamp",
        "error_logs",
        ["user_id", "timestamp"],
        postgresql_where=sa.text("user_id is not null"),
        sqlite_where=sa.text("user_id is not null"),
    )

    # add table wip_items (schema/tables/wip_items.yaml:2)
    op.create_table(
        "wip_items",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("wip_id", sa.String(50), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("current_process_id", sa.BigInteger(), nullable=True),
        sa.Column("serial_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "converted_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the unit got its serial number",
        ),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("sequence_in_lot", sa.Integer(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_wip_items"),
        sa.ForeignKeyConstraint(
            ["current_process_id"],
            ["processes.id"],
            name="fk_wip_items_current_process_id",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["serial_id"],
            ["serials.id"],
            name="fk_wip_items_serial_id",
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name="fk_wip_items_lot_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.UniqueConstraint("wip_id", name="uk_wip_items_wip_id"),
        sa.CheckConstraint(
            "status in ('CREATED', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'CONVERTED')",
            name="chk_wip_items_status",
        ),
        sa.CheckConstraint("wip_id like 'WIP-%'", name="chk_wip_items_format"),
        sa.CheckConstraint(
            "sequence_in_lot >= 1 and sequence_in_lot <= 100",
            name="chk_wip_items_sequence",
        ),
        comment="Work in progress, a unit of a lot until it gets its serial number",
    )
    op.create_index("idx_wip_items_active", "wip_items", ["lot_id", "status"])
    op.create_index("idx_wip_items_converted_at", "wip_items", ["converted_at"])
    op.create_index(
        "idx_wip_items_current_process",
        "wip_items",
        ["current_process_id"],
    )
    op.create_index(
        "uk_wip_items_lot_sequence",
        "wip_items",
        ["lot_id", "sequence_in_lot"],
        unique=True,
    )
    op.create_index("idx_wip_items_serial", "wip_items", ["serial_id"])
    op.create_index("idx_wip_items_status", "wip_items", ["status"])
    op.create_index("idx_wip_items_lot", "wip_items", ["lot_id"])
    op.create_index("idx_wip_items_completed_at", "wip_items", ["completed_at"])

    # add table process_headers (schema/tables/process_headers.yaml:2)
    op.create_table(
        "process_headers",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("station_id", sa.String(100), nullable=False),
        sa.Column("batch_id", sa.String(200), nullable=False),
        sa.Column("process_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "sequence_package",
            sa.String(255),
            nullable=True,
            comment="Test program that the station ran",
        ),
        sa.Column("sequence_version", sa.String(50), nullable=True),
        sa.Column(
            "parameters",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
            server_default=sa.text("'{}'"),
        ),
        sa.Column(
            "hardware_config",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
            server_default=sa.text("'{}'"),
        ),
        sa.Column(
            "status",
            sa.String(20),
            nullable=False,
            server_default=sa.text("'OPEN'"),
        ),
        sa.Column(
            "opened_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "total_count",
            sa.Integer(),
            nullable=False,
            server_default=sa.text("0"),
        ),
        sa.Column(
            "pass_count",
            sa.Integer(),
            nullable=False,
            server_default=sa.text("0"),
        ),
        sa.Column(
            "fail_count",
            sa.Integer(),
            nullable=False,
            server_default=sa.text("0"),
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_process_headers"),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["processes.id"],
            name="fk_process_headers_process_id",
            ondelete="RESTRICT",
            onupdate="CASCADE",
        ),
        sa.CheckConstraint(
            "status in ('OPEN', 'CLOSED', 'CANCELLED')",
            name="chk_process_headers_status",
        ),
        sa.CheckConstraint(
            "total_count >= 0 and pass_count >= 0 and fail_count >= 0",
            name="chk_process_headers_counts",
        ),
        sa.CheckConstraint(
            "closed_at is null or closed_at >= opened_at",
            name="chk_process_headers_timestamps",
        ),
        comment="A run of one process at one station for one batch, with its settings and counts",
    )
    op.create_index("idx_process_headers_batch", "process_headers", ["batch_id"])

    if dialect == "postgresql":
        op.create_index(
            "idx_process_headers_hardware_config",
            "process_headers",
            ["hardware_config"],
            postgresql_using="gin",
        )

    op.create_index(
        "uk_process_headers_open",
        "process_headers",
        ["station_id", "batch_id", "process_id"],
        unique=True,
        postgresql_where=sa.text("status = 'OPEN'"),
        sqlite_where=sa.text("status = 'OPEN'"),
    )
    op.create_index("idx_process_headers_opened_at", "process_headers", ["opened_at"])

    if dialect == "postgresql":
        op.create_index(
            "idx_process_headers_parameters",
            "process_headers",
            ["parameters"],
            postgresql_using="gin",
        )

    op.create_index("idx_process_headers_process", "process_headers", ["process_id"])
    op.create_index("idx_process_headers_station", "process_headers", ["station_id"])
    op.create_index(
        "idx_process_headers_station_batch_process",
        "process_headers",
        ["station_id", "batch_id", "process_id"],
    )
    op.create_index("idx_process_headers_status", "process_headers", ["status"])

    # add table process_data (schema/tables/process_data.yaml:2)
    op.create_table(
        "process_data",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("serial_id", sa.BigInteger(), nullable=True),
        sa.Column("wip_id", sa.BigInteger(), nullable=True),
        sa.Column("header_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "data_level",
            sa.String(10),
            nullable=False,
            comment="What the step was done to",
        ),
        sa.Column("result", sa.String(10), nullable=False),
        sa.Column("process_id", sa.BigInteger(), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("equipment_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "measurements",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
            comment="Readings of the step",
        ),
        sa.Column(
            "defects",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
            comment="Defects found in the step",
        ),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("duration_seconds", sa.Integer(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
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
        comment="One try of a process step on a lot, WIP item or serial; about forty million rows a year",
    )
    op.create_index(
        "idx_process_data_completed_at",
        "process_data",
        ["completed_at"],
        postgresql_where=sa.text("completed_at is not null"),
        sqlite_where=sa.text("completed_at is not null"),
    )
    op.create_index(
        "idx_process_data_data_level",
        "process_data",
        ["data_level", "lot_id"],
    )
    op.create_index(
        "idx_process_data_equipment_utilization",
        "process_data",
        ["equipment_id", "process_id", "started_at"],
    )
    op.create_index(
        "idx_process_data_failed",
        "process_data",
        ["process_id", "started_at"],
        postgresql_where=sa.text("result = 'FAIL'"),
        sqlite_where=sa.text("result = 'FAIL'"),
    )
    op.create_index("idx_process_data_header", "process_data", ["header_id"])
    op.create_index("idx_process_data_lot", "process_data", ["lot_id"])
    op.create_index(
        "idx_process_data_lot_process",
        "process_data",
        ["lot_id", "process_id", "result"],
    )
    op.create_index(
        "idx_process_data_operator_performance",
        "process_data",
        ["operator_id", "process_id", "result", "started_at"],
    )
    op.create_index(
        "idx_process_data_process_result",
        "process_data",
        ["process_id", "result", "started_at"],
    )
    op.create_index(
        "idx_process_data_serial",
        "process_data",
        ["serial_id"],
        postgresql_where=sa.text("serial_id is not null"),
        sqlite_where=sa.text("serial_id is not null"),
    )
    op.create_index(
        "idx_process_data_serial_process",
        "process_data",
        ["serial_id", "process_id", "result"],
        postgresql_where=sa.text("serial_id is not null"),
        sqlite_where=sa.text("serial_id is not null"),
    )
    op.create_index(
        "idx_process_data_wip",
        "process_data",
        ["wip_id"],
        postgresql_where=sa.text("wip_id is not null"),
        sqlite_where=sa.text("wip_id is not null"),
    )
    op.create_index("idx_process_data_process", "process_data", ["process_id"])
    op.create_index("idx_process_data_operator", "process_data", ["operator_id"])
    op.create_index("idx_process_data_equipment", "process_data", ["equipment_id"])
    op.create_index("idx_process_data_started_at", "process_data", ["started_at"])

    if dialect == "postgresql":
        op.create_index(
            "idx_process_data_measurements",
            "process_data",
            ["measurements"],
            postgresql_using="gin",
        )
        op.create_index(
            "idx_process_data_defects",
            "process_data",
            ["defects"],
            postgresql_using="gin",
        )

    # add table print_logs (schema/tables/print_logs.yaml:2)
    op.create_table(
        "print_logs",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("label_type", sa.String(50), nullable=False),
        sa.Column(
            "label_id",
            sa.String(255),
            nullable=False,
            comment="What the label says",
        ),
        sa.Column("process_id", sa.BigInteger(), nullable=True),
        sa.Column("process_data_id", sa.BigInteger(), nullable=True),
        sa.Column("printer_ip", sa.String(50), nullable=True),
        sa.Column("printer_port", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("operator_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
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
        comment="Labels sent to a printer, and how it went",
    )
    op.create_index("idx_print_logs_created_at", "print_logs", ["created_at"])
    op.create_index("idx_print_logs_label_type", "print_logs", ["label_type"])
    op.create_index("idx_print_logs_status", "print_logs", ["status"])

    # add table process_jobs (schema/tables/process_jobs.yaml:2)
    op.create_table(
        "process_jobs",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("task_id", sa.String(255), nullable=False),
        sa.Column("job_type", sa.String(50), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column(
            "params",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "result",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
        ),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_process_jobs"),
        comment="Work done in the background, found again by its task id",
    )
    op.create_index("ix_process_jobs_task_id", "process_jobs", ["task_id"])

    # add table saved_filters (schema/tables/saved_filters.yaml:2)
    op.create_table(
        "saved_filters",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column(
            "filters",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filters"),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name="fk_saved_filters_user_id",
            ondelete="CASCADE",
        ),
        comment="Searches that a user keeps, alone or shared",
    )

    # add table wip_process_history (schema/tables/wip_process_history.yaml:2)
    op.create_table(
        "wip_process_history",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("wip_item_id", sa.BigInteger(), nullable=False),
        sa.Column("header_id", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.String(10), nullable=False),
        sa.Column("process_id", sa.BigInteger(), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("equipment_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "measurements",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
            comment="Readings of the step",
        ),
        sa.Column(
            "defects",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=True,
            comment="Defects found in the step",
        ),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("duration_seconds", sa.Integer(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("current_timestamp"),
        ),
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
        comment="Process steps that a WIP item went through",
    )
    op.create_index(
        "idx_wip_history_failed",
        "wip_process_history",
        ["process_id", "started_at"],
        postgresql_where=sa.text("result = 'FAIL'"),
        sqlite_where=sa.text("result = 'FAIL'"),
    )
    op.create_index("idx_wip_history_header", "wip_process_history", ["header_id"])
    op.create_index("idx_wip_history_wip_item", "wip_process_history", ["wip_item_id"])
    op.create_index(
        "idx_wip_history_wip_process",
        "wip_process_history",
        ["wip_item_id", "process_id", "result"],
    )
    op.create_index(
        "idx_wip_history_wip_process_completed",
        "wip_process_history",
        ["wip_item_id", "process_id", sa.text("completed_at DESC")],
    )
    op.create_index("idx_wip_history_process", "wip_process_history", ["process_id"])
    op.create_index("idx_wip_history_operator", "wip_process_history", ["operator_id"])
    op.create_index(
        "idx_wip_history_equipment",
        "wip_process_history",
        ["equipment_id"],
    )
    op.create_index("idx_wip_history_started_at", "wip_process_history", ["started_at"])

    if dialect == "postgresql":
        op.create_index(
            "idx_wip_history_measurements",
            "wip_process_history",
            ["measurements"],
            postgresql_using="gin",
        )
        op.create_index(
            "idx_wip_history_defects",
            "wip_process_history",
            ["defects"],
            postgresql_using="gin",
        )


def downgrade() -> None:
    # drop table wip_process_history
    op.drop_table("wip_process_history")

    # drop table saved_filters
    op.drop_table("saved_filters")

    # drop table process_jobs
    op.drop_table("process_jobs")

    # drop table print_logs
    op.drop_table("print_logs")

    # drop table process_data
    op.drop_table("process_data")

    # drop table process_headers
    op.drop_table("process_headers")

    # drop table wip_items
    op.drop_table("wip_items")

    # drop table error_logs
    op.drop_table("error_logs")

    # drop table equipment
    op.drop_table("equipment")

    # drop table audit_logs
    op.drop_table("audit_logs")

    # drop table alerts
    op.drop_table("alerts")

    # drop table users
    op.drop_table("users")

    # drop table processes
    op.drop_table("processes")

    # drop table serials
    op.drop_table("serials")

    # drop table lots
    op.drop_table("lots")

    # drop table production_lines
    op.drop_table("production_lines")

    # drop table product_models
    op.drop_table("product_models")
