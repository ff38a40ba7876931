"""A change of who may see or write what.

GRANT, REVOKE, policies, row level security and owners decide what a deployed client may do. A
mistake shows up as an empty result or as "permission denied" in production alone, as tests mostly
run as the owner. Have it reviewed by someone who knows the roles, and allow it with that reason.

Bad:

```python
op.execute("REVOKE SELECT ON lots FROM reporting")
```

Good:

```python
op.add_column("lots", sa.Column("note", sa.Text()))
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.lint.rule import Finding
    from schemagen.lint.sqlview import SqlView

CODE = "AC101"
NAME = "privilege-policy-rls-change"
SEVERITY = "warning"


_STATEMENTS = {
    "GrantStmt": "privileges",
    "GrantRoleStmt": "the members of a role",
    "AlterDefaultPrivilegesStmt": "default privileges",
    "CreatePolicyStmt": "a policy",
    "AlterPolicyStmt": "a policy",
    "CreateRoleStmt": "a role",
    "AlterRoleStmt": "a role",
    "DropRoleStmt": "a role",
    "AlterOwnerStmt": "an owner",
}
_COMMANDS = {
    "ChangeOwner": "the owner",
    **dict.fromkeys(
        ("EnableRowSecurity", "DisableRowSecurity", "ForceRowSecurity", "NoForceRowSecurity"),
        "row level security",
    ),
}


def sql(view: SqlView) -> Iterator[Finding]:
    """Look for statements about privileges, policies, roles and owners."""
    for statement in view.statements:
        what = _STATEMENTS.get(statement.kind, "")
        for command in statement.commands:
            what = what or _COMMANDS.get(command.kind, "")
        if what:
            yield statement.finding(f"this changes {what}", _HELP)
    for statement, name in view.dropped("OBJECT_POLICY"):
        yield statement.finding(f"this drops the policy {name}", _HELP)


_HELP = "have it reviewed, and allow it with the reason"
