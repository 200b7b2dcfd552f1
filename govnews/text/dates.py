"""Publish times: strict forms first, relative ones against the time of fetching, dateparser last and in strict settings.

Forms: article-headers.md §2.2. A string that is not matched to the end is refused: a strict path that drops what it does
not understand invents precision. Chinese numerals (二〇二一年六月二日) are signatures of documents, never a publish time.

May import: text.folding, the standard library; dateparser inside `_last_resort`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from govnews.text.folding import fold
from govnews.text.moments import CHINA

EARLIEST = 1990
"""No Chinese government site printed a publish date before this year; 1970 and 1900 are empty values of databases."""
LATEST = 2100

_DAY = (
    r"(?<![\d.])(?P<y>\d{4})(?:\s*[-/.年‐–—]\s*|\s+(?=\d{1,2}\s*[/-]))(?P<m>\d{1,2})\s*[-/.月‐–—]\s*"
    r"(?P<d>\d{2}(?=\d{1,2}:\d\d)|\d{1,2}(?!\d))\s*日?"
)
_CLOCK = (
    r"(?:[\sT,;·]*|\s?-\s|-(?=\d\d:))(?P<ampm>上午|下午|晚上|凌晨|中午|早上|傍晚)?\s*"
    r"(?P<h>\d{1,2})\s*(?::|时|点)\s*(?P<i>\d{1,2})(?!\d)\s*(?:(?::|分)\s*(?P<s>\d{1,2})(?!\d)(?:\.\d{1,9})?\s*秒?|分)?"
    r"(?:\s*(?P<pm>[AP]M)\b)?(?:\s*(?P<zone>Z|[+-]\d\d:?\d\d|GMT\+8:?0?0?|GMT\+08:?00))?"
)
_FOUR = re.compile(r"\d{4}")
"""Every full date begins with four figures: looked for first, since most lines have none."""
_WEEKDAY = r"(?:[\s,]*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_FULL = re.compile(f"{_DAY}{_WEEKDAY}(?:{_CLOCK}|\\s*\\d{{1,2}}\\s*[时点](?!\\d))?")
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?:\s*(?P<h>[0-2]\d)(?P<i>[0-5]\d)(?P<s>[0-5]\d))?(?!\d)"
)
_JAVA = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?P<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?P<d>\d\d) "
    r"(?P<h>\d\d):(?P<i>\d\d):(?P<s>\d\d) (?:CST|GMT\+08:00) (?P<y>\d{4})"
)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_AGO = re.compile(r"(?P<n>\d{1,3})\s*(?P<unit>秒|分钟|小时|天|周|星期)(?:之)?前")
_NEAR = re.compile(r"(?P<word>今天|昨天|前天)(?:\s*(?P<h>\d{1,2}):(?P<i>\d\d))?")
_NEAR_DAYS = {"今天": 0, "昨天": 1, "前天": 2}
_AGO_STEP = {
    "秒": timedelta(seconds=1),
    "分钟": timedelta(minutes=1),
    "小时": timedelta(hours=1),
    "天": timedelta(days=1),
    "周": timedelta(weeks=1),
    "星期": timedelta(weeks=1),
}
_EDGES = " []()【】〔〕<>《》|;,,。.:-—·"
_MONTH_DAY = re.compile(r"(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?")


@dataclass(slots=True)
class Moment:
    """A point in +08:00 at a precision: `second`, `minute` or `day`. flags: codes of group "flag"."""

    at: datetime
    precision: str
    flags: tuple[str, ...] = ()

    @property
    def iso(self) -> str:
        """ISO 8601 at the precision; a day has no clock and no offset."""
        if self.precision == "day":
            return self.day
        return self.at.isoformat(timespec="seconds" if self.precision == "second" else "minutes")

    @property
    def day(self) -> str:
        """The local day."""
        return self.at.date().isoformat()

    def refines(self, coarser: Moment) -> bool:
        """Whether this is finer and, cut to the other's precision, equal to it."""
        order = ("day", "minute", "second")
        if order.index(self.precision) <= order.index(coarser.precision):
            return False
        keep = 3 if coarser.precision == "day" else 5
        return self.at.timetuple()[:keep] == coarser.at.timetuple()[:keep]


def find_times(text: str) -> list[tuple[int, int, Moment]]:
    """Every full date (with its clock) in already folded text, as (start, end, moment); impossible ones left out."""
    out: list[tuple[int, int, Moment]] = []
    year = _FOUR.search(text)
    if year is None:
        return out
    for match in _FULL.finditer(text, year.start()):
        moment = _moment(match.groupdict())
        if moment:
            out.append((match.start(), match.end(), moment))
    if not out and ":" in text and (java := _JAVA.search(text)) and (moment := _java(java)):
        out.append((*java.span(), moment))
    return out


def read_time(raw: str, fetched_at: str | None = None) -> Moment | None:
    """The moment that `raw` is, or null. `fetched_at` (UTC, ISO) is what relative times are counted from."""
    text = fold(raw).strip(_EDGES)
    if not text or len(text) > 60:
        return None
    match = _FULL.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _moment(match.groupdict())
    java = _JAVA.fullmatch(text)
    if java:
        return _java(java)
    return _relative(text, fetched_at) or _last_resort(text)


def is_impossible(raw: str) -> bool:
    """Whether `raw` has the form of a full date that no calendar has (2021-02-30, 0000-00-00)."""
    match = _FULL.fullmatch(fold(raw).strip(_EDGES))
    return match is not None and _moment(match.groupdict()) is None


_IN_URL = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:[-_/](?P<m>\d{1,2})[-_/](?P<d>\d{1,2})(?=/)|(?:[01]\d[-/])?(?P<n>[01]\d)[-/]?(?P<e>[0-3]\d)(?=[_/.]))(?!\d)"
)


def url_date(url: str) -> str | None:
    """The day that an address carries (`/art/2021/6/2/`, `/202106/t20210602_1.html`, `/2021-06/02/`), or null. For checks only: sites
    put the day of entry there, and imported articles carry the day of the import."""
    found = [m for match in _IN_URL.finditer(url) if (m := _moment(_url_parts(match)))]
    return found[-1].day if found else None


def _url_parts(match: re.Match[str]) -> dict[str, str | None]:
    return {"y": match["y"], "m": match["m"] or match["n"], "d": match["d"] or match["e"]}


def list_date(raw: str) -> str | None:
    """A list row's day: `2021-06-02`; `--06-02` when no year is printed; null when `raw` is no date."""
    text = fold(raw).strip(_EDGES)
    if not text or len(text) > 40:
        return None
    moments = find_times(text)
    if len(moments) == 1:
        return moments[0][2].day
    match = _MONTH_DAY.fullmatch(text)
    if not match:
        return None
    month, day = int(match["m"]), int(match["d"])
    try:
        datetime(2000, month, day)  # a leap year: --02-29 is a day
    except ValueError:
        return None
    return f"--{month:02d}-{day:02d}"


def _moment(parts: dict[str, str | None]) -> Moment | None:
    """Numbers to a moment; null for what no calendar or clock has."""
    year, month, day = (int(parts[k] or 0) for k in "ymd")
    if not EARLIEST <= year < LATEST:
        return None
    hour, minute, second = (parts.get(k) for k in "his")
    try:
        if hour is None:
            return Moment(datetime(year, month, day, tzinfo=CHINA), "day")
        at = datetime(
            year,
            month,
            day,
            _hour(int(hour), parts.get("ampm") or parts.get("pm")),
            int(minute or 0),
            int(second or 0),
            tzinfo=CHINA,
        )
    except ValueError:
        return None
    at = _to_china(at, parts.get("zone"))
    if (at.hour, at.minute, at.second) == (0, 0, 0):
        return Moment(at, "day", ("filler_midnight",))
    flags = ("filler_noon",) if second is not None and (at.hour, at.minute, at.second) == (12, 0, 0) else ()
    return Moment(at, "second" if second is not None else "minute", flags)


def _java(match: re.Match[str]) -> Moment | None:
    """`Wed Jun 02 17:05:00 CST 2021`, as a template prints what it was not told to format."""
    parts = match.groupdict()
    return _moment({**parts, "m": str(_MONTHS.index(parts["mon"]) + 1)})


def _hour(hour: int, ampm: str | None) -> int:
    if ampm in ("凌晨", "AM") and hour == 12:
        return 0
    return hour + 12 if ampm in ("下午", "晚上", "傍晚", "PM") and hour < 12 else hour


def _to_china(at: datetime, zone: str | None) -> datetime:
    if not zone or zone.startswith("GMT"):
        return at
    if zone == "Z":
        offset = UTC
    else:
        sign = -1 if zone[0] == "-" else 1
        digits = zone[1:].replace(":", "")
        offset = timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
    return at.replace(tzinfo=offset).astimezone(CHINA)


def _relative(text: str, fetched_at: str | None) -> Moment | None:
    """`3小时前`, `昨天 14:30`: only with the time of fetching, and only as precise as the words are."""
    ago, near = _AGO.fullmatch(text), _NEAR.fullmatch(text)
    if not (ago or near) or not fetched_at:
        return None
    try:
        now = datetime.fromisoformat(fetched_at).astimezone(CHINA)
    except ValueError:
        return None
    if ago:
        at = now - int(ago["n"]) * _AGO_STEP[ago["unit"]]
        return Moment(
            at.replace(second=0, microsecond=0),
            "minute" if ago["unit"] in ("秒", "分钟") else "day",
            ("relative_time",),
        )
    assert near is not None
    day = (now - timedelta(days=_NEAR_DAYS[near["word"]])).replace(second=0, microsecond=0)
    if near["h"] is None:
        return Moment(day, "day", ("relative_time",))
    try:
        return Moment(day.replace(hour=int(near["h"]), minute=int(near["i"])), "minute", ("relative_time",))
    except ValueError:
        return None


_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _last_resort(text: str) -> Moment | None:
    """A public form nobody foresaw (`Jun 2, 2021`), by dateparser. Its inventions are shut out: the year must be printed,
    relative words are refused, and strict parsing asks for day, month and year (ecosystem.md §4)."""
    if not _HAS_YEAR.search(text) or not 8 <= len(text) <= 40 or not re.search(r"[A-Za-z]{3}|时|點", text):
        return None
    import dateparser  # 85 ms at import: only the rare page pays for it

    settings = {
        "STRICT_PARSING": True,
        "DATE_ORDER": "YMD",
        "PREFER_LOCALE_DATE_ORDER": False,
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "Asia/Shanghai",
        "TO_TIMEZONE": "Asia/Shanghai",
        "RETURN_AS_TIMEZONE_AWARE": True,
    }
    try:
        at = dateparser.parse(text, languages=["zh", "en"], settings=settings)
    except (ValueError, OverflowError, RecursionError):
        return None
    if at is None or not EARLIEST <= at.year < LATEST:
        return None
    at = at.astimezone(CHINA).replace(microsecond=0)
    clock = re.findall(r"\d{1,2}:\d\d(:\d\d)?", text)
    if not clock:
        return Moment(at.replace(hour=0, minute=0, second=0), "day")
    return Moment(at, "second" if clock[0] else "minute")
