"""schemagen: a database schema in YAML; every change to it one plain Alembic revision."""

__version__ = "0.1.0"
