"""What an answer is by its status, its address and its headers alone, before anyone reads the page: crawled or imported. Pure.

What the page itself says is judged after extraction (way.py). May import: extraction (wall_make), model.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from govnews.extraction.kind import wall_make
from govnews.model import Page

WALL_STATUS = frozenset({405, 412, 468, 521})
"""Statuses that on these sites only firewalls send (cms-families.md §7.1)."""
_HOME = ("", "/index.html", "/index.htm", "/index.shtml", "/index.jsp")
_TEXTS = ("text/html", "text/plain", "text/xml", "application/xhtml", "application/xml", "application/json")


def response_class(status: int, body: bytes, url: str | None, requested: str | None) -> str:
    """A code of group "response". requested: the address asked for, where that says something (an article's), else null."""
    if status in WALL_STATUS:
        return "blocked"
    if status in (404, 410):
        return "gone"
    if status == 304:
        return "not_modified"
    if 300 <= status < 400:
        return "redirect"
    if status == 429:
        return "throttled"
    if status in (401, 403) or status >= 500:
        walled = status in (401, 403, 503) and wall_make(body[:20_000].decode("utf-8", "ignore")) is not None
        return "blocked" if walled else "forbidden" if status < 500 else "server_error"
    if status == 202 and b"<script" in body[:5000].lower():
        return "blocked"
    return "soft_404" if url and requested and _sent_home(url, requested) else "ok"


def _sent_home(url: str, requested: str) -> bool:
    """An address that leads to the home page, or to a page called 404."""
    path, asked = urlsplit(url).path.rstrip("/"), urlsplit(requested).path.rstrip("/")
    return path != asked and (path in _HOME or "404" in path.rsplit("/", 1)[-1])


def is_a_file(page: Page) -> bool:
    """Whether the server says that it sent a picture, a style sheet, a script or the like: nothing to read an article from.
    Without a word of the server's the bytes decide."""
    stated = page.headers.get("content-type", "").split(";")[0].strip().lower()
    return "/" in stated and not stated.startswith(_TEXTS)
