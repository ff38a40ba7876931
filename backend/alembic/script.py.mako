<%
    import re

    def body(text):
        return re.sub(r"# ### .*###\s*", "", text or "").strip() or "pass"

    said = message.strip().rstrip(".").replace("\\", "\\\\").replace('"', '\\"')
%>\
"""${said}.

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}
"""

import sqlalchemy as sa
from alembic import op
% if imports:
${imports}
% endif

revision = "${up_revision}"
down_revision = ${repr(down_revision).replace("'", '"')}
branch_labels = ${repr(branch_labels).replace("'", '"')}
depends_on = ${repr(depends_on).replace("'", '"')}


def upgrade() -> None:
    ${body(upgrades)}


def downgrade() -> None:
    ${body(downgrades)}
