"""The options that commands share."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, ParamSpec, TextIO, TypeVar

import click

from schemagen import config
from schemagen.cli import output
from schemagen.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


def project(command: Callable[..., R]) -> Callable[..., R]:
    """Give a command the project's `settings`, and the flags that override them."""
    return _project(command, "--schema")


def project_of_source(command: Callable[..., R]) -> Callable[..., R]:
    """Do the same for a command to which `--schema` is one of PostgreSQL's."""
    names = click.option(
        "--schema",
        "--schema-name",
        "schemas",
        multiple=True,
        metavar="NAME",
        help="A schema of PostgreSQL to read; several times for several.",
    )
    return names(_project(command, "--yaml"))


def _project(command: Callable[..., R], folder: str) -> Callable[..., R]:
    @click.option(folder, "schema", metavar="DIR", help="The folder of the YAML.")
    @click.option("--versions", metavar="DIR", help="The folder of the revisions.")
    @click.option("--models", "models_dir", metavar="DIR", help="The folder of the models.")
    @functools.wraps(command)
    def wrapped(
        *args: object,
        schema: str | None,
        versions: str | None,
        models_dir: str | None,
        **kwargs: object,
    ) -> R:
        flags = {"schema": schema, "versions": versions, "models": models_dir}
        meta = click.get_current_context().find_root().meta
        meta[output.STYLE] = kwargs.get("style")
        settings = config.load(flags=flags)
        meta[output.ROOT] = settings.root
        return command(*args, settings=settings, **kwargs)

    return wrapped


def no_input(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command `--no-input`: never ask, fail instead."""
    option = click.option("--no-input", is_flag=True, help="Never ask; fail where one would.")
    return option(command)


def finding_format(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command `--format` for findings, as `style`."""
    option = click.option(
        "--format",
        "style",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="How findings are written.",
    )
    return option(command)


def data_format(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command `--format text|json`, as `style`."""
    option = click.option(
        "--format",
        "style",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How the output is written; JSON carries a version.",
    )
    return option(command)


def can_ask(*, no_input: bool) -> bool:
    """Say whether there is somebody to ask."""
    return not no_input and is_terminal(sys.stdin) and is_terminal(sys.stderr)


def is_terminal(stream: TextIO | None) -> bool:
    """Say whether a stream is a terminal; one that was closed before we began is None."""
    return stream is not None and stream.isatty()
