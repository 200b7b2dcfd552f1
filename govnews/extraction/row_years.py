"""The year of list rows that print only month and day, from what stands around them: inferred, and marked so.

May import: model, text, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from govnews.model import ListItem
from govnews.text.dates import url_date
from govnews.text.moments import CHINA

AHEAD = timedelta(days=1)
"""How far past the day of fetching a row may lie: clocks differ."""
UNTIDY = timedelta(days=7)
"""How much younger a row may be than the one above it without being of the year before."""
FRESH = timedelta(days=31)
"""Age up to which a row under an older one at the top is believed to begin the list: what stands above it is pinned."""
PINNED = 5
"""Rows at the top that may be pinned."""

_MONTH_DAY = re.compile(r"--(\d\d)-(\d\d)")
_YEAR = re.compile(r"/(20\d\d)/")


def with_years(items: Sequence[ListItem], fetched_at: str, newest: str | None = None) -> list[tuple[str | None, bool]]:
    """(day, whether its year was inferred) of every row, in order.

    items: rows of one list page. fetched_at: when it was fetched, ISO 8601. newest: the day that the page before ended with,
    where known: rows of a later page are of that day or older. `--06-02` becomes `2021-06-02` by the day or the year in
    the row's own address, else by order: newest first (or oldest first, where the rows say so), from the rows that have a year
    and the day of fetching, never after it. Days that were printed whole, and nulls, stay as they are. Null stays null.
    """
    last = _day_of(fetched_at) + AHEAD
    if newest:
        last = min(last, date.fromisoformat(newest[:10]) + UNTIDY)
    known = [_known(item) for item in items]
    open_rows = [(n, found) for n, item in enumerate(items) if (found := _MONTH_DAY.fullmatch(item.date or ""))]
    order = [n for n in range(len(items)) if known[n] or any(n == at for at, _ in open_rows)]
    if _oldest_first([items[n] for n in order], [known[n] for n in order]):
        order.reverse()
    years = _by_order(order, {n: (int(m[1]), int(m[2])) for n, m in open_rows}, known, last)
    return [(day.isoformat(), True) if (day := years.get(n)) else (item.date, False) for n, item in enumerate(items)]


def _day_of(moment: str) -> date:
    """The day in China of a moment written in ISO 8601; a moment without a zone is China's."""
    at = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return at.astimezone(CHINA).date() if at.tzinfo else at.date()


def _known(item: ListItem) -> date | None:
    """A row's day where it needs no neighbours: printed whole, or its year told by the address."""
    if item.date and not item.date.startswith("--"):
        return date.fromisoformat(item.date)
    part = _MONTH_DAY.fullmatch(item.date or "")
    if part is None:
        return None
    month, day = int(part[1]), int(part[2])
    if made := url_date(item.url):
        at = date.fromisoformat(made)
        near = [d for year in (at.year - 1, at.year, at.year + 1) if (d := _date(year, month, day))]
        return min(near, key=lambda d: abs(d - at), default=None)
    years = set(_YEAR.findall(item.url))
    return _date(int(years.pop()), month, day) if len(years) == 1 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, last: date) -> date | None:
    """The latest such day that is not after another."""
    days = (_date(year, month, day) for year in range(last.year, last.year - 9, -1))
    return next((found for found in days if found and found <= last), None)


def _by_order(
    order: list[int], parts: dict[int, tuple[int, int]], known: list[date | None], last: date
) -> dict[int, date]:
    """Row → its day, of the rows without a year: each the latest that its month and day allow after the row above it."""
    days: dict[int, date] = {}
    limit = last
    for n in _without_pinned(order, parts, known, last, days):
        day = known[n] or (_latest(*parts[n], limit) if n in parts else None)
        if day is None:
            continue
        if n in parts:
            days[n] = day
        limit = min(last, day + UNTIDY)
    return days


def _without_pinned(
    order: list[int], parts: dict[int, tuple[int, int]], known: list[date | None], last: date, days: dict[int, date]
) -> list[int]:
    """The rows from where the list begins; those above, old ones pinned over a fresh one, get the latest day they can have."""
    first = [known[n] or _latest(*parts[n], last) for n in order[: PINNED + 1]]
    fresh = next((at for at, day in enumerate(first) if day and day > last - AHEAD - FRESH), 0)
    for at in range(fresh):
        if order[at] in parts and (day := first[at]):
            days[order[at]] = day
    return order[fresh:]


def _oldest_first(items: list[ListItem], known: list[date | None]) -> bool:
    """Whether the rows ascend: by their whole days, else by month and day where nearly all of them do."""
    whole = [day for day in known if day]
    if len(whole) >= 2:
        return whole[0] < whole[-1] and 2 * sum(a < b for a, b in pairwise(whole)) > len(whole) - 1
    steps = [(a.date or "", b.date or "") for a, b in pairwise(items)]
    rising = sum(a[-5:] < b[-5:] for a, b in steps)
    return len(steps) >= 3 and rising > 0.8 * len(steps)
