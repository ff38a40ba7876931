"""Diagnostics as SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from schemagen import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.diagnostics import Diagnostic, Place


def sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """Write a SARIF log of one run."""
    codes = sorted({d.code for d in diagnostics})
    driver = {
        "name": "schemagen",
        "semanticVersion": __version__,
        "rules": [{"id": code} for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, codes) for d in diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def _result(diagnostic: Diagnostic, codes: Sequence[str]) -> dict[str, Any]:
    said = [diagnostic.message, diagnostic.label, diagnostic.help]
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": str(diagnostic.severity),
        "message": {"text": "\n".join(s for s in said if s)},
    }
    if diagnostic.place:
        result["locations"] = [{"physicalLocation": _location(diagnostic.place)}]
    return result


def _location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file)}}
    if place.line:
        location["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.column + place.length,
        }
    return location
