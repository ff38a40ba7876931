"""What the configuration says of how a plan is carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.plan.options import Options

if TYPE_CHECKING:
    from schemagen.config import Settings


def options_of(settings: Settings, *, offline: bool = False) -> Options:
    """Give what the configuration says of how a plan is carried out."""
    there = settings.postgresql
    return Options(online=there.online and not offline, min_version=there.min_version)
