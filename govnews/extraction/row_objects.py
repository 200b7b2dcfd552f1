"""Objects of data as list rows: what names a title, an address and a day, in whatever words a system uses.

May import: model, text, its neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from govnews.extraction.links import resolve
from govnews.extraction.page_asks import row_address
from govnews.model import ListItem
from govnews.text.dates import list_date, read_time
from govnews.text.folding import bare, squeeze
from govnews.text.moments import CHINA

_TITLES = "title articletitle infotitle doctitle newstitle fulltitle subject bt biaoti mc name".split()
_ADDRESSES = "url link href linkurl articleurl posturl docpuburl pageurl infourl newsurl detailurl visiturl htmlurl contenturl".split()
_DATES = (
    "publishedtimestr publishedtime publishtime publishdate pubtime pubdate published displaypublishtime firstpublishtime "
    "releasedate releasetime docreltime docpubtime infodate webdate newsdate fbsj fbrq rq date time createdat createdate createtime addtime inputtime"
).split()
_ADDRESS = re.compile(r"url|link|href")
_NO_ADDRESS = re.compile(
    r"ima?g|pic|photo|cover|logo|icon|thumb|video|audio|file|attach|channel|column|site|author|source"
)
_DATE = re.compile(r"date|time|rq$|sj$")
_NO_DATE = re.compile(r"upd|modif|edit|expir|end|start|begin|valid|write|del|over|times$|sync")
_TAG = re.compile(r"<[^<>]{0,200}>")
_HREF = re.compile(r"""<a\s[^<>]{0,200}?href=["']([^"'\s]{3,400})""", re.IGNORECASE)
_CUT = re.compile(r"(?:…|\.{2,6})\s*$")
_ZONED = re.compile(r"T\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$")
_MAIL = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} ")


def items_of(rows: list[dict[str, Any]], url: str) -> list[ListItem]:
    """Objects with a title and an address as rows; others are left out."""
    return [item for row in rows if (item := _item(row, url))]


def _item(row: dict[str, Any], url: str) -> ListItem | None:
    fields = _fields(row)
    title, address = _title(fields), _address(fields)
    if not (title and address):  # the row is one level further in
        inner = [_fields(child) for child in row.values() if isinstance(child, dict)]
        fields = {name: value for child in reversed(inner) for name, value in child.items()} | fields
        title, address = title or _title(fields), address or _address(fields)
    if (
        title
        and not address
        and (linked := next((h for name in _TITLES if (h := _HREF.search(str(row.get(name) or "")))), None))
    ):
        address = linked[1]
    if title and not address:
        address = row_address(url, fields)
    return ListItem(resolve(url, address), title, _date(fields)) if title and address else None


def _fields(row: dict[str, Any]) -> dict[str, str]:
    """The plain values of an object by folded names; of a date that is an object in turn, its Unix time."""
    fields = {}
    for name, value in row.items():
        if isinstance(value, dict) and isinstance(value.get("time"), int):
            value = value["time"]
        if isinstance(value, (str, int)):
            fields[name.replace("_", "").replace("-", "").lower()] = str(value).strip()
    return fields


def _title(fields: dict[str, str]) -> str:
    found = [t for name in _TITLES if (t := squeeze(_TAG.sub("", unescape(fields.get(name) or ""))))]
    if found and _CUT.search(found[0]):
        stem = bare(_CUT.sub("", found[0]))
        return next((other for other in found[1:] if bare(other).startswith(stem)), found[0])
    return found[0] if found else ""


def _address(fields: dict[str, str]) -> str:
    named = [name for name in fields if _ADDRESS.search(name) and not _NO_ADDRESS.search(name)]
    found = (fields.get(name) or "" for name in [*_ADDRESSES, *named])
    return next((a for a in found if ("/" in a or "." in a) and not a.lower().startswith("javascript:")), "")


def _date(fields: dict[str, str]) -> str | None:
    named = [name for name in fields if _DATE.search(name) and not _NO_DATE.search(name)]
    return next((day for name in [*_DATES, *named] if (day := _day(fields.get(name) or ""))), None)


def _day(text: str) -> str | None:
    """The day, in China, of a printed time, a Unix time (seconds or milliseconds), one with a zone, or one as in mail."""
    if text.isascii() and text.isdigit() and len(text) in (10, 13):
        return datetime.fromtimestamp(int(text[:10]), UTC).astimezone(CHINA).date().isoformat()
    if _ZONED.search(text):
        moment = read_time(text)
        return moment.day if moment else None
    if _MAIL.match(text):
        try:
            at = parsedate_to_datetime(text)
        except ValueError:
            return None
        return (at.astimezone(CHINA) if at.tzinfo else at).date().isoformat()
    return list_date(text[:19]) if text else None


def object_lists(value: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    """Every list of objects within a value, down to a depth."""
    if depth < 0:
        return
    if isinstance(value, list) and (objects := [child for child in value if isinstance(child, dict)]):
        yield objects
    for child in children(value):
        if isinstance(child, (dict, list)):
            yield from object_lists(child, depth - 1)


def children(value: Any) -> list[Any]:
    """The values of an object or a list; none for anything else."""
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
