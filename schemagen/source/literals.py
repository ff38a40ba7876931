"""Texts that PostgreSQL reads as values of a type: what can be known of them without it."""

from __future__ import annotations

import ipaddress
import re

_UNIT = (
    r"(microsecond|millisecond|second|minute|hour|day|week|month|year|decade)s?|centur(y|ies)"
    r"|millenni(um|a)|usecs?|us|msecs?|ms|secs?|s|mins?|m|hrs?|h|d|w|mons?|yrs?|y|decs?|cent|c|mils?"
)
_AMOUNT = rf"[+-]?(\d+(\.\d*)?|\.\d+)\s*({_UNIT})"
_CLOCK = r"[+-]?\d+:\d\d(:\d\d(\.\d+)?)?"
_PART = rf"({_AMOUNT}|{_CLOCK}|[+-]?\d+-\d+|[+-]?\d+(\.\d+)?)"
# Compiled when there is a default of the kind, which is seldom.
_INTERVAL = rf"@?\s*{_PART}((\s+|(?<=[a-z])(?=[+-]?\d)){_PART})*(\s+ago)?"
_ISO_INTERVAL = r"P(?=.)[0-9YMWDTHS.,:+-]*"


def written_as(name: str, value: str) -> bool:
    """Say whether a text can be a value of a type; True where nothing is known."""
    look = _LOOKS.get(name)
    return look is None or look(value)


def _is_inet(value: str) -> bool:
    try:
        ipaddress.ip_interface(value)
    except ValueError:
        return False
    return "%" not in value  # a zone, which PostgreSQL does not know


def _is_cidr(value: str) -> bool:
    """Say whether it is a network; PostgreSQL also reads the first bytes of one."""
    if re.fullmatch(r"\d{1,3}(\.\d{1,3}){0,2}(/\d{1,2})?", value):
        return True
    try:
        ipaddress.ip_network(value)
    except ValueError:
        return False
    return "%" not in value


def _is_bytea(value: str) -> bool:
    if value.startswith("\\x"):
        return bool(re.fullmatch(r"(\s*[0-9a-fA-F]{2})*\s*", value[2:]))
    return bool(re.fullmatch(r"([^\\]|\\\\|\\[0-3][0-7]{2})*", value))


def _is_interval(value: str) -> bool:
    shapes = (_INTERVAL, _ISO_INTERVAL)
    return any(re.fullmatch(shape, value.strip(), re.IGNORECASE) for shape in shapes)


_LOOKS = {"inet": _is_inet, "cidr": _is_cidr, "bytea": _is_bytea, "interval": _is_interval}
EXAMPLES = {
    "inet": "192.168.0.1 or 192.168.0.1/24",
    "cidr": "192.168.0.0/24",
    "bytea": "\\x01ff",
    "interval": "1 day 02:30:00",
}
