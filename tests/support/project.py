"""A project of its own for a test: schema, backend, versions, and the two command lines."""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import py_compile
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import CommandLine, Config
from click.testing import CliRunner

from schemagen.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REPOSITORY = Path(__file__).parents[2]
PYPROJECT = """\
[tool.schemagen]
schema = "schema"
versions = "backend/alembic/versions"
models = "backend/models"
"""
OFFLINE = "[tool.schemagen.postgresql]\nonline = false\n"
_BACKEND = (
    *("__init__.py", "config.py", "database.py", "offline.py", "revisions.py"),
    *("alembic/env.py", "alembic/script.py.mako"),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What a command did."""

    code: int
    stdout: str
    stderr: str

    def ok(self) -> Result:
        """Fail the test if the command failed."""
        assert self.code == 0, f"exit {self.code}\n{self.stdout}\n{self.stderr}"
        return self


@dataclass(frozen=True, slots=True)
class Project:
    """A folder laid out as this repository is, with a schema of its own and no revision."""

    root: Path

    @classmethod
    def create(
        cls, root: Path, files: Mapping[str, str] | None = None, *, online: bool = False
    ) -> Project:
        """Lay out a project.

        Args:
            root: a folder that need not exist.
            files: texts by file name below `schema/`.
            online: whether its revisions hold up no clients on PostgreSQL, which is the default of
                a real project; their text is longer.

        """
        root.mkdir(parents=True, exist_ok=True)
        (root / "pyproject.toml").write_text(("" if online else OFFLINE) + PYPROJECT)
        shutil.copy(REPOSITORY / "alembic.ini", root)
        for source, file in _backend():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, root / file)
        project = cls(root)
        project.versions.mkdir()
        (root / "schema").mkdir()
        for name, text in (files or {}).items():
            project.write(f"schema/{name}", text)
        return project

    @property
    def versions(self) -> Path:
        """The folder of the revisions."""
        return self.root / "backend" / "alembic" / "versions"

    def write(self, file: str, text: str) -> Path:
        """Write a file, given by its path below the root."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def read(self, file: str) -> str:
        """Read a file, given by its path below the root."""
        return (self.root / file).read_text(encoding="utf-8")

    def revisions(self) -> list[Path]:
        """Give the revisions' files, first to last."""
        return sorted(self.versions.glob("[0-9]*.py"))

    def schemagen(self, *arguments: str, stdin: str | None = None) -> Result:
        """Run `schemagen` in this process."""
        with self._here():
            done = CliRunner(env={"SCHEMAGEN_DEBUG": "1"}).invoke(
                main, list(arguments), input=stdin, catch_exceptions=False
            )
        return Result(done.exit_code, done.stdout, done.stderr)

    def schemagen_process(self, *arguments: str, **environment: str) -> Result:
        """Run `schemagen` in a process of its own."""
        return self._process("schemagen", arguments, environment)

    def alembic(self, *arguments: str, url: str = "") -> Result:
        """Run `alembic` in this process, on the database at `url`."""
        line = CommandLine(prog="alembic")
        options = line.parser.parse_args(list(arguments))
        out, err = io.StringIO(), io.StringIO()
        config = self.config(url, out, options)
        try:
            with (
                self._here(),
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(err),
            ):
                line.run_cmd(config, options)
        except SystemExit as stopped:
            return Result(int(stopped.code or 0) % 256, out.getvalue(), err.getvalue())
        return Result(0, out.getvalue(), err.getvalue())

    def alembic_process(self, *arguments: str, url: str = "", **environment: str) -> Result:
        """Run `alembic` in a process of its own, with DATABASE_URL set."""
        return self._process("alembic", arguments, {"DATABASE_URL": url, **environment})

    def config(self, url: str, out: io.StringIO | None = None, options: object = None) -> Config:
        """Give the configuration for Alembic's Python API.

        The logging section is not read: it would take the handlers of the test run away.
        """
        out = out or io.StringIO()
        config = Config(
            str(self.root / "alembic.ini"), stdout=out, output_buffer=out, cmd_opts=options
        )
        assert config.file_config.sections()
        config.config_file_name = None
        if url:
            config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
        return config

    def upgrade(self, url: str, revision: str = "head") -> None:
        """Upgrade; errors come as they are."""
        self._move("upgrade", url, revision)

    def downgrade(self, url: str, revision: str = "-1") -> None:
        """Downgrade; errors come as they are."""
        self._move("downgrade", url, revision)

    def _move(self, verb: str, url: str, revision: str) -> None:
        with self._here():
            getattr(command, verb)(self.config(url), revision)

    def _process(
        self, module: str, arguments: tuple[str, ...], environment: Mapping[str, str]
    ) -> Result:
        there = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self.root,
            env={**there, "PYTHONPATH": str(REPOSITORY), **environment},
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    @contextlib.contextmanager
    def _here(self) -> Iterator[None]:
        """Be in the project's folder, with its `backend` and no other project's."""
        path, url = list(sys.path), os.environ.pop("DATABASE_URL", None)
        _forget_backend()
        try:
            with contextlib.chdir(self.root):
                yield
        finally:
            _forget_backend()
            sys.path[:] = path
            if url is not None:
                os.environ["DATABASE_URL"] = url


@cache
def _backend() -> list[tuple[Path, Path]]:
    """Give the files of a project's backend with their bytecode, made once for all projects."""
    there = [(REPOSITORY / "backend" / name, Path("backend") / name) for name in _BACKEND]
    kept = Path(tempfile.mkdtemp(prefix="schemagen-backend-"))
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    made = []
    for number, (source, file) in enumerate(there):
        if file.suffix == ".py":
            bytecode = kept / str(number)
            py_compile.compile(str(source), cfile=str(bytecode), doraise=True)
            name = f"{file.stem}.{sys.implementation.cache_tag}.pyc"
            made.append((bytecode, file.parent / "__pycache__" / name))
    return there + made


def _forget_backend() -> None:
    for name in [n for n in sys.modules if n.startswith("backend") and n[7:8] in {"", "."}]:
        del sys.modules[name]
