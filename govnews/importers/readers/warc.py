"""WARC, WET and ARC files: Common Crawl's, a library's, our own. Needs the extra `warc` (warcio).

Response records become pages; a revisit record is the page it refers to, seen again; a conversion record (WET) is a page of plain
text. Records of other types are counted and passed over by name. A broken record costs itself only: reading goes on at the next
one that can be found. May import: warcio, ingest (the class of an answer), model, its neighbours in this room.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, cast

from govnews.extraction import url_key
from govnews.importers import our_record
from govnews.importers.item import LARGEST, Item, Options, Stored
from govnews.ingest import response_class
from govnews.model import Failure, Issue, Page

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ENDINGS = (".warc", ".warc.gz", ".wet", ".wet.gz", ".arc", ".arc.gz")
_MARKS = (b"\x1f\x8b\x08", b"WARC/1.", b"WARC/0.1")
"""What a record can begin with."""
_ABOUT = ("warcinfo", "arc_header")
"""Records that speak of the file."""
_STEP = 2**20
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f-\x9f]+$")
_NAMELESS = "urn:sha256:"
"""What stands for the address of a page that has none."""


class _Broken(Exception):
    """One record that cannot be read."""


def read(path: Path, name: str, options: Options, stored: Stored) -> Iterator[Item]:
    """The pages of a file, in its order. A page of ours waits for the metadata record that follows it."""
    if options.chosen is None:
        yield from _items(_records(path), name, stored)
        return
    entries = options.chosen.get(path, ())
    sites = {url_key(entry.url): entry.site for entry in entries}
    for item in _items(_records_at(path, [entry.offset for entry in entries]), name, stored):
        yield _of_index(item, sites)


def _of_index(item: Item, sites: Mapping[str, str]) -> Item:
    """A page with the site that the index knows it by; an issue when the index means other addresses."""
    if item.page is None:
        return item
    site = sites.get(url_key(item.page.url)) if item.page.url else None
    if site is None:
        return Item(item.position, issue=Issue("unreadable_file", f"the index does not mean {item.page.url}"))
    item.page.site = site
    return item


def _items(records: Iterator[tuple[int, int, Any]], name: str, stored: Stored) -> Iterator[Item]:
    others: Counter[str] = Counter()
    waiting, waiting_id, position, sound, differing = None, "", 0, True, 0
    for at, position, record in records:
        try:
            if isinstance(record, _Broken):
                if not sound:  # the same damage: where the next record begins could not be told
                    continue
                raise record
            stated, sound = our_record.read(record), True
            if stated is None:
                if waiting is not None:  # before the next is read, which may be the same page seen again
                    yield Item(position, waiting)
                    waiting = None
                page = _page(record, name, stored)
                if page is None:
                    if record.rec_type not in _ABOUT:
                        others[record.rec_type] += 1
                    continue
                waiting, waiting_id = page, record.rec_headers.get_header("WARC-Record-ID")
                differing += bool(_problem(record, "payload digest failed"))  # many count it over other bytes
            elif "context" in stated:
                yield Item(position, context=stated["context"])
            else:
                speaks_of = record.rec_headers.get_header("WARC-Concurrent-To")
                mine = waiting if speaks_of == waiting_id else None
                if waiting is not None and mine is None:
                    yield Item(position, waiting)
                waiting = None
                if mine is not None or speaks_of is None:  # else its response was broken
                    yield _ours(mine, stated, position)
        except _Broken as error:
            sound = False
            yield Item(position, issue=Issue("unreadable_file", str(error)), at=at)
    if waiting is not None:
        yield Item(position, waiting)
    if differing:
        yield Item(position, issue=Issue("digest_differs", "records with another payload digest"), many=differing)
    for kind, many in others.items():
        yield Item(position, issue=Issue("passed_over", f"{kind} records"), many=many)


def _ours(page: Page | None, stated: dict[str, Any], position: int) -> Item:
    try:
        run = stated.get("run")
        return Item(position, our_record.page_of(page, stated), run=None if run is None else int(run))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _Broken(f"a metadata record of govnews does not say what it must: {error}") from error


def _page(record: Any, name: str, stored: Stored) -> Page | None:
    """The page of a record; null for types that hold none. Raises _Broken."""
    if record.rec_type not in ("response", "revisit", "conversion", "resource"):
        return None
    url, at = record.rec_headers.get_header("WARC-Target-URI"), record.rec_headers.get_header("WARC-Date")
    if not url or not at:
        raise _Broken(f"a {record.rec_type} record without an address or a date")
    if not _ADDRESS.match(url):
        raise _Broken(f"a {record.rec_type} record whose address is none")
    if record.rec_type == "revisit":
        body, headers, status, encoding = _again(record, url, stored)
    elif record.rec_type in ("conversion", "resource"):
        kind = record.rec_headers.get_header("Content-Type")
        body, headers, status, encoding = _whole(record), {"content-type": kind} if kind else {}, 200, None
    else:
        encoding = _encoding(record)
        body, headers, status = _whole(record), _headers(record), _status(record)
    if not url.startswith(("http://", "https://", _NAMELESS)):
        return None
    page = Page(
        None if url.startswith(_NAMELESS) else url,
        body,
        _second(at),
        status,
        headers,
        content_encoding=encoding,
        origin=name,
    )
    page.ip_address = record.rec_headers.get_header("WARC-IP-Address")
    page.truncated = record.rec_headers.get_header("WARC-Truncated") is not None
    page.response_class = response_class(status, body, page.url, None)
    return page


def _again(record: Any, url: str, stored: Stored) -> tuple[bytes, dict[str, str], int, str | None]:
    """A page that was seen again unchanged, or (304) that the server says did not change."""
    _whole(record)
    headers, status = _headers(record), _status(record)
    if "server-not-modified" in (record.rec_headers.get_header("WARC-Profile") or ""):
        return b"", headers, 304, None
    refers = record.rec_headers.get_header("WARC-Refers-To-Target-URI") or url
    date = record.rec_headers.get_header("WARC-Refers-To-Date") or ""
    digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    body = stored(refers, _second(date) if date else "", digest)
    if body is None:
        raise _Broken(f"a revisit record whose page is not in the archive: {url}")
    return body, headers, status, _encoding(record)


def _whole(record: Any) -> bytes:
    """The entity, without transfer and content encoding. Raises _Broken when it is damaged, cut short or too large."""
    encoding = record.http_headers.get_header("content-encoding") if record.http_headers else None
    body, entity = b"", record.content_stream()
    try:
        while len(body) <= LARGEST and (more := entity.read(_STEP)):
            body += more
        while record.raw_stream.read(_STEP):  # what stands behind a chunked entity: the digest is of the whole
            pass
    except Exception as error:  # damage takes any form in zlib, in numbers, in text
        raise _Broken(f"the record cannot be read: {error}") from error
    if len(body) > LARGEST:
        raise _Broken(f"more than {LARGEST} bytes are too many for a page")
    if damage := _problem(record, "block digest failed"):
        raise _Broken(damage)
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise _Broken("the record is cut short")
    return _decoded(body, (encoding or "").strip().lower())


def _problem(record: Any, kind: str) -> str:
    """What warcio's check of the digests says of that kind; "" when nothing is wrong, or nothing was stated."""
    problems = record.digest_checker.problems if record.digest_checker is not None else ()
    return next((problem for problem in problems if problem.startswith(kind)), "")


def _decoded(body: bytes, encoding: str) -> bytes:
    """What warcio does not undo. Raises _Broken when we cannot either."""
    if encoding == "zstd":
        with contextlib.suppress(zstd.ZstdError):  # stored undone, under the old header
            undone = zstd.ZstdDecompressor().decompress(body, LARGEST + 1)
            if len(undone) > LARGEST:
                raise _Broken(f"more than {LARGEST} bytes are too many for a page")
            return undone
    elif encoding not in ("", "identity", *_undone_by_warcio()):
        raise _Broken(f"its encoding {encoding[:40]} cannot be undone")
    return body


def _undone_by_warcio() -> list[str]:
    from warcio.bufferedreaders import BufferedReader

    return list(BufferedReader.get_supported_decompressors())


def _encoding(record: Any) -> str | None:
    """The encoding the page travelled in. Archives that store it undone keep the word under another name."""
    for header in ("Content-Encoding", "X-Archive-Orig-Content-Encoding", "X-Crawl-Content-Encoding"):
        if record.http_headers and (word := record.http_headers.get_header(header)):
            return str(word).strip().lower()
    return None


def _headers(record: Any) -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in record.http_headers.headers if record.http_headers else ():
        low = key.lower()
        out[low] = f"{out[low]}, {value}" if low in out else value
    return out


def _status(record: Any) -> int:
    code = record.http_headers.get_statuscode() if record.http_headers else "200"
    return int(code) if code.isdigit() else 0


def _second(date: str) -> str:
    """WARC-Date to the second, as our machine times are written. Raises _Broken."""
    if len(date) < 20 or not date.endswith("Z") or date[10] != "T":
        raise _Broken(f"WARC-Date {date[:40]!r} is no time")
    return date[:19] + "Z"


def _records_at(path: Path, offsets: Sequence[int]) -> Iterator[tuple[int, int, Any]]:
    """(byte offset, the same, record or _Broken) of the records that begin at these bytes."""
    _, iterator = _warcio(path)
    with path.open("rb") as file:
        for at in offsets:
            file.seek(at)
            try:
                record = _next(iterator(file, check_digests=True))
            except _Broken as error:
                record = error
            yield at, at, _Broken("no record begins here") if record is None else record


def _records(path: Path) -> Iterator[tuple[int, int, Any]]:
    """(byte offset, bytes read so far, record or _Broken). Offsets are those of the file, also when it is compressed."""
    ArchiveIterator, WARCIterator = _warcio(path)
    is_arc = ".arc" in path.name.lower()  # nearly any garbage can be taken for a line of ARC
    with path.open("rb") as file:
        start: int | None = 0
        stream: IO[bytes] = file
        lost, given, skip = False, 0, 0
        while start is not None:
            stream.seek(start)
            is_end = not stream.read(1)
            stream.seek(start)
            at, problem = start, ""
            records = (
                ArchiveIterator(stream, check_digests=True, arc2warc=True)
                if is_arc
                else WARCIterator(stream, check_digests=True)
            )
            try:
                while (record := _next(records)) is not None:
                    at, lost, is_end = records.offset, False, True
                    if skip:
                        skip -= 1
                        continue
                    given += 1
                    yield at, file.tell(), record
            except _Broken as error:
                problem = str(error)
            if not problem and is_end:
                return
            problem = problem or "no record begins here"
            if "non-chunked gzip" in problem and stream is file:  # all records in one member: read as one text
                file.seek(0)
                stream, start, skip = cast("IO[bytes]", gzip.GzipFile(fileobj=file)), 0, given
                continue
            at = max(at, records.offset)
            if not lost:
                yield at, file.tell(), _Broken(problem)
            lost, start = True, _next_mark(stream, at + 1)


def _warcio(path: Path) -> tuple[Any, Any]:
    """The library's iterators, over ARC or WARC and over WARC. Raises Failure `no_extra`."""
    try:
        from warcio.archiveiterator import ArchiveIterator, WARCIterator
    except ImportError as error:
        raise Failure(
            "no_extra", f"{path.name} is a WARC; reading it needs warcio", hint="pip install 'govnews[warc]'"
        ) from error
    return ArchiveIterator, WARCIterator


def _next(records: Any) -> Any:
    """The next record, or null. warcio warns of damage on stderr; here that is said with an issue. Raises _Broken."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is not None and (record.rec_type is None or record.length is None):
            raise _Broken("a record without a type or a length")
        return record
    except _Broken:
        raise
    except Exception as error:  # damage takes any form in zlib, in numbers, in text
        raise _Broken(" ".join(str(error).split())[:200] or type(error).__name__) from error


def _next_mark(stream: IO[bytes], start: int) -> int | None:
    """Where the next record may begin, at `start` or later."""
    try:
        stream.seek(start)
        base, tail = start, b""
        while block := stream.read(_STEP):
            text = tail + block
            hits = [hit for hit in (text.find(mark) for mark in _MARKS) if hit >= 0]
            if hits:
                return base - len(tail) + min(hits)
            base, tail = base + len(block), text[-8:]
    except (OSError, EOFError):
        pass
    return None
