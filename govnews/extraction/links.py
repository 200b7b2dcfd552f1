"""The links of a page, read once for whoever looks for rows or for the next page, and the addresses they lead to.

May import: text, lxml, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml.etree import _Element

from govnews.extraction.markup import elements, strings, text_of, truth
from govnews.text.folding import count_han, squeeze

LONGEST = 2000
"""Characters from which an address or a text is none of a list's."""
TIMES = 4
"""How often the page's length may be read in all: links that hold links would make it quadratic."""

_CONFIRM = re.compile(r"confirm\(.{0,10}?(https?://[^\s'\"]+?)\s*(?:\\n|%5cn|\s|')", re.IGNORECASE)
_QUOTED = re.compile(r"""["']((?:https?:/)?/?[^"'\s]{3,300}?\.(?:s?html?|jhtml|jspx?|php|aspx?)[^"'\s]{0,200})["']""")
_UNRENDERED = re.compile(r"[$#]\{|\{\{|<%|\{\$|['\"]\s*\+|\+\s*['\"]")
_PLAIN = re.compile(r"(?:https?://[\w.:-]+)?/(?:[\w~-][\w~.-]*/)*(?:[\w~-][\w~.-]*)?")
_MORE = re.compile(
    r"[\[【(<«]?(?:更多|more|\+|(?:点击|继续)?(?:查看|阅读|浏览|了解)?(?:全文|原文|详情|详细|更多|内容)|(?:点击)?(?:查看|阅读|下载)|"
    r"首页|上一?[页頁条篇]|下一?[页頁条篇]|前一?页|后一?页|尾页|末页|返回\w{0,4}|关闭|打印|登录|注册|收藏|跳转|确定|搜索|\d{1,4}|[>»«<›‹.]+)"
    r"(?:内容|信息)?[\]】)>»›.…+\s]*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[\[【(〔][^\[\]【】()〔〕]{1,10}[\]】)〕]")
_CALL = re.compile(r"\w\(\s*[\"']?\w")
_STRING = re.compile(r"""["']([^"'<>]{6,300})["']""")
_NOWHERE = ("", "#", "#none", "javascript")


@dataclass(slots=True)
class Link:
    """An `a` that leads somewhere, or what leads there when clicked. href: as printed. text: what is seen. title: its `title`
    attribute. Texts are squeezed. words: how much of a title it says, by text or attribute; 0 for 更多, 下一页, [要闻] and the like."""

    element: _Element
    href: str
    text: str
    title: str
    words: int


def read_links(root: _Element, called: Callable[[_Element], str | None] = lambda _: None) -> list[Link]:
    """Every link with an address, in page order; an element that leads on when it is clicked is one too.

    called: gives the address of a link that has none but calls a function.
    """
    links = []
    left = TIMES * len(text_of(root))
    for element in _links_and_clicked(root) if _clicked(root) else root.iter("a"):
        href = address_of(element)
        if href is None and (href := called(element) if _CALL.search(_script(element)) else None) is None:
            continue
        text = text_of(element)
        left -= len(text)
        if left < 0:
            break
        if "document.write" in text:  # a title that a script cuts to size
            text = "".join(_said(element)) or next(iter(_STRING.findall(text)), "")
        text, title = squeeze(text[:LONGEST]), squeeze((element.get("title") or "")[:LONGEST])
        longer = title if len(title) > len(text) and not is_more(title) else text or _picture(element)
        links.append(Link(element, href, text, title, 0 if is_more(longer) else weight(longer)))
    return links


def _script(element: _Element) -> str:
    return f"{element.get('href') or ''} {element.get('onclick') or ''}"[:LONGEST]


_clicked = truth("boolean(//@onclick[parent::li or parent::div or parent::tr or parent::p])")
_links_and_clicked = elements(
    "//a | //*[@onclick][self::li or self::div or self::tr or self::p][not(.//a[@href]) and not(ancestor::a)]"
)
_said = strings(".//text()[not(parent::script) and normalize-space()]")


def _picture(link: _Element) -> str:
    """What a picture in a link says it is."""
    return next((squeeze(alt[:LONGEST]) for image in link.iter("img") if (alt := image.get("alt"))), "")


def weight(text: str) -> int:
    """How much of a title a text is: its Chinese characters, and a quarter of what is written in other letters."""
    han = count_han(text)
    return han + (len(text) - han) // 4


def is_more(text: str) -> bool:
    """Whether a link's text only leads on (更多, [查看全文], 下一页, 3) or is a bare label ([要闻]): no title."""
    return len(text) < 16 and (_MORE.fullmatch(text) is not None or _LABEL.fullmatch(text) is not None)


def address_of(link: _Element) -> str | None:
    """The address a link leads to, as printed; also one that a site copier or a script hides. Null for none."""
    href = (link.get("href") or "").strip()
    if len(href) > LONGEST or _UNRENDERED.search(href):
        return None
    if href.lower().split(":", 1)[0] not in _NOWHERE:
        return None if href.startswith("#") or href.lower().startswith(("mailto:", "tel:")) else href
    if copied := next((c.strip() for name in ("tppabs", "data-href", "data-url") if (c := link.get(name))), ""):
        return copied
    found = (
        _CONFIRM.search(href.replace("%27", "'"))
        or _QUOTED.search(href)
        or _QUOTED.search((link.get("onclick") or "")[:LONGEST])
    )
    return found[1] if found and not _UNRENDERED.search(found[1]) else None


def base_of(root: _Element, url: str) -> str:
    """What the page's addresses are relative to: its `<base href>`, else its own address."""
    base = root.find(".//base[@href]")
    return resolve(url, base.get("href") or "") if base is not None else url


def resolve(url: str, href: str) -> str:
    """An absolute address; what cannot be joined stays as printed. A redirecting search link gives its target (§3.2)."""
    href = href.strip().replace("\\", "/")
    if _PLAIN.fullmatch(href):  # nine links of ten need no joining, which is slow
        return href if href[0] == "h" else _origin(url) + href
    try:
        found = urljoin(url, href)
        if "/visit/link.do?" in found and (target := parse_qs(urlsplit(found).query).get("url")):
            return urljoin(url, target[0])
    except ValueError:
        return href
    return found


@lru_cache(16)
def _origin(url: str) -> str:
    return urljoin(url, "/").rstrip("/")
