"""What was read, kept under `.schemagen/` for the next time."""
