"""`schemagen explain`: the page of a code."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from schemagen.cli import options, output
from schemagen.diagnostics import did_you_mean
from schemagen.errors import SchemagenError
from schemagen.lint.rule import every, named
from schemagen.lint.severity import shown
from schemagen.report.machine import dump
from schemagen.report.table import table
from schemagen.workflow.codes import codes


class _CodeOrName(click.ParamType[str]):
    """A code, or the name of a rule."""

    name = "code"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002 - as above
        incomplete: str,
    ) -> list[CompletionItem]:
        """Give the codes and names that begin with what is typed."""
        known = [*codes(), *(name for rule in every() for name in (rule.code, rule.name))]
        return [CompletionItem(word) for word in known if word.startswith(incomplete)]


@click.command(short_help="Explain a code that a finding has.")
@click.argument("code", required=False, type=_CodeOrName())
@options.no_input
@options.data_format
@click.option("--list", "listed", is_flag=True, help="List the rules of the linter.")
def explain(*, code: str | None, style: str, listed: bool, no_input: bool) -> None:
    """Explain a code that a finding has, or a rule of the linter by its name.

    A rule's page says what it finds, why that is bad, and what to do instead.
    """
    del no_input  # it never asks
    if listed == bool(code):
        msg = "give a code, or --list"
        raise click.UsageError(msg)
    output.data(_list(style) if code is None else _page(code, style))


def _list(style: str) -> str:
    rows = [(r.code, r.name, shown(r), r.title) for r in every()]
    if style == "text":
        return table(rows)
    names = ("code", "name", "severity", "title")
    return dump({"rules": [dict(zip(names, row, strict=True)) for row in rows]})


def _page(word: str, style: str) -> str:
    if rule := named(word):
        head = f"{rule.code} {rule.name} ({shown(rule)})"
        if style == "text":
            return f"{head}\n\n{rule.page}"
        data = {"code": rule.code, "name": rule.name, "severity": shown(rule), "page": rule.page}
        return dump(data)
    found = codes().get(word.upper())
    if found is None:
        raise _unknown(word)
    if style == "text":
        return f"{found.code}\n\n{found.what}.\n\nWay out: {found.way_out}."
    return dump({"code": found.code, "what": found.what, "way_out": found.way_out})


def _unknown(word: str) -> SchemagenError:
    known = [*codes(), *(name for rule in every() for name in (rule.code, rule.name))]
    hint = did_you_mean(word, known) or "schemagen explain --list lists the rules"
    return SchemagenError(f"there is no code {word!r}: {hint}")
