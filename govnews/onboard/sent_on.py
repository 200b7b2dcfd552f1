"""Where a front page sends its reader: a refresh, a script that goes there at once, a picture to be clicked. Pure.

Nothing is run: an address is a string, or a variable that the page sets to one. May import: words.py, extraction, text, lxml, the
standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from govnews.extraction.links import resolve
from govnews.extraction.markup import text_of
from govnews.onboard.words import ENTER
from govnews.text.folding import squeeze

FEW_LINKS = 8
"""With more links than this a page is one to stay on, whatever its scripts say of `location`."""
LONGEST = 600
"""Characters of a script from which an address behind a condition or in a function is not gone to at once."""

_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"\s;]+)", re.IGNORECASE)
_OWNER = r"(?:(?:window|self|top|document|parent)\s*\.\s*)*"
_GOES = re.compile(
    rf"{_OWNER}location(?:\.href)?\s*=\s*(?:['\"]([^'\"]+)['\"]|([A-Za-z_$][\w$]*)\s*(?:[;}}\n]|$))"
    r"|location\.(?:replace|assign)\(\s*(?:['\"]([^'\"]+)['\"]|([A-Za-z_$][\w$]*))",
    re.IGNORECASE,
)
_VARIABLE = r"\b{name}\s*=\s*['\"]([^'\"\n]+)['\"]"
_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_FUNCTION = re.compile(r"\bfunction\b|\bif\s*\(|=>|onclick", re.IGNORECASE)
_PHONE = re.compile(r"userAgent|mobile|android|iphone|ipad|MicroMessenger", re.IGNORECASE)
_ELSE = re.compile(r"\}?\s*else\b(?!\s*if)")
_ENTER = re.compile(ENTER, re.IGNORECASE)


def sent_to(root: _Element, base: str, links: int) -> str | None:
    """The address a page sends its reader to, or null. links: how many it has."""
    for meta in root.iter("meta"):
        quiet = any(above.tag == "noscript" for above in meta.iterancestors())
        if quiet or (meta.get("http-equiv") or "").lower() != "refresh":
            continue
        if found := _REFRESH.search(meta.get("content") or ""):
            return resolve(base, found[1])
    if links > FEW_LINKS:
        return None
    scripts = [s.text or "" for s in root.iter("script")]
    handlers = [(body.get("onload") or "") for body in root.iter("body")]
    for script in [*handlers, *scripts]:
        if address := next(_addresses(_COMMENT.sub("", script), "\n".join(scripts)), None):
            return resolve(base, address)
    return next((resolve(base, link.get("href") or "") for link in root.iter("a", "area") if _enters(link)), None)


def _addresses(said: str, every: str) -> Iterator[str]:
    """Addresses a script goes to, in its order; not those for phones. every: all scripts of the page, for variables."""
    for found in _GOES.finditer(said):
        before = said[: found.start()]
        if _FUNCTION.search(before) and len(said) > LONGEST:
            continue
        if _PHONE.search(_ELSE.split(before)[-1]):
            continue
        written, name = found[1] or found[3], found[2] or found[4]
        if name and (variable := re.search(_VARIABLE.format(name=re.escape(name)), every)):
            written = variable[1]
        if written:
            yield written


def _enters(link: _Element) -> bool:
    """Whether a link of a front page says that behind it is the site."""
    pictures = (image.get(name) or "" for image in link.iter("img") for name in ("alt", "title"))
    said = (text_of(link)[:20], link.get("title") or "", link.get("alt") or "", *pictures)
    here = (link.get("href") or "").strip()
    return bool(here) and not here.startswith(("#", "javascript:")) and any(_ENTER.fullmatch(squeeze(s)) for s in said)
