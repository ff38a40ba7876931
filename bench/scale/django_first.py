"""Write the first migration of a project of Django: `python django_first.py`, with its Python.

It is what makemigrations ends up with, a CreateModel for each model, but without its search for
what can be merged, whose time grows with the square of the number of operations.
"""

import sys
from pathlib import Path

import django
from django.apps import apps
from django.db.migrations import CreateModel, Migration
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter


def main() -> None:
    """Write it; the names of the models come in an order in which they can be made."""
    django.setup()
    models = ProjectState.from_apps(apps).models
    names = Path(sys.argv[1]).read_text(encoding="utf-8").split()
    migration = Migration("0001_initial", "shop")
    migration.initial = True
    for name in names:
        state = models["shop", name]
        made = CreateModel(state.name, list(state.fields.items()), state.options, state.bases)
        migration.operations.append(made)
    writer = MigrationWriter(migration)
    Path(writer.path).write_text(writer.as_string(), encoding="utf-8")


if __name__ == "__main__":
    main()
