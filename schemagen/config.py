"""`[tool.schemagen]` of pyproject.toml: where things are. Strict; credentials are never there."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schemagen.diagnostics import Diagnostic, Place, did_you_mean
from schemagen.errors import ConfigError, Findings
from schemagen.records import field, record, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FILE = "pyproject.toml"
SECTION = "tool.schemagen"
PATHS = ("schema", "versions", "models", "templates")
SWITCHES = ("verify",)
LOCKS = (
    "access share",
    "row share",
    "row exclusive",
    "share update exclusive",
    "share",
    "share row exclusive",
    "exclusive",
    "access exclusive",
)
# Each section below ours: what its keys hold.
SECTIONS = {
    "lint": {"select": "names", "ignore": "names", "max_lock": "lock"},
    "postgresql": {"online": "switch", "min_version": "version"},
}
OLDEST = 14  # of PostgreSQL
KEYS = (*PATHS, *SWITCHES, *SECTIONS)
_CREDENTIALS = ("url", "database", "database_url", "dsn", "password", "sqlalchemy_url")


class SettingsError(ConfigError, Findings):
    """Diagnostics about the configuration or the flags; exit 2, as nothing was looked at."""

    exit_code = 2


@record
class Lint:
    """What `schemagen lint` looks for, `[tool.schemagen.lint]`.

    Args:
        select: the rules that run, by name, code or beginning of codes; none is those that run by
            default.
        ignore: rules that do not run.
        max_lock: the strongest lock that a revision may take on a table that exists; empty for any.

    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    max_lock: str = ""


@record
class Postgresql:
    """How revisions run on PostgreSQL, `[tool.schemagen.postgresql]`.

    Args:
        online: change tables that have rows without holding up their clients.
        min_version: the oldest PostgreSQL that revisions have to run on.

    """

    online: bool = True
    min_version: int = OLDEST


@record
class Settings:
    """Where a project keeps what schemagen reads and writes.

    Args:
        root: the folder of pyproject.toml; every other path is below it, and files are shown
            relative to it.
        schema: the folder of the YAML.
        versions: the folder of the revisions and their entries.
        models: the folder of the generated models; None when none are wanted.
        templates: the folder of the project's own templates, if it has any.
        verify: whether `generate` proves on SQLite what it has written.
        lint: what `lint` looks for.
        postgresql: how revisions run there.

    """

    root: Path
    schema: Path
    versions: Path
    models: Path | None = None
    templates: Path | None = None
    verify: bool = False
    lint: Lint = field(default_factory=Lint)
    postgresql: Postgresql = field(default_factory=Postgresql)

    def shown(self, path: Path) -> str:
        """Give a path as a person in the root would type it."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def load(cwd: Path | None = None, flags: Mapping[str, str | None] | None = None) -> Settings:
    """Read the settings of the project that `cwd` is in.

    Args:
        cwd: where to look for pyproject.toml, here and upward; the current folder by default.
        flags: what the command line says, under the same names; paths relative to `cwd`.

    """
    here = (cwd or Path.cwd()).resolve()
    file, section = _nearest(here)
    root = file.parent if file else here
    if file:
        problems = list(_problems(section, _shown(file, here), file.read_text(encoding="utf-8")))
        if problems:
            raise SettingsError(problems)
    paths = {name: root / section[name] for name in PATHS if name in section}
    switches = {name: section[name] for name in SWITCHES if name in section}
    settings = Settings(
        root,
        **{**_defaults(root), **paths},
        **switches,
        lint=_lint(section),
        postgresql=Postgresql(**section.get("postgresql", {})),
    )
    said: dict[str, Any] = {name: (here / value) for name, value in (flags or {}).items() if value}
    return replace(settings, **said)


def _lint(section: Mapping[str, Any]) -> Lint:
    said = section.get("lint", {})
    names = {key: tuple(said[key]) for key in ("select", "ignore") if key in said}
    return Lint(**names, max_lock=said.get("max_lock", "").lower())


def _defaults(root: Path) -> dict[str, Path]:
    return {"schema": root / "schema", "versions": root / "alembic" / "versions"}


def _nearest(here: Path) -> tuple[Path | None, dict[str, Any]]:
    """Give the nearest pyproject.toml with our section, or else the nearest one."""
    found: Path | None = None
    for folder in (here, *here.parents):
        file = folder / FILE
        if not file.is_file():
            continue
        found = found or file
        section = _section(file, _shown(file, here))
        if section is not None:
            return file, section
    return found, {}


def _section(file: Path, shown: str) -> dict[str, Any] | None:
    import tomllib  # noqa: PLC0415 - whoever has settings needs it no more

    try:
        with file.open("rb") as stream:
            tool = tomllib.load(stream).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        place = Place(shown, int(at[1]), int(at[2])) if at else Place(shown)
        message = f"not valid TOML: {re.sub(r' *[(]at .*[)]$', '', str(error))}"
        raise SettingsError([Diagnostic("C001", message, place)]) from error
    except UnicodeDecodeError as error:
        raise SettingsError([Diagnostic("C001", "not UTF-8", Place(shown))]) from error
    section = tool.get("schemagen") if isinstance(tool, dict) else None
    if section is not None and not isinstance(section, dict):
        message = f"[{SECTION}] has to be a table"
        raise SettingsError([Diagnostic("C001", message, Place(shown))])
    return section


def _shown(file: Path, here: Path) -> str:
    """Give the path as the user would type it from `here`."""
    up = here.parts[len(file.parent.parts) :]
    return "/".join((*[".."] * len(up), file.name))


def _problems(section: Mapping[str, Any], shown: str, text: str) -> Iterator[Diagnostic]:
    for key, value in section.items():
        place = partial(_place, shown, text, key)
        if key in _CREDENTIALS:
            yield Diagnostic(
                "C004",
                f"{key!r} does not belong in a file that is committed",
                place(),
                help="set DATABASE_URL in the environment or in .env",
            )
        elif key not in KEYS:
            hint = did_you_mean(key, KEYS)
            allowed = f"keys allowed here: {', '.join(KEYS)}"
            yield Diagnostic("C002", f"unknown key {key!r}", place(), label=hint, help=allowed)
        elif key in SECTIONS:
            yield from _in_section(key, value, shown, text)
        elif key in SWITCHES and not isinstance(value, bool):
            yield Diagnostic("C003", f"{key!r} has to be true or false", place())
        elif key in PATHS and (not isinstance(value, str) or not value.strip()):
            yield Diagnostic("C003", f"{key!r} has to be a path, written as a string", place())


def _in_section(name: str, said: Any, shown: str, text: str) -> Iterator[Diagnostic]:  # noqa: ANN401 - a value of TOML
    section, known = f"{SECTION}.{name}", SECTIONS[name]
    if not isinstance(said, dict):
        yield Diagnostic("C003", f"[{section}] has to be a table", _place(shown, text, name))
        return
    for key, value in said.items():
        place = partial(_place, shown, text, key, section)
        if key not in known:
            allowed = f"keys allowed here: {', '.join(known)}"
            hint = did_you_mean(key, known)
            yield Diagnostic("C002", f"unknown key {key!r}", place(), label=hint, help=allowed)
        elif not VALUES[known[key]].check(value):
            wanted = VALUES[known[key]]
            message = f"{key!r} has to be {wanted.name}"
            yield Diagnostic("C003", message, place(), help=wanted.help)


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) and name for name in value)


def _is_lock(value: object) -> bool:
    return isinstance(value, str) and value.lower() in LOCKS


def _is_version(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= OLDEST


@record
class _Wanted:
    """What a key of a section holds."""

    check: Callable[[object], bool]
    name: str
    help: str = ""


VALUES = {
    "names": _Wanted(_are_names, "a list of rules, each a string"),
    "lock": _Wanted(
        _is_lock,
        "the name of a lock",
        f"PostgreSQL's locks, weakest first: {', '.join(LOCKS)}",
    ),
    "switch": _Wanted(lambda value: isinstance(value, bool), "true or false"),
    "version": _Wanted(_is_version, f"a whole number, {OLDEST} or more"),
}


def _place(shown: str, text: str, key: str, section: str = SECTION) -> Place:
    """Find a key's line: tomllib does not tell it."""
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            inside = header[1].replace(" ", "").replace('"', "") == section
        elif inside and (found := re.match(rf"\s*([\"']?){re.escape(key)}\1\s*[=.]", line)):
            column = found.start(1) + 1
            return Place(shown, number, column, len(key) + 2 * len(found[1]))
    return Place(shown)
