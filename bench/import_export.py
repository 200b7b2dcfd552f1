"""Import and export against named floors, in one run: CPU seconds, ratios, sizes, and whether memory stays flat.

    python bench/import_export.py [PAGES]

Floors: for an import, warcio reading the same file and hashing every entity; for an import of what is there already the same; for an
export, fetching the same rows (for WARC: also reading the same bytes from the pages file) and doing nothing with them. Pages are
invented, alike in their template and different in their text.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from govnews.archive import open_archive
from govnews.export import articles, export
from govnews.importers import import_paths

SIGNS = [chr(code) for code in range(0x4E00, 0x9000)]


def page(n: int, dice: random.Random) -> bytes:
    """One invented page of some 12 KB."""
    text = "".join(f"<p>{''.join(dice.choices(SIGNS, k=120))}。</p>" for _ in range(8))
    menu = "".join(f"<li><a href='/c{m}/index.html'>栏目{m}</a></li>" for m in range(120))
    return (
        f"<html><head><meta charset='utf-8'><title>第{n}次会议_松溪县人民政府</title></head><body><ul>{menu}</ul><h1>松溪县第{n}次会议召开"
        f"</h1><div>发布时间：2024-05-{n % 28 + 1:02d} 09:30 来源：松溪县融媒体中心 浏览次数：{n}</div><div class='content'>{text}</div></body></html>"
    ).encode()


def make(path: Path, pages: int) -> None:
    """A WARC of so many pages."""
    dice = random.Random(7)
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for n in range(pages):
            body = page(n, dice)
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            url = f"http://www.songxi.test/xwzx/202405/t20240506_{n}.html"
            writer.write_record(writer.create_warc_record(url, "response", BytesIO(body), len(body), http_headers=http))


def read_only(path: Path) -> None:
    """The floor of an import."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            hashlib.sha256(record.content_stream().read()).digest()


def taken(path: Path, db: Path) -> None:
    """The import."""
    with open_archive(db) as archive:
        import_paths(archive, [path])


def fetched(db: Path, *, bodies: bool = False) -> None:
    """The floor of an export."""
    with open_archive(db, read_only=True) as archive:
        for _ in articles(archive).rows():
            pass
        if bodies:
            for row in archive.connection.execute("SELECT sha256 FROM captures"):
                archive.pages.get(row[0])


def written(db: Path, goal: Path, format: str) -> None:
    """The export."""
    with open_archive(db, read_only=True) as archive:
        export(articles(archive), format, goal, force=True)


def cpu(call: Callable[[], None]) -> float:
    """CPU seconds of a call."""
    began = time.process_time()
    call()
    return time.process_time() - began


def peak(*words: str | Path) -> int:
    """Megabytes a command takes at its highest, in a process of its own."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); "
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    command = [sys.executable, "-c", code, sys.executable, "-m", "govnews", *map(str, words)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warc, db = folder / "a.warc.gz", folder / "a.db"
        make(warc, pages)
        floor = cpu(lambda: read_only(warc))
        print(f"{pages} pages, WARC {warc.stat().st_size / pages / 1024:.1f} KB a page\n")
        print(f"{'what':<22}{'pages/s':>9}{'x floor':>9}{'KB/page':>9}")
        for what, call in (("read by warcio", read_only), ("import", None), ("import again", None)):
            spent = floor if call else cpu(lambda: taken(warc, db))
            print(f"{what:<22}{pages / spent:>9.0f}{spent / floor:>9.1f}")
        rows, both = cpu(lambda: fetched(db)), cpu(lambda: fetched(db, bodies=True))
        print(f"{'rows fetched':<22}{pages / rows:>9.0f}{1:>9.1f}")
        for format in ("csv", "jsonl", "parquet", "xlsx", "stata", "warc"):
            goal = folder / ("b.warc.gz" if format == "warc" else f"a.{format}")
            spent = cpu(lambda goal=goal, format=format: written(db, goal, format))  # type: ignore[misc]
            files = goal.rglob("*") if goal.is_dir() else [goal]
            size = sum(file.stat().st_size for file in files if file.is_file()) / pages / 1024
            ratio = spent / (both if format == "warc" else rows)
            print(f"{'export ' + format:<22}{pages / spent:>9.0f}{ratio:>9.1f}{size:>9.1f}")
        big = folder / "big.warc.gz"
        make(big, 4 * pages)
        print(f"\npeak memory, {pages} and {4 * pages} pages (MB)")
        for what, words in (
            ("import", ["import"]),
            ("export csv", ["export", "--out"]),
            ("export warc", ["export", "--out"]),
        ):
            sizes = []
            for n, source in enumerate((warc, big)):
                base = folder / f"m{n}.db"
                end = ".csv" if what.endswith("csv") else ".warc.gz"
                more = [source] if what == "import" else [folder / f"m{n}{end}"]
                sizes.append(peak(*words, *more, "--db", base))
            print(f"{what:<22}{sizes[0]:>9}{sizes[1]:>9}")


if __name__ == "__main__":
    main()
