"""From where: two archives of one county, crawled from two places, keep both after a merge, with how far each read its lists."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "archive"))

from making import SITE, address, day, html, page, rows

from govnews.archive import ListRead, Writer, finish_run, open_archive, start_run
from govnews.archive.merge import merge
from govnews.ingest import find, make_unit, settle

PLACES = {"kunming; CN; China Telecom": 0, "Frankfurt; DE; Hetzner": 2}


def crawled(path: Path, vantage: str, n: int) -> None:
    """A run that read the list and one article on the n-th day."""
    with open_archive(path) as archive:
        run = start_run(archive, "crawl", now=day(n), version="x", vantage=vantage, settings={})
        writer, seen = Writer(archive, run), page(html(views=n + 1), day(n))
        find(seen, SITE)
        settle(seen)
        unit = make_unit(seen, SITE)
        unit.list_read = ListRead("http://www.qingshan.test/xwzx/", 1, 20, "2024-02-01", (unit.uid,), ended=False)
        writer.add(unit)
        writer.close()
        finish_run(archive, run, now=day(n), reason="finished", counts={}, sites={})


def test_a_merge_keeps_both_places(tmp_path: Path) -> None:
    paths = []
    for place, n in PLACES.items():
        paths.append(tmp_path / f"{n}.db")
        crawled(paths[-1], place, n)
    for _ in range(2):  # the second time changes nothing
        with open_archive(paths[0]) as into, open_archive(paths[1], read_only=True) as source:
            merge(into, source)
    captures = rows(
        paths[0],
        "SELECT r.vantage, c.fetched_at FROM captures c JOIN runs r ON r.id = c.run WHERE c.url = ?",
        address(),
    )
    assert {r["vantage"]: r["fetched_at"] for r in captures} == {place: day(n) for place, n in PLACES.items()}
    reads = rows(paths[0], "SELECT read_at, reach FROM list_reads ORDER BY read_at")
    assert reads == [{"read_at": day(n), "reach": "2024-02-01"} for n in PLACES.values()]
