"""Re-extraction: the present extractor over stored bytes. What it reads differently becomes a revision of cause `extractor`.

Reading is done in worker processes, writing in the caller's. A row that the present extractor has read is not read again: a run
that was cut off goes on, and a second one changes nothing. Observations of view counts are not touched.
May import: archive, extraction, model, its neighbours in this room.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from govnews.archive import Archive, Unit, open_archive
from govnews.archive.articles import FIELDS, VERSIONED, reread, sweep_versions, values
from govnews.archive.transaction import transaction
from govnews.extraction import uid
from govnews.ingest.extractor import extractor_version
from govnews.ingest.way import find, make_unit, settle
from govnews.model import Failure, Page, Site

EXAMPLES = 3
"""Changes of a field that are kept for the report."""
BATCH = 100
"""Pages of one transaction."""
AHEAD = 2000
"""Pages given to the workers at a time."""
FEW = 40
"""Up to so many pages no worker is started."""
READ = tuple(name for name in FIELDS if name != "view_count")
"""What a page rules; the view count goes by the newest observation."""

_RESTING = (
    "SELECT c.id, a.site, a.extractor FROM articles a JOIN captures c ON c.url_key = a.url_key AND c.fetched_at = a.fetched_at "
    "AND c.sha256 = a.sha256 WHERE {site} AND (?2 IS NULL OR a.fetched_at >= ?2) ORDER BY c.id"
)
_OTHERS = (
    "SELECT c.id, c.site, NULL FROM captures c LEFT JOIN articles a USING (url_key) WHERE a.uid IS NULL AND c.size > 0 "
    "AND c.response_class = 'ok' AND coalesce(c.task, 'article') = 'article' AND {kind} AND {site} "
    "AND (?2 IS NULL OR c.fetched_at >= ?2) AND c.sha256 NOT IN (SELECT sha256 FROM redacted_hashes WHERE kind = 'bytes') ORDER BY c.id"
)
"""Pages without an article, of a kind: no extractor has yet found them to be one, or it could not be stored."""
_QUERIES = (
    (_RESTING, "a"),
    (_OTHERS.replace("{kind}", "c.kind = 'article'"), "c"),
    (_OTHERS.replace("{kind}", "c.kind IS NOT 'article'"), "c"),
)
"""With the table that has the site. By kind, because each has an index by site: a crawl that has learned a layout asks for one of many."""


@dataclass(slots=True)
class Reread:
    """What a re-extraction did, or (a dry run) would do.

    pages: read. changed: articles in which a field differs; versions: of those, title, time, source or body. fields: field →
    articles. examples: field → (uid, before, after). new: uid of pages that are now articles → captures. lost: uids whose page would no longer be an
    article (kept as they are). damaged: hashes and why their bytes cannot be read.
    """

    pages: int = 0
    changed: int = 0
    versions: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[str, Any, Any]]] = field(default_factory=dict)
    new: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One page as it is read now. problem: why its bytes cannot be read, or null."""

    unit: Unit | None
    sha256: str
    problem: str | None = None


def reextract(
    archive: Archive,
    sites: Mapping[str, Site],
    *,
    site: str | None = None,
    fields: Iterable[str] = (),
    since: str | None = None,
    read_by: str = "",
    dry_run: bool = False,
    workers: int | None = None,
    progress: Callable[[int, int], None] = lambda _, __: None,
) -> Reread:
    """Reads again what another extractor has read. sites: id → Site, for families and layouts. site: only this one. fields:
    only articles in which one of these would change. since: only captures of that UTC time or later. read_by: only articles that an
    extractor of this beginning has read. workers: processes, null = one a core. Raises sqlite3.Error."""
    out, wanted = Reread(), frozenset(fields)
    owed = _owed(archive, sites, site, since, read_by)
    answers = _answers(archive.path, owed, workers)
    while batch := list(islice(answers, BATCH)):
        with transaction(archive.connection):
            for answer in batch:
                if _take(archive, answer, out, wanted) and not dry_run and answer.unit is not None:
                    reread(archive.connection, answer.unit, answer.sha256)
            sweep_versions(archive.connection)
        out.pages += len(batch)
        progress(out.pages, len(owed))
    return out


def _owed(
    archive: Archive, sites: Mapping[str, Site], site: str | None, since: str | None, read_by: str
) -> list[tuple[int, Site | None]]:
    """(capture, its Site) of every page that the present extractor has not read."""
    out = []
    versions: dict[str, str] = {}
    for query, table in _QUERIES:
        sql = query.replace("{site}", "?1 IS NULL" if site is None else f"{table}.site = ?1")
        for capture, of, extractor in archive.connection.execute(sql, (site, since)):
            if of not in versions:
                versions[of] = extractor_version(sites.get(of))
            if extractor != versions[of] and (extractor or read_by).startswith(read_by):
                out.append((capture, sites.get(of)))
    return out


def _answers(path: Path, owed: list[tuple[int, Site | None]], workers: int | None) -> Iterator[_Answer]:
    """Every page read, in order; by workers when it is worth starting them."""
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(owed) <= FEW:
        with open_archive(path, read_only=True) as archive:
            for one in owed:
                yield _read(archive, *one)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(path,)) as pool:
        for start in range(0, len(owed), AHEAD):
            yield from pool.map(_read_here, owed[start : start + AHEAD], chunksize=20)


_here: list[Archive] = []
"""The archive of this worker process."""


def _begin(path: Path) -> None:
    """A worker opens the archive to read, and ends when its parent was killed."""
    _here.append(open_archive(path, read_only=True))
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _read_here(one: tuple[int, Site | None]) -> _Answer:
    return _read(_here[0], *one)


def _read(archive: Archive, capture: int, site: Site | None) -> _Answer:
    """One capture through the way of a page. The unit goes back without bytes and findings: they are not needed again."""
    row = archive.connection.execute("SELECT * FROM captures WHERE id = ?", (capture,)).fetchone()
    try:
        body = archive.pages.get(row["sha256"])
    except Failure as failure:
        return _Answer(None, row["sha256"], failure.sentence)
    if body is None:
        return _Answer(None, row["sha256"], "its bytes are not in the pages file")
    page = Page(
        row["url"],
        body,
        row["fetched_at"],
        row["status"],
        json.loads(row["headers"]),
        row["site"],
        row["requested_url"],
        tuple(json.loads(row["redirects"])),
        origin=row["origin"],
    )
    find(page, site)
    settle(page)
    unit = make_unit(page, site, counters="none")
    unit.key, unit.uid = row["url_key"], uid(row["url_key"])
    page.body, page.findings, page.reading, page.listing = b"", None, None, None
    return _Answer(unit, row["sha256"])


def _take(archive: Archive, answer: _Answer, out: Reread, wanted: frozenset[str]) -> bool:
    """Notes what differs; whether the article is to be written."""
    unit = answer.unit
    if unit is None:
        out.damaged.append(f"{answer.sha256}: {answer.problem}")
        return False
    row = archive.connection.execute("SELECT * FROM articles WHERE uid = ?", (unit.uid,)).fetchone()
    if unit.article is None:
        if row is not None:
            out.lost.append(unit.uid)
        return False
    if row is None or unit.uid in out.new:
        out.new[unit.uid] += 1
        return not wanted
    held = dict(zip(FIELDS, values(unit.article), strict=True))
    changed = [name for name in READ if row[name] != held[name]]
    if wanted and not wanted.intersection(changed):
        return False
    out.changed += bool(changed)
    out.versions += any(name in VERSIONED for name in changed)
    for name in changed:
        out.fields[name] += 1
        examples = out.examples.setdefault(name, [])
        if len(examples) < EXAMPLES:
            examples.append((unit.uid, row[name], held[name]))
    return True
