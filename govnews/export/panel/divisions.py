"""Counties in time: under which code a county stood at the end of a year, and what a series over years rests on. Pure.

May import: the standard library.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MARKS = ("split", "merged", "unclear", "same")
"""What can be said of a cell of a series in a base year, the gravest first."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row of division_changes."""

    code: str
    name: str
    first: int
    last: int
    successor: str | None
    relation: str

    def stood(self, year: int) -> bool:
        """Whether the county stood under this code and name at the end of a year."""
        return self.first <= year <= self.last


class Divisions:
    """known: code of today → name. changes: what is no longer in force."""

    def __init__(self, known: Mapping[str, str], changes: Iterable[Change]) -> None:
        self.known = known
        self.of_code: dict[str, list[Change]] = defaultdict(list)
        self.into: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            self.of_code[change.code].append(change)
            if change.successor:
                self.into[change.successor].append(change)

    def today(self, county: str) -> str | None:
        """Its code of today; null outside the directory, and where that is not known with confidence."""
        if county in self.known:
            return county
        last = self._last(county)
        return last.successor if last and last.relation != "unclear" else None

    def at(self, county: str, year: int) -> tuple[str, str] | None:
        """Its code and name at the end of a year; null where `today` is and it stood no longer. A county that another took over is
        itself until then."""
        own = self._last(county) if county not in self.known else None
        if own and own.relation != "same" and year <= own.last:
            then = next((c for c in self.of_code[county] if c.stood(year)), own)
            return then.code, then.name
        today = self.today(county)
        if today is None:
            return None
        before = [c for c in self.into[today] if c.relation == "same" and c.stood(year)]
        return (before[0].code, before[0].name) if before else (today, self.known[today])

    def mark(self, county: str, year: int, base: int) -> str | None:
        """What must be known of its cell of a year in a series of a base year: one of MARKS, or null.

        `split`: it holds what were several counties in the base year, and cannot be divided. `merged`: it is one of several that
        are one in the base year. `unclear`: a change without confidence was not applied. `same`: another code or name then.
        """
        today = self.today(county)
        if today is None:
            return "unclear" if county in self.of_code else None
        early, late = sorted((year, base))
        between = {c.relation for c in self.into[today] if early <= c.last < late}
        if "merged" in between:
            return "split" if base < year else "merged"
        if "unclear" in between:
            return "unclear"
        return "same" if self.at(county, year) != self.at(county, base) else None

    def _last(self, county: str) -> Change | None:
        return max(self.of_code.get(county, ()), key=lambda c: c.last, default=None)
