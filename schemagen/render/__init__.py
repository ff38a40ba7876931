"""Steps and schemas as text: revisions and models."""
