"""Names read backwards: which templates a table's own names follow, and what they leave open."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from schemagen.kinds import Check, ForeignKey, Obj, PrimaryKey, Unique
from schemagen.source.convention import DEFAULT, TEMPLATES, Convention

if TYPE_CHECKING:
    from schemagen.schema import View


def own_templates(view: View) -> dict[str, str]:
    """Give the `naming:` of a table: templates under which more names need not be written out."""
    found: dict[str, str] = {}
    for kind in TEMPLATES:
        objects = [obj for obj in view.parts if obj.kind == kind]
        if not all(fits(obj, DEFAULT) for obj in objects):
            template = _best(kind, objects)
            if template != TEMPLATES[kind]:
                found[kind] = template
    return found


def _best(kind: str, objects: list[Obj]) -> str:
    """Choose the template that most objects follow; ours among equals."""

    def score(template: str) -> tuple[int, bool]:
        convention = DEFAULT.over({kind: template})
        # The check of an enum column has no place for a name: it weighs more than all others.
        weights = (len(objects) if isinstance(o, Check) and o.enum else 1 for o in objects)
        followed = (w for w, o in zip(weights, objects, strict=True) if fits(o, convention))
        return sum(followed), template == TEMPLATES[kind]

    return max([TEMPLATES[kind], *_candidates(objects)], key=score)


def _candidates(objects: list[Obj]) -> list[str]:
    prefixes = {
        obj.name.removesuffix(column) for obj in objects if (column := _column(obj)) is not None
    }
    if len(objects) > 1:
        names = sorted(obj.name for obj in objects)
        both = takewhile(lambda pair: pair[0] == pair[1], zip(names[0], names[-1], strict=False))
        common = "".join(one for one, _ in both)
        prefixes.add(common[: common.rfind("_") + 1])
    usable = sorted(p for p in prefixes if len(p) > 1 and not set("{}") & set(p))
    if len(objects) == 1 and isinstance(objects[0], PrimaryKey):
        return []
    return [f"{prefix}{{name}}" for prefix in usable]


def _column(obj: Obj) -> str | None:
    """Give the column that an object's name ends in, if it speaks of one."""
    if isinstance(obj, Check) and obj.enum:
        name = obj.sql.partition(" in (")[0].strip('"').replace('""', '"')
        return name if obj.name.endswith(name) else None
    if isinstance(obj, (Unique, ForeignKey)) and obj.name.endswith(obj.columns[0]):
        return obj.columns[0]
    return None


def fits(obj: Obj, convention: Convention) -> bool:
    """Say whether the convention gives the object's name."""
    if isinstance(obj, PrimaryKey):
        return obj.name == convention.name(obj.kind, obj.table)
    if isinstance(obj, Check) and obj.enum:
        name = _column(obj)
        return name is not None and obj.name == convention.name(obj.kind, obj.table, name)
    return open_part(obj, convention) is not None


def open_part(obj: Obj, convention: Convention) -> str | None:
    """Give the part of a name that the convention leaves open; None when it does not fit."""
    template = convention.templates.get(obj.kind, "{table}_{name}")
    before, _, after = template.replace("{table}", obj.table).partition("{name}")
    if not obj.name.startswith(before) or not obj.name.endswith(after):
        return None
    name = obj.name[len(before) : len(obj.name) - len(after)]
    return name if name and convention.name(obj.kind, obj.table, name) == obj.name else None
