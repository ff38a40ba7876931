"""The command line: one file per command, loaded when it is called."""

from __future__ import annotations

import click

from schemagen import __version__
from schemagen.cli.group import LazyGroup

COMMANDS = {
    "init": "Begin a project, or adopt one that has Alembic revisions.",
    "import": "Write YAML from a database, models, or an SQL file.",
    "check": "Check the YAML and the history.",
    "diff": "Show what differs between two states of the schema.",
    "generate": "Write the revision that takes the history to the YAML.",
    "verify": "Prove the revisions on scratch databases, with rows in them.",
    "lint": "Find what can hurt data, locks or clients.",
    "explain": "Explain a code that a finding has.",
    "drift": "Compare a live database with what it should be.",
    "models": "Write the SQLAlchemy models.",
    "log": "Tell the history of the schema.",
    "undo": "Remove a revision that nothing follows.",
    "record": "Tell what a hand-written revision changed, or seal an edited one.",
    "json-schema": "Write the JSON Schema that editors check the YAML with.",
    "completion": "Print the shell completion script.",
}


@click.group(
    cls=LazyGroup,
    commands_help=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="schemagen")
def main() -> None:
    """Write a database schema as YAML; every change to it becomes one plain Alembic revision.

    \b
    Exit status
      0    nothing to say
      1    findings, differences with --exit-code, a decision needed, stale files
      2    the work could not be done: usage, configuration, files
      130  interrupted
    """  # noqa: D301 - \b is click's own
