"""Markup to a tree: one tolerant parse for everything that reads a page.

May import: lxml, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from lxml import etree
from lxml.etree import _Element, _ElementUnicodeResult

DEEPEST = 2048
"""libxml2 stops nesting here, in silence, even with huge_tree; deeper pages are flagged `too_deep`."""

_CONTROLS = tuple(bytes([code]) for code in (*range(9), 11, 12, *range(14, 32), 127))
"""Sought one by one: for a single byte that is quicker than any pass over the page in Python's own terms."""
_CONTROL = bytes.maketrans(b"".join(_CONTROLS), b" " * len(_CONTROLS))
_ENDING = re.compile(rb"</(?:body|html)")
_END = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_PARSER = etree.HTMLParser(recover=True, encoding="utf-8", huge_tree=True, remove_pis=True)
TRAILER = 40
"""Characters after an end tag of the document that may be a comment or blanks."""
_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|table|span|a|ul|li|meta|title|br|script|h[1-6]|td|font|section|article|img|center|form|iframe|style|dl|\?xml|!--)\b",
    re.IGNORECASE,
)


def parse(html: str) -> _Element:
    """The root of a text's tree, as parse_bytes gives it."""
    return parse_bytes(html.encode("utf-8", "replace"))


def parse_bytes(html: bytes) -> _Element:
    """The root of the tree of a page in UTF-8; an empty `html` element for text that gives none. Never raises.

    Control characters would end the parse (c017-like pages: a script with 0x10 in it), and an XML declaration would change
    the parser's mind about the charset, so both are taken out first. So are end tags of `body` and `html` in the middle of a
    page (a header include with its own document, a pasted page): the parser drops all that follows them.
    """
    try:
        root = etree.fromstring(_clean(html, html.lower()), parser=_PARSER)
    except (etree.XMLSyntaxError, ValueError, MemoryError):
        root = None
    return root if root is not None else etree.Element("html")


def telling(target: object) -> etree.HTMLParser:
    """A parser that tells a target what parse_bytes would make a tree of, and makes none. To make one costs as much as a small page:
    whoever reads many keeps it."""
    return etree.HTMLParser(target=target, recover=True, encoding="utf-8", huge_tree=True, remove_pis=True)  # type: ignore[arg-type]


def feed(html: bytes, lowered: bytes, parser: etree.HTMLParser) -> None:
    """Lets such a parser read a page. lowered: html in small letters. Raises only what the target raises; the parser is of no more
    use then."""
    try:
        etree.fromstring(_clean(html, lowered), parser=parser)
    except (etree.XMLSyntaxError, ValueError, MemoryError):
        return


def _clean(html: bytes, lowered: bytes) -> bytes:
    clean = html.translate(_CONTROL) if any(character in html for character in _CONTROLS) else html
    return _END.sub(b"", clean) if _ends_early(lowered) else clean


def is_markup(text: str) -> bool:
    """Whether the text is HTML rather than the plain-text rendering of a page."""
    return _MARKUP.search(text) is not None


def _ends_early(lowered: bytes) -> bool:
    """Whether an end tag of the document has more than a comment or blanks behind it. Nearly no page has."""
    return _ENDING.search(lowered, 0, max(0, len(lowered) - TRAILER)) is not None


def elements(path: str) -> Callable[[_Element], list[_Element]]:
    """A compiled XPath that selects elements; so typed, since what an XPath gives depends on its text."""
    return cast("Callable[[_Element], list[_Element]]", etree.XPath(path))


def strings(path: str) -> Callable[[_Element], list[str]]:
    """A compiled XPath that selects texts, as plain strings."""
    return cast("Callable[[_Element], list[str]]", etree.XPath(path, smart_strings=False))


def text_nodes(path: str) -> Callable[[_Element], list[_ElementUnicodeResult]]:
    """A compiled XPath that selects texts which know the element they stand in."""
    return cast("Callable[[_Element], list[_ElementUnicodeResult]]", etree.XPath(path))


def truth(path: str) -> Callable[[_Element], bool]:
    """A compiled XPath of a condition."""
    return cast("Callable[[_Element], bool]", etree.XPath(path))


text_of = cast("Callable[[_Element], str]", etree.XPath("string()", smart_strings=False))
"""All text within an element, scripts included: XPath's `string()`, in C."""
