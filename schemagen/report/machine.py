"""Diagnostics as JSON, with a version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from schemagen.report.summary import counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemagen.diagnostics import Diagnostic

VERSION = 1


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Write `{"version": 1, "diagnostics": […], "summary": {…}}`."""
    return dump(
        {"diagnostics": [as_dict(d) for d in diagnostics], "summary": counts(diagnostics)},
    )


def dump(data: dict[str, Any]) -> str:
    """Write a JSON document of ours, the version first."""
    return json.dumps({"version": VERSION, **data}, indent=2, ensure_ascii=False)


def as_dict(diagnostic: Diagnostic) -> dict[str, Any]:
    """Give a diagnostic as plain data; absent things are null, never missing."""
    place, fix = diagnostic.place, diagnostic.fix
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "label": diagnostic.label or None,
        "help": diagnostic.help or None,
        "place": place
        and {
            "file": place.file,
            "line": place.line or None,
            "column": place.column if place.line else None,
            "length": place.length if place.line else None,
        },
        "fix": fix
        and {
            "file": fix.file,
            "line": fix.line,
            "replaces": fix.replaces,
            "text": fix.text,
        },
    }
