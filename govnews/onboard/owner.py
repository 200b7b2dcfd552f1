"""Whose site it is: every mark of a home page names a division or a province; they are counted and set against one another. Pure.

May import: words.py, links.py, sites (the directory), the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govnews.extraction import host_of
from govnews.onboard import words
from govnews.onboard.columns import Place
from govnews.onboard.links import Front
from govnews.sites.directory import Directory, Division, stem
from govnews.text.folding import fold

_SITE_CODE = re.compile(words.SITE_CODE, re.IGNORECASE)
_POLICE = re.compile(words.POLICE)
_ICP = re.compile(words.ICP)
_HOSTED = re.compile(words.HOSTED_BY)
_TITLED = re.compile(words.TITLED)
_SIGNS = re.compile(words.TITLE_SIGNS)
_OFFICE = re.compile(words.OFFICE)
_PEOPLES = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})(?:(?:{words.PEOPLES})族)+自治(?=[县旗州])")
POINTS = {"directory": 4, "site code": 5, "police number": 2, "title": 3, "host's name": 3}
HEAVY = 3
"""Points of a mark that is a doubt when it means somebody else: the police's number may well be a neighbour's."""
SAID = 4
"""Divisions that a doubt names."""
SHOWN = 40
"""Characters of a title that are read for an office's name, and shown."""
ENOUGH = 5
"""Points from which an owner is believed without a doubt."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of ownership: what it is, what it says, and the codes of divisions it may mean."""

    kind: str
    said: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """code: the division's, or "" when nothing says one. name: the division's. points: of the marks that agree. given: a
    person said so. marks: all that was found. doubts: sentences."""

    code: str
    name: str
    points: int
    given: bool
    marks: tuple[Mark, ...]
    doubts: tuple[str, ...]

    @property
    def site_name(self) -> str:
        """As a site file has it: a county's second site is told from its first."""
        suffix = self.code.partition("-")[2]
        return self.name + words.SECOND.get(suffix, f" {suffix}") if suffix else self.name


def read_marks(front: Front, known: Directory) -> list[Mark]:
    """The marks of a home page."""
    text = fold(front.text)
    host = host_of(front.url)
    at_home = tuple(c for c, row in known.homes.items() if host and host == host_of(row["homepage"]))
    marks = [Mark("directory", host, at_home)] if at_home else []
    for code in dict.fromkeys([*_SITE_CODE.findall(text), *_meta_codes(front)]):
        marks.append(Mark("site code", code, (code,)))
    for code in dict.fromkeys(_POLICE.findall(text)):
        marks.append(Mark("police number", code, (code,)))
    titled = (_TITLED.match(piece) for piece in _SIGNS.split(fold(front.title)))
    for place in dict.fromkeys(found[1] for found in titled if found):
        marks.append(Mark("title", place, _named(place, known)))
    for place in dict.fromkeys(one or other for one, other in _HOSTED.findall(text)):
        marks.append(Mark("host's name", place, _named(place, known)))
    return marks


def _meta_codes(front: Front) -> list[str]:
    return [c[:6] for c in front.codes if re.fullmatch(r"\d{10}", c)]


def _named(place: str, known: Directory) -> tuple[str, ...]:
    """Divisions a written place may mean: 云南省维西县 by its longest ending that is a name."""
    for start in range(len(place) - 1):
        if codes := known.names.get(place[start:]):
            return tuple(codes)
    return tuple(code for code, _ in known.former.get(place, ()))


def prove(front: Front, known: Directory, given: str = "") -> Owner:
    """The owner that most marks mean. given: the code a person gave, which wins; what speaks against it is a doubt."""
    marks = read_marks(front, known)
    points: dict[str, int] = {}
    for kind in POINTS:
        for code in dict.fromkeys(code for mark in marks if mark.kind == kind for code in mark.codes):
            points[code] = points.get(code, 0) + POINTS[kind]
    ranked = sorted(points, key=lambda code: (points[code], code in known.divisions), reverse=True)
    code = given or (ranked[0] if ranked else "")
    division = known.divisions.get(code[:6])
    doubts = [*_doubts(code, division, points, marks, known, given=bool(given)), *_of_an_office(front)]
    provinces = {words.ICP_PROVINCES[c] for c in _ICP.findall(fold(front.text))}
    if code and provinces and division and code[:2] not in provinces:
        doubts.append("the ICP licence is another province's")
    name = (division.short_name or division.name) if division else _name_of(marks, code)
    return Owner(code, name, points.get(code[:6], 0), bool(given), tuple(marks), tuple(doubts))


def _doubts(
    code: str, division: Division | None, points: dict[str, int], marks: list[Mark], known: Directory, *, given: bool
) -> list[str]:
    if not code:
        return ["nothing on the page says whose site it is"]
    doubts = []
    own = points.get(code[:6], 0)
    even = [c for c in points if c != code[:6] and points[c] >= max(own, 1)]
    against = [c for m in marks if code[:6] not in m.codes and POINTS[m.kind] >= HEAVY for c in m.codes]
    others = [known.divisions[c].place if c in known.divisions else c for c in dict.fromkeys([*even, *against])]
    if others:
        doubts.append(f"other marks mean {'; '.join(others[:SAID])}")
    if division is None and not given:
        doubts.append(f"{code} is no division of the directory")
    elif division is not None and division.level != "county":
        doubts.append(f"{division.place} is no county but a {division.level}")
    if own < ENOUGH and not given:
        doubts.append("few marks say so")
    return doubts


def _of_an_office(front: Front) -> list[str]:
    """A site of one office is not the county's; that of its media centre is its second."""
    title = fold(front.title)[:SHOWN]
    office = _OFFICE.search(title.replace("融媒体中心", ""))
    return [f"the title is an office's: {title}"] if office and "门户" not in title else []


def _name_of(marks: Sequence[Mark], code: str) -> str:
    """The name of a place outside the directory: as the title has it, else the host's name, else the code."""
    written = [mark.said for kind in ("title", "host's name") for mark in marks if mark.kind == kind]
    return written[0] if written else code


def place_of(owner: Owner, known: Directory) -> Place:
    """The names of the county and of what stands above it or elsewhere, for columns.py."""
    division = known.divisions.get(owner.code[:6])
    full = {*division.names, *known.former_names(division.code)} if division else {owner.name} - {""}
    full |= {_PEOPLES.sub("", name) for name in full}
    stems = {stem(name) for name in full}
    own = full | stems | {name[:2] for name in stems if len(name) >= 3}  # 西乌要闻 of 西乌珠穆沁旗
    above = [d for d in known.divisions.values() if d.level in ("prefecture", "province")]
    upper = {n for d in above for name in d.names for n in (name, stem(name))}
    return Place(frozenset(own), frozenset(upper - own))
