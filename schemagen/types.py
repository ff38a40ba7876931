"""The type table: for each logical type its arguments, SQLAlchemy form, Python type and aliases.

The names are the SQL standard's and PostgreSQL's. A type that is not here is written per dialect in
the YAML and reaches both databases as the user's own text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from schemagen.patterns import pattern
from schemagen.records import field, record

Dialect = str  # "sqlite" or "postgresql"
DIALECTS: tuple[Dialect, ...] = ("sqlite", "postgresql")
CALLED = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}  # by people
OTHER: dict[str, Dialect] = {"sqlite": "postgresql", "postgresql": "sqlite"}
SQLITE_COLLATIONS = frozenset({"binary", "nocase", "rtrim"})  # in any case of their letters
SIZED = ("sa.String", "sa.CHAR", "sa.Numeric")


@record
class Logical:
    """A row of the type table.

    Args:
        name: the canonical name.
        generic: the SQLAlchemy type that serves where `postgresql` does not.
        python: the Python type of a value, as written in an annotation.
        arguments: how many arguments it may take, at least and at most.
        postgresql: PostgreSQL's own SQLAlchemy type, where `generic` is not enough; `RawType` for a
            type that SQLAlchemy does not know.
        keyword: the parameter of an argument that is not positional (`precision`).
        flags: fixed keywords of both SQLAlchemy types (`timezone=True`).
        own: fixed keywords of PostgreSQL's own type alone.
        zero: the SQL value that fills a NOT NULL column which comes back without its rows' values.
        family: types of one family convert into each other without `using`.
        aliases: other spellings, reflected ones included.

    """

    name: str
    generic: str
    python: str
    arguments: tuple[int, int] = (0, 0)
    postgresql: str = ""
    keyword: str = ""
    flags: tuple[tuple[str, bool], ...] = ()
    own: tuple[tuple[str, bool], ...] = ()
    zero: str | None = None
    family: str = ""
    aliases: tuple[str, ...] = ()


_TZ = (("timezone", True),)
RANGES = ("int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange")
GEOMETRY = {
    "point": "'(0,0)'",
    "line": "'{0,1,0}'",
    "lseg": "'((0,0),(0,0))'",
    "box": "'((0,0),(0,0))'",
    "path": "'((0,0))'",
    "polygon": "'((0,0))'",
    "circle": "'<(0,0),0>'",
}

_ROWS = (
    Logical("smallint", "sa.SmallInteger", "int", zero="0", family="number", aliases=("int2",)),
    Logical("integer", "sa.Integer", "int", zero="0", family="number", aliases=("int", "int4")),
    Logical("bigint", "sa.BigInteger", "int", zero="0", family="number", aliases=("int8",)),
    Logical("smallserial", "sa.SmallInteger", "int", family="number", aliases=("serial2",)),
    Logical("serial", "sa.Integer", "int", family="number", aliases=("serial4",)),
    Logical("bigserial", "sa.BigInteger", "int", family="number", aliases=("serial8",)),
    Logical(
        "numeric",
        "sa.Numeric",
        "decimal.Decimal",
        (0, 2),
        zero="0",
        family="number",
        aliases=("decimal",),
    ),
    Logical("real", "sa.REAL", "float", zero="0", family="number", aliases=("float4",)),
    Logical(
        "double precision",
        "sa.Double",
        "float",
        zero="0",
        family="number",
        aliases=("double", "float8", "float"),
    ),
    Logical("money", "sa.Numeric", "str", postgresql="postgresql.MONEY", zero="0"),
    Logical(
        "varchar",
        "sa.String",
        "str",
        (0, 1),
        zero="''",
        family="text",
        aliases=("character varying", "string"),
    ),
    Logical(
        "char", "sa.CHAR", "str", (0, 1), zero="''", family="text", aliases=("character", "bpchar")
    ),
    Logical("text", "sa.Text", "str", zero="''", family="text"),
    Logical("bytea", "sa.LargeBinary", "bytes", zero="''", aliases=("blob", "bytes")),
    Logical("boolean", "sa.Boolean", "bool", zero="false", aliases=("bool",)),
    Logical("date", "sa.Date", "datetime.date", zero="'1970-01-01'", family="time"),
    Logical(
        "time",
        "sa.Time",
        "datetime.time",
        (0, 1),
        "postgresql.TIME",
        "precision",
        zero="'00:00:00'",
        aliases=("time without time zone",),
    ),
    Logical(
        "timetz",
        "sa.Time",
        "datetime.time",
        (0, 1),
        "postgresql.TIME",
        "precision",
        _TZ,
        zero="'00:00:00+00'",
        aliases=("time with time zone",),
    ),
    Logical(
        "timestamp",
        "sa.DateTime",
        "datetime.datetime",
        (0, 1),
        "postgresql.TIMESTAMP",
        "precision",
        zero="'1970-01-01 00:00:00'",
        family="time",
        aliases=("timestamp without time zone", "datetime"),
    ),
    Logical(
        "timestamptz",
        "sa.DateTime",
        "datetime.datetime",
        (0, 1),
        "postgresql.TIMESTAMP",
        "precision",
        _TZ,
        zero="'1970-01-01 00:00:00+00'",
        family="time",
        aliases=("timestamp with time zone",),
    ),
    Logical(
        "interval",
        "sa.Interval",
        "datetime.timedelta",
        (0, 1),
        "postgresql.INTERVAL",
        "precision",
        zero="'0'",
    ),
    Logical("uuid", "sa.Uuid", "uuid.UUID"),
    Logical("json", "sa.JSON", "Any", zero="'{}'", family="json"),
    Logical("jsonb", "sa.JSON", "Any", postgresql="postgresql.JSONB", zero="'{}'", family="json"),
    Logical("inet", "sa.Text", "str", postgresql="postgresql.INET", zero="'0.0.0.0'"),
    Logical("cidr", "sa.Text", "str", postgresql="postgresql.CIDR", zero="'0.0.0.0/0'"),
    Logical(
        "macaddr", "sa.Text", "str", postgresql="postgresql.MACADDR", zero="'00:00:00:00:00:00'"
    ),
    Logical(
        "macaddr8",
        "sa.Text",
        "str",
        postgresql="postgresql.MACADDR8",
        zero="'00:00:00:00:00:00:00:00'",
    ),
    Logical("bit", "sa.Text", "str", (0, 1), postgresql="postgresql.BIT", family="bit"),
    Logical(
        "varbit",
        "sa.Text",
        "str",
        (0, 1),
        postgresql="postgresql.BIT",
        own=(("varying", True),),
        zero="''",
        family="bit",
        aliases=("bit varying",),
    ),
    Logical("tsvector", "sa.Text", "str", postgresql="postgresql.TSVECTOR", zero="''"),
    Logical("tsquery", "sa.Text", "str", postgresql="postgresql.TSQUERY", zero="''"),
    Logical("oid", "sa.BigInteger", "int", postgresql="postgresql.OID", zero="0"),
    *(
        Logical(name, "sa.Text", "str", postgresql=f"postgresql.{name.upper()}", zero="'empty'")
        for name in RANGES
    ),
    *(
        Logical(
            name.replace("range", "multirange"),
            "sa.Text",
            "str",
            postgresql=f"postgresql.{name.upper().replace('RANGE', 'MULTIRANGE')}",
            zero="'{}'",
        )
        for name in RANGES
    ),
    *(
        Logical(name, "sa.Text", "str", postgresql="RawType", zero=zero)
        for name, zero in GEOMETRY.items()
    ),
    Logical("xml", "sa.Text", "str", postgresql="RawType", zero="''"),
    Logical("jsonpath", "sa.Text", "str", postgresql="postgresql.JSONPATH", zero="'$'"),
    Logical("pg_lsn", "sa.Text", "str", postgresql="RawType", zero="'0/0'"),
)

# What PostgreSQL writes for an integer with a sequence of its own, and the integer.
SERIAL = {"smallserial": "smallint", "serial": "integer", "bigserial": "bigint"}

TYPES: dict[str, Logical] = {row.name: row for row in _ROWS}
ALIASES: dict[str, str] = {a: row.name for row in _ROWS for a in (row.name, *row.aliases)}

# The letters that [a-z] stands for with IGNORECASE, which takes five times as long to compile.
_LETTER = r"A-Za-z\u0130\u0131\u017f\u212a"
_NAME = f"[{_LETTER}_][{_LETTER}0-9_]*"
_SPEC = pattern(
    rf"(?P<name>\"(?:[^\"]|\"\")+\"|{_NAME}(?:\.{_NAME})?(?: [{_LETTER}]+)*?)"
    r"\s*(?:\((?P<args>[^()]*)\))?"
    r"(?P<zone>\s+(?i:with(?:out)? time zone))?\s*(?P<dims>(?:\[\])*)\Z"
)


_WORD = pattern(rf"(?:{_NAME}\.)?{_NAME}\Z")


def is_word(name: str) -> bool:
    """Say whether an enum's name can be a column's type without double quotes."""
    return bool(_WORD.match(name)) and name.lower() not in ALIASES


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@record
class Spec:
    """A type as written: a name of the table (or an enum's), its arguments, its array depth."""

    name: str
    args: tuple[int, ...] = ()
    dims: int = 0
    logical: Logical | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Print the canonical form: `numeric(10, 2)[]`."""
        args = f"({', '.join(map(str, self.args))})" if self.args else ""
        name = self.name if self.logical or is_word(self.name) else _quoted(self.name)
        return f"{name}{args}{'[]' * self.dims}"

    @property
    def python(self) -> str:
        """The annotation of a value, without `| None`."""
        inner = self.logical.python if self.logical else "str"
        return "list[" * self.dims + inner + "]" * self.dims


# SQLite has one storage for several types: the first of the table that is written the same there.
_ON_SQLITE: dict[str, str] = {}
for _row in _ROWS:
    _ON_SQLITE[_row.name] = next(r.name for r in _ROWS if r.generic == _row.generic)


def on_sqlite(text: str) -> str:
    """Give the simplest type that SQLite stores just as this one: `json` for `jsonb`."""
    spec = parse(text)
    if spec is None or spec.logical is None:
        return text
    if spec.dims:
        return "json"
    sized = spec.logical.generic in SIZED
    there = _ON_SQLITE[spec.name]
    return str(Spec(there, spec.args if sized else (), logical=TYPES[there]))


@lru_cache(maxsize=4096)
def parse(text: str) -> Spec | None:
    """Read `numeric(10,2)`, `timestamptz(3)`, `text[]` or an enum's name; None if it is no type.

    `logical` is None for a name that the table does not know. Raises ValueError when a known type
    gets arguments that it cannot take.
    """
    found = _SPEC.match(text.strip())
    if not found:
        return None
    dims = found["dims"].count("[]")
    if found["name"].startswith('"'):
        plain = found["name"][1:-1].replace('""', '"')
        return Spec(plain, (), dims) if found["args"] is None and not found["zone"] else None
    written = " ".join(found["name"].split())
    name = written.lower() + (
        " " + " ".join(found["zone"].lower().split()) if found["zone"] else ""
    )
    row = TYPES.get(ALIASES.get(name, ""))
    if row is None:
        return Spec(written, (), dims) if found["args"] is None else None
    raw = [a.strip() for a in found["args"].split(",")] if found["args"] is not None else []
    low, high = row.arguments
    if not low <= len(raw) <= high or not all(re.fullmatch(r"-?\d+", a) for a in raw):
        takes = "no arguments" if not high else f"at most {high} whole number{'s' * (high > 1)}"
        msg = f"{row.name} takes {takes}"
        raise ValueError(msg)
    return Spec(row.name, tuple(map(int, raw)), dims, row)


# Types whose values PostgreSQL compares as they are, so that a foreign key may lead from one to
# the other, and from the first of these to the second.
_ALIKE = ({"smallint", "integer", "bigint"}, {"text", "varchar"})
_ONE_WAY = (({"smallint", "integer", "bigint"}, {"numeric"}), ({"char"}, {"text", "varchar"}))


def refers(one: Spec | None, two: Spec | None) -> bool:
    """Say whether a foreign key may lead from a column of one type to one of another."""
    if one is None or two is None or one.dims or two.dims:
        return False
    mine, theirs = SERIAL.get(one.name, one.name), SERIAL.get(two.name, two.name)
    alike = any({mine, theirs} <= group for group in _ALIKE)
    return alike or any(mine in here and theirs in there for here, there in _ONE_WAY)
