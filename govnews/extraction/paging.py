"""The next page of a list: the page's own 下一页 first, then what its scripts say, then the numbers of its pager.

May import: model, text, families, lxml, its neighbours in this room.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element

from govnews.extraction.rows import resolve
from govnews.text.folding import bare

_NEXT = re.compile(
    r"^[\[<(（【]?\s*(?:下一?[页頁]|后一?页|次页|下一[页頁][>»›]*|next(?:page)?|>|›|»|>>)\s*[\]>)）】»›]*$",
    re.IGNORECASE,
)
_IN_SCRIPT = re.compile(
    r"""["']([^"'<>\s]{1,300}?(?:\.(?:s?html?|jhtml|jspx?|php|aspx?)|[?&]\w*page\w*=\d+|/)[^"'<>\s]{0,200})["']""",
    re.IGNORECASE,
)
_TRS_CALL = re.compile(
    r"""createPageHTML\(\s*["']?(\d{1,5})["']?\s*,\s*["']?(\d{1,5})["']?\s*,\s*["']([^"']{1,200})["']\s*,\s*["'](\w{2,6})["']"""
)
_NAMED_CALL = re.compile(
    r"""createPageHTML\(\s*["']([\w-]{1,60})["']\s*,\s*["']?(\d{1,5})["']?\s*,\s*["']?(\d{1,5})["']?\s*,\s*["']([^"']{1,200})["']\s*,\s*["'](\w{2,6})["']"""
)
_VARIABLES = re.compile(r"""\b(currentPage|countPage|pageCount|totalPage|pageIndex)\s*=\s*["']?(\d{1,5})""")
_COUNT = (
    re.compile(r"共\s*(\d{1,6})\s*[页頁]"),
    re.compile(r"(?<![\d/])\d{1,5}\s*/\s*(\d{1,5})\s*(?:页|<|&nbsp;)"),
    re.compile(r"总?[页頁]数\s*[:：]\s*(\d{1,6})"),
    re.compile(r"<totalpage>\s*(\d{1,6})", re.IGNORECASE),
)
_DISABLED = re.compile(r"disabled|noclick|nolink|p_no_d|unclick|invalid", re.IGNORECASE)
_PAGER = re.compile(r"page|pager|pagination|fanye|pagenav|p_pages|fy", re.IGNORECASE)


def next_link(root: _Element, url: str) -> str | None:
    """The address behind the page's own next link; null when there is none or it leads nowhere new."""
    for link in root.iter("a", "input", "button", "area"):
        text = (
            bare("".join(map(str, link.itertext()))) or bare(link.get("value") or "") or bare(link.get("title") or "")
        )
        if not text or len(text) > 12 or not _NEXT.match(text):
            continue
        if link.get("disabled") is not None or _DISABLED.search(link.get("class") or ""):
            continue
        address = _address(link)
        if address and _elsewhere(url, found := resolve(url, address)) and _listlike(text, link, found, url):
            return found
    return None


def _listlike(text: str, link: _Element, found: str, url: str) -> bool:
    """A bare `>` may be a breadcrumb's or a slider's: believed only inside a pager, and on the same host."""
    if urlsplit(found).netloc.removeprefix("www.") != urlsplit(url).netloc.removeprefix("www."):
        return False
    if any("\u4e00" <= c <= "\u9fff" for c in text) or "next" in text.lower():
        return True
    return any(
        _PAGER.search((e.get("class") or "") + " " + (e.get("id") or ""))
        for e in [link, *list(link.iterancestors())[:4]]
    )


def _address(link: _Element) -> str | None:
    href = (link.get("href") or "").strip()
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return href
    for script in (link.get("onclick") or "", href):
        found = _IN_SCRIPT.search(script)
        if found:
            return found[1]
    copied = (link.get("tppabs") or "").strip()
    return copied or None


def _elsewhere(url: str, found: str) -> bool:
    return found.split("#")[0].rstrip("/") != url.split("#")[0].rstrip("/") and found.lower().startswith("http")


def by_script(html: str, url: str) -> str | None:
    """What `createPageHTML` and its like write: TRS counts from 0 and adds `_1`, Ucap from 1 and adds `_2` (§3.1, §3.5)."""
    if named := _NAMED_CALL.search(html):
        _, count, current, name, extension = named.groups()
        return resolve(url, f"{name}_{int(current) + 1}.{extension}") if int(current) < int(count) else None
    if call := _TRS_CALL.search(html):
        count, current, name, extension = call.groups()
        return resolve(url, f"{name}_{int(current) + 1}.{extension}") if int(current) + 1 < int(count) else None
    return None


def by_number(root: _Element, url: str) -> str | None:
    """In a pager whose current number carries no link, the link of the number after it."""
    numbers: dict[int, str] = {}
    pager: _Element | None = None
    for link in root.iter("a"):
        text = bare("".join(map(str, link.itertext())))
        if text.isdigit() and len(text) <= 4 and (address := _address(link)):
            parent = link.getparent()
            holder = parent.getparent() if parent is not None and parent.tag in ("li", "td", "span") else parent
            if pager is None:
                pager = holder
            if holder is pager:
                numbers[int(text)] = resolve(url, address)
    if pager is None or len(numbers) < 1:
        return None
    current = [
        n
        for e in pager.iter("span", "a", "b", "strong", "em", "li", "font", "td", "i")
        if (n := _unlinked_number(e)) is not None
    ]
    here = next((n for n in current if n + 1 in numbers), None)
    found = numbers[here + 1] if here is not None else None
    return found if found and _elsewhere(url, found) else None


def _unlinked_number(element: _Element) -> int | None:
    text = bare("".join(map(str, element.itertext())))
    if not text.isdigit() or len(text) > 4:
        return None
    if element.tag == "a":
        return (
            None
            if _address(element) and not re.search(r"cur|active|on\b|now|sel", element.get("class") or "")
            else int(text)
        )
    return None if next(element.iterdescendants("a"), None) is not None else int(text)


def page_count(html: str, root: _Element | None) -> int | None:
    """How many pages the list says it has, or null."""
    if named := _NAMED_CALL.search(html):
        return int(named[2])
    if call := _TRS_CALL.search(html):
        return int(call[1])
    for pattern in _COUNT:
        if found := pattern.search(html):
            return int(found[1])
    if root is not None:
        for element in root.iter():
            if isinstance(element.tag, str) and _PAGER.search((element.get("class") or "") + (element.get("id") or "")):
                text = "".join(map(str, element.itertext()))
                if len(text) < 2000 and (found := _COUNT[0].search(text) or _COUNT[1].search(text)):
                    return int(found[1])
    variables = dict(_VARIABLES.findall(html))
    count = variables.get("countPage") or variables.get("pageCount") or variables.get("totalPage")
    return int(count) if count else None


def same_list(url: str, other: str) -> bool:
    """Whether two addresses can be pages of one list: same host and folder."""
    a, b = urlsplit(urljoin(url, ".")), urlsplit(urljoin(other, "."))
    return a.netloc == b.netloc and (a.path.startswith(b.path) or b.path.startswith(a.path))
