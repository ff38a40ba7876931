"""Names read backwards: which templates a table's own names follow, and what they leave open."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from schemagen.kinds import Check, ForeignKey, Index, Obj, PrimaryKey, Unique
from schemagen.qualified import bare
from schemagen.source.convention import DEFAULT, TEMPLATES, Convention

if TYPE_CHECKING:
    from schemagen.schema import Schema, View


def project_templates(schema: Schema) -> dict[str, str]:
    """Give the convention that most names of a schema follow; ours among equals."""
    found: dict[str, str] = {}
    for kind, usual in TEMPLATES.items():
        objects = [obj for obj in schema if obj.kind == kind]
        shapes = {shape for obj in objects if (shape := _shape(obj)) is not None}

        def score(template: str, objects: list[Obj] = objects, usual: str = usual) -> Any:  # noqa: ANN401 - compared
            convention = DEFAULT.over({objects[0].kind: template}) if objects else DEFAULT
            return (
                sum(fits(obj, convention) + _is_derived(obj, convention) for obj in objects),
                template == usual,
                template,
            )

        found[kind] = max([usual, *shapes], key=score)
    return found


def _shape(obj: Obj) -> str | None:
    """Give the template that an object's name would be made from, if it says its table."""
    said = _said_columns(obj)
    name = obj.name
    if set("{}") & set(name) or not obj.table:
        return None
    if not isinstance(obj, PrimaryKey):
        if not said or said not in name:
            return None
        before, _, after = name.rpartition(said)
        name = f"{before}{{name}}{after}"
    before, found, after = name.partition(bare(obj.table))
    return f"{before}{{table}}{after}" if found else None


def _said_columns(obj: Obj) -> str:
    """Give the part of a name that speaks of the columns."""
    if isinstance(obj, (Unique, ForeignKey)):
        return "_".join(obj.columns)
    if isinstance(obj, Index):
        return "_".join(item.column or "" for item in obj.columns).strip("_")
    return _column(obj) or "" if isinstance(obj, Check) else ""


def _is_derived(obj: Obj, convention: Convention) -> bool:
    """Say whether nothing at all needs to be written for an object's name."""
    said = _said_columns(obj)
    if not isinstance(obj, (Unique, ForeignKey, Index)) or not said:
        return False
    return obj.name == convention.name(obj.kind, obj.table, said)


def own_templates(view: View, base: Convention = DEFAULT) -> dict[str, str]:
    """Give the `naming:` of a table: templates under which more names need not be written out.

    Args:
        view: the table.
        base: the project's convention.

    """
    found: dict[str, str] = {}
    for kind in TEMPLATES:
        objects = [obj for obj in view.parts if obj.kind == kind]
        if not all(fits(obj, base) for obj in objects):
            template = _best(kind, objects, base)
            if template != base.templates[kind]:
                found[kind] = template
    return found


def _best(kind: str, objects: list[Obj], base: Convention) -> str:
    """Choose the template that most objects follow; the project's among equals."""

    def score(template: str) -> tuple[int, bool]:
        convention = base.over({kind: template})
        # The check of an enum column has no place for a name: it weighs more than all others.
        weights = (len(objects) if isinstance(o, Check) and o.enum else 1 for o in objects)
        followed = (w for w, o in zip(weights, objects, strict=True) if fits(o, convention))
        return sum(followed), template == base.templates[kind]

    return max([base.templates[kind], *_candidates(objects)], key=score)


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
    before, _, after = template.replace("{table}", bare(obj.table)).partition("{name}")
    if not obj.name.startswith(before) or not obj.name.endswith(after):
        return None
    name = obj.name[len(before) : len(obj.name) - len(after)]
    return name if name and convention.name(obj.kind, obj.table, name) == obj.name else None
