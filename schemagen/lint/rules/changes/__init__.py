"""The rules that look at what changes: those with a function `diff` or `pending`.

They stand here whatever else they look at, so that a command that has changes in hand need not load
the others.
"""
