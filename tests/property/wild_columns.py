"""Random columns: every type, defaults of every sort, identities, generated ones, overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import wild_words as words

from schemagen import kinds as k
from schemagen import sql, types

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

INTEGERS = ("smallint", "integer", "bigint")
COMMON = (
    *("integer", "bigint", "varchar(20)", "text", "boolean", "numeric(10, 2)", "timestamptz"),
    *("date", "varchar(3)", "smallint", "char(4)"),
)
OTHERS = (
    *("numeric", "numeric(5)", "real", "double precision", "money", "varchar", "bytea", "time"),
    *("time(3)", "timetz", "timestamp", "timestamp(0)", "timestamptz(3)", "interval", "uuid"),
    *("json", "jsonb", "inet", "cidr", "macaddr", "macaddr8", "bit", "bit(3)", "varbit"),
    *("varbit(9)", "oid", "int4range", "int8range", "numrange", "daterange", "tsrange"),
    *("tstzrange", "tsvector", "tsquery", "integer[]", "text[]", "varchar(5)[]", "jsonb[]"),
    *("numeric(6, 2)[]", "timestamptz[]", "uuid[]", "boolean[]", "bigint[]", "text[][]"),
)
# What PostgreSQL has no order for, so no btree index, no unique, no key.
UNORDERED = ("json", "xml")
_LITERALS: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys((*INTEGERS, "oid"), (0, 7, 12)),
    **dict.fromkeys(("numeric",), (0, 1.5, -3)),
    **dict.fromkeys(("real", "double precision"), (1.5, -2, 0.25)),
    "money": ("1.50",),
    **dict.fromkeys(("varchar", "char", "text"), words.TEXTS),
    "bytea": ("", "abc"),
    "boolean": (True, False),
    "date": ("2024-02-29",),
    "time": ("12:30:00",),
    "timetz": ("12:30:00+02",),
    "timestamp": ("2024-02-29 12:30:00", "2024-02-29"),
    "timestamptz": ("2024-02-29 12:30:00+00",),
    "interval": ("1 day",),
    "uuid": ("00000000-0000-0000-0000-00000000000a",),
    **dict.fromkeys(("json", "jsonb"), ({}, [], {"a": ["it's", ":x", None, "%s"]}, 5, True, "t")),
    "inet": ("10.0.0.1",),
    "cidr": ("10.0.0.0/8",),
    "macaddr": ("08:00:2b:01:02:03",),
    "macaddr8": ("08:00:2b:01:02:03:04:05",),
    "bit": ("1",),
    "varbit": ("101",),
    "tsvector": ("word",),
    "tsquery": ("word",),
}
_EXPRESSIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(INTEGERS, ("1 + 2", "abs(-5)", "(3)", "4", "-1")),
    "numeric": ("1.10", "2 * 1.5"),
    **dict.fromkeys(("varchar", "text"), ("'x' || 'y'", "lower('A:B')", "'%s'", "'it''s'")),
    "boolean": ("1 = 1", "true", "not false"),
    "date": ("current_date",),
    "timestamp": ("current_timestamp", "now()"),
    "timestamptz": ("current_timestamp", "now()"),
}


def random_type(rng: random.Random, enums: Sequence[str]) -> str:
    """Choose a type, an enum's name or an array of one among them."""
    roll = rng.random()
    if enums and roll < 0.2:
        return rng.choice(enums) + ("[]" if rng.random() < 0.2 else "")
    return rng.choice(COMMON if roll < 0.6 else OTHERS)


def column(rng: random.Random, table: str, name: str, enums: dict[str, k.Enum]) -> k.Column:
    """Make a column that holds values of its own."""
    kind = random_type(rng, tuple(enums))
    made = k.Column(
        table=table,
        name=name,
        type=kind,
        nullable=rng.random() < 0.5,
        default=default(rng, kind, enums) if rng.random() < 0.4 else None,
        comment=words.comment(rng),
    )
    if (over := overrides(rng, made)) and rng.random() < 0.3:
        made = made.model_copy(update=over)
    return made


def default(rng: random.Random, kind: str, enums: dict[str, k.Enum]) -> k.Value | None:
    """Choose a default that fits a type; None where there is none."""
    spec = types.parse(kind)
    if spec is None:
        return None
    if spec.dims:
        return _list(rng, spec, enums)
    if spec.name in enums:
        return k.Literal(literal=rng.choice(enums[spec.name].values))
    if rng.random() < 0.4 and spec.name in _EXPRESSIONS:
        text = rng.choice(_EXPRESSIONS[spec.name])
        room = spec.args[0] if spec.args else 99
        return k.Sql(sql=text) if len(text) <= room or spec.name == "numeric" else None
    fitting = [v for v in _LITERALS.get(spec.name, ("empty",)) if _fits(v, spec)]
    return k.Literal(literal=rng.choice(fitting)) if fitting else None


def _fits(value: object, spec: types.Spec) -> bool:
    if spec.name in ("bit", "varbit"):
        return spec.args in ((), (len(str(value)),)) or spec.name == "varbit"
    if not spec.args or not isinstance(value, str) or spec.name not in ("varchar", "char"):
        return True
    return len(value) <= spec.args[0]


def _list(rng: random.Random, spec: types.Spec, enums: dict[str, k.Enum]) -> k.Value | None:
    if spec.dims > 1 or rng.random() < 0.4:
        return k.Literal(literal=[])
    pool = enums[spec.name].values if spec.name in enums else _LITERALS.get(spec.name, ())
    item = types.Spec(spec.name, spec.args)
    fitting = [v for v in pool if _fits(v, item)]
    return k.Literal(literal=rng.sample(fitting, min(2, len(fitting))))


def overrides(rng: random.Random, made: k.Column) -> dict[str, Any]:
    """Choose what a column has otherwise on one database."""
    spec = made.spec
    name = spec.name if spec and spec.logical else ""
    if name in ("text", "varchar", "char") and not spec.dims:
        here = {"sqlite": {"collation": rng.choice(("NOCASE", "RTRIM"))}}
        there = {"postgresql": {"collation": rng.choice(("C", "POSIX"))}}
        return rng.choice((here, there, here | there))
    if name in INTEGERS and not spec.dims:
        return rng.choice(
            (
                {"sqlite": {"default": {"literal": 3}}},
                {"postgresql": {"default": {"sql": "1 + 1"}}},
                {"sqlite": {"type": "text"}} if made.default is None else {},
            )
        )
    if name == "uuid" and not spec.dims:
        made_up = {"sql": "lower(hex(randomblob(16)))"}
        return {
            "sqlite": {"default": made_up},
            "postgresql": {"default": {"sql": "gen_random_uuid()"}},
        }
    return rng.choice(
        (
            {"postgresql": {"comment": "here: it's"}},
            {"sqlite": {"nullable": not made.nullable}},
            {"postgresql": {"nullable": not made.nullable}},
        )
    )


def identity(rng: random.Random) -> k.Identity:
    return k.Identity(
        always=rng.random() < 0.2,
        start=rng.choice((None, None, 1, 100)),
        increment=rng.choice((None, None, 1, 5)),
    )


def generated(
    rng: random.Random, table: str, name: str, columns: Sequence[k.Column]
) -> k.Column | None:
    """Make a column that is computed from others; None when there is none to compute from."""
    pairs = [(c, e) for c in columns if (e := _computed(rng, c, columns)) is not None]
    if not pairs:
        return None
    _, (kind, text) = rng.choice(pairs)
    made = k.Generated(sql=text, stored=rng.random() < 0.5)
    comment = words.comment(rng, 0.2)
    return k.Column(
        table=table, name=name, type=kind, nullable=True, generated=made, comment=comment
    )


def _computed(
    rng: random.Random, one: k.Column, columns: Sequence[k.Column]
) -> tuple[str, str] | None:
    spec, said = one.spec, sql.quote(one.name)
    if one.generated or spec is None or spec.logical is None or spec.dims or one.sqlite.get("type"):
        return None
    if spec.name in INTEGERS:
        others = [c.name for c in columns if c.type in INTEGERS and not c.generated]
        other = sql.quote(rng.choice(others))
        return "numeric", rng.choice((f"{said} + 1", f"{said} * {other}", f"coalesce({said}, 0)"))
    if spec.name in ("varchar", "text"):
        return "text", rng.choice((f"lower({said})", f"{said} || ':x %s'", f"upper({said})"))
    if spec.name == "boolean":
        return "boolean", f"not {said}"
    return None
