"""Which links of a home page lead to the county's own news: by name, place and host. Pure; the words are in words.py.

May import: words.py, links.py, extraction (hosts), the standard library.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from govnews.extraction import host_of
from govnews.model import ListItem
from govnews.onboard import words
from govnews.onboard.links import Way

ENOUGH = 6
"""Points from which a name alone makes a column worth opening as one of the county's own."""
FEW_HEADLINES = 3
"""Headlines of the home page from which the folder they stand in may be a column."""
_DATED = re.compile(r"/(?:(?:19|20)\d{2}(?:[-_]?\d{2}){0,2}|\d{1,2})(?=/)")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|rar|jpe?g|png|gif|mp4|apk|wps)$", re.IGNORECASE)
_NEWS = re.compile(words.NEWS)
_UPPER = re.compile(words.UPPER)
_NOT_NEWS = re.compile(words.NOT_NEWS, re.IGNORECASE)
_DECORATED = re.compile(words.DECORATED, re.IGNORECASE)
_RANK = re.compile(f"{words.RANK}(?:{words.NEWS})")
_UPPER_TITLES = re.compile(words.UPPER_TITLES)
_NOTICES = re.compile(words.NOTICE_TITLES)
_OTHER_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:省|市|州|盟|地区|自治区)(?=" + words.NEWS + ")")


@dataclass(frozen=True, slots=True)
class Place:
    """The county as columns name it. own: its names, with and without rank. upper: those of its province and prefecture, and of
    all others."""

    own: frozenset[str]
    upper: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link that may be a column. points: 0 for one that is turned down; reason says why, for people. channel: it may only lead to
    columns."""

    name: str
    url: str
    points: int
    reason: str
    at: int = 0
    channel: bool = False


def judge(name: str, place: Place) -> tuple[int, str]:
    """Points of a column's name, and the reason. 0: not the county's own news, or none at all."""
    said = _DECORATED.sub("", name) or name
    own = sorted(place.own, key=len, reverse=True)
    upper = next((p for p in place.upper if said.startswith(p) and not said.startswith(tuple(own))), None)
    if upper:
        return 0, f"{upper} is an upper level or another place"
    if (found := _UPPER.search(said)) and not said.startswith(tuple(own)):
        return 0, f"{found[0]} is an upper level's or the press's"
    if (found := _OTHER_PLACE.match(said)) and not said.startswith(tuple(own)):
        return 0, f"{found[0]} is another place"
    if found := _NOT_NEWS.search(said):
        return 0, f"{found[0]} is no news"
    ranks = {name[-1] for name in own}
    if (found := _RANK.match(said)) and ranks & set("县区市旗") and found[1] not in ranks:
        return 0, f"it is the news of a {found[1]}, which this is not"
    if said in words.WHOLE:
        return words.WHOLE[said]
    names = "|".join(map(re.escape, own)) or "(?!)"
    if re.fullmatch(words.TODAY.replace("{own}", names), said):
        return 8, "it names the county"
    for points, before, reason in words.OWN:
        if re.fullmatch(f"{before.replace('{own}', names)}(?:{words.NEWS})(?:{words.NEWS})?(?:中心)?", said):
            return points, reason
    if _NEWS.search(said) and len(said) <= 8:
        return 4, "its name has a word of news in it"
    return 0, "its name says nothing of news"


def channel(name: str, place: Place) -> int:
    """Points of a name that leads to columns, 0 for others."""
    names = "|".join(map(re.escape, place.own)) or "(?!)"
    return next((p for p, shape in words.CHANNEL if re.fullmatch(shape.replace("{own}", names), name)), 0)


def candidates(ways: Iterable[Way], place: Place, hosts: set[str]) -> list[Candidate]:
    """Every link with a word of news or of a channel in its name, best first, each address once; those turned down with 0 points
    last, so that it can be said why."""
    best: dict[str, Candidate] = {}
    for way in ways:
        host = host_of(way.url)
        within = host in hosts and host not in set(hosts)  # its front page is a column
        if _FILE.search(urlsplit(way.url).path) or (_is_home(way.url) and not within):
            continue
        points, reason = judge(way.name, place)
        leads = channel(way.name, place)
        if not points and not leads and not _NEWS.search(way.name):
            continue
        if host not in hosts:
            points, leads, reason = 0, 0, f"on another host: {host}"
        one = Candidate(way.name, way.url, points, reason, way.at, bool(leads))
        known = best.get(way.url)
        if known is None or (one.points, one.channel) > (known.points, known.channel):
            best[way.url] = one
    return sorted(best.values(), key=lambda c: (-c.points, not c.channel, c.at))


def unnamed(ways: Iterable[Way], hosts: set[str]) -> list[Candidate]:
    """What is left when no name says news: links that say only 更多, then the short ones, to the site itself, in page order. One
    without a name is to be named by what it leads to."""
    found: dict[str, Candidate] = {}
    for way in sorted(ways, key=lambda w: not (w.more and not w.name)):
        short = 2 <= len(way.name) <= 8 or (way.more and not way.name)
        usable = short and host_of(way.url) in hosts and not _is_home(way.url) and not _FILE.search(way.url)
        if usable and not _NOT_NEWS.search(way.name) and not _UPPER.search(way.name):
            found.setdefault(
                way.url, Candidate(way.name, way.url, 1, "no name says news; its rows were looked at", way.at)
            )
    return list(found.values())


def folders(told: Sequence[str], hosts: set[str]) -> list[Candidate]:
    """The folders in which most headlines of the home page stand, without those of years, months and days: the front page of one may
    be a column that no link names (a menu of pictures, one that a script brings)."""
    found: Counter[str] = Counter()
    for url in dict.fromkeys(told):
        parts = urlsplit(url)
        folder = _DATED.sub("", parts.path.rpartition("/")[0] + "/")
        if host_of(url) in hosts and not parts.query and folder != "/" and not _FILE.search(parts.path):
            found[urlunsplit((parts.scheme, parts.netloc, folder, "", ""))] += 1
    usual = [url for url, many in found.most_common() if many >= FEW_HEADLINES]
    return [Candidate("", url, 2, "headlines of the home page stand in it", at) for at, url in enumerate(usual)]


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.lower() in words.HOME_PATHS and not parts.query and not parts.fragment


def doubt_of_rows(items: Sequence[ListItem], hosts: set[str]) -> str:
    """Why the rows of a list are not those of a county's own news; "" when they may well be."""
    if len(items) < 2:
        return "it has no rows"
    own = [item for item in items if host_of(item.url) in hosts]
    if len(own) < 0.5 * len(items):
        return f"{len(items) - len(own)} of {len(items)} rows lead to other sites"
    upper = sum(_UPPER_TITLES.search(item.title) is not None for item in items)
    if upper >= 0.4 * len(items):
        return f"{upper} of {len(items)} headlines are an upper level's"
    notices = sum(_NOTICES.search(item.title) is not None for item in items)
    if notices >= 0.5 * len(items):
        return f"{notices} of {len(items)} headlines are notices"
    if sum(map(len, (item.title for item in items))) < 8 * len(items):
        return "its rows are too short for headlines"
    return ""
