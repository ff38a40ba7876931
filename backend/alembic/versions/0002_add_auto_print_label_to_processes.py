"""add_auto_print_label_to_processes

Revision ID: 0002_add_auto_print_label_to
Revises: 0001_initial
Create Date: 2026-11-24 15:44:29.909050
Entry: 0002_add_auto_print_label_to_processes.yaml
"""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0002_add_auto_print_label_to"
down_revision = "0001_initial"
branch_labels = None
depends_on = None

# schemagen: allow[inline-constraint-on-add-column] there are a few dozen processes


def upgrade() -> None:
    # add column processes.auto_print_label (schema/tables/processes.yaml:16)
    op.add_column(
        "processes",
        sa.Column(
            "auto_print_label",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="Print a label when the step is completed",
        ),
    )

    # add column processes.label_template_type (schema/tables/processes.yaml:17)
    op.add_column(
        "processes",
        sa.Column(
            "label_template_type",
            sa.String(50),
            sa.CheckConstraint(
                "label_template_type in ('WIP_LABEL', 'SERIAL_LABEL', 'LOT_LABEL')",
                name="chk_processes_label_template_type",
            ),
            nullable=True,
        ),
    )


def downgrade() -> None:
    dialect = op.get_context().dialect.name

    if dialect == "sqlite":
        # rebuild table processes:
        # - drop check processes.chk_processes_label_template_type
        # - drop column processes.label_template_type
        # - drop column processes.auto_print_label
        triggers = _begin_rebuild(
            "processes",
            [
                "id",
                "process_number",
                "process_code",
                "process_name_ko",
                "process_name_en",
                "description",
                "estimated_duration_seconds",
                "quality_criteria",
                "is_active",
                "created_at",
                "updated_at",
                "auto_print_label",
                "label_template_type",
            ],
        )
        op.create_table(
            "_processes_new",
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("process_number", sa.Integer(), nullable=False),
            sa.Column("process_code", sa.String(50), nullable=False),
            sa.Column("process_name_ko", sa.String(255), nullable=False),
            sa.Column("process_name_en", sa.String(255), nullable=False),
            sa.Column("description", sa.Text(), nullable=True),
            sa.Column("estimated_duration_seconds", sa.Integer(), nullable=True),
            sa.Column("quality_criteria", sa.JSON(), nullable=False),
            sa.Column(
                "is_active",
                sa.Boolean(),
                nullable=False,
                server_default=sa.true(),
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
        )
        op.execute(
            "INSERT INTO _processes_new ("
            "id, process_number, process_code, process_name_ko, process_name_en, "
            "description, estimated_duration_seconds, quality_criteria, is_active, "
            "created_at, updated_at"
            ") SELECT "
            "id, process_number, process_code, process_name_ko, process_name_en, "
            "description, estimated_duration_seconds, quality_criteria, is_active, "
            "created_at, updated_at"
            " FROM processes",
        )
        _check_copy("processes", "_processes_new")
        op.drop_table("processes")
        op.rename_table("_processes_new", "processes")
        op.create_index("idx_processes_active", "processes", ["is_active"])
        _end_rebuild(triggers)
    elif dialect == "postgresql":
        # drop check processes.chk_processes_label_template_type
        op.drop_constraint(
            "chk_processes_label_template_type",
            "processes",
            type_="check",
        )

        # drop column processes.label_template_type
        op.drop_column("processes", "label_template_type")

        # drop column processes.auto_print_label
        op.drop_column("processes", "auto_print_label")


def _begin_rebuild(table: str, columns: list[str]) -> list[str]:
    """Refuse what a rebuild would lose; give the table's own triggers."""
    triggers: list[str] = []
    if op.get_context().as_sql:
        note = f"-- Offline, the triggers of {table} cannot be read: create them again."
        op.get_context().impl.static_output(" ".join(note.split()))
    else:
        bind = op.get_bind()
        if bind.scalar(sa.text("PRAGMA foreign_keys")):
            msg = (
                f"cannot rebuild {table} with foreign keys on: rows of other tables would go; "
                "connect with PRAGMA foreign_keys=OFF, as env.py does"
            )
            raise CommandError(msg)
        query = "SELECT name FROM pragma_table_xinfo(:table) WHERE hidden != 1"
        live = set(bind.scalars(sa.text(query), {"table": table}))
        if live != set(columns):
            odd = ", ".join(sorted(live.symmetric_difference(columns)))
            msg = (
                f"cannot rebuild {table}: its columns are not the expected ones, "
                f"look at {odd}; nothing has been changed"
            )
            raise CommandError(msg)
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t"
        triggers = list(bind.scalars(sa.text(query), {"t": table}))
    # Under this pragma, views and the triggers of other tables stay as they are.
    op.execute("PRAGMA legacy_alter_table = ON")
    return triggers


def _check_copy(table: str, copy: str) -> None:
    """Refuse to drop a table of which not every row was copied."""
    if op.get_context().as_sql:
        return
    count = sa.select(sa.func.count())
    old = op.get_bind().scalar(count.select_from(sa.table(table)))
    new = op.get_bind().scalar(count.select_from(sa.table(copy)))
    if old != new:
        msg = f"{new} of {old} rows of {table} were copied; nothing has been changed"
        raise CommandError(msg)


def _end_rebuild(triggers: list[str]) -> None:
    """Give the table its triggers back."""
    for trigger in triggers:
        op.get_bind().exec_driver_sql(trigger)
    op.execute("PRAGMA legacy_alter_table = OFF")
