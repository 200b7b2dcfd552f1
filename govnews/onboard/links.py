"""What a page leads to: its links with the names under which they stand, its frames, where it sends its reader on. Pure.

May import: words.py, sent_on.py, extraction, text, lxml, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element

from govnews.extraction.links import base_of, read_links, resolve
from govnews.extraction.markup import elements, parse, text_nodes, text_of
from govnews.onboard.sent_on import sent_to
from govnews.onboard.words import MORE
from govnews.text.decode import decode
from govnews.text.folding import count_han, fold, squeeze

LONGEST_NAME = 12
"""Chinese characters from which a text is a headline, not a column's name."""
LONGEST_HEADING = 8
"""The same for the first text of a block with a 更多, which may be its first headline."""
LAST = 100_000
"""Place of what is no link of the tree."""
LONGEST_SCRIPT = 100_000
"""Characters of a script that are searched for links."""
_MORE = re.compile(MORE, re.IGNORECASE)
_IN_SCRIPT = re.compile(
    r"""href=\\?["']?([^"'\\\s<>]{1,200})\\?["']?[^<>]{0,100}>([^<>]{2,12})<"""
    r"""|["']?(?:name|title|text)["']?\s*:\s*["']([^"']{2,12})["']\s*,\s*["']?(?:url|href|link)["']?\s*:\s*["']([^"']{1,200})["']"""
    r"""|["']?(?:url|href|link)["']?\s*:\s*["']([^"']{1,200})["']\s*,\s*["']?(?:name|title|text)["']?\s*:\s*["']([^"']{2,12})["']"""
    r"""|[\[(,]\s*["']([\u4e00-\u9fff\s]{2,12})["']\s*,\s*["']([^"'\s<>]{0,200}[/.?][^"'\s<>]{0,200})["']""",
    re.IGNORECASE,
)
_CLICKED = ("data-href", "data-url", "data-link")
"""Attributes by which a script knows where an element leads."""
_DATA = re.compile(r"\.(?:js|json|css|png|jpe?g|gif|mp4)(?:$|\?)|^javascript:", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[\s|>»«<·•\-—_【】\[\]()（）:：]+")
_clicked = elements(" | ".join(f".//*[@{name}][not(self::a)]" for name in _CLICKED))
_texts = text_nodes(".//text()[normalize-space()][not(parent::script or parent::style)]")


@dataclass(frozen=True, slots=True)
class Way:
    """One link under a name. at: its place among the page's links. more: it says 更多, the name is its block's, or "" when that has none."""

    name: str
    url: str
    at: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Front:
    """What a page leads to. title: its `<title>`. text: all that is visible. heads: links with the length of headlines; told: where
    these lead, and those that may be short headlines. frames: addresses of frames. sent_to: where it sends its reader without asking, or null."""

    url: str
    title: str
    text: str
    ways: tuple[Way, ...] = ()
    heads: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    sent_to: str | None = None
    codes: tuple[str, ...] = field(default=())
    told: tuple[str, ...] = ()


def read_front(body: bytes, url: str) -> Front:
    """A page's links, frames and where it sends on."""
    source = decode(body).text
    root = parse(source)
    base = base_of(root, url)
    ways: list[Way] = []
    heads: list[str] = []
    told: list[str] = []
    for at, link in enumerate(read_links(root)):
        address = resolve(base, link.href)
        if not address.startswith(("http://", "https://")):
            continue
        text = squeeze(link.text or link.title or _picture(link.element))
        if _MORE.fullmatch(text) or not text:
            ways.append(Way(tidy(_heading_of(link.element)), address, at, more=bool(text)))
        elif count_han(text) <= LONGEST_NAME:
            ways.append(Way(tidy(text), address, at))
        else:
            heads.append(text)
        if count_han(text) > LONGEST_HEADING:
            told.append(address)
    known = {way.url for way in ways}
    others = ((tidy(name), resolve(base, href)) for name, href in _hidden(root))
    ways += [Way(name, url, LAST) for name, url in others if url.startswith("http") and url not in known]
    visible = _visible(root)
    return Front(
        url,
        squeeze(" ".join(text_of(t) for t in root.iter("title"))),
        visible,
        tuple(ways),
        tuple(heads),
        _frames(root, base),
        sent_to(root, base, len(ways) + len(heads)),
        tuple(squeeze(m.get("content") or "") for m in root.iter("meta") if _names_site(m)),
        tuple(told),
    )


def tidy(name: str) -> str:
    """A name without blanks, marks and the signs of a menu: `· 要 闻 >>` → 要闻."""
    return _PUNCTUATION.sub("", fold(name))


def _names_site(meta: _Element) -> bool:
    return (meta.get("name") or "").lower() in ("siteidcode", "sitename")


def _visible(root: _Element) -> str:
    parts: list[str] = []
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "title"):
            parts.append(element.text or "")
        parts.append(element.tail or "")
    return squeeze(" ".join(parts))


def _picture(link: _Element) -> str:
    """What a picture in a link says it is."""
    return next((said for image in link.iter("img") if (said := image.get("alt") or image.get("title"))), "")


def _hidden(root: _Element) -> Iterator[tuple[str, str]]:
    """(name, address) of what leads on without being a link of the tree: areas of a picture, choices of a box, what a script writes."""
    for area in root.iter("area"):
        yield area.get("alt") or area.get("title") or "", area.get("href") or ""
    for choice in root.iter("option"):
        if "/" in (value := choice.get("value") or ""):
            yield text_of(choice), value
    for element in _clicked(root):
        address = next((said for name in _CLICKED if "/" in (said := element.get(name) or "")), "")
        if 2 <= count_han(name := text_of(element)) <= LONGEST_HEADING and not _DATA.search(address):
            yield name, address
    for script in root.iter("script"):
        source = (script.text or "")[:LONGEST_SCRIPT]
        for found in _IN_SCRIPT.finditer(source):
            name, address = found[2] or found[3] or found[6] or found[7], found[1] or found[4] or found[5] or found[8]
            yield name, address.replace("\\/", "/")


def _heading_of(link: _Element) -> str:
    """The first short text of the smallest block around a 更多 that has one; "" when a headline comes first."""
    own = set(link.iter())
    for parent in islice(link.iterancestors(), 4):
        if parent.tag == "body":
            return ""
        for node in _texts(parent):
            within = node.getparent() in own and not (node.is_tail and node.getparent() is link)
            text = squeeze(node)
            if not within and count_han(text) and not _MORE.fullmatch(text):
                return text if 2 <= count_han(text) <= LONGEST_HEADING else ""
    return ""


def _frames(root: _Element, base: str) -> tuple[str, ...]:
    found = (resolve(base, f.get("src") or "") for f in root.iter("frame", "iframe") if f.get("src"))
    return tuple(dict.fromkeys(u for u in found if u.startswith("http")))
