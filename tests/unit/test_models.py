from __future__ import annotations

import ast
import gc
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from property.random_schemas import random_schema
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, configure_mappers
from support import texts
from support.declared import EVERYTHING, package, said

import schemagen
from schemagen.metadata import metadata
from schemagen.render import models
from schemagen.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from support.databases import Database

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _no_models_of_others() -> None:
    """SQLAlchemy looks at the mappers of all models that are alive, those of other tests too."""
    gc.collect()


@pytest.fixture(scope="module")
def f2x() -> Schema:
    return schemagen.load(ROOT / "schema").schema


@pytest.fixture(scope="module")
def everything() -> Schema:
    return texts.read(EVERYTHING).schema


@pytest.fixture
def made(everything: Schema, tmp_path: Path) -> Iterator[ModuleType]:
    module = package(everything, tmp_path)
    yield module
    module.Base.registry.dispose()


def write(schema: Schema, folder: Path) -> Path:
    out = folder / "backend" / "models"
    out.mkdir(parents=True)
    out.parent.joinpath("__init__.py").write_text('"""A package."""\n')
    for name, text in models.files(schema).items():
        (out / name).write_text(text, encoding="utf-8")
    return out


def agrees(schema: Schema, folder: Path) -> None:
    module = package(schema, folder)
    configure_mappers()
    wanted = metadata(schema)
    for dialect in ("sqlite", "postgresql"):
        assert said(module.Base.metadata, dialect) == said(wanted, dialect)
    module.Base.registry.dispose()


def test_models_of_f2x_declare_what_the_metadata_has(f2x: Schema, tmp_path: Path) -> None:
    agrees(f2x, tmp_path)


def test_a_table_without_columns_has_no_model() -> None:
    lots = "table: lots\ncolumns: {id: bigint pk}"
    nothing = "table: nothing\nonly: postgresql\ncolumns: {}"
    made = models.files(texts.read(f"{lots}\n---\n{nothing}").schema)
    assert "lots.py" in made
    assert "nothing" not in "".join((*made, *made.values()))


def test_models_of_every_kind_of_object_declare_what_the_metadata_has(
    everything: Schema, tmp_path: Path
) -> None:
    agrees(everything, tmp_path)


@pytest.mark.parametrize(
    "keys",
    [
        "x: {columns: [a], references: {table: t, columns: [b]}}",
        "x: {columns: [b, a], references: {table: t, columns: [a, b]}}",
        (
            "x: {columns: [a], references: {table: t, columns: [b]}}, "
            "y: {columns: [b], references: {table: t, columns: [a]}}"
        ),
    ],
)
def test_a_key_whose_columns_refer_to_each_other_is_whole(keys: str, tmp_path: Path) -> None:
    """SQLAlchemy itself would leave such columns out of what it knows a row by."""
    text = "table: t\ncolumns: {a: integer unique, b: integer unique}\nprimary_key: [a, b]\n"
    schema = texts.read(f"{text}foreign_keys: {{{keys}}}\n").schema
    agrees(schema, tmp_path)
    again = tmp_path / "again"
    again.mkdir()
    module = package(schema, again)
    configure_mappers()
    assert [c.name for c in inspect(module.T).primary_key] == ["a", "b"]
    module.Base.registry.dispose()


@pytest.mark.parametrize("seed", range(25))
def test_models_of_random_schemas_declare_what_the_metadata_has(seed: int, tmp_path: Path) -> None:
    agrees(random_schema(random.Random(seed)), tmp_path)


def test_ruff_and_mypy_find_nothing_in_models(
    f2x: Schema, everything: Schema, tmp_path: Path
) -> None:
    """Mypy looks at both at one go, as most of its time it reads SQLAlchemy."""
    settings = (ROOT / "pyproject.toml").read_text()
    roots = {tmp_path / "f2x": f2x, tmp_path / "everything": everything}
    for root, schema in roots.items():
        write(schema, root)
        (root / "__init__.py").write_text('"""A project."""\n')
        (root / "pyproject.toml").write_text(settings)
        for command in (
            ("check", "--ignore=RUF001"),
            ("format", "--check"),
            ("format", "--check", "--line-length=88"),
        ):
            passes(root, "ruff", *command, "--no-cache", ".")
    (tmp_path / "pyproject.toml").write_text(settings)
    names = (root.name for root in roots)
    passes(tmp_path, "mypy", "--config-file=pyproject.toml", "--cache-dir=cache", *names)


def passes(folder: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_writing_models_does_not_import_sqlalchemy() -> None:
    code = (
        "import sys, schemagen; from schemagen.render import models;"
        f"models.files(schemagen.load({str(ROOT / 'schema')!r}).schema);"
        "print([m for m in ('sqlalchemy', 'alembic') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_models_do_not_import_schemagen(everything: Schema) -> None:
    for text in models.files(everything).values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                assert not [a for a in node.names if "schemagen" in a.name]
            if isinstance(node, ast.ImportFrom):
                assert "schemagen" not in (node.module or "")


def test_the_same_schema_gives_the_same_bytes(f2x: Schema) -> None:
    assert models.files(f2x) == models.files(Schema(list(f2x)))


def test_every_file_starts_with_the_line_that_tells_ours(everything: Schema) -> None:
    assert {t.splitlines()[0] for t in models.files(everything).values()} == {models.HEAD}


def test_the_base_holds_only_what_the_models_need(f2x: Schema) -> None:
    base = models.files(f2x)["base.py"]
    assert "EnumType" in base
    assert "RawType" not in base
    assert "PerDialect" not in base


@pytest.mark.parametrize("name", ["RawType", "PerDialect"])
def test_the_base_has_the_same_class_as_schemagen(everything: Schema, name: str) -> None:
    def body(text: str) -> str:
        found = next(n for n in ast.parse(text).body if getattr(n, "name", "") == name)
        return ast.unparse(found)

    ours = ROOT / "schemagen" / f"{name.lower()}.py"
    theirs = models.files(everything)["base.py"]
    assert body(theirs).replace("sa.types.", "types.") == body(ours.read_text())


def test_classes_are_called_after_one_row(made: ModuleType) -> None:
    assert {m.class_.__tablename__: m.class_.__name__ for m in made.Base.registry.mappers} == {
        "accounts": "Account",
        "members": "Member",
        "tickets": "Ticket",
        "warnings": "WarningRow",  # Warning is Python's
        "colours": "Colour",  # so the enum is ColourEnum
        "departments": "Department",
        "employees": "Employee",
        "no_key": "NoKey",
        "just_columns": "JustColumn",
        "local": "Local",
        "remote": "Remote",
        "user": "User",
        "tägliche Berichte": "TaglicheBerichte",
    }


def test_relationships_have_sensible_names(f2x: Schema, tmp_path: Path) -> None:
    module = package(f2x, tmp_path)
    configure_mappers()
    links = {c: set(module.__dict__[c].__mapper__.relationships.keys()) for c in ("Alert", "User")}
    module.Base.registry.dispose()
    assert links["Alert"] == {
        "lot",
        "serial",
        "process",
        "created_by",
        "read_by",
        "archived_by",
    }
    assert {"alerts_created_by", "alerts_read_by", "process_data"} <= links["User"]


def test_two_keys_to_one_table_and_keys_to_itself_are_told_apart(made: ModuleType) -> None:
    configure_mappers()
    member = made.Member.__mapper__.relationships
    assert set(member.keys()) == {
        "account",  # of the composite key
        "accounts",
        "children",
        "invited_by_member",  # `invited_by` is the column
        "members_invited_by",
        "other_warning",
        "parent",
        "warning_by_member",  # one at most: member_id is unique there; `warning` is a column
        "warning_row",
    }
    assert not member["warning_by_member"].uselist
    assert member["children"].back_populates == "parent"
    assert member["children"].passive_deletes is True
    assert member["accounts"].passive_deletes == "all"


def test_members_of_enums_keep_every_value(made: ModuleType) -> None:
    assert {m.name: m.value for m in made.ColourEnum} == {
        "RED": "red",
        "IT_S": "it's",
        "TWO_WORDS": "two words",
        "VALUE": "",
        "PASS": "PASS",
        "PASS_2": "pass",
        "VALUE_1ST": "1st",
        "NAME_S_X": ':name %s {{ x }} \\ "',
        "VALUE_2": "색",
    }


def test_models_write_and_read_rows_on_both_databases(
    made: ModuleType, everything: Schema, database: Database
) -> None:
    metadata(everything, database.dialect).create_all(database.engine)
    colours = list(made.ColourEnum)
    with Session(database.engine) as session:
        account = made.Account(
            tenant_id=1,
            id=1,
            class_="x",
            colours=colours,
            main_colour=made.ColourEnum.IT_S,
            shades=[made.Shade.DARK],
        )
        member = made.Member(account=account, tenant_id=1)
        session.add(made.Member(account=account, tenant_id=1, parent=member))
        session.add(made.Account(tenant_id=1, id=2, class_="y", name="two", parent=account))
        session.commit()
    with Session(database.engine) as session:
        account = session.get_one(made.Account, (1, 1))
        assert account.colours == colours
        assert {type(c) for c in account.colours} == {made.ColourEnum}
        assert account.main_colour is made.ColourEnum.IT_S
        assert account.shade is made.Shade.DARK
        assert account.shades == [made.Shade.DARK]
        assert [child.id for child in account.children] == [2]
        assert account.tags == []
        assert account.data == {}
        assert account.twice == 2
        assert account.flag is True
        first, second = sorted(account.members, key=lambda m: m.id)
        assert (first.children, second.parent) == ([second], first)
        wanted = select(made.Account).where(made.Account.main_colour == made.ColourEnum.IT_S)
        assert session.scalars(wanted).one() is account
    values = database.rows("SELECT main_colour, shade FROM accounts WHERE id = 1")
    assert values == [("it's", "dark")]


def test_a_deleted_parent_takes_its_rows_along_as_the_database_says(
    made: ModuleType, everything: Schema, postgresql: Database
) -> None:
    metadata(everything, "postgresql").create_all(postgresql.engine)
    with Session(postgresql.engine) as session:
        account = made.Account(tenant_id=1, id=1, class_="x")
        parent = made.Member(account=account, tenant_id=1)
        child = made.Member(account=account, tenant_id=1, parent=parent)
        guest = made.Member(account=account, tenant_id=1, invited_by_member=child)
        session.add_all([parent, child, guest])
        session.commit()
        session.delete(parent)
        session.commit()
        assert session.scalars(select(made.Member)).all() == [guest]
        assert guest.invited_by is None


def test_rows_that_refer_to_each_other_are_written_at_once(
    made: ModuleType, everything: Schema, database: Database
) -> None:
    metadata(everything, database.dialect).create_all(database.engine)
    with Session(database.engine) as session:
        employee = made.Employee(department=made.Department())
        employee.department.manager = employee
        session.add(employee)
        session.commit()
    assert database.rows("SELECT manager_id, department_id FROM departments, employees") == [(1, 1)]


def test_an_enum_refuses_what_is_no_member(made: ModuleType) -> None:
    kind = made.Account.__table__.c.shade.type
    with pytest.raises(ValueError, match="purple"):
        kind.process_bind_param("purple", None)
