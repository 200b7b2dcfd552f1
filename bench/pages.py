"""What the raw pages of one site take, after `compact`, against gzip and WARC.gz; and the time to read them back.

    python bench/pages.py [--pages N] [--sites N] [--levels]

Made pages of several invented sites: each has a template of its own (menus, styles, scripts, a footer) and articles of Zipf-drawn
characters, with neighbours, dates and counters that differ from page to page. They share no text with any real site. A made
template never changes, which flatters every dictionary; real pages of one site gain less. CPU time, interleaved, best of 3.
Floor: gzip -6 of each page alone (read back out of a table like ours, and hashed), and a WARC record of each page in a gzip member of
its own.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from govnews.archive import compact as room
from govnews.archive import open_archive
from govnews.archive.pages import digest

GOAL = 0.5
"""Of gzip: bytes, and time to read back."""
_SIGNS = [chr(0x4E00 + n * 7) for n in range(2500)]


def site(number: int, pages: int) -> list[bytes]:
    """The pages of one invented site."""
    chance = random.Random(number)
    words = ["".join(chance.choices(_SIGNS, k=chance.choice((2, 2, 2, 3, 4)))) for _ in range(6000)]
    weights = [1 / (n + 5) for n in range(len(words))]

    def prose(size: int) -> str:
        return "".join(chance.choices(words, weights, k=size))

    style = "".join(
        f".c{chance.randrange(9999)}{{margin:{chance.randrange(40)}px;color:#{chance.randrange(4096):03x}}}\n"
        for _ in range(chance.randrange(60, 260))
    )
    menu = "".join(
        f'<li class="m{chance.randrange(99)}"><a href="/{chance.randrange(9999)}/index.html">{prose(2)}</a></li>\n'
        for _ in range(chance.randrange(60, 200))
    )
    script = "".join(
        f"var v{chance.randrange(9999)}='{chance.randrange(10**9):x}';\n" for _ in range(chance.randrange(40, 200))
    )
    titles = [prose(9) for _ in range(pages)]
    out = []
    for n in range(pages):
        near = "".join(
            f'<li><a href="/{chance.randrange(9999)}/{m}.html">{titles[m]}</a><i>2024-{1 + m % 12:02d}-{1 + m % 28:02d}</i></li>\n'
            for m in chance.sample(range(pages), min(pages, 8))
        )
        body = "".join(
            f"<p style='text-indent:2em'>　　{prose(chance.randrange(20, 90))}。</p>\n"
            for _ in range(chance.randrange(2, 16))
        )
        out.append(
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{titles[n]}</title><meta name='PubDate' content='2024-{1 + n % 12:02d}-01'>"
            f"<style>{style}</style><script>{script}</script></head><body><ul>{menu}</ul><h1>{titles[n]}</h1><p>来源：{prose(3)} "
            f"浏览：{chance.randrange(9000)}</p><div class='text'>{body}</div><ul class='near'>{near}</ul><div class='foot'>{prose(60)}</div>"
            f"</body></html>".encode()
        )
    return out


def warc_record(body: bytes, n: int) -> bytes:
    """One response record as WARC writes it."""
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: nginx\r\nDate: Fri, 01 Mar 2024 08:00:00 GMT\r\n\r\n"
        + body
    )
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://www.site.test/{n}.html\r\nWARC-Date: 2024-03-01T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{digest(body)[:32]}>\r\nWARC-Payload-Digest: sha256:{digest(body)}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def cpu(call: Callable[[], object]) -> float:
    """Seconds of CPU."""
    began = time.process_time()
    call()
    return time.process_time() - began


def in_a_table(blobs: list[bytes], names: list[str], path: Path) -> sqlite3.Connection:
    """The gzip members in a table like ours: the floor pays for SQLite too."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE pages (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT")
    connection.executemany("INSERT INTO pages VALUES (?, ?)", zip(names, blobs, strict=True))
    connection.commit()
    return connection


def gunzip(connection: sqlite3.Connection, names: list[str]) -> None:
    """Reads pages back and checks them, as the archive does."""
    for name in names:
        (data,) = connection.execute("SELECT data FROM pages WHERE sha256 = ?", (name,)).fetchone()
        digest(gzip.decompress(data))


def measure(sites: list[list[bytes]]) -> bool:
    """Prints the table; whether the goals hold."""
    bodies = [b for pages in sites for b in pages]
    plain = sum(map(len, bodies))
    zipped = [gzip.compress(b, 6) for b in bodies]
    warc = sum(len(gzip.compress(warc_record(b, n), 6)) for n, b in enumerate(bodies))
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "a.db") as archive:
        for n, pages in enumerate(sites):
            archive.pages.put_all((digest(b), b, str(n), "2024-03-01T00:00:00Z") for b in pages)
            archive.connection.executemany(
                "INSERT INTO captures (url_key, fetched_at, sha256, redirects, site, status, response_class, headers, size, truncated, origin) "
                "VALUES (?, '', ?, '[]', ?, 200, 'ok', '{}', ?, 0, 'made')",
                [(f"{n}/{m}", digest(b), str(n), len(b)) for m, b in enumerate(pages)],
            )
        spent = cpu(lambda: room.compact(archive, now="2024-03-02T00:00:00Z"))
        ours = archive.pages.connection.execute(
            "SELECT (SELECT sum(length(data)) FROM pages) + (SELECT coalesce(sum(length(data)), 0) FROM dictionaries)"
        ).fetchone()[0]
        names = [digest(b) for b in bodies]
        zips = in_a_table(zipped, names, Path(folder) / "gzip.db")
        read, base = float("inf"), float("inf")
        for _ in range(7):
            base = min(base, cpu(lambda: gunzip(zips, names)))
            read = min(read, cpu(lambda: [archive.pages.get(name) for name in names]))
        file = archive.pages.connection.execute("PRAGMA page_count").fetchone()[0] * room.BLOCK
    total, count = sum(map(len, zipped)), len(bodies)
    print(f"{count} pages of {len(sites)} sites, {plain / count / 1024:.1f} KB each; level {room.LEVEL}")
    print(f"{'':24}{'bytes/page':>12}{'of gzip':>9}{'of plain':>10}")
    for name, size in (("gzip -6", total), ("WARC.gz", warc), ("compact, dictionaries in", ours), ("its file", file)):
        print(f"{name:24}{size / count:12.0f}{size / total:9.3f}{size / plain:10.3f}")
    print(
        f"compacting {count / spent:.0f} pages/s; read back and hashed {1e6 * read / count:.0f} µs a page, gzip {1e6 * base / count:.0f} µs: {read / base:.2f}"
    )
    print(
        f"a million such pages: {file / count * 1e6 / 2**30:.1f} GiB (gzip {total / count * 1e6 / 2**30:.1f}), {spent / count * 1e6 / 3600:.1f} h of CPU"
    )
    holds = ours <= GOAL * min(total, warc) and read <= GOAL * base
    print(f"goal: ≤ {GOAL} of gzip and WARC.gz in bytes, ≤ {GOAL} of gzip in time: {'holds' if holds else 'MISSED'}")
    return holds


def main() -> int:
    """Exit code: 0 the goals hold, 1 one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=150, help="pages of each site")
    parser.add_argument("--sites", type=int, default=4)
    parser.add_argument("--levels", action="store_true", help="also zstd levels 3 and 19")
    arguments = parser.parse_args()
    sites = [site(n, arguments.pages) for n in range(arguments.sites)]
    holds = measure(sites)
    for room.LEVEL in (3, 19) if arguments.levels else ():
        measure(sites)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
