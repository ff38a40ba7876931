"""A click group that loads a command's module when it is called, and maps errors to exits."""

from __future__ import annotations

import importlib
import keyword
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from schemagen.cli.failures import exit_code
from schemagen.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(click.Group):
    """The group of all commands.

    Args:
        commands_help: the short help of each command, so that `--help` imports none of them. The
            command `json-schema` is the function `json_schema` of `schemagen.cli.json_schema`.

    """

    def __init__(self, *args: Any, commands_help: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - click's
        """Keep the table of commands."""
        super().__init__(*args, **kwargs)
        self.commands_help = commands_help

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the commands in the order of their use."""
        return list(self.commands_help)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import a command."""
        if cmd_name not in self.commands_help:
            return None
        name = cmd_name.replace("-", "_")
        name += "_" * keyword.iskeyword(name)  # `import` is `import_`
        module = importlib.import_module(f"schemagen.cli.{name}")
        command: click.Command = getattr(module, name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was probably meant."""
        if args and args[0] not in self.commands_help and not args[0].startswith("-"):
            hint = did_you_mean(args[0], self.commands_help)
            ctx.fail(f"No such command {args[0]!r}{f', {hint}' if hint else '.'}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.commands_help.items()))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's
        """Run a command; a user's mistake never becomes a traceback."""
        ctx.color = _colour()
        _never_fail_to_print()
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except BaseException as error:  # noqa: BLE001 - the last resort; a bug says that it is one
            ctx.exit(exit_code(error))


def _colour() -> bool | None:
    """Give what the environment says of colours; None leaves it to the terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def _never_fail_to_print() -> None:
    """A name that the terminal's encoding lacks is written escaped instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
