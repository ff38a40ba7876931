"""The repository keeps its own rules: architecture, sizes, portability, a wheel that works."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
OURS = sorted((ROOT / "schemagen").rglob("*.py"))
HAND_WRITTEN = [
    *OURS,
    *sorted((ROOT / "backend").glob("*.py")),
    ROOT / "backend" / "alembic" / "env.py",
    *sorted((ROOT / "bench").rglob("*.py")),
    *sorted((ROOT / "tests").rglob("*.py")),
]

# From the bottom to the top. A part imports only from layers below its own.
LAYERS = (
    {"beside", "errors", "hashes", "patterns", "records"},
    {"calls"},
    {"contents", "diagnostics"},
    {"config", "expr", "sql"},
    {"qualified"},
    {"derived"},
    {"types", "rawtype"},
    {"kinds"},
    {"fingerprint"},
    {"directions", "schema"},
    {"changes"},
    {"renames"},
    {"diff", "order", "naming"},
    {"exprs", "perdialect"},
    {"plan"},
    {"render"},
    {"metadata"},
    {"db", "lint", "memory", "report", "source"},  # beside the chain: it knows none of them
    {"history", "loaded"},
    {"workflow"},
    {"cli"},
    {"__main__"},
)
LEVEL = {part: level for level, layer in enumerate(LAYERS) for part in layer}
SMALL = 400, 150, 60  # lines: of a module, of the median module, of a function


def test_every_part_has_its_layer() -> None:
    assert {part(file) for file in OURS} - {"__init__"} <= set(LEVEL)


@pytest.mark.parametrize("file", OURS, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_imports_upward(file: Path) -> None:
    mine = part(file)
    for name in imported(ast.parse(file.read_text("utf-8"))):
        if name in LEVEL and mine in LEVEL and name != mine:
            assert LEVEL[name] < LEVEL[mine], f"{mine} imports {name}"


def part(file: Path) -> str:
    """Give the first name below the package: `plan` for `schemagen/plan/steps.py`."""
    return file.relative_to(ROOT / "schemagen").parts[0].removesuffix(".py")


def imported(node: ast.AST) -> Iterator[str]:
    """Give the parts of schemagen that a module imports, annotations' imports left out."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    else:
        names = []
    yield from (name.split(".")[1] for name in names if name.startswith("schemagen."))
    for child in ast.iter_child_nodes(node):
        yield from imported(child)


def test_modules_are_short() -> None:
    lines = {file: len(file.read_text("utf-8").splitlines()) for file in HAND_WRITTEN}
    assert {str(file): n for file, n in lines.items() if n > SMALL[0]} == {}
    assert statistics.median(lines[file] for file in OURS) <= SMALL[1]


def test_functions_are_short() -> None:
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in HAND_WRITTEN
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno + 1 > SMALL[2]
    ]
    assert long == []


def test_no_file_knows_a_path_of_one_machine() -> None:
    path = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w|[A-Z]:\\+Users\\")
    found = [
        f"{name}:{number}"
        for name in committed()
        for number, line in enumerate(read(ROOT / name).splitlines(), 1)
        if path.search(line)
    ]
    assert found == []


def committed() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def read(file: Path) -> str:
    return file.read_text("utf-8", errors="replace")


def test_constraints_hold_names_and_versions_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    names = [line.partition("==")[0].lower() for line in lines]
    assert names == sorted(set(names))


def test_the_make_targets_are_there() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    assert {"demo", "test", "lint", "fmt", "bench", "reset", "clean"} <= targets


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run([sys.executable, *build], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_the_templates_and_nothing_else_of_the_repository(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    folder = ROOT / "templates"
    templates = {
        f"schemagen/_templates/{file.relative_to(folder).as_posix()}"
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith(".")
    }
    assert templates <= names
    assert "schemagen/py.typed" in names
    assert {name.split("/")[0] for name in names} == {"schemagen", dist_info(names)}


def dist_info(names: set[str]) -> str:
    return next(name.split("/")[0] for name in names if ".dist-info/" in name)


def test_the_wheel_runs_from_another_directory(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "env"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel), at=tmp_path)
    (site,) = (environment / "lib").glob("python*/site-packages")
    needed = [path for path in sys.path if path.endswith("site-packages")]  # what it depends on
    (site / "needed.pth").write_text("\n".join(needed))

    where = run(python, "-c", "import schemagen; print(schemagen.__file__)", at=tmp_path)
    assert Path(where.strip()).is_relative_to(environment)
    said = run(environment / "bin" / "schemagen", "--version", at=tmp_path)
    assert re.search(r"\d+\.\d+\.\d+", said)


def run(*command: object, at: Path) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=at, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
