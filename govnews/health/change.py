"""Where a share breaks: the moment from which what most pages had is missing, if chance does not explain it.

Pure. May import: the standard library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

FEWEST_BEFORE, FEWEST_AFTER = 8, 5
"""Pages on either side from which a share is believed."""
SURE = 15.0
"""G statistic of the two sides against one share for all; chance exceeds it once in ten thousand."""
USUAL, HALF = 0.6, 0.5
"""Share of the pages before that must have had it, and the part of that share below which it counts as lost."""
LATEST = 10
"""Newest pages that must be without it too: what came back is no news."""


@dataclass(frozen=True, slots=True)
class Break:
    """at: index of the first page after it. had, before: pages that had it, of all before. lost, after: pages without it, of all
    since."""

    at: int
    had: int
    before: int
    lost: int
    after: int


def find_break(had: Sequence[bool], steps: Sequence[int]) -> Break | None:
    """The likeliest break, or null. had: page by page in the order of fetching. steps: indices at which one may be (a new run
    began). Linear."""
    sums = [0]
    for one in had:
        sums.append(sums[-1] + one)
    best, gain = None, SURE
    for at in steps:
        before, after = at, len(had) - at
        if before < FEWEST_BEFORE or after < FEWEST_AFTER:
            continue
        kept = sums[-1] - sums[at]
        found = 2 * (_fit(sums[at], before) + _fit(kept, after) - _fit(sums[-1], len(had)))
        usual = sums[at] / before
        if found > gain and usual >= USUAL and kept / after <= HALF * usual and _lately(had[at:]) <= HALF * usual:
            best, gain = Break(at, sums[at], before, after - kept, after), found
    return best


def _lately(had: Sequence[bool]) -> float:
    last = had[-LATEST:]
    return sum(last) / len(last)


def _fit(hits: int, total: int) -> float:
    """Log likelihood of so many hits under their own share."""
    misses = total - hits
    return (hits * log(hits / total) if hits else 0.0) + (misses * log(misses / total) if misses else 0.0)
