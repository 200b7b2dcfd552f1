"""WARC files of invented counties, made with warcio: shared by the tests of this folder."""

from __future__ import annotations

import gzip
import io
import sqlite3
from pathlib import Path
from typing import Any

from conftest import article_page
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HOST = "http://www.songxi.test"


def address(n: int) -> str:
    """The address of the n-th article."""
    return f"{HOST}/xwzx/202405/t20240506_{n}.html"


def page(n: int) -> bytes:
    """The n-th article."""
    return article_page(
        f"松溪县第{n}次安排部署春季农业生产工作", f"5月6日，松溪县召开第{n}次会议，安排部署春季农业生产。" * 3
    )


class Warc:
    """A WARC under way in memory; `offsets`: where each record begins."""

    def __init__(self, *, packed: bool = True) -> None:
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=packed)
        self.offsets: list[int] = []

    def add(
        self,
        url: str,
        body: bytes,
        *,
        kind: str = "response",
        at: str = "2024-05-07T01:02:03Z",
        status: str = "200 OK",
        headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),),
    ) -> Any:
        """A record with HTTP headers (a request: of its own)."""
        http = None
        if kind == "response":
            http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        elif kind == "request":
            http = StatusAndHeaders("GET / HTTP/1.1", [("Host", "www.songxi.test")], is_http_request=True)
        self.offsets.append(self.out.tell())
        more = {"warc_content_type": "text/plain"} if kind == "conversion" else {}
        record = self.writer.create_warc_record(
            url, kind, io.BytesIO(body), len(body), warc_headers_dict={"WARC-Date": at}, http_headers=http, **more
        )
        self.writer.write_record(record)
        return record

    def again(self, url: str, at: str, of: Any) -> None:
        """A revisit record of an earlier response."""
        head = of.rec_headers.get_header
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        self.offsets.append(self.out.tell())
        self.writer.write_record(
            self.writer.create_revisit_record(
                url,
                head("WARC-Payload-Digest"),
                head("WARC-Target-URI"),
                head("WARC-Date"),
                http,
                {"WARC-Date": at},
            )
        )

    @property
    def bytes(self) -> bytes:
        return self.out.getvalue()


def many(count: int, *, packed: bool = True) -> Warc:
    """A file of so many articles."""
    warc = Warc(packed=packed)
    for n in range(count):
        warc.add(address(n), page(n))
    return warc


def chunked(body: bytes) -> bytes:
    """A body as it travels packed and in chunks."""
    packed = gzip.compress(body)
    parts = [packed[n : n + 100] for n in range(0, len(packed), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"


def rows(db: Path, sql: str) -> list[dict[str, Any]]:
    """What a query gives, through a connection of its own that cannot write."""
    connection = sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute(sql)]
    finally:
        connection.close()
