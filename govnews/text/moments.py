"""Machine times of ours (UTC, ending in `Z`) as people in China read them. Pure. May import: the standard library."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

CHINA = timezone(timedelta(hours=8))


@lru_cache(maxsize=10_000)
def _there(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(CHINA)


def local_day(moment: str) -> date:
    """The day in China: 2026-11-26 of `2026-11-25T16:00:00Z`."""
    return _there(moment).date()


def local_time(moment: str) -> str:
    """For people: `2026-11-26 00:00:00 +08:00`."""
    return f"{_there(moment):%Y-%m-%d %H:%M:%S} +08:00"
