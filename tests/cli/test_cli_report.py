from __future__ import annotations

import json

import click
import pytest

from schemagen.diagnostics import Diagnostic, Fix, Place, Severity
from schemagen.report import report
from schemagen.report.visible import visible, width

FILE = "schema/tables/process_data.yaml"
TEXT = "\n" * 10 + "      defualt: 'PENDING'\n"


def shown(*diagnostics: Diagnostic, text: str = TEXT, style: str = "text") -> str:
    return click.unstyle(report(diagnostics, {FILE: text}, style))


UNKNOWN = Diagnostic(
    "S002",
    "unknown key 'defualt'",
    Place(FILE, 11, 7, 7),
    label="did you mean 'default'?",
    help="keys allowed here: type, nullable, default",
)
WARNING = Diagnostic("H004", "edited", Place("a.py", 3), severity=Severity.WARNING)
NOTE = Diagnostic("G010", "pending", severity=Severity.NOTE)


def test_an_error_shows_its_line_with_a_caret_a_label_and_the_way_out() -> None:
    assert (
        shown(UNKNOWN)
        == """\
error[S002]: unknown key 'defualt'
  --> schema/tables/process_data.yaml:11:7
   |
11 |       defualt: 'PENDING'
   |       ^^^^^^^ did you mean 'default'?
   = help: keys allowed here: type, nullable, default

Found 1 error in 1 file"""
    )


def test_findings_are_sorted_and_each_is_told_once() -> None:
    text = shown(UNKNOWN, WARNING, NOTE, UNKNOWN, style="concise")
    assert text.splitlines() == [
        "note[G010]: pending",
        "a.py:3:1: warning[H004]: edited",
        f"{FILE}:11:7: error[S002]: unknown key 'defualt' (did you mean 'default'?)",
        "Found 1 error, 1 warning, 1 note in 2 files",
    ]


def test_nothing_found_is_nothing_said() -> None:
    assert not shown()


def test_a_finding_without_a_line_keeps_its_label() -> None:
    found = Diagnostic("H001", "no revision", Place("x.yaml"), label="did you mean y?", help="go")
    assert shown(found).splitlines()[:4] == [
        "error[H001]: no revision",
        " --> x.yaml",
        "  = did you mean y?",
        "  = help: go",
    ]


def test_a_help_of_several_lines_stays_in_its_column() -> None:
    found = Diagnostic("R001", "which?", help="either\n  amount: {renamed_from: size}")
    assert shown(found).splitlines()[1:3] == [
        "  = help: either",
        "            amount: {renamed_from: size}",
    ]


@pytest.mark.parametrize(
    ("line", "column", "before"),
    [
        ("\t\tbad", 3, 8),
        ("名前: bad", 5, 6),
        ("e\u0301: bad", 5, 3),
        ("\x1b[31m: bad", 8, 10),
        ("😀 bad", 3, 3),
    ],
    ids=["tabs", "wide", "combining", "escape", "emoji"],
)
def test_the_caret_stands_under_its_word_whatever_comes_before(
    line: str, column: int, before: int
) -> None:
    found = Diagnostic("Y001", "bad", Place(FILE, 1, column, 3))
    _, _, _, _, caret = shown(found, text=line).splitlines()[:5]
    assert caret == "  | " + " " * before + "^^^"


def test_a_wide_word_is_underlined_in_its_whole_width() -> None:
    found = Diagnostic("Y001", "bad", Place(FILE, 1, 1, 2))
    assert shown(found, text="名前").splitlines()[4] == "  | ^^^^"


def test_a_very_long_line_is_shown_around_the_caret() -> None:
    found = Diagnostic("Y001", "bad", Place(FILE, 1, 5001, 3))
    source, caret = shown(found, text="x" * 5000 + "bad" + "y" * 5000).splitlines()[3:5]
    assert len(source) < 200
    assert source[caret.index("^") :].startswith("bad")


@pytest.mark.parametrize("style", ["text", "concise"])
def test_control_characters_never_reach_the_terminal(style: str) -> None:
    evil = "a\x1b]0;owned\x07\x9b31m\u202e\r\nb\x00\ud800"
    found = Diagnostic(evil[:1] + "001", evil, Place(evil, 1, 1, 3), label=evil, help=evil)
    text = click.unstyle(report([found], {evil: evil}, style))
    assert not set("\x1b\x07\x9b\u202e\r\x00\ud800") & set(text)
    assert "\\x1b" in text


def test_width_counts_cells() -> None:
    assert [width(t) for t in ("abc", "名前", "e\u0301", "")] == [3, 4, 1, 0]
    assert visible("a\tb") == "a    b"


def test_json_carries_a_version_and_leaves_nothing_out() -> None:
    fixable = Diagnostic("Y009", "x", Place("f.yaml", 1, 2, 3), fix=Fix("f.yaml", 1, "a: 1"))
    document = json.loads(shown(fixable, NOTE, style="json"))
    assert document["version"] == 1
    assert document["summary"] == {"errors": 1, "warnings": 0, "notes": 1, "files": 1}
    note, error = document["diagnostics"]
    assert note["place"] is None
    assert error["place"] == {"file": "f.yaml", "line": 1, "column": 2, "length": 3}
    assert error["fix"]["text"] == "a: 1"


def test_json_of_nothing_is_still_a_document() -> None:
    assert json.loads(report([], {}, "json"))["diagnostics"] == []


def test_github_gets_commands_errors_first_with_its_own_escapes() -> None:
    odd = Diagnostic("S001", "50% of\nit", Place("a,b:c.yaml", 2, 3, 4), severity=Severity.NOTE)
    said = "unknown key 'defualt'%0Adid you mean 'default'?%0A" + UNKNOWN.help
    assert shown(odd, UNKNOWN, style="github").splitlines() == [
        f"::error file={FILE},line=11,col=7,endColumn=14,title=S002::{said}",
        "::notice file=a%2Cb%3Ac.yaml,line=2,col=3,endColumn=7,title=S001::50%25 of%0Ait",
    ]


def test_sarif_names_rules_levels_and_regions() -> None:
    run = json.loads(shown(UNKNOWN, WARNING, NOTE, style="sarif"))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["G010", "H004", "S002"]
    note, warning, error = run["results"]
    assert [r["level"] for r in (note, warning, error)] == ["note", "warning", "error"]
    assert "locations" not in note
    location = error["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == FILE
    assert location["region"] == {"startLine": 11, "startColumn": 7, "endColumn": 14}
