"""What is taken as it is, is what pydantic makes of it; what pydantic refuses is never taken."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import pytest

from schemagen import kinds
from schemagen.kinds import right
from schemagen.kinds.column import Generated, Identity
from schemagen.kinds.part import Part, _validator
from schemagen.kinds.table import Options

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = (
    *kinds.KINDS.values(),
    kinds.References,
    kinds.Sql,
    kinds.Literal,
    Generated,
    Identity,
    Options,
)
SEEDS = 500
SCALARS: tuple[Any, ...] = (
    *(
        "",
        "a",
        "id",
        "first",
        "desc",
        "set null",
        "full",
        "sqlite",
        "1",
        "true",
        "\ud800",
        "a\x00b",
        "ä",
    ),
    *(
        0,
        1,
        -3,
        2**70,
        True,
        False,
        None,
        0.0,
        1.0,
        2.5,
        float("inf"),
        float("nan"),
        b"a",
        object(),
    ),
)


class Text(str):
    """Text that is not of the very type."""

    __slots__ = ()


def value(rng: random.Random, depth: int = 0) -> Any:  # noqa: ANN401 - anything
    """Give anything that a file or a program may hold."""
    roll = rng.random()
    if roll < 0.6 or depth > 2:
        return rng.choice((*SCALARS, Text("a"), kinds.Sql(sql="now()"), kinds.Literal(literal=1)))
    inner = [value(rng, depth + 1) for _ in range(rng.randrange(3))]
    if roll < 0.85:
        return rng.choice((list, tuple))(inner)
    names = (
        "sql",
        "literal",
        "table",
        "columns",
        "column",
        "with",
        "with_",
        "fillfactor",
        "always",
    )
    return dict(zip(rng.choices(names, k=len(inner)), inner, strict=True))


def fitting(rng: random.Random, annotation: Any) -> Any:  # noqa: ANN401 - a type, and a value of it
    """Give a value that is most likely right."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return rng.choice(args)
    if origin is tuple:
        made = [fitting(rng, args[0]) for _ in range(rng.randrange(1, 3))]
        return tuple(made) if rng.random() < 0.8 else made
    if origin is dict:
        return {"fillfactor": rng.choice((70, "70", True, 0.5))}
    if args:
        return fitting(rng, rng.choice(args))
    if isinstance(annotation, type) and issubclass(annotation, Part):
        data = mapping(rng, annotation.model_fields, 0)
        found = right.fields(annotation, data)
        return data if found is None or rng.random() < 0.5 else annotation.model_made(found)
    known = {str: "a", int: 3, bool: True, float: 0.5, type(None): None}
    return known.get(annotation, "x")


def mapping(rng: random.Random, fields: Mapping[str, Any], wild: float) -> dict[str, Any]:
    """Give data for a kind, some of which is anything at all."""
    data: dict[str, Any] = {}
    for name, info in fields.items():
        if info.is_required() or rng.random() < 0.4:
            called = rng.choice((name, info.alias or name))
            free = rng.random() < wild
            data[called] = value(rng) if free else fitting(rng, info.annotation)
    if rng.random() < wild:
        data[rng.choice(("unknown", "with", "with_", "name"))] = value(rng)
    if data and rng.random() < wild:
        del data[rng.choice(sorted(data))]
    return data


def shown(found: Any) -> str:  # noqa: ANN401 - anything
    """Give a value in words, with the types of all that is in it."""
    if isinstance(found, Part):
        return f"{type(found).__name__}({shown(found.__dict__)})"
    if isinstance(found, dict):
        return f"{{{', '.join(f'{shown(k)}: {shown(v)}' for k, v in found.items())}}}"
    if isinstance(found, (list, tuple)):
        return f"{type(found).__name__}({', '.join(map(shown, found))})"
    return f"{type(found).__name__} {found!r}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("strict", [False, True], ids=["", "strict"])
@pytest.mark.parametrize("wild", [0, 0.15], ids=["right", "wild"])
def test_it_is_what_pydantic_gives(kind: type[Part], wild: float, *, strict: bool) -> None:
    taken = 0
    for seed in range(SEEDS):
        data = mapping(random.Random(seed), kind.model_fields, wild)
        found = right.fields(kind, data, strict=strict)
        if found is not None:
            taken += 1
            theirs = _validator(kind).validate_python(dict(data), strict=strict)
            assert shown(found) == shown(theirs), data
    assert taken > SEEDS // 10


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_defaults_are_shared_and_what_is_given_is_not(kind: type[Part]) -> None:
    data = mapping(random.Random(1), kind.model_fields, 0)
    found, theirs = right.fields(kind, data), _validator(kind).validate_python(data)
    assert found is not None
    for name, each in found.items():
        assert (each is kind.model_fields[name].default) == (
            theirs[name] is kind.model_fields[name].default
        )
        if isinstance(each, dict) and each:
            assert each is not data.get(name)
