"""How long clients wait while a revision runs: ours, and the one that stock Alembic gives.

Run it with `python -m bench.stall`, from the top of the repository.
"""
