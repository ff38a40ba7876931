"""How a plan is to be carried out, as the configuration and the command line say."""

from __future__ import annotations

from schemagen.records import record


@record
class Options:
    """What the planners may assume.

    Args:
        online: on PostgreSQL, change tables that have rows without holding up their clients.
        min_version: the oldest PostgreSQL that the revision has to run on.
        irreversible: leave the way down out.

    """

    online: bool = False
    min_version: int = 14
    irreversible: bool = False


PLAIN = Options()
