"""Lint: what can hurt data, locks or clients, in the schema, in a diff and in revisions."""
