"""Replies of list endpoints in JSON: rows as objects, or a fragment of HTML in one of the strings.

May import: model, text, its neighbours in this room.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from govnews.extraction.links import resolve
from govnews.extraction.markup import parse
from govnews.extraction.rows import find_rows
from govnews.model import ListItem
from govnews.text.dates import CHINA, list_date, read_time
from govnews.text.folding import squeeze

DEEP = 8
"""Levels of a reply that are looked at."""

_TITLES = "title articletitle infotitle doctitle newstitle subject bt biaoti mc name".split()
_ADDRESSES = "url link href linkurl articleurl posturl docpuburl pageurl infourl newsurl detailurl visiturl htmlurl contenturl".split()
_DATES = (
    "publishedtimestr publishedtime publishtime pubtime pubdate displaypublishtime firstpublishtime releasedate releasetime "
    "docreltime docpubtime infodate webdate newsdate fbsj fbrq rq date time createdat createdate createtime addtime inputtime"
).split()
_COUNTS = "totalpage totalpages pagecount pages pagetotal".split()
_JSONP = re.compile(r"[\w.$]{1,60}\(\s*(?=[\[{])")
_TAG = re.compile(r"<[^<>]{0,200}>")
_ZONED = re.compile(r"T\d\d:\d\d.*(?:Z|\+00:?00)$")


def read_reply(text: str) -> Any:
    """The value of a JSON or JSONP reply; null when it is none."""
    if call := _JSONP.match(text):
        text = text[call.end() :].rstrip().rstrip(";").removesuffix(")")
    if text[:1] not in "{[":
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def rows_of_reply(reply: Any, url: str) -> list[ListItem]:
    """The rows of a reply in its order."""
    items = max((items_of(rows, url) for rows in _object_lists(reply)), key=len, default=[])
    if items:
        return items
    html = max((s for s in _strings(reply) if "<a" in s or "<A" in s), key=len, default="")
    return find_rows(parse(html), url, least=0.5) if html else []


def items_of(rows: list[dict[str, Any]], url: str) -> list[ListItem]:
    """Objects with a title and an address as rows; others are left out."""
    return [item for row in rows if (item := _item(row, url))]


def page_count(reply: Any) -> int | None:
    """How many pages a reply says there are, or null."""
    for key, value in _numbers(reply):
        if key in _COUNTS:
            return value
    return None


def _item(row: dict[str, Any], url: str) -> ListItem | None:
    fields = {name.replace("_", "").lower(): value for name, value in row.items() if isinstance(value, (str, int))}
    title = next((t for k in _TITLES if (t := squeeze(_TAG.sub("", str(fields.get(k) or ""))))), "")
    address = next((a for k in _ADDRESSES if (a := str(fields.get(k) or "").strip())), "")
    if not title or not address or ("/" not in address and "." not in address):
        return None
    return ListItem(resolve(url, address), title, next((d for k in _DATES if (d := _day(fields.get(k)))), None))


def _day(value: Any) -> str | None:
    """The day of a printed or Unix time (seconds or milliseconds), in China."""
    text = str(value or "").strip()
    if text.isascii() and text.isdigit() and len(text) in (10, 13):
        return datetime.fromtimestamp(int(text[:10]), UTC).astimezone(CHINA).date().isoformat()
    if _ZONED.search(text):
        moment = read_time(text)
        return moment.day if moment else None
    return list_date(text[:19]) if text else None


def _children(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _object_lists(value: Any, depth: int = 0) -> Iterator[list[dict[str, Any]]]:
    if depth > DEEP:
        return
    if isinstance(value, list) and (objects := [child for child in value if isinstance(child, dict)]):
        yield objects
    for child in _children(value):
        if isinstance(child, (dict, list)):
            yield from _object_lists(child, depth + 1)


def _strings(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth <= DEEP:
        for child in _children(value):
            yield from _strings(child, depth + 1)


def _numbers(value: Any, depth: int = 0) -> Iterator[tuple[str, int]]:
    """Named whole numbers of a reply, outer ones first."""
    if isinstance(value, dict):
        for key, child in value.items():
            if str(child).isdecimal() and len(str(child)) <= 9:
                yield str(key).replace("_", "").lower(), int(child)
    if depth <= DEEP:
        for child in _children(value):
            if isinstance(child, (dict, list)):
                yield from _numbers(child, depth + 1)
