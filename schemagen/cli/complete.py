"""What the shell completes: read from file names alone, so that it is instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemagen import config
from schemagen.errors import SchemagenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.shell_completion import CompletionItem


class _FromFiles(click.ParamType[str]):
    """A word that is taken as it is; its completions come from the project's files."""

    words: tuple[str, ...] = ()

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002 - as above
        incomplete: str,
    ) -> list[CompletionItem]:
        """Give the words that begin with what is typed; nothing when the project is not sound."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - no command needs it

        try:
            known = [*self.words, *self.names(config.load())]
        except (SchemagenError, OSError):
            return []
        return [CompletionItem(word) for word in known if word.startswith(incomplete)]

    def names(self, settings: config.Settings) -> Iterator[str]:
        """Give what the files are called after."""
        raise NotImplementedError


class Revision(_FromFiles):
    """A revision, or a state that `diff` knows."""

    name = "revision"
    words = ("yaml", "head", "base")

    def names(self, settings: config.Settings) -> Iterator[str]:
        """Give the stems of the revisions; `find` takes them as well as ids."""
        files = sorted(settings.versions.glob("[0-9]*.py"))
        return (path.stem for path in files)


class Table(_FromFiles):
    """A table."""

    name = "table"

    def names(self, settings: config.Settings) -> Iterator[str]:
        """Give the stems of the tables' files."""
        return (path.stem for path in sorted((settings.schema / "tables").glob("**/*.yaml")))
