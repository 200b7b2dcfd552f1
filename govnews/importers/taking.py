"""The loop of an import: file by file, item by item, through ingest into the archive. Memory does not grow with the files.

What is in the archive already is passed by without being read again, so an import that was stopped goes on with the same
command. May import: ingest, archive, model, its neighbours in this room.
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from govnews.archive import Archive, Unit, utc_now
from govnews.extraction import host_of, read_list, url_key
from govnews.importers.context import Context
from govnews.importers.folder import printable, refuse_absent, walk
from govnews.importers.item import Done, Item, Options
from govnews.importers.readers import reader_of
from govnews.ingest import Ingest
from govnews.model import CODES, Issue, Page, Site

SiteOf = Callable[[str], Site | None]
"""Site id → Site, as the registry has it; null for a stranger."""


@dataclass(slots=True)
class Imported:
    """What an import came to. pages: met in all files. kinds: pages that were no articles. known: pages that were in the archive
    before and not read again (counted in outcomes and kinds too). passed_over, unreadable, noted (but taken in): files or records, with the reason."""

    files: int = 0
    pages: int = 0
    known: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    passed_over: list[tuple[str, str]] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    noted: list[tuple[str, str]] = field(default_factory=list)


def import_paths(
    archive: Archive,
    paths: Iterable[Path],
    *,
    run: int | None = None,
    options: Options | None = None,
    site: Site | None = None,
    site_of: SiteOf = lambda _: None,
    progress: Callable[[Done], None] = lambda _: None,
    result: Imported | None = None,
    notes: Iterable[tuple[str, Issue, int]] = (),
) -> Imported:
    """Takes in every page below the paths; what cannot be read is an issue and the rest goes in. Idempotent.

    site: whose pages they are; pages of other hosts are passed over then. site_of: the sites of a WARC of ours, by id.
    result: counted into, so that the caller knows how far it came when it is stopped. notes: what an index left out, to be told with
    the rest.
    Raises Failure `no_such_path` before anything is written, `no_extra` when a WARC is met without warcio, `unknown_column`."""
    chosen = list(paths)
    refuse_absent(chosen)
    done = Done(size=sum(file.stat().st_size for _, file in walk(chosen) if file.is_file()))
    with Ingest(archive, run) as ingest:
        taking = _Taking(archive, ingest, run, options or Options(), site, site_of, result or Imported())
        for name, issue, many in notes:
            taking.note(issue, name, many)
        for root, path in walk(chosen):
            done.files = taking.result.files = done.files + 1
            before = done.read
            for item in taking.file(root, path):
                done.read, done.pages = before + item.position, taking.result.pages
                progress(done)
            done.read = before + (path.stat().st_size if path.is_file() else 0)
            progress(done)
    return taking.result


class _Taking:
    """One import under way."""

    def __init__(
        self,
        archive: Archive,
        ingest: Ingest,
        run: int | None,
        options: Options,
        site: Site | None,
        site_of: SiteOf,
        result: Imported,
    ) -> None:
        self.archive, self.ingest, self.run, self.options, self.site = archive, ingest, run, options, site
        self.site_of = site_of
        self.hosts = {h.removeprefix("www.") for h in site.hosts} if site else set()
        self.result = result
        self.foreign = 0
        ingest.writer.committed.append(self._count)

    def _count(self, units: list[Unit]) -> None:
        for unit in units:
            self._tally(unit.kind, unit.outcome, unit.page.response_class)

    def _tally(self, kind: str | None, outcome: str, response_class: str) -> None:
        if kind == "article":
            self.result.outcomes[outcome] += 1
        elif kind:
            self.result.kinds[kind] += 1
        else:
            self.result.classes[response_class] += 1

    def file(self, root: Path, path: Path) -> Iterator[Item]:
        """Takes in one file; yields each item when it is done with, for progress."""
        name = printable(path.relative_to(root) if path != root else path.name)
        context, self.foreign = Context(self.archive, self.site_of), 0
        try:
            for item in reader_of(path)(path, name, self.options, self.stored):
                self._item(item, name, context)
                yield item
        except OSError as error:  # no permission, a fault of the disk
            self._note(Issue("unreadable_file", error.strerror or str(error)), name, Item(0))
        if self.foreign:
            self._note(Issue("passed_over", "pages of other hosts"), name, Item(0, many=self.foreign))
        self._belongs(self.run)

    def _item(self, item: Item, name: str, context: Context) -> None:
        if item.context is not None:
            self._context(context, item, name)
        elif item.issue is not None:
            self._note(item.issue, name, item)
        elif item.page is not None and self._is_foreign(item.page):
            self.foreign += 1
        elif item.page is not None:
            self._page(item.page, context, item.run)

    def _context(self, context: Context, item: Item, name: str) -> None:
        try:
            context.remember(item.context or {})
        except (KeyError, TypeError, ValueError, AttributeError, sqlite3.Error) as error:
            self._note(Issue("unreadable_file", f"what it says of runs and sites cannot be read: {error}"), name, item)

    def _is_foreign(self, page: Page) -> bool:
        return bool(self.hosts) and page.url is not None and host_of(page.url) not in self.hosts

    def _page(self, page: Page, context: Context, run: int | None) -> None:
        self.result.pages += 1
        site = self.site or context.site(page.site)
        page.site = site.id if site else page.site
        kind = self.ingest.stored(page, site)
        if kind is not None:
            self.result.known += 1
            self._tally(kind, "same", page.response_class)
            return
        if page.task is not None and page.task.kind == "list" and page.response_class == "ok":
            page.listing = read_list(page, site)
        self._belongs(context.run(run) or self.run)
        self.ingest.add(page, site)

    def _belongs(self, run: int | None) -> None:
        """Captures of a WARC of ours stand under the run that made them."""
        if run != self.ingest.writer.run:
            self.ingest.flush()
            self.ingest.writer.run = run

    def note(self, issue: Issue, name: str, many: int) -> None:
        """An issue of no file that is read."""
        self._note(issue, name, Item(0, many=many))

    def stored(self, url: str, at: str, digest: str) -> bytes | None:
        """The bytes a revisit record refers to: those of its SHA-256, else of the capture it names, else of any capture of the
        address that has the digest."""
        body = self._kept(url, at, digest)
        if body is None and self.ingest.writer.waiting:
            self.ingest.flush()
            body = self._kept(url, at, digest)
        return body

    def _kept(self, url: str, at: str, digest: str) -> bytes | None:
        algorithm, _, value = digest.partition(":")
        if algorithm.lower() in ("sha256", "sha-256") and len(value) == 64:
            return self.archive.pages.get(value.lower())
        rows = self.archive.connection.execute(
            "SELECT DISTINCT sha256 FROM captures WHERE url_key = ? AND size > 0 ORDER BY fetched_at = ? DESC, fetched_at DESC LIMIT 50",
            (url_key(url), at),
        ).fetchall()
        for row in rows:
            body = self.archive.pages.get(row["sha256"])
            if body is not None and _has_digest(body, algorithm, value):
                return body
        return None

    def _note(self, issue: Issue, name: str, item: Item) -> None:
        """An issue row, once for each place and reason, and what the summary says of it."""
        detail = issue.detail if item.at is None else f"byte {item.at}: {issue.detail}"
        reason = f"{item.many} {detail}" if item.many > 1 else detail
        told = {"passed_over": self.result.passed_over, "unreadable_file": self.result.unreadable}
        told.get(issue.code, self.result.noted).append((name, reason))
        now = utc_now()
        self.archive.connection.execute(
            "INSERT INTO issues (code, severity, site, url, detail, run, times, first_seen, last_seen) VALUES (?, ?, '', ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen, run = excluded.run, times = max(times, excluded.times)",
            (
                issue.code,
                CODES[("issue", issue.code)].severity,
                name,
                detail,
                self.run,
                item.many,
                now,
                now,
            ),
        )


def _has_digest(body: bytes, algorithm: str, value: str) -> bool:
    """Whether bytes have a digest, written in base 32 or base 16. Without a digest, or in an algorithm that is not known: no."""
    try:
        hashed = hashlib.new(algorithm.replace("-", "").lower(), body).digest()
    except ValueError:
        return False
    return value in (base64.b32encode(hashed).decode(), hashed.hex(), hashed.hex().upper())
