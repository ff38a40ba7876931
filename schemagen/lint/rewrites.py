"""Which commands of ALTER TABLE make PostgreSQL write a table anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree
from schemagen.plan.rewrites import fits

if TYPE_CHECKING:
    from schemagen.lint.statement import Command, Scene
    from schemagen.lint.tree import Node

VOLATILE = frozenset(
    {
        *("clock_timestamp", "currval", "gen_random_bytes", "gen_random_uuid", "lastval"),
        *("nextval", "pg_sleep", "random", "random_normal", "setval", "timeofday"),
        *("uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "uuidv4", "uuidv7"),
    }
)
SERIALS = frozenset({"serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"})


def of_command(command: Command) -> str:
    """Say why a command writes its table anew; nothing when it does not."""
    if command.kind == "AlterColumnType":
        return "" if type_fits(command) and is_plain_cast(command) else "the new type"
    if command.kind == "AddColumn":
        return of_column(command.definition, command.statement.scene)
    if command.kind in ("SetUnLogged", "SetLogged", "SetTableSpace"):
        return "how it is stored"
    return "the new expression" if command.kind == "SetExpression" else ""


def type_fits(command: Command) -> bool:
    """Say whether every value of a column is stored in the new type as it was in the old one."""
    old = command.column
    new = tree.type_spec(command.definition.typeName)
    if old is None or new is None or old.spec is None or old.spec.logical is None:
        return False
    if old.spec == new or fits(old.spec, new):
        return True
    zoned = {old.spec.name, new.name} == {"timestamp", "timestamptz"} and old.spec.args == new.args
    return zoned and command.statement.scene.timezone.upper() == "UTC"


def is_plain_cast(command: Command) -> bool:
    """Say whether the USING of a type change is what PostgreSQL would do without it."""
    using = command.definition.raw_default
    if using is None or tree.column(using) == command.name:
        return True
    if tree.kind(using) != "TypeCast" or tree.column(using.arg) != command.name:
        return False
    return tree.type_text(using.typeName) == tree.type_text(command.definition.typeName)


def of_column(column: Node, scene: Scene) -> str:
    """Say why adding a column writes the table anew; nothing when it does not."""
    name = tree.dotted(column.typeName.names)
    if name in SERIALS:
        return f"{name}, which numbers the rows,"
    if name in scene.domains:
        return f"the domain {name}, which has a constraint,"
    for constraint in column.constraints or ():
        if why := _of_constraint(constraint, scene):
            return why
    return ""


def _of_constraint(constraint: Node, scene: Scene) -> str:
    kind = constraint.contype.name
    if kind == "CONSTR_IDENTITY":
        return "the identity, which numbers the rows,"
    if kind == "CONSTR_GENERATED" and constraint.generated_kind != "v":
        return "the stored expression"
    if kind == "CONSTR_DEFAULT" and (called := volatile(constraint.raw_expr, scene)):
        return f"the default {called}()"
    return ""


def volatile(expression: Node, scene: Scene) -> str:
    """Give the first function of an expression that PostgreSQL has to call for each row."""
    for call in tree.inside(expression, "FuncCall"):
        name = tree.function(call)
        if name.rpartition(".")[2] in VOLATILE or "." in name or name in scene.volatile:
            return name
    return ""
