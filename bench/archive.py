"""What an archive costs as it grows: ingest of made articles and `stats`, per article, at several sizes; and the store step alone.

    python bench/archive.py [--sizes 10000 100000] [--store-only]

The store step (page kept, capture, article, observation) is measured against executemany of the very same rows into the same tables
in transactions of 100, interleaved, CPU time, best of 5. Bodies are short, so that the rows and not the text are measured.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from govnews.archive import Unit, Writer, find, open_archive
from govnews.archive.pages import zstd
from govnews.extraction import uid
from govnews.model import Article, Page

FLAT, STORE = 1.5, 0.5
"""Cost per article at the largest size over that at the smallest; store step over executemany, in articles a second."""
_AT = "2024-03-01T08:00:00Z"


def units(start: int, stop: int) -> Iterator[Unit]:
    """Articles as the pipelines would give them, without reading a page."""
    for n in range(start, stop):
        url = f"http://www.site{n % 40}.test/xwzx/{n}.html"
        body = f"第{n}号通报。" + "各乡镇要把责任落实到人，确保各项措施落到实处。" * 6
        article = Article(
            "article",
            f"某县第{n}号通报",
            "2024-03-01",
            "day",
            f"20{10 + n % 15}-03-01",
            "某县融媒体中心",
            n % 997,
            "shown",
            body,
        )
        key = url.removeprefix("http://www.")
        page = Page(url, f"<html><h1>{n}</h1>{body}</html>".encode(), _AT, site=f"99{n % 40:04d}")
        yield Unit(page, key, uid(key), "bench", kind="article", article=article)


def ingest(path: Path, start: int, stop: int) -> float:
    """CPU seconds of storing some articles."""
    made = list(units(start, stop))
    with open_archive(path) as archive:
        writer = Writer(archive)
        began = time.process_time()
        for unit in made:
            writer.add(unit)
        writer.close()
        return time.process_time() - began


def stats(path: Path) -> float:
    """CPU seconds of `govnews stats`."""
    with open_archive(path, read_only=True) as archive:
        began = time.process_time()
        find.stats(archive)
        return time.process_time() - began


def growth(sizes: list[int]) -> bool:
    """Prints cost per article at each size; whether it stays flat."""
    print(f"{'articles':>10}{'ingest µs/article':>19}{'stats µs/article':>18}{'main bytes/article':>20}{'pages':>8}")
    costs = []
    with tempfile.TemporaryDirectory() as folder:
        path, last = Path(folder) / "a.db", 0
        for size in sizes:
            if size - 2000 > last:
                ingest(path, last, size - 2000)
            spent = min(ingest(path, size - 2000 + n * 500, size - 1500 + n * 500) for n in range(4)) / 500
            asked = min(stats(path) for _ in range(3)) / size
            files = [p.stat().st_size / size for p in (path, path.with_name("a.pages.db"))]
            print(f"{size:10}{1e6 * spent:19.0f}{1e6 * asked:18.2f}{files[0]:20.0f}{files[1]:8.0f}")
            costs.append((spent, asked))
            last = size
    ratios = [costs[-1][n] / costs[0][n] for n in range(2)]
    holds = all(ratio <= FLAT for ratio in ratios)
    print(
        f"goal: cost per article flat within {FLAT}: ingest {ratios[0]:.2f}, stats {ratios[1]:.2f}: {'holds' if holds else 'MISSED'}"
    )
    return holds


def floor(path: Path, source: Path) -> float:
    """CPU seconds of executemany of the rows another archive holds, 100 a transaction, its compressed pages compressed again. All in
    the order in which they came: sorted by key they would go in faster than any writer can have them."""
    tables = ("captures", "articles", "view_observations")
    with open_archive(source, read_only=True) as full:
        came = "view_observations o JOIN articles a USING (uid) ORDER BY a.id"
        held = {t: [tuple(r) for r in full.connection.execute(f"SELECT * FROM {t}")] for t in tables[:2]}
        held[tables[2]] = [tuple(r) for r in full.connection.execute(f"SELECT o.* FROM {came}")]
        bodies = [(*r[:6], zstd.decompress(r[6])) for r in full.pages.connection.execute("SELECT * FROM pages")]
    with open_archive(path) as archive:
        began = time.process_time()
        for start in range(0, len(bodies), 100):
            archive.pages.connection.execute("BEGIN IMMEDIATE")
            archive.pages.connection.executemany(
                "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(*r[:6], zstd.compress(r[6], 3)) for r in bodies[start : start + 100]],
            )
            archive.pages.connection.execute("COMMIT")
            archive.connection.execute("BEGIN IMMEDIATE")
            for table in tables:
                part = held[table][start : start + 100]
                marks = ", ".join("?" * len(part[0]))
                archive.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", part)
            archive.connection.execute("COMMIT")
        return time.process_time() - began


def store(articles: int) -> bool:
    """The store step over its floor."""
    ours, base = [], []
    with tempfile.TemporaryDirectory() as folder:
        for n in range(5):
            path = Path(folder) / f"{n}.db"
            ours.append(ingest(path, 0, articles))
            base.append(floor(Path(folder) / f"floor{n}.db", path))
    ratio = min(base) / min(ours)
    print(
        f"store step: {articles / min(ours):.0f} articles/s of CPU, executemany of the same rows {articles / min(base):.0f}: {ratio:.2f}"
    )
    print(f"goal: ≥ {STORE}: {'holds' if ratio >= STORE else 'MISSED'}")
    return ratio >= STORE


def main() -> int:
    """Exit code: 0 the goals hold, 1 one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--store-only", action="store_true")
    arguments = parser.parse_args()
    holds = store(3000)
    if not arguments.store_only:
        holds = growth(sorted(arguments.sizes)) and holds
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
