"""What commands cost on schemas of 10 to 10,000 tables: ours, Alembic's and Django's.

Run it with `python -m bench.scale`, from the top of the repository.
"""
