"""The request for the next page of a list endpoint, made from the one that was just answered. For families; none itself.

Everything but the page number stays as the page wrote it. May import: model, family.py, the standard library.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from govnews.families.family import ListPage
from govnews.model import ListRequest


def asked(page: ListPage) -> ListRequest:
    """The request that brought a page."""
    return page.request or ListRequest("GET", page.url)


def number(request: ListRequest, name: str) -> int | None:
    """The number a request gives for a parameter, in its form or its address."""
    for text in (request.form or "", urlsplit(request.url).query):
        if found := re.search(rf"(?:^|&){re.escape(name)}=(\d{{1,6}})(?=&|$)", text):
            return int(found[1])
    return None


def turned(request: ListRequest, name: str, value: int) -> ListRequest:
    """The request with another number for a parameter it has."""
    pattern, new = re.compile(rf"(^|[?&]){re.escape(name)}=\d{{1,6}}(?=&|#|$)"), rf"\g<1>{name}={value}"
    if request.form and pattern.search(request.form):
        return replace(request, form=pattern.sub(new, request.form))
    return replace(request, url=pattern.sub(new, request.url))


def values(request: ListRequest, name: str) -> dict[str, Any]:
    """What stands as JSON in a parameter of a request; empty when nothing does."""
    for text in (request.form or "", urlsplit(request.url).query):
        if found := dict(parse_qsl(text, keep_blank_values=True)).get(name):
            read = parsed(found)
            return read if isinstance(read, dict) else {}
    return {}


def with_values(request: ListRequest, name: str, new: dict[str, Any]) -> ListRequest:
    """The request with other JSON in that parameter, written without blanks (some gates refuse them, §3.3)."""
    packed = {name: compact(new)}
    if request.form and name in dict(parse_qsl(request.form)):
        return replace(request, form=urlencode({**dict(parse_qsl(request.form, keep_blank_values=True)), **packed}))
    parts = urlsplit(request.url)
    query = urlencode({**dict(parse_qsl(parts.query, keep_blank_values=True)), **packed})
    return replace(request, url=urlunsplit(parts._replace(query=query)))


def compact(value: Any) -> str:
    """JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def parsed(text: str) -> Any:
    """The value of a JSON text; null when it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def whole(value: Any) -> int | None:
    """A number, or one in quotes; null for anything else."""
    return int(value) if str(value).isdecimal() and len(str(value)) < 10 else None
