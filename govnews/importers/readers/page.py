"""One file, one page: HTML or plain text as saved. Fetched when the file was last changed.

A page's address is taken from what a browser or crawler wrote into it (`saved from url`, `<link rel="canonical">`, og:url); without
one its identity is the hash of its bytes. May import: model, its neighbours in this room.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from govnews.importers.folder import address
from govnews.importers.item import LARGEST, Item, Options, Stored
from govnews.importers.readers import warc
from govnews.model import Issue, Page

ENDINGS = ("", ".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".txt", ".text", ".asp", ".aspx", ".php", ".jsp")


def read(path: Path, name: str, options: Options, stored: Stored) -> Iterator[Item]:
    """The page; plain text that is a dump of many (records as in WARC) is read as one."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            dump = file.read(5) == b"WARC/"
        if not dump and size > LARGEST:
            yield Item(0, issue=Issue("unreadable_file", f"{size} bytes are too many for a page"))
            return
        body, at = b"" if dump else path.read_bytes(), changed(path)
    except (OSError, ValueError, OverflowError) as error:  # the latter two: a time outside the calendar
        yield Item(0, issue=Issue("unreadable_file", getattr(error, "strerror", None) or str(error)))
        return
    if dump:
        yield from warc.read(path, name, options, stored)
    elif not body.strip():
        yield Item(0, issue=Issue("unreadable_file", "the file is empty"))
    else:
        yield Item(size, page=Page(address(body), body, at, origin=name))


def changed(path: Path) -> str:
    """When a file was last changed, UTC: the time of fetching of what says no better one. Raises OSError, ValueError,
    OverflowError."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
