"""Pages saved as one file (.mhtml, .mht): the page is taken in, its pictures and style sheets are not.

References to parts by cid: become the parts' own addresses, where these have one. May import: the standard library, model, its
neighbours in this room.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import UTC
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote

from govnews.importers.folder import address
from govnews.importers.item import LARGEST, Item, Options, Stored
from govnews.importers.readers.page import changed
from govnews.model import Issue, Page

ENDINGS = (".mhtml", ".mht")
_CID = re.compile(rb"cid:([^\"'\s<>)]{1,300})", re.IGNORECASE)


def read(path: Path, name: str, options: Options, stored: Stored) -> Iterator[Item]:
    """The page of the file, fetched when the file says it was saved, else when it was last changed."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            yield Item(0, issue=Issue("unreadable_file", f"{size} bytes are too many for a page"))
            return
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
        page = _page(message, changed(path), name)
    except (OSError, ValueError, OverflowError, LookupError, TypeError) as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield Item(0, issue=Issue("unreadable_file", why))
        return
    if page is None:
        yield Item(size, issue=Issue("unreadable_file", "there is no page in it"))
    else:
        yield Item(size, page)


def _page(message: Message | EmailMessage, at: str, name: str) -> Page | None:
    parts = [part for part in message.walk() if not part.is_multipart()]
    start = _text(message.get_param("start"))
    first = [part for part in parts if start and part["Content-ID"] == start]
    pages = [part for part in first or parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        return None
    root = pages[0]
    content = root.get_payload(decode=True)
    body = content if isinstance(content, bytes) else b""
    if not body.strip():
        return None
    body = _with_addresses(body, parts)
    url = _text(message["Snapshot-Content-Location"]) or _text(root["Content-Location"])
    charset = root.get_content_charset()
    kind = "text/html" + (f"; charset={charset}" if charset else "")
    known = url if url and url.startswith(("http://", "https://")) else address(body)
    return Page(known, body, _saved(message) or at, headers={"content-type": kind}, origin=name)


def _with_addresses(body: bytes, parts: list[Message]) -> bytes:
    places = {
        part["Content-ID"].strip("<> "): part["Content-Location"].strip().encode()
        for part in parts
        if part["Content-ID"] and str(part["Content-Location"] or "").startswith(("http://", "https://"))
    }
    if not places:
        return body
    return _CID.sub(lambda found: places.get(unquote(found[1].decode("utf-8", "replace")), found[0]), body)


def _saved(message: Message) -> str | None:
    """The Date header, UTC; null when there is none that a calendar has. A time of no zone is taken as UTC."""
    try:
        moment = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError, IndexError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(value: object) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None
