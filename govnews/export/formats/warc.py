"""WARC 1.1, one gzip member a record: what was fetched, as other archives keep and replay it. Needs warcio (extra `warc`).

A warcinfo record; the context (runs and sites) as a metadata record; then every capture in the order it came in: a response record
(a revisit record when the file has its bytes already, a resource record for a page without an address) and a metadata record
with what a response cannot say. Bytes are the entity after content decoding, so Content-Encoding and Transfer-Encoding
stand as X-Archive-Orig-…. docs/import-export.md has the format. May import: archive, warcio, its neighbours in this room.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from http.client import responses
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from typing import Any

from govnews.archive.travel import CONTEXT, FORMAT, RUN, SITE, capture_row, find_task
from govnews.export.job import Job, Written
from govnews.model import Failure

ENDINGS = (".warc.gz", ".warc")
EXTRA = "warc"
TABLE = False
_HOP = ("content-encoding", "transfer-encoding", "content-length")
"""Headers that speak of the bytes as they travelled."""
_OF_CHOSEN = (
    "url_key IN (SELECT a.url_key FROM temp.chosen JOIN articles a USING (uid) UNION "
    "SELECT s.target_key FROM temp.chosen JOIN sightings s USING (uid)) OR sha256 IN (SELECT o.sha256 FROM temp.chosen "
    "JOIN view_observations o USING (uid))"
)
"""Captures of chosen articles: their pages under every address, and their counters' replies."""


def write(job: Job) -> Written:
    """The file; what cannot be written for want of its bytes is said in the notes."""
    from warcio.warcwriter import WARCWriter

    if not job.selection.articles:
        raise Failure("no_rows_in_warc", "a WARC holds captures, not the result of a query", exit_code=2)
    with job.path.open("wb") as out:
        writer = WARCWriter(out, gzip=job.name.endswith(".gz"), warc_version="WARC/1.1")
        return _Captures(job, writer).write()


class _Captures:
    """One file under way. `first`: sha256 → (address, time) of the record that has those bytes, in a table of the connection's own,
    so that memory does not grow."""

    def __init__(self, job: Job, writer: Any) -> None:
        self.job, self.out = job, writer
        self.archive = job.selection.archive
        self.execute = self.archive.connection.execute
        self.execute("DROP TABLE IF EXISTS temp.first")
        self.execute("CREATE TEMP TABLE first (sha256 TEXT PRIMARY KEY, url TEXT NOT NULL, at TEXT NOT NULL)")

    def write(self) -> Written:
        written, lost = Written(), 0
        total = self.execute("SELECT count(*) FROM articles").fetchone()[0]
        where = "1" if self.job.selection.count == total else _OF_CHOSEN
        self._begin(where)
        captures = self.execute(f"SELECT * FROM captures WHERE {where} ORDER BY id")
        for row in self.job.counted(captures):
            body = self.archive.pages.get(row["sha256"]) if row["sha256"] else b""
            if body is None:
                lost += 1
                continue
            self._capture(row, body)
            written.rows += 1
        if lost:
            written.notes.append(f"{lost} captures are left out: their bytes are not in this archive (govnews verify)")
        return written

    def _begin(self, where: str) -> None:
        info = {"software": f"govnews/{_version()}", "format": "WARC File Format 1.1", "description": FORMAT}
        info["conformsTo"] = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
        self.out.write_record(self.out.create_warcinfo_record(self.job.name, info))
        runs = self._rows("runs", ["id", *RUN], f"id IN (SELECT run FROM captures WHERE {where})")
        sites = self._rows("sites", SITE, f"id IN (SELECT site FROM captures WHERE {where})")
        self._metadata(CONTEXT, {}, {"format": FORMAT, "runs": list(runs), "sites": list(sites)})

    def _rows(self, table: str, columns: list[str], where: str) -> Iterator[dict[str, Any]]:
        for row in self.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY id"):
            yield dict(row)

    def _capture(self, row: sqlite3.Row, body: bytes) -> None:
        address = row["url"] or row["requested_url"] or f"urn:sha256:{row['sha256']}"
        stated = {"WARC-Date": row["fetched_at"]}
        if row["ip_address"]:
            stated["WARC-IP-Address"] = row["ip_address"]
        headers = {"WARC-Date": row["fetched_at"]}
        if row["status"]:
            record = self._record(row, address, body, stated)
            self.out.write_record(record)
            headers["WARC-Concurrent-To"] = record.rec_headers.get_header("WARC-Record-ID")
        self._metadata(address, headers, capture_row(row, find_task(self.archive.connection, row)))

    def _record(self, row: sqlite3.Row, address: str, body: bytes, stated: dict[str, str]) -> Any:
        """The record of the bytes, or that they are those of an earlier one. No response is made for a page without an address."""
        if not address.startswith(("http://", "https://")):
            kind = json.loads(row["headers"]).get("content-type", "application/octet-stream")
            headers = {**stated, "Content-Type": kind}
            return self.out.create_warc_record(
                address, "resource", BytesIO(body), len(body), kind, warc_headers_dict=headers
            )
        http = self._http(row, len(body))
        known = self.execute("SELECT url, at FROM temp.first WHERE sha256 = ?", (row["sha256"],)).fetchone()
        digest = f"sha256:{row['sha256']}"
        if known is not None and row["sha256"]:
            return self.out.create_revisit_record(address, digest, known[0], known[1], http, stated)
        if row["sha256"]:
            self.execute("INSERT INTO temp.first VALUES (?, ?, ?)", (row["sha256"], address, row["fetched_at"]))
            stated["WARC-Payload-Digest"] = digest
        return self.out.create_warc_record(
            address, "response", BytesIO(body), len(body), warc_headers_dict=stated, http_headers=http
        )

    @staticmethod
    def _http(row: sqlite3.Row, length: int) -> Any:
        from warcio.statusandheaders import StatusAndHeaders

        headers = [
            (f"X-Archive-Orig-{name}" if name in _HOP else name, " ".join(value.split()))
            for name, value in json.loads(row["headers"]).items()
        ]
        if row["content_encoding"] and "content-encoding" not in json.loads(row["headers"]):
            headers.append(("X-Archive-Orig-content-encoding", row["content_encoding"]))
        headers.append(("Content-Length", str(length)))
        return StatusAndHeaders(f"{row['status']} {responses.get(row['status'], '')}".strip(), headers, "HTTP/1.1")

    def _metadata(self, address: str, headers: dict[str, str], stated: dict[str, Any]) -> None:
        text = json.dumps(stated, ensure_ascii=False).encode("utf-8", "surrogatepass")
        headers = {**headers, "Content-Type": "application/json"}
        record = self.out.create_warc_record(
            address, "metadata", BytesIO(text), len(text), "application/json", warc_headers_dict=headers
        )
        self.out.write_record(record)


def _version() -> str:
    try:
        return version("govnews")
    except PackageNotFoundError:
        return "0"
