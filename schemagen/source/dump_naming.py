"""Names read backwards: which templates a table's own names follow, and what they leave open."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from schemagen.kinds import Check, ForeignKey, Index, Obj, PrimaryKey, Unique
from schemagen.qualified import bare
from schemagen.source.convention import DEFAULT, TEMPLATES, Convention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemagen.kinds import Key
    from schemagen.schema import Schema, View


def project_templates(schema: Schema) -> dict[str, str]:
    """Give the convention that most names of a schema follow; ours among equals."""
    found: dict[str, str] = {}
    for kind, usual in TEMPLATES.items():
        objects = [obj for obj in schema if obj.kind == kind]
        said = {obj.key: _said(obj, schema) for obj in objects}
        counted = Counter(shape for obj in objects for shape in _shapes(obj, said[obj.key]))
        shapes = [shape for shape, count in counted.items() if count > 1 or not _is_chance(shape)]

        def score(
            template: str,
            objects: list[Obj] = objects,
            said: dict[Key, list[str]] = said,
            usual: str = usual,
        ) -> Any:  # noqa: ANN401 - compared
            convention = DEFAULT.over({objects[0].kind: template}) if objects else DEFAULT
            return (
                sum(fits(obj, convention) for obj in objects)
                + sum(open_part(obj, convention) in said[obj.key] for obj in objects),
                template == usual,
                template,
            )

        found[kind] = max([usual, *shapes], key=score)
    return found


def _is_chance(template: str) -> bool:
    """Say whether one name alone is no proof: it ends in what may be said of it alone."""
    end = template.rpartition("{name}")[2] if "{name}" in template else ""
    return bool(end) and end not in _ENDS


_ENDS = ("_pkey", "_fkey", "_key", "_idx", "_check", "_excl", "_pk", "_fk", "_uk", "_uq", "_ck")


def _shapes(obj: Obj, said: list[str]) -> Iterator[str]:
    """Give the templates that an object's name may be made from, if it says its table."""
    name, table = obj.name, bare(obj.table)
    if set("{}") & set(name) or not table:
        return
    before, found, after = name.partition(table)
    if isinstance(obj, PrimaryKey):
        yield from [f"{before}{{table}}{after}"] if found else ()
        return
    if found and after.startswith("_") and after != "_":
        yield f"{before}{{table}}_{{name}}"  # the rest says what it is for
    for columns in said:
        before, found, after = name.rpartition(columns)
        if found and table in before:
            yield f"{before.replace(table, '{table}', 1)}{{name}}{after}"
        elif found and table in after:
            yield f"{before}{{name}}{after.replace(table, '{table}', 1)}"


def _said(obj: Obj, schema: Schema) -> list[str]:
    """Give what a name may say of the columns."""
    if isinstance(obj, (Unique, ForeignKey)):
        return ["_".join(obj.columns)]
    if isinstance(obj, Index):
        said = "_".join(item.column or "" for item in obj.columns).strip("_")
        return [said] if said else []
    if isinstance(obj, Check) and obj.enum:
        return [name for name in (_column(obj),) if name]
    columns = [key.name for key in obj.needs(schema) if key.kind == "column"]
    return list(dict.fromkeys([*columns, "_".join(columns)])) if columns else []


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
