"""From where: two archives of one county, crawled from two places, keep both after a merge, with how far each read its lists."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "archive"))

import click
import pytest
from making import SITE, address, day, html, page, rows

from govnews.archive import ListRead, Writer, finish_run, open_archive, start_run
from govnews.archive.merge import merge
from govnews.cli import options
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
    places = rows(
        paths[0], "SELECT DISTINCT place, country, network FROM captures JOIN vantages USING (run) ORDER BY place"
    )
    assert [tuple(place.values()) for place in places] == [
        ("Frankfurt", "DE", "Hetzner"),
        ("kunming", "CN", "China Telecom"),
    ]
    reads = rows(paths[0], "SELECT read_at, reach FROM list_reads ORDER BY read_at")
    assert reads == [{"read_at": day(n), "reach": "2024-02-01"} for n in PLACES.values()]


@pytest.mark.parametrize(
    ("written", "kept", "parts"),
    [
        ("kunming;CN ;  China  Telecom", "kunming; CN; China Telecom", ("kunming", "CN", "China Telecom")),
        ("昆明；中国；电信", "昆明; 中国; 电信", ("昆明", "中国", "电信")),
        ("my desk", "my desk", ("my desk", None, None)),
        ("; DE;", "; DE; ", (None, "DE", None)),
    ],
)
def test_a_vantage_has_three_parts(
    tmp_path: Path, written: str, kept: str, parts: tuple[str | None, str | None, str | None]
) -> None:
    """Blanks make no other place: what was seen from one would not be missed from the other."""
    vantage = options.Vantage().convert(written, None, None)
    assert vantage == kept
    with open_archive(tmp_path / "a.db") as archive:
        start_run(archive, "crawl", now=day(0), version="x", vantage=vantage, settings={})
        start_run(archive, "crawl", now=day(0), version="x", vantage=None, settings={})
    assert rows(tmp_path / "a.db", "SELECT * FROM vantages") == [
        {"run": 1, "vantage": kept, **dict(zip(("place", "country", "network"), parts, strict=True))}
    ], "a run without a vantage has no row"


def test_more_than_three_parts_are_refused() -> None:
    with pytest.raises(click.BadParameter, match="three parts"):
        options.Vantage().convert("a; b; c; d", None, None)
