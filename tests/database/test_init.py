"""`schemagen init`: an empty project runs, and a chain of revisions by hand goes on as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support import chain
from support.project import REPOSITORY, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.databases import Database
    from support.postgres import Server

    Server_ = Callable[[], Server]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with ten revisions by hand."""
    return chain.create(tmp_path / "shop")


@pytest.fixture
def scratch(dialect: str, postgres_server_if_needed: Server_) -> list[str]:
    """Where scratch databases of this dialect are made, as an option."""
    if dialect == "sqlite":
        return []
    server = postgres_server_if_needed()
    return ["--scratch-url", server.url.render_as_string(hide_password=False)]


@pytest.mark.parametrize("read", ["from the database", "from the revisions"])
def test_ten_revisions_by_hand_are_adopted_and_gone_on_from(
    read: str,
    project: Project,
    database: Database,
    new_database: Callable[[str], Database],
    scratch: list[str],
) -> None:
    before, dialect = chain.revisions(project), database.dialect
    project.upgrade(database.url)
    database.execute("INSERT INTO customers VALUES (3, 'Edsger', NULL)")
    held = [database.rows(f"SELECT * FROM {table} ORDER BY 1") for table in TABLES]

    source = [database.url] if read == "from the database" else ["--on", dialect]
    done = project.schemagen("init", *source, *scratch).ok()
    assert "schema/tables/order_lines.yaml" in done.stdout
    assert f"4 tables read from {SAID[read].format(dialect=dialect)}" in done.stderr
    assert f"the history begins with {chain.HEAD}" in done.stderr
    assert chain.revisions(project) == before
    checked = project.schemagen("check").ok()
    assert "nothing pending" in checked.stdout + checked.stderr

    text = project.read("schema/tables/customers.yaml")
    project.write("schema/tables/customers.yaml", text.replace("columns:\n", COLUMN))
    written = project.schemagen("generate").ok().stdout
    assert "migrations/versions/0001_add_phone_to_customers.py" in written
    where = ["--url", scratch[1]] if scratch else []
    project.schemagen("verify", "--all", "--on", dialect, *where).ok()

    fresh = new_database(dialect)
    for each in (database, fresh):
        project.upgrade(each.url)
        assert project.schemagen("drift", each.url, *scratch).ok().stdout == ""
    phoneless = [tuple(row[:3]) for row in database.rows("SELECT * FROM customers ORDER BY 1")]
    assert phoneless == held[0]
    assert [database.rows(f"SELECT * FROM {t} ORDER BY 1") for t in TABLES[1:]] == held[1:]

    project.downgrade(database.url)
    assert project.schemagen("drift", database.url, *scratch).ok().stdout == ""
    assert database.rows("SELECT * FROM customers ORDER BY 1") == held[0]


TABLES = ("customers", "orders", "products", "order_lines")
COLUMN = "columns:\n  phone: varchar(30)?\n"
SAID = {"from the database": "", "from the revisions": "the revisions, run on an empty {dialect}"}


def test_what_will_be_written_is_shown_first(project: Project, sqlite: Database) -> None:
    project.upgrade(sqlite.url)
    done = project.schemagen("init", sqlite.url, "--dry-run").ok()
    assert done.stdout.splitlines() == [
        "new     migrations/versions/ae0f_totals_are_there.yaml",
        "new     pyproject.toml",
        "new     schema/schema.yaml",
        "new     schema/table.schema.json",
        "new     schema/tables/customers.yaml",
        "new     schema/tables/order_lines.yaml",
        "new     schema/tables/orders.yaml",
        "new     schema/tables/products.yaml",
    ]
    assert not (project.root / "schema").exists()
    assert not (project.root / "pyproject.toml").exists()


def test_it_says_what_in_env_py_is_not_safe(project: Project) -> None:
    told = project.schemagen("init", "--dry-run").ok().stderr
    assert "migrations/env.py:" in told
    for word in ("transaction_per_migration", "lock_timeout", "foreign_keys"):
        assert word in told
    assert "have ours written: schemagen init --env" in told


def test_ours_takes_the_place_of_theirs_when_asked(project: Project, sqlite: Database) -> None:
    done = project.schemagen("init", "--env").ok()
    assert "changed migrations/env.py" in done.stdout
    ours = (REPOSITORY / "backend/alembic/env.py").read_text("utf-8")
    assert project.read("migrations/env.py") == ours
    project.upgrade(sqlite.url)
    assert project.schemagen("drift", sqlite.url).ok().stdout == ""


@pytest.mark.parametrize(
    ("upset", "said"),
    [
        ("a second head", "there are 2 heads: "),
        ("a database behind", "and the head is ae0f\nfirst: alembic upgrade head"),
        ("a database that nobody stamped", "is at no revision, and the head is ae0f"),
        ("a schema", "schema holds a schema already"),
        ("a second time", "schema holds a schema already"),
        ("an entry", "has an entry, so the history has begun already"),
        ("a broken revision", "do not run on an empty sqlite, bb fails: no such table: none"),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_written(
    upset: str, said: str, project: Project, sqlite: Database
) -> None:
    url = UPSETS[upset](project, sqlite) or []
    before = sorted(project.root.rglob("*.yaml"))
    done = project.schemagen("init", *url)
    assert done.code
    assert said in done.stderr
    assert sorted(project.root.rglob("*.yaml")) == before


def _second_head(project: Project, _: Database) -> None:
    text = chain.REVISION.format(id="bb", down="ac03", title="b", up="    pass", back="    pass")
    project.write("migrations/versions/bb_b.py", text)


def _behind(project: Project, database: Database) -> list[str]:
    project.upgrade(database.url, "ac03")
    return [database.url]


def _unstamped(_: Project, database: Database) -> list[str]:
    database.execute("CREATE TABLE t (a integer)")
    return [database.url]


def _twice(project: Project, _: Database) -> None:
    project.schemagen("init").ok()


def _entry(project: Project, database: Database) -> None:
    _twice(project, database)
    for path in (project.root / "schema").rglob("*.yaml"):
        path.unlink()


def _broken(project: Project, _: Database) -> None:
    text = chain.REVISION.format(
        id="bb", down="ae0f", title="b", up='    op.drop_table("none")', back="    pass"
    )
    project.write("migrations/versions/bb_b.py", text)


UPSETS = {
    "a second head": _second_head,
    "a database behind": _behind,
    "a database that nobody stamped": _unstamped,
    "a schema": lambda project, _: project.write("schema/x.yaml", "schemagen: 1\n") and None,
    "a second time": _twice,
    "an entry": _entry,
    "a broken revision": _broken,
}


def test_no_password_is_ever_shown(project: Project) -> None:
    for url in ("postgresql://u:hunter2@127.0.0.1:1/x", "postgresql://u:hunter2@[/x"):
        done = project.schemagen("init", url)
        assert done.code == 2
        assert "hunter2" not in done.stdout + done.stderr


def test_a_folder_below_the_project_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("")
    project = chain.create(tmp_path / "shop")
    done = project.schemagen("init")
    assert done.code == 2
    assert "schemagen wants them in one folder" in done.stderr
    project.write("pyproject.toml", "")
    project.schemagen("init").ok()


def test_what_sqlite_cannot_hold_is_kept_to_postgresql(
    tmp_path: Path, postgresql: Database, postgres_server: Server
) -> None:
    project = chain.create(tmp_path / "shop")
    project.upgrade(postgresql.url)
    postgresql.execute(
        "CREATE INDEX ix_search ON customers USING gin (to_tsvector('simple', full_name))",
        "CREATE VIEW paid AS SELECT id FROM orders WHERE status = 'PAID'",
    )
    scratch = ["--scratch-url", postgres_server.url.render_as_string(hide_password=False)]
    done = project.schemagen("init", postgresql.url, *scratch).ok()
    assert "left alone: view paid" in done.stderr
    assert "only: postgresql" in project.read("schema/tables/customers.yaml")
    assert project.schemagen("drift", postgresql.url, *scratch).ok().stdout


def test_what_is_adopted_is_not_taken_away(project: Project) -> None:
    project.schemagen("init").ok()
    assert "was written by hand" in project.schemagen("undo").stderr
    assert "was written by hand" in project.schemagen("undo", chain.HEAD).stderr
    assert "amended by hand" in project.schemagen("generate", "--amend").stderr
    assert (project.root / "migrations/versions/ae0f_totals_are_there.py").exists()


def test_nobody_knows_the_schema_before_the_beginning(project: Project, sqlite: Database) -> None:
    project.schemagen("init").ok()
    project.upgrade(sqlite.url, "ac03")
    for command in (["drift", sqlite.url], ["diff", "ac03", "yaml"], ["verify", "--from", "ac03"]):
        done = project.schemagen(*command)
        assert done.code == 2
        assert "nobody knows the schema at ac03: the history begins with ae0f" in done.stderr


def test_a_database_without_revisions_is_adopted_too(tmp_path: Path, sqlite: Database) -> None:
    project = chain.create(tmp_path / "shop")
    project.upgrade(sqlite.url)
    sqlite.execute("DROP TABLE alembic_version")
    for path in (project.root / "migrations" / "versions").glob("*.py"):
        path.unlink()
    done = project.schemagen("init", sqlite.url).ok()
    assert "alembic stamp head" in done.stderr
    project.schemagen("generate").ok()
    project.alembic("stamp", "head", url=sqlite.url).ok()
    assert project.schemagen("drift", sqlite.url).ok().stdout == ""


def test_an_empty_project_runs(tmp_path: Path, sqlite: Database) -> None:
    project = Project(tmp_path / "new")
    project.root.mkdir()
    project.write("pyproject.toml", '[project]\nname = "mine"\n')
    done = project.schemagen("init").ok()
    assert "changed pyproject.toml" in done.stdout
    assert project.read("pyproject.toml").startswith('[project]\nname = "mine"\n\n[tool.schemagen]')
    project.schemagen("generate").ok()
    project.upgrade(sqlite.url)
    assert sqlite.rows("SELECT code FROM items") == []
    assert project.schemagen("drift", sqlite.url).ok().stdout == ""
    assert project.schemagen("init").code == 2


def test_an_empty_project_has_its_own_package(tmp_path: Path, sqlite: Database) -> None:
    project = Project(tmp_path / "new")
    project.root.mkdir()
    project.schemagen("init", "--package", "shop").ok()
    files = [path for path in project.root.rglob("*") if path.is_file()]
    assert [p for p in files if re.search(r"\bbackend\b", p.read_text("utf-8"))] == []
    project.schemagen("generate").ok()
    project.upgrade(sqlite.url)
    assert project.schemagen("init", "--package", "not a name").code == 2


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    project = Project(tmp_path / "new")
    project.write("backend/config.py", "MINE = True\n")
    done = project.schemagen("init")
    assert done.code == 2
    assert "there already: backend/config.py; nothing was written" in done.stderr
    assert [path.name for path in project.root.rglob("*") if path.is_file()] == ["config.py"]


def test_the_scaffold_s_env_py_is_the_repository_s_own_and_needs_no_schemagen(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path / "new")
    project.root.mkdir()
    project.schemagen("init").ok()
    for name in ("alembic/env.py", "alembic/script.py.mako", "config.py", "offline.py"):
        ours = (REPOSITORY / "backend" / name).read_text("utf-8")
        assert project.read(f"backend/{name}") == ours
        assert "import schemagen" not in ours
        assert "from schemagen" not in ours
