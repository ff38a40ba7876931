"""What the tests stand on: databases, projects, rows, case files."""
