"""What a page leads to: its links with the names under which they stand, its frames, where it sends its reader on. Pure.

May import: words.py, extraction, text, lxml, the standard library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from govnews.extraction import host_of
from govnews.extraction.links import base_of, read_links, resolve
from govnews.extraction.markup import parse, text_of
from govnews.onboard.words import MORE
from govnews.text.decode import decode
from govnews.text.folding import count_han, fold, squeeze

LONGEST_NAME = 12
"""Chinese characters from which a text is a headline, not a column's name."""
LONGEST_HEADING = 8
"""The same for the first text of a block with a 更多, which may be its first headline."""
_MORE = re.compile(MORE, re.IGNORECASE)
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"\s;]+)", re.IGNORECASE)
_GOES = re.compile(
    r"(?:(?:window|self|top|document|parent)\s*\.\s*)*location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]"
    r"|location\.(?:replace|assign)\(\s*['\"]([^'\"]+)['\"]",
    re.IGNORECASE,
)
_SCRIPT_TAIL = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_FUNCTION = re.compile(r"\bfunction\b|\bif\s*\(|=>|onclick", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[\s|>»«<·•\-—_【】\[\]()（）:：]+")


@dataclass(frozen=True, slots=True)
class Way:
    """One link under a name. at: its place among the page's links. more: it says 更多, the name is its block's, or "" when that has none."""

    name: str
    url: str
    at: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Front:
    """What a page leads to. title: its `<title>`. text: all that is visible. heads: links with the length of headlines. frames:
    addresses of frames. sent_to: where it sends its reader without asking, or null."""

    url: str
    title: str
    text: str
    ways: tuple[Way, ...] = ()
    heads: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    sent_to: str | None = None
    codes: tuple[str, ...] = field(default=())


def read_front(body: bytes, url: str) -> Front:
    """A page's links, frames and where it sends on."""
    source = decode(body).text
    root = parse(source)
    base = base_of(root, url)
    ways: list[Way] = []
    heads: list[str] = []
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
    visible = _visible(root)
    return Front(
        url,
        squeeze(" ".join(text_of(t) for t in root.iter("title"))),
        visible,
        tuple(ways),
        tuple(heads),
        _frames(root, base),
        _sent_to(root, base, len(ways) + len(heads)),
        tuple(squeeze(m.get("content") or "") for m in root.iter("meta") if _names_site(m)),
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
    return next((image.get("alt") or "" for image in link.iter("img")), "")


def _heading_of(link: _Element) -> str:
    """The first short text of the smallest block around a 更多 that has one; "" when a headline comes first."""
    around = link
    for _ in range(4):
        parent = around.getparent()
        if parent is None or parent.tag == "body":
            return ""
        own = set(link.iter())
        for element in parent.iter():
            if element in own or not isinstance(element.tag, str) or element.tag in ("script", "style"):
                continue
            text = squeeze(element.text or "")
            if text and not _MORE.fullmatch(text) and count_han(text):
                return text if 2 <= count_han(text) <= LONGEST_HEADING else ""
        around = parent
    return ""


def _frames(root: _Element, base: str) -> tuple[str, ...]:
    found = (resolve(base, f.get("src") or "") for f in root.iter("frame", "iframe") if f.get("src"))
    return tuple(dict.fromkeys(u for u in found if u.startswith("http")))


FEW_LINKS = 8
"""With more links than this a page is one to stay on, whatever its scripts say of `location`."""


def _sent_to(root: _Element, base: str, links: int) -> str | None:
    """The address of a meta refresh, or of a script that goes there at once, on a page with hardly a link."""
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh" and (
            found := _REFRESH.search(meta.get("content") or "")
        ):
            return resolve(base, found[1])
    if links > FEW_LINKS:
        return None
    handlers = [(body.get("onload") or "") for body in root.iter("body")]
    for script in [*handlers, *((s.text or "") for s in root.iter("script"))]:
        said = _SCRIPT_TAIL.sub("", script)
        if (found := _GOES.search(said)) and not (_FUNCTION.search(said[: found.start()]) and len(said) > 600):
            return resolve(base, found[1] or found[2])
    return None


def same_host(url: str, hosts: set[str]) -> bool:
    """Whether an address is on one of the hosts (as host_of gives them)."""
    return host_of(url) in hosts
