"""Pagers that a script writes: `createPageHTML` in its forms, and the variables currentPage and countPage.

May import: its neighbours in this room, the standard library.
"""

from __future__ import annotations

import re

from govnews.extraction.links import resolve

DEFINITION = 8000
"""Characters of a function createPageHTML that are looked at."""

CALL = re.compile(
    r"""createPageHTML\s*\(\s*["']?(\d{1,5})["']?\s*,\s*["']?(\d{1,5})["']?\s*,\s*["']([^"']{1,200})["']\s*,\s*["'](\w{2,6})["']"""
)
"""TRS: count, current (from 0), name, extension."""
NAMED_CALL = re.compile(
    r"""createPageHTML\s*\(\s*["']([\w-]{1,60})["']\s*,\s*["']?(\d{1,5})["']?\s*,\s*["']?(\d{1,5})["']?\s*,\s*["']([^"']{1,200})["']\s*,\s*["'](\w{2,6})["']"""
)
"""Ucap: element, count, current (from 1), name, extension."""

_CURRENT_PAGE = re.compile(r"""\bcurrentPage\s*=\s*["']?(\d{1,5})\b""")
_COUNT_PAGE = re.compile(r"""\bcountPage\s*=\s*["']?(\d{1,5})\b""")
_NAME = re.compile(
    r"""([\w-]{1,40}_)["']\s*\+\s*(?:nextPage|\(?\s*currentPage\s*\+\s*1\s*\)?)\s*\+\s*["']\.(\w{2,6})"""
)
_FUNCTION = re.compile(r"function\s+createPageHTML\s*\(\s*\w+\s*,\s*(\w+)\s*,\s*(\w+)")
_DERIVED = re.compile(r"(\w{1,40})\s*=\s*(?:parseInt\(\s*)?(\w{1,40})\s*\)?\s*\+\s*(\d)\s*[;,\n]")
_WRITTEN = r"""{name}\s*\+\s*["'](_)["']\s*\+\s*\(?\s*(\w{{1,40}})\s*(?:\+\s*(\d)\s*)?\)?"""
_NEXT = re.compile(r"下\s*一?\s*[页頁]|后一?[页頁]")


def by_script(html: str, url: str) -> str | None:
    """What `createPageHTML` and its like write: TRS counts from 0 and adds `_1`, Ucap from 1 and adds `_2` (§3.1, §3.5), unless
    the page has the function itself and it says otherwise. Some TRS templates write the links themselves, from the variables
    currentPage and countPage."""
    if "createPageHTML" not in html and "countPage" not in html:
        return None
    if named := NAMED_CALL.search(html):
        _, count, current, name, extension = named.groups()
        return resolve(url, f"{name}_{int(current) + 1}.{extension}") if int(current) < int(count) else None
    if call := CALL.search(html):
        count, current, name, extension = call.groups()
        if int(current) + 1 >= int(count):
            return None
        return resolve(url, f"{name}_{int(current) + _step(html)}.{extension}")
    here, count = _CURRENT_PAGE.search(html), _COUNT_PAGE.search(html)
    if here and count and int(here[1]) + 1 < int(count[1]):
        written = _NAME.search(html, count.start())
        name, extension = (written[1], written[2]) if written else ("index_", "html")
        return resolve(url, f"{name}{int(here[1]) + 1}.{extension}")
    return None


def _step(html: str) -> int:
    """What the page's own createPageHTML adds to the current index for its 下一页; 1 where it does not say."""
    head = _FUNCTION.search(html)
    if head is None:
        return 1
    body = html[head.end() : head.end() + DEFINITION]
    steps = {head[1]: 0}
    for name, origin, more in _DERIVED.findall(body):
        if origin in steps:
            steps.setdefault(name, steps[origin] + int(more))
    said = _NEXT.finditer(body)
    written = list(re.finditer(_WRITTEN.format(name=re.escape(head[2])), body))
    for word in said:
        before = [found for found in written if found.end() <= word.start() and word.start() - found.end() < 200]
        if before and before[-1][2] in steps and (step := steps[before[-1][2]] + int(before[-1][3] or 0)) > 0:
            return step
    return 1
