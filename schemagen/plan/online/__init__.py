"""Changes on PostgreSQL that do not hold up the clients: what goes online, and how it skips itself.

A revision commits before its end where it has to: an index is built concurrently outside of any
transaction, and a proof must not keep the lock that the constraint came with. All up to the last
such place is committed without the version, so it skips itself when it is done; the rest shares the
transaction of the version.
"""
