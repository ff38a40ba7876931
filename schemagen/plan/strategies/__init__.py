"""How PostgreSQL gets from one shape to another: one file per strategy.

A strategy takes the context and one change, and gives steps. `plan.postgresql` chooses.
"""
