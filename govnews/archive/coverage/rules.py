"""What proves a month observed, and what is said of the others. Pure: no database, no clock.

A *walk* is one reading of a list from its first page down, page after page, perhaps over several runs. It proves the days from the
day after its reach to the day before its first page was read, as the list showed them then. Days of several walks that meet are one
*ground*. A month is observed when a ground holds all of its days; a list that ends proves nothing of what is older than its end.
May import: text, model, the standard library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from govnews.text.moments import local_day

DAY = timedelta(days=1)

FAILURES = {
    "blocked": ("blocked", "a firewall stood in front"),
    "throttled": ("blocked", "the server asked to be left alone"),
    "forbidden": ("blocked", "the server refused (401 or 403)"),
    "shell": ("unreachable", "an empty frame came that scripts would fill"),
    "robots": ("robots", "robots.txt asks us not to"),
    "gone": ("no_column", "the list was no longer there"),
    "soft_404": ("no_column", "the list was no longer there"),
    "off_site": ("no_column", "the list leads to another host"),
    "no_column": ("no_column", "no news column was known"),
    "list_failed": ("unreachable", "the list could not be read"),
    "server_error": ("unreachable", "the server failed"),
}
"""Class of a response, or verdict of a run → the status it explains a month by, and in words. Others are unreachable."""
UNOBSERVED = ("blocked", "unreachable", "robots", "beyond_list_depth", "no_column", "never_tried", "no_site")
"""In the order in which one is said for a county whose columns differ."""
SEEN = ("observed", "observed_zero")


@dataclass(frozen=True, slots=True)
class Place:
    """One county of a frame. state: `crawlable`, `no_site` or `no_column`. sites: site id → addresses of its columns."""

    county: str
    name: str
    province: str | None = None
    prefecture: str | None = None
    state: str = "crawlable"
    sites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """One list page that was read. at: UTC. reach: a day, or null. ended: no further page."""

    at: str
    page: int
    reach: str | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """One reading of a list. at: when its first page was read. reach: the day down to which, or null. ended: to its last page."""

    at: str
    reach: str | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """Days that were observed whole, both included; at: the first page of the earliest walk that proved them all."""

    first: date
    last: date
    proofs: tuple[tuple[date, date, str], ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try to read a list that failed. failure: a response class or a verdict. since: when the run began whose verdict it is, or
    null for one request."""

    at: str
    failure: str
    since: str | None = None


@dataclass(slots=True)
class Cell:
    """What a list showed of one month. causes: why what is missing is missing → how many."""

    listed: int = 0
    archived: int = 0
    not_articles: int = 0
    causes: dict[str, int] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        """Listed, an article as far as is known, and not archived."""
        return self.listed - self.archived - self.not_articles


@dataclass(frozen=True)
class Column:
    """All that is known of how a list was read. deeper: why a further page of it could not be had, or null. undated: rows without
    a day whose articles are not archived: they may belong to any month."""

    walks: tuple[Walk, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    deeper: str | None = None
    undated: int = 0

    @cached_property
    def grounds(self) -> tuple[Ground, ...]:
        """The days that its walks prove: asked for each month, worked out once."""
        return grounds(self.walks)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one month. status: a code of group "coverage". observed_at: when it was first read whole, or null."""

    status: str
    detail: str
    observed_at: str | None = None


def months(first: str, last: str) -> list[str]:
    """Every month from one to another, `YYYY-MM`, both included."""
    start, end = _number(first), _number(last)
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(start, end + 1)]


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def weeks(wanted: Sequence[str]) -> list[str]:
    """Every ISO week whose Monday lies in some months, `YYYY-Www`; wanted: months that follow each other."""
    day, last = days_of(wanted[0])[0], days_of(wanted[-1])[1]
    day += DAY * (-day.weekday() % 7)
    return [week_of(day + 7 * DAY * n) for n in range((last - day).days // 7 + 1)]


def week_of(day: date) -> str:
    """The ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def days_of(period: str) -> tuple[date, date]:
    """First and last day of a month or of an ISO week."""
    if "W" in period:
        monday = date.fromisocalendar(int(period[:4]), int(period[6:]), 1)
        return monday, monday + 6 * DAY
    first, following = (date(n // 12, n % 12 + 1, 1) for n in (_number(period), _number(period) + 1))
    return first, following - DAY


def periods_of(day: str) -> tuple[str, ...]:
    """The month and the ISO week of a day, `YYYY-MM-DD`; none for what is no day."""
    try:
        return day[:7], week_of(date.fromisoformat(day))
    except ValueError:
        return ()


def walks(reads: Iterable[Read]) -> tuple[Walk, ...]:
    """The readings of one list. A walk begins with each first page; a page counts for it when all pages before it were read too.
    Rows only move down, so that a page read days later still leaves no gap."""
    out: list[Walk] = []
    pages: dict[int, Read] = {}
    for read in sorted(reads, key=lambda r: (r.at, r.page)):
        if read.page == 1:
            out += _walk(pages)
            pages = {1: read}
        elif pages:
            pages[read.page] = read
    return (*out, *_walk(pages))


def _walk(pages: Mapping[int, Read]) -> list[Walk]:
    n = 0
    while n + 1 in pages:
        n += 1
    if not n:
        return []
    reaches = [day for k in range(1, n + 1) if (day := pages[k].reach)]
    return [Walk(pages[1].at, reaches[-1] if reaches else None, pages[n].ended)]


def grounds(walked: Sequence[Walk]) -> tuple[Ground, ...]:
    """The days that walks prove, those that meet as one, oldest first. The day of the reach itself may go on on the next page, and
    the day of reading was not over."""
    spans = []
    for walk in walked:
        if walk.reach is not None:
            first, last = date.fromisoformat(walk.reach) + DAY, local_day(walk.at) - DAY
            if first <= last:
                spans.append((first, last, walk.at))
    out: list[Ground] = []
    for first, last, at in sorted(spans):
        held = out[-1] if out else None
        if held and first <= held.last + DAY:
            out[-1] = Ground(held.first, max(held.last, last), (*held.proofs, (first, last, at)))
        else:
            out.append(Ground(first, last, ((first, last, at),)))
    return tuple(out)


def observed_at(ground: Ground, first: date, last: date) -> str:
    """When all days from `first` to `last` of a ground had been read: the earliest moment by which its walks cover them."""
    have: list[tuple[date, date]] = []
    near = (proof for proof in ground.proofs if proof[0] <= last and proof[1] >= first)
    for start, end, at in sorted(near, key=lambda p: p[2]):
        have = sorted([*have, (start, end)])
        at_day = first
        for a, b in have:
            if a <= at_day <= b:
                at_day = b + DAY
        if at_day > last:
            return at
    raise AssertionError("the ground holds the month")


def month_of_column(month: str, cell: Cell | None, column: Column) -> Said:
    """What is said of a month (or a week) of one list."""
    first, last = days_of(month)
    cell = cell or Cell()
    ground = next((g for g in column.grounds if g.first <= first and last <= g.last), None)
    if ground is not None:
        said = _listed(cell, observed_at(ground, first, last))
        if column.undated and said.status in SEEN:
            return Said("partial", f"{column.undated} listed without a day and not archived: some may be of this month")
        return said
    why = _unobserved(first, last, column)
    if cell.archived:
        return Said("partial", f"{_some(cell)}; the month was not read whole: {why.detail}")
    if cell.missing > 0:
        return _listed(cell, None, f"; the month was not read whole: {why.detail}")
    return why


def _listed(cell: Cell, at: str | None, more: str = "") -> Said:
    """A month whose rows are known."""
    if cell.missing <= 0:
        return Said("observed" if cell.archived else "observed_zero", "", at)
    if not cell.archived and len(cell.causes) == 1:
        (fate,) = cell.causes
        if fate in ("gone", "soft_404"):
            return Said("gone_before_first_visit", f"{cell.missing} listed, none found at the first visit{more}", at)
        if fate in FAILURES and FAILURES[fate][0] in ("blocked", "robots"):
            return Said(FAILURES[fate][0], f"{cell.missing} listed, none could be had: {FAILURES[fate][1]}{more}")
    return Said("partial", _some(cell) + more, at)


_CAUSES = {"queued": "not yet fetched", "gone": "no longer there", "soft_404": "no longer there"}


def _some(cell: Cell) -> str:
    told = ", ".join(f"{n} {_CAUSES.get(fate, fate)}" for fate, n in sorted(cell.causes.items()))
    return f"{cell.archived} of {cell.listed} listed archived" + (f" ({told})" if told else "")


def _unobserved(first: date, last: date, column: Column) -> Said:
    """Why a month was not read whole. The first walk that began after it tells, else what was tried since it began."""
    later = [w for w in column.walks if local_day(w.at) > last]
    if later:
        walk = min(later, key=lambda w: w.at)
        deepest = max(later, key=lambda w: (w.ended, w.at))
        if walk.ended or deepest.ended:
            return Said("beyond_list_depth", "the list ends later than the month began")
        if column.deeper is not None:
            status, words = failure(column.deeper)
            return Said(status, f"a further page of the list could not be had: {words}")
        if walk.reach is None:
            return Said("never_tried", "the list prints no days, and it was not read to its end")
        return Said("never_tried", f"the list was read down to {walk.reach} only")
    read = max((w.at for w in column.walks), default="")
    tried = [a for a in column.attempts if local_day(a.at) >= first and (a.since or a.at) > read]
    if tried:
        newest = max(tried, key=lambda a: a.at)
        status, words = failure(newest.failure)
        return Said(status, f"{words} ({local_day(newest.at)})")
    if not column.walks:
        return Said("never_tried", "its list was never read" if not column.attempts else "nobody looked since")
    return Said("never_tried", f"nobody looked after {local_day(read)}")


def failure(code: str) -> tuple[str, str]:
    """Status and words for a response class or a verdict."""
    return FAILURES.get(code, ("unreachable", f"it could not be fetched ({code})"))


def month_of_county(said: Sequence[Said], listed: int, archived: int) -> Said:
    """One status for a county by those of its columns. It is observed when every column is; a zero of one column says nothing of
    another that was not read. archived: of all its articles of the month, also those no list shows."""
    statuses = {s.status for s in said}
    if said and statuses <= set(SEEN):
        if archived or listed:
            return Said("observed", "")
        return Said("observed_zero", "")
    if archived or "partial" in statuses:
        told = next((s.detail for s in said if s.status not in SEEN), "")
        return Said("partial", told or "archived, though no list that was read shows it")
    if "gone_before_first_visit" in statuses and statuses <= {"gone_before_first_visit", *SEEN}:
        return next(s for s in said if s.status == "gone_before_first_visit")
    for status in UNOBSERVED:
        for one in said:
            if one.status == status:
                return one
    return next(iter(said), Said("never_tried", "nobody looked"))
