"""Our own templates are laid out by ourselves exactly as Jinja would."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, ClassVar

import pytest
from wild_edits import edited
from wild_schemas import wild_schema

from schemagen.diff import compare
from schemagen.errors import SchemagenError
from schemagen.plan.options import Options
from schemagen.plan.planning import plan
from schemagen.render import models, revision
from schemagen.render.environment import Template, rendered_by_jinja, template
from schemagen.render.revision import Header, revision_text
from schemagen.schema import Schema

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = range(30)


class Both:
    """A template that is rendered both ways."""

    seen: ClassVar[set[str]] = set()

    def __init__(self, name: str, own: Path | None = None) -> None:
        self.name = name
        self.ways: tuple[Template, Template] = (template(name, own), rendered_by_jinja(name))

    def render(self, **said: object) -> str:
        mine, theirs = (way.render(**said) for way in self.ways)
        assert mine == theirs, self.name
        self.seen.add(self.name)
        return mine


def test_ours_are_laid_out_as_jinja_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "template", Both)
    monkeypatch.setattr(revision, "template", Both)
    for seed in SEEDS:
        rng = random.Random(seed)
        before = wild_schema(rng)
        after, directions = edited(rng, before)
        models.files(after)
        for online in (True, False):
            options = Options(online=online, irreversible=seed % 5 == 0)
            for start, end in ((before, after), (Schema(), after)):
                changes = compare(start, end, directions).changes
                planned = plan(changes, start, directions, options=options)
                for revises in (None, "0001"):
                    header = Header("0002", revises, "a title", "now", "0002.yaml")
                    revision_text(header, planned)
    assert {*Both.seen} >= {
        "revision.py.j2",
        *(f"models/{name}.py.j2" for name in ("base", "enums", "init", "table")),
    }


@pytest.mark.parametrize(
    ("used", "more"),
    [
        ({"_missing"}, {}),
        ({"_check_uses"}, {}),
        ({"_patiently"}, {}),
        ({"_proving"}, {"standard": ["from typing import Any"], "uses_raw_type": True}),
        ({"_in_batches"}, {"downgrade": None, "upgrade": "    _check_fit(1)"}),
        (set(), {"rebuilds": True, "uses_command_error": True}),
    ],
)
def test_all_that_a_revision_can_bring_along(used: set[str], more: dict[str, object]) -> None:
    said = {
        "header": Header("2", "1", "a title", "now"),
        "used": used,
        "upgrade": "    pass",
        "downgrade": "    pass",
        "refusal": '"no"',
        "standard": [],
        **dict.fromkeys(("uses_postgresql", "uses_sqlalchemy", "uses_raw_type"), False),
        **dict.fromkeys(("uses_command_error", "rebuilds"), False),
        **more,
    }
    Both("revision.py.j2").render(**said)


def test_sequences() -> None:
    Both("models/sequences.py.j2").render(head="# Written", sequences="SEQUENCES = ()")


@pytest.mark.parametrize("apart", [True, False])
def test_a_data_migration(*, apart: bool) -> None:
    said = {
        "header": Header("2", "1", "a title", "now"),
        "uses_postgresql": apart,
        "uses_sqlalchemy": True,
        "apart": apart,
        "tables": ["lots = 1", "parts = 2"],
        "example": "lots",
    }
    Both("data_revision.py.j2").render(**said)


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(SchemagenError, match=r"there is no template 'nothing\.j2' in "):
        template("nothing.j2")


def test_a_project_with_templates_of_its_own_has_jinja(tmp_path: Path) -> None:
    (tmp_path / "revision.py.j2").write_text("{{ used | join('-') | upper }}\n")
    assert template("revision.py.j2", tmp_path).render(used=["a", "b"]) == "A-B\n"
    ours = template("models/sequences.py.j2", tmp_path)
    assert ours.render(head="#", sequences="SEQUENCES = ()").endswith("SEQUENCES = ()\n")
