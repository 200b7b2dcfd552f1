"""Pagers that a script writes from numbers: `createPageHTML` and its like, objects and variables that say count, place and name.

May import: its neighbours in this room, the standard library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from govnews.extraction.links import resolve

DEFINITION = 8000
"""Characters of a function createPageHTML that are looked at."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a script says of a pager: how many pages; the number that the next page's file has, null on the last; its name."""

    count: int
    following: int | None
    name: str
    extension: str


_NUMBER = r"""["']?(\d{1,5})["']?"""
_CALL = re.compile(
    rf"""[Pp]age\w{{0,20}}\s*\(\s*{_NUMBER}\s*,\s*{_NUMBER}\s*,\s*["']([^"']{{1,200}})["']\s*,\s*["'](\w{{2,6}})["']"""
)
"""TRS and its like: count, current (from 0), name, extension."""
_NAMED_CALL = re.compile(
    rf"""createPageHTML\s*\(\s*["'][\w-]{{1,60}}["']\s*,\s*{_NUMBER}\s*,\s*{_NUMBER}\s*,\s*["']([^"']{{1,200}})["']\s*,\s*["'](\w{{2,6}})["']"""
)
"""Ucap: element, count, current (from 1), name, extension."""
_OBJECT = re.compile(r"\bPager\s*\(\s*\{([^{}]{1,400})\}")
_PAIR = re.compile(r"""["']?(\w{1,20})["']?\s*:\s*["']?([\w.-]{1,60})""")
_CAPITALS = re.compile(r"""\b_PAGE_(COUNT|INDEX|NAME|EXT)\s*=\s*["']?([\w.-]{1,60})""")
_CURRENT_PAGE = re.compile(r"""\bcurrentPage\s*=\s*["']?(\d{1,5})\b""")
_COUNT_PAGE = re.compile(r"""\bcountPage\s*=\s*["']?(\d{1,5})\b""")
_NAME = re.compile(
    r"""([\w-]{1,40}_)["']\s*\+\s*(?:nextPage|\(?\s*currentPage\s*\+\s*1\s*\)?)\s*\+\s*["']\.(\w{2,6})"""
)
_FUNCTION = re.compile(r"function\s+createPageHTML\s*\(\s*\w+\s*,\s*(\w+)\s*,\s*(\w+)")
_DERIVED = re.compile(r"(\w{1,40})\s*=\s*(?:parseInt\(\s*)?(\w{1,40})\s*\)?\s*\+\s*(\d)\s*[;,\n]")
_WRITTEN = r"""{name}\s*\+\s*["']_["']\s*\+\s*\(?\s*(\w{{1,40}})\s*(?:\+\s*(\d)\s*)?\)?"""
_NEXT = re.compile(r"下\s*一?\s*[页頁]|后一?[页頁]")


def by_script(found: Written | None, url: str) -> str | None:
    """The next page's address by what a script writes; null when none does, or on the last page."""
    if found is None or found.following is None:
        return None
    return resolve(url, f"{found.name}_{found.following}.{found.extension}")


def written(html: str) -> Written | None:
    """TRS counts from 0 and adds `_1`, Ucap from 1 and adds `_2` (§3.1, §3.5), unless the page has the function itself and it says
    otherwise. Some TRS templates write the links themselves, from the variables currentPage and countPage."""
    if call := _NAMED_CALL.search(html) if "createPageHTML" in html else None:
        return _from(call[1], int(call[2]) - 1, call[3], call[4], 2)
    if call := _CALL.search(html):
        return _from(call[1], int(call[2]), call[3], call[4], _step(html))
    if "Pager" in html and (pager := _OBJECT.search(html)):
        said = dict(_PAIR.findall(pager[1]))
        if {"size", "current", "prefix", "suffix"} <= said.keys() and (said["size"] + said["current"]).isdecimal():
            return _from(said["size"], int(said["current"]), said["prefix"], said["suffix"])
    if "_PAGE_COUNT" in html:
        said = dict(_CAPITALS.findall(html))
        if {"COUNT", "INDEX", "NAME", "EXT"} <= said.keys() and (said["COUNT"] + said["INDEX"]).isdecimal():
            return _from(said["COUNT"], int(said["INDEX"]), said["NAME"], said["EXT"])
    if "countPage" not in html:
        return None
    here, count = _CURRENT_PAGE.search(html), _COUNT_PAGE.search(html)
    if here is None or count is None:
        return None
    name = _NAME.search(html, count.start())
    return _from(count[1], int(here[1]), name[1].removesuffix("_") if name else "index", name[2] if name else "html")


def _from(count: str, here: int, name: str, extension: str, step: int = 1) -> Written:
    """here: counted from 0. step: what is added to it for the next page's number."""
    return Written(int(count), here + step if here + 1 < int(count) else None, name, extension)


def _step(html: str) -> int:
    """What the page's own createPageHTML adds to the current index for its 下一页; 1 where it does not say."""
    head = _FUNCTION.search(html) if "createPageHTML" in html else None
    if head is None:
        return 1
    body = html[head.end() : head.end() + DEFINITION]
    steps = {head[1]: 0}
    for name, origin, more in _DERIVED.findall(body):
        if origin in steps:
            steps.setdefault(name, steps[origin] + int(more))
    named = list(re.finditer(_WRITTEN.format(name=re.escape(head[2])), body))
    for word in _NEXT.finditer(body):
        before = [found for found in named if 0 <= word.start() - found.end() < 200]
        if before and before[-1][1] in steps and (step := steps[before[-1][1]] + int(before[-1][2] or 0)) > 0:
            return step
    return 1
