"""Rows that stand in a list page but not in its tree: CDATA records, an HTML comment, templates and data in scripts.

The page shows them by script; a parser of HTML sees none of them. May import: model, lxml, its neighbours in this room.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any

from lxml import etree
from lxml.etree import _Element

from govnews.extraction.markup import is_markup, parse
from govnews.extraction.row_objects import items_of
from govnews.extraction.rows import find_rows
from govnews.model import ListItem

FEWEST = 3
"""Dated rows from which an unseen list is believed."""
ARRAYS = 20
"""Arrays of objects that are tried in one script."""

_RECORD = re.compile(r"<record>", re.IGNORECASE)
_RECORD_END = re.compile(r"(?:\]\]>)?\s*</record>", re.IGNORECASE)
_LINK = re.compile(r"<a\s[^<>]{0,400}href", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\"'/])")
_LESS = re.compile(r"\\u003[cC]")
_BREAK = re.compile(r"\\[nrt]")
_WRITTEN = re.compile(r"""["']\s*\)?\s*;?\s*(?:document\.writeln?\(\s*|\+)?\s*["']""")
_ARRAY = re.compile(r"\[\s*\{")
_PAIR = re.compile(
    r"""([{}])|["']?([A-Za-z_]\w{0,40})["']?\s*:\s*(?:"((?:[^"\\\n]|\\.){0,2000})"|'((?:[^'\\\n]|\\.){0,2000})'|(\d{1,13}))"""
)


def from_records(text: str, url: str) -> list[ListItem]:
    """Rows in `<record><![CDATA[…]]></record>` (Hanweb and its like): what stands there is a row, whatever it looks like."""
    if "<record>" not in text and "<RECORD>" not in text:
        return []
    pieces = _RECORD.split(text)[1:]
    records = (_RECORD_END.split(piece, maxsplit=1)[0].strip().removeprefix("<![CDATA[") for piece in pieces)
    rows = (f"<div class='record'>{r if '<' in r else unescape(r)}</div>" for r in records)
    return find_rows(parse("<ul>" + "".join(rows) + "</ul>"), url, least=0.1)


def unseen_rows(root: _Element, text: str, url: str, fewest: int = FEWEST) -> list[ListItem]:
    """The longest dated list in a comment, a template or a script; empty when there is none. text: the page's source, which may
    be a script itself. fewest: rows from which a list of data is believed."""
    lists = [*_in_comments(root, url)]
    scripts = [element.text or "" for element in root.iter("script", "textarea")] if is_markup(text) else [text]
    for script in scripts:
        lists += _in_script(script, url, fewest)
    return max(lists, key=len, default=[])


def _in_comments(root: _Element, url: str) -> Iterator[list[ListItem]]:
    """Lists in comments that are all their element holds: a script shows them from there."""
    alone: dict[_Element, bool] = {}
    for comment in root.iter(etree.Comment):
        text, parent = comment.text or "", comment.getparent()
        if parent is None or not has_links(text):
            continue
        if parent not in alone:
            alone[parent] = all(isinstance(c, etree._Comment) or c.tag == "script" for c in parent)
        if alone[parent] and is_list(items := find_rows(parse(text), url)):
            yield items


def _in_script(text: str, url: str, fewest: int) -> Iterator[list[ListItem]]:
    """Lists in `<script type="text/xml">` and its like, in a textarea, in HTML that a script holds as strings, in arrays of data."""
    if "\\u003" in text:
        text = _LESS.sub("<", text).replace("\\u003e", ">").replace("\\u003E", ">")
    if has_links(text):
        html = text.replace("<![CDATA[", "").replace("]]>", "")
        if "document.write" in html or "+=" in html or "\\" in html:
            html = _WRITTEN.sub("", _BREAK.sub(" ", _ESCAPE.sub(r"\1", html)))
        if is_list(items := find_rows(parse(html), url)):
            yield items
            return
    for rows in _data(text):
        if is_list(items := items_of(rows, url), fewest):
            yield items
            return


def has_links(text: str) -> bool:
    """Whether a text holds at least as many links as a list has rows."""
    return len(list(islice(_LINK.finditer(text), FEWEST))) == FEWEST


def is_list(items: list[ListItem], fewest: int = FEWEST) -> bool:
    """Whether unseen rows are believed."""
    return sum(item.date is not None for item in items) >= fewest


def _data(script: str) -> Iterator[list[dict[str, Any]]]:
    """Lists of objects in a script: JSON, else object literals."""
    if not _ARRAY.search(script):
        return
    decoder = json.JSONDecoder()
    for start in islice(_ARRAY.finditer(script), ARRAYS):
        try:
            value, _ = decoder.raw_decode(script, start.start())
        except (ValueError, RecursionError):
            continue
        yield [row for row in value if isinstance(row, dict)]
    yield _literals(script)


def _literals(script: str) -> list[dict[str, Any]]:
    """Objects with quoted strings in any manner of JavaScript, those without objects in them."""
    objects: list[dict[str, Any]] = []
    for brace, key, double, single, number in _PAIR.findall(script):
        if brace == "{":
            objects.append({})
        elif key and objects:
            objects[-1][key] = _ESCAPE.sub(r"\1", double or single) or number
    return [found for found in objects if len(found) > 1]
