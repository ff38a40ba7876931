"""A project as others have it: Alembic's own env.py, and ten revisions by hand that bring rows."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from support.project import Project

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "ae0f"
# What each of them does: the bodies of `upgrade` and `downgrade`.
_STEPS = [
    (
        "customers",
        """\
customers = op.create_table(
    "customers",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("name", sa.String(100), nullable=False),
)
op.bulk_insert(customers, [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Grace"}])
""",
        'op.drop_table("customers")',
    ),
    (
        "orders",
        """\
op.create_table(
    "orders",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("customer_id", sa.Integer(), nullable=False),
    sa.Column("total", sa.Numeric(10, 2), server_default="0"),
    sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="orders_customer_fk"),
)
op.execute("INSERT INTO orders (id, customer_id, total) VALUES (1, 1, 9.5), (2, 2, NULL)")
""",
        'op.drop_table("orders")',
    ),
    (
        "email",
        """\
op.add_column("customers", sa.Column("email", sa.String(255)))
op.execute("UPDATE customers SET email = lower(name) || '@example.com'")
""",
        'op.drop_column("customers", "email")',
    ),
    (
        "email is unique",
        'op.create_index("ix_customers_email", "customers", ["email"], unique=True)',
        'op.drop_index("ix_customers_email", "customers")',
    ),
    (
        "products",
        """\
op.create_table(
    "products",
    sa.Column("sku", sa.String(20), nullable=False),
    sa.Column("price", sa.Numeric(10, 2), nullable=False),
    sa.PrimaryKeyConstraint("sku", name="products_pk"),
    sa.CheckConstraint("price >= 0", name="products_price"),
)
op.execute("INSERT INTO products VALUES ('A-1', 9.5)")
""",
        'op.drop_table("products")',
    ),
    (
        "a status",
        """\
with op.batch_alter_table("orders") as batch:
    batch.add_column(sa.Column("status", sa.String(10), nullable=False, server_default="OPEN"))
    batch.create_check_constraint("orders_status", "status IN ('OPEN', 'PAID')")
""",
        """\
with op.batch_alter_table("orders") as batch:
    batch.drop_constraint("orders_status")
    batch.drop_column("status")
""",
    ),
    (
        "lines",
        """\
op.create_table(
    "order_lines",
    sa.Column("order_id", sa.Integer(), nullable=False),
    sa.Column("sku", sa.String(20), nullable=False),
    sa.Column("amount", sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint("order_id", "sku", name="order_lines_pk"),
    sa.ForeignKeyConstraint(
        ["order_id"], ["orders.id"], name="order_lines_order_fk", ondelete="CASCADE"
    ),
    sa.ForeignKeyConstraint(["sku"], ["products.sku"], name="order_lines_sku_fk"),
)
op.execute("INSERT INTO order_lines VALUES (1, 'A-1', 1)")
""",
        'op.drop_table("order_lines")',
    ),
    (
        "full names",
        'op.alter_column("customers", "name", new_column_name="full_name")',
        'op.alter_column("customers", "full_name", new_column_name="name")',
    ),
    (
        "the paid ones",
        "op.execute(\"UPDATE orders SET status = 'PAID' WHERE total > 0\")",
        "op.execute(\"UPDATE orders SET status = 'OPEN'\")",
    ),
    (
        "totals are there",
        """\
op.execute("UPDATE orders SET total = 0 WHERE total IS NULL")
with op.batch_alter_table("orders") as batch:
    batch.alter_column("total", existing_type=sa.Numeric(10, 2), nullable=False)
op.create_index(
    "ix_orders_open",
    "orders",
    ["customer_id"],
    sqlite_where=sa.text("status = 'OPEN'"),
    postgresql_where=sa.text("status = 'OPEN'"),
)
""",
        """\
op.drop_index("ix_orders_open", "orders")
with op.batch_alter_table("orders") as batch:
    batch.alter_column("total", existing_type=sa.Numeric(10, 2), nullable=True)
""",
    ),
]
REVISION = '''\
"""{title}

Revision ID: {id}
Revises: {down}
Create Date: 2025-01-01 00:00:00

"""
from alembic import op
import sqlalchemy as sa

revision = {id!r}
down_revision = {down!r}
branch_labels = None
depends_on = None


def upgrade():
{up}


def downgrade():
{back}
'''


def create(root: Path) -> Project:
    """Lay out the project with `alembic init`, and write its revisions."""
    root.mkdir()
    with contextlib.chdir(root), contextlib.redirect_stdout(io.StringIO()):
        command.init(Config("alembic.ini", stdout=io.StringIO()), "migrations")
    project = Project(root)
    ids = [f"a{letter}0{number:x}" for number, letter in enumerate("abcdefghij", 1)]
    ids[-1] = HEAD
    for down, (name, (title, up, back)) in zip(
        [None, *ids], zip(ids, _STEPS, strict=True), strict=False
    ):
        bodies = {"up": _indented(up), "back": _indented(back)}
        text = REVISION.format(title=title, id=name, down=down, **bodies)
        project.write(f"migrations/versions/{name}_{title.replace(' ', '_')}.py", text)
    return project


def revisions(project: Project) -> dict[str, bytes]:
    """Give the files of the revisions."""
    folder = project.root / "migrations" / "versions"
    return {path.name: path.read_bytes() for path in folder.glob("*.py")}


def _indented(body: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in body.strip().split("\n"))
