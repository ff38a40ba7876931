"""Squawk, a linter of PostgreSQL migrations by other people, as a judge of ours."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SQUAWK = str(Path(sys.executable).with_name("squawk"))  # as pip installs it, on no PATH

# Squawk's rules, each with ours that say the same; none where we say nothing.
RULES: dict[str, tuple[str, ...]] = {
    "adding-field-with-default": ("RW102", "RW103", "RW104"),
    "adding-foreign-key-constraint": ("LK109", "LK114"),
    "adding-not-nullable-field": ("LK110", "BC103", "BC104"),
    "adding-required-field": ("BC103",),
    "adding-serial-primary-key-field": ("RW104", "LK107"),
    "ban-add-column": (),
    "ban-add-composite-attribute": (),
    "ban-add-enum-value": ("PF110", "TX102"),
    "ban-alter-database-options": (),
    "ban-alter-domain-with-add-constraint": ("LK118",),
    "ban-alter-extension": ("AC102",),
    "ban-alter-function-options": (),
    "ban-alter-generated-expression": ("RW103",),
    "ban-alter-identity": (),
    "ban-alter-policy-condition": ("AC101",),
    "ban-alter-policy-roles": ("AC101",),
    "ban-alter-role-options": ("AC101",),
    "ban-alter-row-level-security": ("AC101",),
    "ban-alter-sequence-values": (),
    "ban-alter-system-options": ("TX101",),
    "ban-alter-view-options": (),
    "ban-char-field": ("PF104",),
    "ban-concurrent-index-creation-in-transaction": ("TX101",),
    "ban-create-domain-with-constraint": ("RW105",),
    "ban-create-policy": ("AC101",),
    "ban-detach-inheritance": (),
    "ban-disable-trigger": ("AC103",),
    "ban-drop-column": ("DL103",),
    "ban-drop-constraint": ("BC110",),
    "ban-drop-database": ("DL101",),
    "ban-drop-default": ("BC107",),
    "ban-drop-domain": ("BC118",),
    "ban-drop-extension": ("AC102",),
    "ban-drop-function": ("BC118",),
    "ban-drop-generated-expression": ("DL109",),
    "ban-drop-index": ("PF113",),
    "ban-drop-not-null": ("BC111",),
    "ban-drop-policy": ("AC101",),
    "ban-drop-schema": ("DL101",),
    "ban-drop-sequence": ("DL107",),
    "ban-drop-table": ("DL102",),
    "ban-drop-trigger": ("AC103",),
    "ban-drop-type": ("BC118",),
    "ban-drop-view": ("BC118",),
    "ban-duplicate-column-assignments": (),
    "ban-new-write-restriction": ("BC104", "BC113", "LK118"),
    "ban-replace-view-function": ("BC114",),
    "ban-replica-identity": ("AC103",),
    "ban-revoke": ("AC101",),
    "ban-set-default": ("BC108",),
    "ban-set-schema": ("BC106",),
    "ban-truncate-cascade": ("DL108",),
    "ban-uncommitted-transaction": ("TX103",),
    "changing-column-type": ("RW101",),
    "constraint-missing-not-valid": ("LK106", "LK107", "LK108", "LK109", "LK111", "LK112"),
    "disallowed-unique-constraint": ("LK106", "LK119"),
    "identifier-too-long": ("NM102",),
    "prefer-bigint-over-int": (),
    "prefer-bigint-over-smallint": (),
    "prefer-identity": ("PF103",),
    "prefer-repack": ("LK122",),
    "prefer-robust-stmts": ("TX104",),
    "prefer-text-field": (),
    "prefer-timestamp-tz": ("PF106",),
    "renaming-column": ("BC102",),
    "renaming-object": ("BC105", "BC106", "BC117"),
    "renaming-table": ("BC101",),
    "require-concurrent-index-creation": ("LK103",),
    "require-concurrent-index-deletion": ("LK104",),
    "require-concurrent-partition-detach": ("LK115",),
    "require-concurrent-reindex": ("LK105",),
    "require-enum-value-ordering": ("PF110",),
    "require-lock-timeout": ("LK101",),
    "require-statement-timeout": ("LK102",),
    "require-table-schema": (),
    "require-timeout-settings": ("LK101", "LK102"),
    "transaction-nesting": ("TX103",),
}

# Why we say nothing, or not always, where squawk says something.
REASONS = {
    "ban-add-column": "A new column by itself hurts no one; what comes with it has rules.",
    "ban-add-composite-attribute": "Composite types are not looked at.",
    "ban-add-enum-value": "A new value by itself hurts no one; its use and its order have rules.",
    "ban-alter-database-options": "Settings of a database are not looked at.",
    "ban-alter-function-options": "Options of functions are not looked at.",
    "ban-alter-identity": "ALWAYS or BY DEFAULT hurts no one who writes as he did.",
    "ban-alter-sequence-values": "Where a sequence stands is data.",
    "ban-alter-view-options": "Options of views are not looked at.",
    "ban-detach-inheritance": "Inheritance is not looked at.",
    "ban-drop-constraint": "What the same revision adds is left out.",
    "ban-drop-index": "What the same revision builds is left out.",
    "ban-drop-domain": "What the same revision made or makes again is left out.",
    "ban-duplicate-column-assignments": "PostgreSQL refuses it.",
    "ban-new-write-restriction": "A proof that goes again, or a new column's, restricts no one.",
    "ban-create-domain-with-constraint": "A domain hurts where it is used, not where it is made.",
    "prefer-bigint-over-int": "PF102 looks at keys in the YAML, where a counter can run out.",
    "prefer-bigint-over-smallint": "As for prefer-bigint-over-int.",
    "prefer-robust-stmts": "A step has to pass over itself only where it is committed before the "
    "version.",
    "prefer-text-field": "A limit is part of the model; PF105 asks for text where it is selected.",
    "require-table-schema": "Alembic's search_path is the project's business.",
}


def found(text: str, rules: Iterable[str] = tuple(RULES)) -> frozenset[str]:
    """Give the rules of squawk that have something to say about SQL."""
    included = [f"--include={rule}" for rule in sorted(rules)]
    done = subprocess.run(
        [SQUAWK, "--reporter=json", "--stdin-filepath=x.sql", *included],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return frozenset(each["rule_name"] for each in json.loads(done.stdout))


@cache
def version() -> str:
    """Give squawk's version."""
    said = subprocess.run([SQUAWK, "--version"], capture_output=True, text=True, check=True)
    return said.stdout.split()[-1]
