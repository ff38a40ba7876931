"""`schemagen completion`: the script that makes a shell complete our commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from schemagen.cli import options, output

SHELLS = ("bash", "zsh", "fish")


@click.command(short_help="Print the shell completion script.")
@click.argument("shell", type=click.Choice(SHELLS))
@options.no_input
def completion(*, shell: str, no_input: bool) -> None:
    """Print the script that makes a shell complete commands, options, tables and revisions.

    \b
    bash  eval "$(schemagen completion bash)"    in ~/.bashrc
    zsh   eval "$(schemagen completion zsh)"     in ~/.zshrc
    fish  schemagen completion fish > ~/.config/fish/completions/schemagen.fish
    """  # noqa: D301 - \b is click's own
    del no_input  # it never asks
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows the three
    root = click.get_current_context().find_root().command
    output.data(kind(root, {}, "schemagen", "_SCHEMAGEN_COMPLETE").source())
