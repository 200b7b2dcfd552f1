"""Replies of list endpoints in JSON or XML: rows as objects, or a fragment of HTML in one of the strings.

May import: model, text, lxml, its neighbours in this room.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import etree
from lxml.etree import _Element

from govnews.extraction.markup import parse
from govnews.extraction.row_objects import children, items_of, object_lists
from govnews.extraction.rows import find_rows
from govnews.model import ListItem

DEEP = 8
"""Levels of a reply that are looked at."""
FRAGMENTS = 5
"""Strings with links that are read as HTML, longest first."""

_COUNTS = "totalpage totalpages pagecount pages pagetotal".split()
_JSONP = re.compile(r"[\w.$]{1,60}\(\s*(?=[\[{])")
_XML = re.compile(r"<(?:\?xml|rss|feed)\b", re.IGNORECASE)
_NO_DATA = re.compile(r"<(?:html|!doctype html|record)\b", re.IGNORECASE)


def read_reply(text: str) -> Any:
    """The value of a JSON, JSONP or XML reply; null when it is none."""
    if _XML.match(text):
        return None if _NO_DATA.search(text[:100_000]) else _read_xml(text)
    if call := _JSONP.match(text):
        text = text[call.end() :].rstrip().rstrip(";").removesuffix(")")
    return _read_json(text)


def rows_of_reply(reply: Any, url: str) -> list[ListItem]:
    """The rows of a reply in its order: the list with the most days, of objects or of HTML."""
    reply = _unpacked(reply, 0)
    best = max((items_of(rows, url) for rows in object_lists(reply, DEEP)), key=_worth, default=[])
    if any(item.date for item in best):
        return best
    fragments = (unescape(s) if "&lt;" in s and "<" not in s else s for s in _strings(reply))
    linked = sorted((s for s in fragments if "<a" in s or "<A" in s), key=len, reverse=True)
    return max([best, *(find_rows(parse(html), url, least=0.5) for html in linked[:FRAGMENTS])], key=_worth)


def page_count(reply: Any) -> int | None:
    """How many pages a reply says there are, or null."""
    for key, value in _numbers(reply):
        if key in _COUNTS:
            return value
    return None


def _worth(items: list[ListItem]) -> tuple[int, int]:
    return sum(item.date is not None for item in items), len(items)


def _read_json(text: str) -> Any:
    if text[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _read_xml(text: str) -> Any:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return {_local(root): [_value(root, 0)]} if root is not None else None


def _value(element: _Element, depth: int) -> Any:
    """An element as data: its text; the address of an empty link; else an object of its attributes and children, which are
    lists where they are objects in turn."""
    inner = [child for child in element if isinstance(child.tag, str)] if depth < DEEP else []
    if not inner:
        text = (element.text or "").strip()
        return text or element.get("href") or dict(element.attrib) or None
    value: dict[str, Any] = {str(name): str(text) for name, text in element.attrib.items()}
    for child in inner:
        found = _value(child, depth + 1)
        if isinstance(found, dict):
            rows = value.setdefault(_local(child), [])
            if isinstance(rows, list):
                rows.append(found)
        elif found is not None:
            value.setdefault(_local(child), found)
    return value


def _local(element: _Element) -> str:
    return etree.QName(element).localname


def _unpacked(value: Any, depth: int) -> Any:
    """The value with strings that are JSON themselves read."""
    if isinstance(value, str) and len(value) > 20 and (inner := _read_json(value.strip())) is not None:
        value = inner
    if depth >= DEEP or not isinstance(value, (dict, list)):
        return value
    if isinstance(value, dict):
        return {key: _unpacked(child, depth + 1) for key, child in value.items()}
    return [_unpacked(child, depth + 1) for child in value]


def _strings(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(child, str) for child in value):
        yield "".join(value)
    elif depth <= DEEP:
        for child in children(value):
            yield from _strings(child, depth + 1)


def _numbers(value: Any, depth: int = 0) -> Iterator[tuple[str, int]]:
    """Named whole numbers of a reply, outer ones first."""
    if isinstance(value, dict):
        for key, child in value.items():
            if str(child).isdecimal() and len(str(child)) <= 9:
                yield str(key).replace("_", "").lower(), int(child)
    if depth <= DEEP:
        for child in children(value):
            if isinstance(child, (dict, list)):
                yield from _numbers(child, depth + 1)
