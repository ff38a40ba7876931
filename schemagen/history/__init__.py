"""The history of a schema: revisions, their entries, and the state that they add up to."""
