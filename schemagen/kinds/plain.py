"""The value of a field as plain data."""

from __future__ import annotations

import math
from typing import Any


def plain(value: Any, *, mode: str, exclude_defaults: bool, by_alias: bool) -> Any:  # noqa: ANN401 - a field's value
    """Give a value without the parts in it; the arguments are those of `Part.model_dump`."""
    kind = type(value)
    if kind is str or value is None or kind is bool or kind is int:
        return value
    if isinstance(value, (tuple, list)):
        items = (
            plain(item, mode=mode, exclude_defaults=exclude_defaults, by_alias=by_alias)
            for item in value
        )
        return list(items) if mode == "json" else kind(items)
    if isinstance(value, dict):
        return {
            _key(key, mode): plain(
                item, mode=mode, exclude_defaults=exclude_defaults, by_alias=by_alias
            )
            for key, item in value.items()
        }
    if kind is float:
        return None if mode == "json" and not math.isfinite(value) else value
    return value.model_dump(mode=mode, exclude_defaults=exclude_defaults, by_alias=by_alias)


def _key(key: object, mode: str) -> object:
    """Give a mapping's key as JSON has it: text."""
    if mode != "json" or isinstance(key, str):
        return key
    return str(key).lower() if isinstance(key, bool) else str(key)
