"""Files and folders of saved pages. One file is one page, fetched when the file was last changed.

A page's address is taken from what a browser or crawler wrote into it (`saved from url`, `<link rel="canonical">`, og:url); without
one its identity is the hash of its bytes. What is no page is passed over by name and noted. May import: ingest, archive, model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from govnews.archive import Archive, Unit, utc_now
from govnews.extraction.markup import is_markup
from govnews.ingest import Ingest
from govnews.model import CODES, Failure, Issue, Page

PAGES = frozenset({".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".txt", ".text", ".asp", ".aspx", ".php", ".jsp", ""})
"""Endings of files that can be pages."""
LARGEST = 64 * 2**20
"""Bytes of a file that are taken in at all."""

_SAVED = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S{8,1000}?)\s*-->")
_CANONICAL = re.compile(
    rb"""<link[^>]{0,200}rel=["']canonical["'][^>]{0,200}href=["']([^"']{8,1000})["']""", re.IGNORECASE
)
_OG = re.compile(
    rb"""<meta[^>]{0,100}property=["']og:url["'][^>]{0,100}content=["']([^"']{8,1000})["']""", re.IGNORECASE
)


@dataclass(slots=True)
class Imported:
    """What an import came to. kinds: pages that were no articles. passed_over, unreadable: files, with the reason."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    passed_over: list[tuple[str, str]] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)


def import_paths(
    archive: Archive, paths: Iterable[Path], *, run: int | None = None, progress: Callable[[int], None] = lambda _: None
) -> Imported:
    """Takes in every page below the paths; what cannot be read is an issue and the rest goes in. Idempotent.
    Raises Failure `no_such_path` before anything is written."""
    chosen = list(paths)
    refuse_absent(chosen)
    result = Imported()

    def count(units: list[Unit]) -> None:
        for unit in units:
            if unit.kind == "article":
                result.outcomes[unit.outcome] += 1
            elif unit.kind:
                result.kinds[unit.kind] += 1

    with Ingest(archive, run) as ingest:
        ingest.writer.committed.append(count)
        for root, path in page_files(chosen):
            result.files += 1
            name = printable(path.relative_to(root) if path != root else path.name)
            page, problem = _page(path, name)
            if page is not None:
                ingest.add(page)
            elif problem is not None:
                (result.passed_over if problem.code == "passed_over" else result.unreadable).append(
                    (name, problem.detail)
                )
                _note(archive, problem, name, run)
            progress(result.files)
    return result


def refuse_absent(paths: Iterable[Path]) -> None:
    """Raises Failure `no_such_path` for the first path that is neither file nor folder: before an archive is made for it."""
    for path in paths:
        if not path.is_file() and not path.is_dir():
            what = "is neither a file nor a folder" if path.exists() else "does not exist"
            raise Failure("no_such_path", f"{printable(path)} {what}", exit_code=2)


def printable(path: Path | str) -> str:
    """A name as text: bytes that are not UTF-8, which SQLite refuses, become �."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def page_files(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """(the path given, the file), in a stable order; hidden files and a browser's `_files` folders left out."""
    for path in paths:
        if path.is_file():
            yield path, path
            continue
        for file in sorted(path.rglob("*")):
            parts = file.relative_to(path).parts
            if file.is_file() and not any(p.startswith(".") or p.endswith("_files") for p in parts):
                yield path, file


def _page(path: Path, name: str) -> tuple[Page | None, Issue | None]:
    if path.suffix.lower() not in PAGES:
        return None, Issue("passed_over", f"{path.suffix} is not a page")
    try:
        status = path.stat()
        if status.st_size > LARGEST:
            return None, Issue("unreadable_file", f"{status.st_size} bytes are too many for a page")
        body = path.read_bytes()
        fetched_at = datetime.fromtimestamp(status.st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OSError, ValueError, OverflowError) as error:  # the latter two: a time outside the calendar
        return None, Issue("unreadable_file", getattr(error, "strerror", None) or str(error))
    if not body.strip():
        return None, Issue("unreadable_file", "the file is empty")
    return Page(address(body), body, fetched_at, origin=name), None


def address(body: bytes) -> str | None:
    """The address a page says it was saved from; null when it says none or only a host."""
    head = body[:20_000]
    if not is_markup(head.decode("latin-1")):
        return None
    for pattern in (_SAVED, _CANONICAL, _OG):
        found = pattern.search(head)
        if found:
            address = found[1].decode("utf-8", "replace")
            parts = urlsplit(address)
            if parts.scheme in ("http", "https") and parts.path.strip("/"):
                return address
    return None


def _note(archive: Archive, issue: Issue, name: str, run: int | None) -> None:
    now = utc_now()
    archive.connection.execute(
        "INSERT INTO issues (code, severity, site, url, detail, run, times, first_seen, last_seen) VALUES (?, ?, '', ?, ?, ?, 1, ?, ?) "
        "ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen, run = excluded.run",
        (issue.code, CODES[("issue", issue.code)].severity, name, issue.detail, run, now, now),
    )
