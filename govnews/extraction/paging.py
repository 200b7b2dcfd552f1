"""The next page of a list: the page's own 下一页, the numbers of its pager, its box of pages; and how many pages it says it has.

May import: model, text, lxml, its neighbours in this room.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element

from govnews.extraction.links import LONGEST, Link, resolve
from govnews.extraction.markup import elements, text_nodes, text_of
from govnews.extraction.page_calls import Calls
from govnews.extraction.page_scripts import written
from govnews.model import ListRequest
from govnews.text.folding import bare, fold

MOST = 12
"""Elements of pagers that are kept."""
MORE = 4
"""Rank of a link that says 加载更多."""
SHORT = 600
"""Characters of text that a pager has at most."""

_NEXT = re.compile(
    r"^[\[<(（【『「>›»]*(?:下一?[页頁]|后一?[页頁]|次[页頁]|next(?:page)?)[\]>)）】』」›»→]*(?:\(\d{1,4}\))?$",
    re.IGNORECASE,
)
_LOAD_MORE = re.compile(r"(?:点击)?加载更多")
_ARROW = re.compile(r"^[\[(【]?(?:>|›|→)[\])】]?$")
_FAR_ARROW = re.compile(r"^[\[(【]?(?:»|>>|››)[\])】]?$")
_CLASS_NEXT = re.compile(r"(?:^|[\s_-])next(?:[\s_-]|$)|nextpage|pagedown", re.IGNORECASE)
_IN_SCRIPT = re.compile(
    r"""["']([^"'<>\s]{1,300}?(?:\.(?:s?html?|jhtml|jspx?|php|aspx?)|[?&]\w*page\w*=\d+|/)[^"'<>\s]{0,200})["']""",
    re.IGNORECASE,
)
_VARIABLE = re.compile(r"""\b(?:countPage|pageCount|totalPages?|totalpage)\s*[=:]\s*["']?(\d{1,5})(?!\d)""")
_COUNTS = (
    re.compile(r"[共总计分/]\s*:?\s*(\d{1,6})\s*[页頁]"),
    re.compile(r"总?[页頁]数\s*[::]\s*(?:\d{1,6}\s*/\s*)?(\d{1,6})"),
    re.compile(r"(?<![a-z])page\s*\d{1,5}\s*of\s*(\d{1,6})\b", re.IGNORECASE),
    re.compile(r"(?<![\d/.-])(?<!于 )(?<!于)(?<!间:)(?<!期:)\d{1,5}\s*/\s*(\d{1,5})(?!\s*[\d/条])"),
)
_TOTAL_PAGE = re.compile(r"<totalpage>\s*(\d{1,6})", re.IGNORECASE)
_DISABLED = re.compile(r"disabled|noclick|nolink|p_no_d|fun_d|unclick|invalid", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CURRENT = re.compile(r"cur|active|(?:^|[\s_-])on(?:$|[\s_-])|now|sel|this", re.IGNORECASE)
_ADDRESSES = ("tppabs", "tagname", "data-href", "data-url")
_NUMBER = re.compile(r"[\[第]?\s*([0-9]{1,4})\s*[\]页]?")
_HERE = re.compile(r"^\s*[\[第]([0-9]{1,4})[\]页]\s*$")
_BETWEEN = re.compile(r"^\s*[\[第]?\s*([0-9]{1,4})\s*[\]页]?\s*$")
_CHOSEN = re.compile(r"this\.(?:value|options\[\s*this\.selectedIndex\s*\]\.value)")
_PAGER = re.compile(r"pag(?:e|ing|ination)|fenye|fanye|(?:^|[\s_-])fy(?:$|[\s_-])", re.IGNORECASE)
_WORDS = re.compile(
    r"下\s*一?\s*[页頁]|[尾末]\s*[页頁]|共\s*\d+\s*[页頁]|第\s*\d+\s*[页頁]|\d\s*/\s*\d+\s*[页頁]|[页頁][次数码]"
)
_STEP = re.compile(r"[上下]\s*一?\s*[页頁]|[尾末]\s*[页頁]")
_texts = text_nodes(
    "//text()[contains(., '页') or contains(., '頁')][not(parent::script or parent::style or parent::title)]"
)
_scripts = elements("//script[contains(., 'age')]")
_clickable = elements("//@onclick/parent::*[self::li or self::span or self::div]")
_classed = elements(
    "//*[contains(@class, 'pag') or contains(@id, 'pag') or contains(@class, 'fy') or contains(@class, 'fenye')]"
)


def pagers(root: _Element, links: list[Link]) -> list[_Element]:
    """Elements that belong to the list's pager: links that say 下一页 or 尾页, else texts, the script that writes it, names."""
    if linked := [link.element for link in links if len(link.text) < 12 and _STEP.search(link.text)]:
        return linked[:MOST]
    found = [text.getparent() for text in _texts(root) if len(text) < SHORT and _WORDS.search(text)]
    found += [script for script in _scripts(root) if written(script.text or "")]
    if not found:
        named = (e for e in _classed(root) if _PAGER.search(f"{e.get('class')} {e.get('id')}"))
        found = [e for e in islice(named, MOST) if len(text := text_of(e)) < SHORT and re.search(r"\d|[>›»]", text)]
    return [element for element in found if element is not None][:MOST]


def next_link(root: _Element, links: list[Link], calls: Calls) -> str | ListRequest | None:
    """What the page's own next link asks for; null when there is none or it leads nowhere new."""
    url, base = calls.url, calls.base
    texts = {link.element: link.text for link in links}
    ranked: dict[int, str | ListRequest] = {}
    arrows = 0
    for element in root.iter("a", "input", "button", "area", "link"):
        rank = _rank(element, texts.get(element))
        if rank is None or rank in ranked or _is_disabled(element):
            continue
        if 2 <= rank < MORE:
            arrows += 1
            if arrows > MOST or not _in_pager(element):
                continue
        address = _address(element)
        found = resolve(base, address) if address else _by_call(element, calls) or url
        if _is_new(url, found) and (rank < MORE or same_list(url, str(found))):
            ranked[rank] = found
            if rank == 0:
                break
    if 0 not in ranked:
        for element in islice(_clickable(root), 100):
            address = _address(element)
            if address and _rank(element, None) == 0 and _is_new(url, found := resolve(base, address)):
                return found
    return ranked[min(ranked)] if ranked else None


def _rank(element: _Element, text: str | None) -> int | None:
    """How surely an element is the next link: 0 says 下一页, 1 is marked so for machines or in words nobody sees; in a pager
    also 2, named so, and 3, an arrow; 4 (MORE) loads more; null: it is not."""
    if text is None:
        text = text_of(element)[:100] or element.get("value") or ""
    if len(text) > 20:
        return None
    if (seen := bare(text)) and _NEXT.match(seen):
        return 0
    if "next" in (element.get("rel") or "").lower().split():
        return 1
    if element.tag == "link" or seen:
        return 3 if _ARROW.match(seen) else MORE if _LOAD_MORE.fullmatch(seen) else None
    said = (element.get("title"), element.get("aria-label"), *(image.get("alt") for image in element.iter("img")))
    if any(_NEXT.match(bare(words[:20])) for words in said if words):
        return 1
    return 2 if _CLASS_NEXT.search(element.get("class") or "") else None


def _in_pager(element: _Element) -> bool:
    """An arrow may be a breadcrumb's or a slider's: believed only inside what is named a pager or has page numbers around it."""
    around = [element, *islice(element.iterancestors(), 4)]
    if any(_PAGER.search(f"{e.get('class')} {e.get('id')}") for e in around):
        return True
    return any(
        bare(text_of(e)[:12]).isdigit() for above in around[1:3] for e in islice(above.iter("a", "span", "b"), 20)
    )


def _is_disabled(element: _Element) -> bool:
    above = element.getparent()
    near = f"{element.get('class') or ''} {(above.get('class') or '') if above is not None and above.tag in ('li', 'span') else ''}"
    hidden = _HIDDEN.search(element.get("style") or "") is not None or element.get("aria-disabled") == "true"
    return hidden or element.get("disabled") is not None or _DISABLED.search(near) is not None


def _address(element: _Element) -> str | None:
    href = (element.get("href") or "").strip()
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return href
    for script in (element.get("onclick") or "", href):
        if found := _IN_SCRIPT.search(script[:LONGEST]):
            return found[1]
    return next((a.strip() for name in _ADDRESSES if (a := element.get(name)) and re.search(r"[./?]", a)), None)


def _by_call(element: _Element, calls: Calls) -> str | ListRequest | None:
    """What the script of an element without an address asks for."""
    href = (element.get("href") or "").strip()
    scripts = (element.get("onclick") or "", href[11:] if href.lower().startswith("javascript:") else "")
    return next((found for script in scripts if script and (found := calls.follow(element, script))), None)


def _is_new(url: str, found: str | ListRequest) -> bool:
    """Whether what was found is on the same host and not what is here already. A request with a form always is something new."""
    if isinstance(found, ListRequest):
        return _same_host(url, found.url)
    return is_elsewhere(url, found) and _same_host(url, found)


def is_elsewhere(url: str, found: str) -> bool:
    """Whether an address is a page of the web other than `url`."""
    return _bare_address(found) != _bare_address(url) and found.lower().startswith("http")


def _bare_address(url: str) -> str:
    return re.sub(r"/index\.s?html?$", "", url.split("#")[0]).rstrip("/")


def _same_host(url: str, other: str) -> bool:
    try:
        return urlsplit(url).netloc.removeprefix("www.") == urlsplit(other).netloc.removeprefix("www.")
    except ValueError:
        return False


def by_number(url: str, base: str, links: list[Link]) -> str | None:
    """In a pager, the link of the number after the one that is shown; else what a double arrow leads to."""
    holders: dict[_Element, dict[int, str]] = defaultdict(dict)
    for link in links:
        if (holder := _holder(link)) is not None and same_list(url, found := resolve(base, link.href)):
            holders[holder].setdefault(_page_number(link.text) or 0, found)
    for holder, numbers in islice(holders.items(), MOST):
        for here in _shown_numbers(holder, url, numbers):
            if (following := numbers.get(here + 1)) and is_elsewhere(url, following):
                return following
    for link in links:
        if _FAR_ARROW.match(link.text) and _in_pager(link.element) and not _is_disabled(link.element):
            found = resolve(base, link.href)
            return found if is_elsewhere(url, found) and same_list(url, found) and not holders else None
    return None


def _holder(link: Link) -> _Element | None:
    """What holds the numbers of which this link is one; null for a link that is no number."""
    if _page_number(link.text) is None:
        return None
    parent = link.element.getparent()
    return parent.getparent() if parent is not None and parent.tag in ("li", "td", "span") else parent


def _shown_numbers(holder: _Element, url: str, numbers: dict[int, str]) -> Iterator[int]:
    """Numbers in a pager that lead nowhere or are marked as the current one."""
    for element in islice(holder.iter("span", "a", "b", "strong", "em", "li", "font", "td", "i"), 100):
        number = _page_number(text_of(element)[:20])
        if number is None:
            continue
        inner = element if element.tag == "a" else next(element.iter("a"), None)
        if inner is None or not _address(inner) or any(_CURRENT.search(e.get("class") or "") for e in (element, inner)):
            yield number
    if holder.text and (said := _HERE.search(holder.text)):
        yield int(said[1])
    yield from (int(said[1]) for part in islice(holder, 100) if (said := _BETWEEN.search(part.tail or "")))
    yield from (number for number, found in numbers.items() if not is_elsewhere(url, found))


def _page_number(text: str) -> int | None:
    """The number of a link to a page: 2, [2], 第2页."""
    found = _NUMBER.fullmatch(text.strip()) if len(text) < 24 else None
    return int(found[1]) if found else None


def by_select(root: _Element, calls: Calls) -> str | ListRequest | None:
    """The page after the one shown in a box of pages that leads where one chooses."""
    url, base = calls.url, calls.base
    for box in islice(root.iter("select"), MOST):
        script = box.get("onchange") or ""
        options = {n: o for o in box.iter("option") if (n := _page_number(text_of(o)[:20])) is not None}
        if not script or len(options) < 2:
            continue
        addresses = {n: resolve(base, v) for n, o in options.items() if re.search(r"[./?]", v := o.get("value") or "")}
        chosen = [n for n, o in options.items() if o.get("selected") is not None]
        here = chosen or [n for n, found in addresses.items() if not is_elsewhere(url, found)]
        if not here or here[0] + 1 not in options:
            continue
        if addresses:
            found: str | ListRequest | None = addresses.get(here[0] + 1)
        else:
            value = options[here[0] + 1].get("value") or str(here[0] + 1)
            found = calls.follow(box, _CHOSEN.sub(f"'{value}'", script))
        if found and _is_new(url, found):
            return found
    return None


def page_count(html: str, found: list[_Element]) -> int | None:
    """How many pages the list says it has, or null; what a script writes from numbers is known already. found: elements of its
    pager."""
    if total := _TOTAL_PAGE.search(html):
        return int(total[1])
    texts = [fold(text) for text in map(_around, found) if text]
    for pattern in _COUNTS:
        for text in texts:
            if count := pattern.search(text):
                return int(count[1])
    named = any(name in html for name in ("countPage", "pageCount", "totalPage", "totalpage"))
    return int(variable[1]) if named and (variable := _VARIABLE.search(html)) else None


def _around(element: _Element) -> str:
    """The text of a pager around one of its elements."""
    text = ""
    for at in (element, *islice(element.iterancestors(), 3)):
        wider = text_of(at) if at.tag not in ("script", "style") else ""
        if len(wider) > SHORT:
            break
        text = wider
    return text


def same_list(url: str, other: str) -> bool:
    """Whether two addresses can be pages of one list: same host, and one's folder within the other's."""
    try:
        a, b = urlsplit(urljoin(url, ".")), urlsplit(urljoin(other, "."))
    except ValueError:
        return False
    return _same_host(url, other) and (a.path.startswith(b.path) or b.path.startswith(a.path))
