"""Bridges: the same article at a new address, and what is too little to say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import BODY, SITE, address, day, html, missing, page, rows

from govnews.archive import build_bridges, find, open_archive
from govnews.archive.check import verify
from govnews.archive.merge import merge
from govnews.ingest import Ingest
from govnews.model import Page


def archived(path: Path, *pages: Page) -> list[dict[str, object]]:
    """The bridges of an archive in which the first article was seen, then missed, and then other pages came."""
    gone = page(missing(), day(3), status=404, response_class="gone")
    with open_archive(path) as archive:
        with Ingest(archive) as ingest:
            for each in (page(html(), day(0)), *pages, gone):
                ingest.add(each, SITE)
        build_bridges(archive, [SITE.id], now=day(4))
        assert list(verify(archive)) == []
    return rows(path, "SELECT b.evidence, n.url FROM bridges b JOIN articles n ON n.uid = b.new_uid")


@pytest.mark.parametrize(
    ("new", "evidence"),
    [
        ({}, "title date text"),
        ({"title": "青杉县开会部署防火"}, "date text"),
        ({"time": "2024-02-28 10:00:00"}, "title text"),
        ({"body": (*BODY, "会后进行了演练。")}, "title date text_like"),
    ],
)
def test_the_same_article_elsewhere(tmp_path: Path, new: dict[str, object], evidence: str) -> None:
    path = tmp_path / "a.db"
    assert archived(path, page(html(**new), day(2), address(7))) == [{"evidence": evidence, "url": address(7)}]  # type: ignore[arg-type]
    [row] = rows(path, "SELECT url, new_url, bridge FROM no_longer_found")
    assert row == {"url": address(), "new_url": address(7), "bridge": evidence}
    with open_archive(path) as archive:
        assert build_bridges(archive, [SITE.id], now=day(5)) == {}, "once"
        [lost] = find.gone(archive, suspect=True)
    assert lost["moved"]["url"] == address(7)


@pytest.mark.parametrize(
    "pages",
    [
        [],
        [
            page(
                html(title="青杉县另一则消息", body=("全县上下开展植树活动，共栽下树苗三千株，绿化荒坡二百亩。",)),
                day(2),
                address(7),
            )
        ],
        [page(html(body=("全县上下开展植树活动，共栽下树苗三千株，绿化荒坡二百亩。",)), day(2), address(7))],
        [page(html(), day(0), address(7))],
        [page(html(), day(2), address(7)), page(html(), day(2), address(8))],
    ],
    ids=["nothing", "same day only", "another text", "stood there before", "two of them"],
)
def test_what_is_open_stays_open(tmp_path: Path, pages: list[Page]) -> None:
    assert archived(tmp_path / "a.db", *pages) == []


def test_an_address_that_leads_there(tmp_path: Path) -> None:
    """The old address answers with the article at its new one: nothing is missing, and yet it has moved."""
    path = tmp_path / "a.db"
    with open_archive(path) as archive:
        with Ingest(archive) as ingest:
            ingest.add(page(html(), day(0)), SITE)
            ingest.add(page(html(), day(2), address(7), requested_url=address(), redirects=(address(),)), SITE)
        build_bridges(archive, [SITE.id], now=day(4))
    assert rows(path, "SELECT evidence FROM bridges") == [{"evidence": "redirect title date text"}]


def test_a_merge_keeps_them(tmp_path: Path) -> None:
    archived(tmp_path / "a.db", page(html(), day(2), address(7)))
    with open_archive(tmp_path / "b.db") as into, open_archive(tmp_path / "a.db") as source:
        merge(into, source)
        assert list(verify(into)) == []
    held = rows(tmp_path / "a.db", "SELECT * FROM bridges")
    assert rows(tmp_path / "b.db", "SELECT * FROM bridges") == held != []
