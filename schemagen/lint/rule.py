"""Rules: what one is made of, and where they are found."""

from __future__ import annotations

import importlib
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from schemagen.diagnostics import Severity
from schemagen.lint import rules
from schemagen.lint.rules import changes
from schemagen.patterns import pattern
from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType

    from schemagen.diagnostics import Place
    from schemagen.kinds import Key

HOOKS = ("schema", "diff", "pending", "revision", "sql", "env", "allowed")
FAMILIES = {
    "DL": "Data loss",
    "BC": "Breaking the running clients",
    "LK": "Locks",
    "RW": "Rewrites of a table",
    "TX": "Transactions and batches",
    "DD": "Failing on the data that is there",
    "RV": "The way back",
    "PF": "Performance and design",
    "NM": "Names",
    "AC": "Access, and what cannot be seen",
    "SL": "SQLite",
}
_RULE = pattern(r"[a-z]+\d+_\w+\.py")
_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.NOTE}


@record
class Mend:
    """What would mend a finding in the YAML without a risk; the workflow makes the edit.

    Args:
        verb: `remove` takes an object out, `disallow` takes one name out of its `allow`.
        key: the object.
        name: the name to disallow.

    """

    verb: str
    key: Key
    name: str = ""


@record
class Finding:
    """What a rule has found; the engine makes a diagnostic of it.

    Args:
        message: one sentence, no full stop.
        key: the object that it is about; its place in the YAML is the finding's, and its `allow`,
            or that of its table, silences it.
        also: more objects whose `allow` silences it, such as the columns of a key.
        place: where it is, if not in the YAML: a line of a revision or of env.py.
        help: the way out.
        label: what stands beside the caret.
        query: a query that gives the rows in the way, for PostgreSQL and SQLite alike unless
            `queries` says otherwise. It only reads.
        queries: queries by dialect, where they differ; a dialect that is not there needs none.
        dialect: the one database that it is about; empty for both.
        severity: where it is not the rule's own.
        mend: what would mend it.

    """

    message: str
    key: Key | None = None
    place: Place | None = None
    help: str = ""
    label: str = ""
    query: str = ""
    queries: Mapping[str, str] = field(default_factory=dict)
    dialect: str = ""
    severity: Severity | None = None
    mend: Mend | None = None
    also: tuple[Key, ...] = ()


@record
class Rule:
    """A rule.

    Args:
        code: `PF101`.
        name: `fk-without-index`.
        severity: how much a finding weighs.
        doc: the docstring of its file.
        by_default: whether it runs when nothing selects it.
        strategy: the `strategy:` of an object that says yes to it, as its `allow` would.
        hooks: its functions, by the subject that they look at.

    """

    code: str
    name: str
    severity: Severity
    doc: str
    by_default: bool = True
    strategy: str = ""
    hooks: Mapping[str, Callable[[Any], Iterator[Finding]]] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """What `schemagen explain` prints."""
        from inspect import cleandoc  # noqa: PLC0415 - it takes longer to import than a few rules

        return cleandoc(self.doc)

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    @property
    def title(self) -> str:
        """The first line of the page, without its full stop."""
        return self.page.split("\n", 1)[0].rstrip(".")

    def look(self, subject: str, view: object) -> Iterator[Finding]:
        """Give what the rule finds in one of `HOOKS`."""
        hook = self.hooks.get(subject)
        if hook is not None:
            yield from hook(view)


@lru_cache(maxsize=1)
def every() -> tuple[Rule, ...]:
    """Give all rules, by code."""
    return tuple(sorted((*on_changes(), *_in(rules)), key=lambda rule: rule.code))


@lru_cache(maxsize=1)
def on_changes() -> tuple[Rule, ...]:
    """Give the rules that look at what changes, by code; the others are not even loaded."""
    return tuple(sorted(_in(changes), key=lambda rule: rule.code))


@lru_cache(maxsize=1)
def titles() -> tuple[tuple[str, str], ...]:
    """Give the code and the name of each rule, by code: a rule's file is called after them."""
    files = (file.partition("_") for folder in (rules, changes) for file in _files(folder))
    return tuple(sorted((code.upper(), name.replace("_", "-")) for code, _, name in files))


def named(word: str) -> Rule | None:
    """Give the rule of a code or a name."""
    return next((r for r in every() if word.upper() == r.code or word == r.name), None)


def _files(folder: ModuleType) -> Iterator[str]:
    names = (name for path in folder.__path__ for name in os.listdir(path))  # noqa: PTH208 - as in contents
    return (name.removesuffix(".py") for name in names if _RULE.fullmatch(name))


def _in(folder: ModuleType) -> Iterator[Rule]:
    modules = (importlib.import_module(f"{folder.__name__}.{name}") for name in _files(folder))
    return map(_rule, modules)


def _rule(module: ModuleType) -> Rule:
    return Rule(
        module.CODE,
        module.NAME,
        _SEVERITIES[module.SEVERITY],
        module.__doc__ or "",
        getattr(module, "DEFAULT", True),
        getattr(module, "STRATEGY", ""),
        {hook: said for hook in HOOKS if callable(said := getattr(module, hook, None))},
    )
