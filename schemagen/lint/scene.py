"""How statements change what is known: settings, transactions, tables made, proofs, locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.lint import tree
from schemagen.lint.locks import locks
from schemagen.lint.statement import Pending, Scene
from schemagen.records import replace

if TYPE_CHECKING:
    from schemagen.lint.statement import Command, Statement
    from schemagen.lint.tree import Node

SETTINGS = {
    "lock_timeout": "lock_timeout",
    "statement_timeout": "statement_timeout",
    "timezone": "timezone",
}


class Tracker:
    """Keeps the scene up to date from statement to statement.

    Args:
        start: what holds before the first one: the settings of the session.

    """

    def __init__(self, start: Scene) -> None:
        """Begin outside of any transaction."""
        self.scene = start
        self._session = {name: getattr(start, name) for name in SETTINGS.values()}
        self._start = dict(self._session)
        self._number = 0

    def begin(self) -> None:
        """Open a transaction."""
        self._number += 1
        self._set(transaction=self._number, held=(), values=frozenset())

    def end(self) -> None:
        """Close it; what was only set for it is forgotten."""
        self._set(transaction=None, held=(), values=frozenset(), **self._session)

    def after(self, statement: Statement) -> None:
        """Take a statement into account."""
        if statement.scene.transaction is not None:
            held = dict.fromkeys((*self.scene.held, *locks(statement)))
            self._set(held=tuple(held))
        learn = getattr(self, f"_{statement.kind}", None)
        if learn is not None:
            learn(statement)

    def _set(self, **known: object) -> None:
        self.scene = replace(self.scene, **known)

    def setting(self, name: str, value: str, *, local: bool) -> None:
        """Set a variable; `local` lasts until the transaction ends."""
        field = SETTINGS.get(name.lower())
        if field is not None:
            self._set(**{field: value})
            if not local:
                self._session[field] = value

    def _VariableSetStmt(self, statement: Statement) -> None:  # noqa: N802 - the node's name
        node = statement.node
        if node.kind.name == "VAR_RESET_ALL":
            for name, value in self._start.items():
                self.setting(name, value, local=False)
        elif node.kind.name == "VAR_SET_VALUE":
            self.setting(node.name, tree.constant(node.args[0]), local=node.is_local)
        elif node.name:  # RESET, or SET TO DEFAULT
            value = self._start.get(SETTINGS.get(node.name.lower(), ""), "")
            self.setting(node.name, value, local=node.is_local)

    def _SelectStmt(self, statement: Statement) -> None:  # noqa: N802 - the node's name
        for call in tree.inside(statement.node.targetList or (), "FuncCall"):
            if tree.function(call) == "set_config" and len(call.args) > len(("name", "value")):
                name, value, local = map(tree.constant, call.args[:3])
                self.setting(name, value, local=local == "True")

    def _CreateStmt(self, statement: Statement) -> None:  # noqa: N802 - the node's name
        if not statement.node.if_not_exists or statement.table not in statement.schema.tables:
            self._set(fresh=self.scene.fresh | {statement.table})

    def _CreateTableAsStmt(self, statement: Statement) -> None:  # noqa: N802 - the node's name
        made = tree.table(statement.node.into.rel)
        self._set(fresh=self.scene.fresh | {made})

    def _RenameStmt(self, statement: Statement) -> None:  # noqa: N802 - the node's name
        node, table = statement.node, statement.table
        names = dict(self.scene.names)
        if node.renameType.name == "OBJECT_TABLE":
            self._rename(table, node.newname)
        elif node.renameType.name == "OBJECT_COLUMN":
            names[table, node.newname] = names.pop((table, node.subname), node.subname)
            self._set(names=names)

    def _rename(self, old: str, new: str) -> None:
        """Go on under a table's new name."""
        scene = self.scene
        names = {(old, ""): old, **scene.names}
        self._set(
            names={(new if table == old else table, n): was for (table, n), was in names.items()},
            held=tuple(replace(h, table=new) if h.table == old else h for h in scene.held),
            fresh=scene.fresh - {old} | {new} if old in scene.fresh else scene.fresh - {new},
        )

    def _CreateEnumStmt(self, statement: Statement) -> None:  # noqa: N802 - the node's name
        self._set(empty=self.scene.empty | {tree.dotted(statement.node.typeName)})

    def _AlterEnumStmt(self, statement: Statement) -> None:  # noqa: N802 - the node's name
        enum = tree.dotted(statement.node.typeName)
        is_new = not statement.node.oldVal and enum not in self.scene.empty
        if is_new and not statement.is_alone:
            value = (enum, str(statement.node.newVal))
            self._set(values=self.scene.values | {value})

    def _CreateDomainStmt(self, statement: Statement) -> None:  # noqa: N802 - the node's name
        if any(c.contype.name != "CONSTR_NULL" for c in statement.node.constraints or ()):
            name = tree.dotted(statement.node.domainname)
            self._set(domains=self.scene.domains | {name})

    def _CreateFunctionStmt(self, statement: Statement) -> None:  # noqa: N802 - the node's name
        said = {o.defname: o.arg for o in statement.node.options or ()}
        kept = getattr(said.get("volatility"), "sval", "volatile")
        if kept == "volatile":
            name = tree.dotted(statement.node.funcname)
            self._set(volatile=self.scene.volatile | {name})

    def _AlterTableStmt(self, statement: Statement) -> None:  # noqa: N802 - the node's name
        for command in statement.commands:
            self._learn(command)

    def _learn(self, command: Command) -> None:
        if command.kind == "AddConstraint":
            self._added(command, command.definition)
        elif command.kind == "ValidateConstraint":
            self._validated(command)
        elif command.kind == "SetNotNull":
            self._prove(command.table, (command.name,), "")
        elif command.kind == "DropConstraint":
            left = (p for p in self.scene.proofs if (p[0], p[2]) != (command.table, command.name))
            self._set(proofs=frozenset(left))
        elif command.kind == "DropNotNull":
            gone = (command.table, command.name, "")
            self._set(proofs=self.scene.proofs - {gone})

    def _added(self, command: Command, node: Node) -> None:
        columns = _proves(node)
        name = node.conname or ""
        if node.skip_validation:
            transaction = command.statement.scene.transaction
            pending = Pending(command.table, name, transaction, columns)
            self._set(pending=(*self.scene.pending, pending))
        else:
            self._prove(command.table, columns, name)

    def _validated(self, command: Command) -> None:
        mine = [p for p in self.scene.pending if (p.table, p.name) == (command.table, command.name)]
        for pending in mine:
            self._prove(command.table, pending.proves, pending.name)
        self._set(pending=tuple(p for p in self.scene.pending if p not in mine))

    def _prove(self, table: str, columns: tuple[str, ...], constraint: str) -> None:
        proofs = {(table, column, constraint) for column in columns}
        self._set(proofs=self.scene.proofs | proofs)


def _proves(node: Node) -> tuple[str, ...]:
    """Give the columns that hold no NULL once a constraint holds."""
    if node.contype.name == "CONSTR_CHECK":
        return tuple(tree.proven(node.raw_expr))
    if node.contype.name in ("CONSTR_NOTNULL", "CONSTR_PRIMARY"):
        return tuple(key.sval for key in node.keys or ())
    return ()
