"""A redacted text is in no byte of any file, does not come back by any way, and leaves a tombstone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from making import SITE, address, day, html, ingested, page, rows

from govnews.archive import open_archive
from govnews.archive.check import redacted, verify
from govnews.archive.compact import compact
from govnews.archive.find import get
from govnews.archive.merge import merge
from govnews.archive.pages import pages_path
from govnews.archive.redact import redact
from govnews.archive.search.index import update_index
from govnews.extraction import read_list, uid, url_key
from govnews.ingest import Ingest
from govnews.ingest.again import reextract
from govnews.model import Failure, Page, Task

TITLE = "鹭鸶巷蒋老伯家的低保申请获批通过"
TEXT = (
    "鹭鸶巷十七号的蒋老伯患病多年，家中仅靠女儿打零工维持，日子过得十分紧巴。",
    "社区干部登门走访六回，替他备齐了申请材料，并垫付了首月的药费三百余元。",
)
UID = uid(url_key(address(7)))
LIST = f"http://{SITE.hosts[0]}/xwzx/"


def listing(*numbers: int) -> bytes:
    """A list page that prints the headline of the text and of others."""
    named = {7: TITLE}
    items = "".join(
        f'<li><a href="{address(n)}">{named.get(n, f"青杉县第{n}号防火通报正式印发")}</a><span>2024-03-0{n % 9 + 1}</span></li>'
        for n in numbers
    )
    return f"<html><head><meta charset='utf-8'><title>新闻中心</title></head><body><ul class='list'>{items}</ul></body></html>".encode()


def menu() -> str:
    return "".join(f"<li><a href='/xwzx/col{i}/'>栏目{i * 7919 % 997}</a></li>" for i in range(120))


def target(title: str = TITLE, body: tuple[str, ...] = TEXT) -> bytes:
    return html(title=title, body=body, notice=menu())


def list_page(at: str, *numbers: int) -> Page:
    out = page(listing(*numbers), at, LIST, task=Task("list", LIST, SITE.id, column=LIST))
    out.listing = read_list(out, SITE)
    out.requests = tuple(Task("article", item.url, SITE.id, list_title=item.title) for item in out.listing.items)
    return out


def report(n: int) -> bytes:
    """An article that stays."""
    text = f"第{n}号通报要求，各乡镇把责任落实到山头地块，共{n * 7919 % 1009}人参加。"
    return html(title=f"青杉县第{n}号防火通报", body=[text], notice=menu())


def pages() -> list[Page]:
    others = [page(report(n), day(0), address(n)) for n in range(10, 24)]
    first = [
        list_page(day(0), 5, 6, 7, 8),
        page(target(), day(0), address(7)),
        page(target(), day(0), address(8)),  # the same text under another address
        page(html(title="青杉县公布低保名单", notice=f"上一篇：{TITLE}"), day(0), address(9)),
    ]
    edited = page(target(body=(*TEXT, "蒋老伯如今盼着来年开春能把院墙修一修。")), day(2), address(7))
    return [*others[:4], *first, *others[4:], edited]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive with the text: in two versions, two addresses, a list, a neighbour's page, an index and dictionaries."""
    path = tmp_path / "a.db"
    ingested(path, pages())
    with open_archive(path) as archive:
        update_index(archive)
        compact(archive, now=day(3))
    return path


def shingles() -> list[str]:
    whole = [TITLE, *TEXT, "蒋老伯如今盼着来年开春能把院墙修一修。"]
    return [line[n : n + 8] for line in whole for n in range(len(line) - 7)]


def holds(data: bytes, words: list[str]) -> str | None:
    return next((w for w in words if w.encode() in data or w.encode("gb18030") in data), None)


def assert_nowhere(path: Path, *, kept: int = 1) -> None:
    """No run of eight characters in any file; undone, only in pages of other articles that name the headline."""
    words = shingles()
    for file in path.parent.glob(f"{path.stem}.*db*"):
        assert not holds(file.read_bytes(), words), file
    with open_archive(path, read_only=True) as archive:
        store = archive.pages
        bodies = [store.get(row[0]) for row in store.connection.execute("SELECT sha256 FROM pages").fetchall()]
        bodies += [row[0] for row in store.connection.execute("SELECT data FROM dictionaries")]
    assert sum(1 for body in bodies if holds(body or b"", words)) <= kept


def take_out(path: Path) -> None:
    with open_archive(path) as archive:
        redact(archive, UID, reason="ersucht", now=day(5))
        update_index(archive)


def test_it_is_in_no_byte_of_any_file(path: Path) -> None:
    assert any(holds(f.read_bytes(), shingles()) for f in path.parent.glob("a.*db"))
    with open_archive(path) as archive:
        taken = redact(archive, UID, reason="Bitte einer Privatperson", now=day(5))
        assert taken.uids == [UID, uid(url_key(address(8)))] and taken.kept == 1 and taken.pages == 3
        update_index(archive)
        for file in path.parent.glob("a.*db-wal"):
            assert not holds(file.read_bytes(), shingles())
        assert list(verify(archive)) == [] and redacted(archive) == 2
        with pytest.raises(Failure, match="redacted on 2024-03-06: Bitte"):
            get(archive, UID[:12])
    assert_nowhere(path)
    assert len(rows(path, "SELECT * FROM articles")) == 15
    assert rows(path, "SELECT DISTINCT reason FROM redactions") == [{"reason": "Bitte einer Privatperson"}]
    assert len(rows(path, "SELECT * FROM frontier")) == 2, "nothing of it is fetched again"
    assert {r["list_title"] for r in rows(path, "SELECT list_title FROM sightings WHERE uid = ?", UID)} == {None}


def test_no_dictionary_keeps_it_and_all_others_come_back(path: Path) -> None:
    before = {r["sha256"] for r in rows(pages_path(path), "SELECT sha256 FROM pages")}
    take_out(path)
    with open_archive(path) as archive:
        left = {r["sha256"] for r in rows(pages_path(path), "SELECT sha256 FROM pages")}
        assert len(before - left) == 3 and all(archive.pages.get(sha) for sha in left)


def test_no_crawl_and_no_reading_brings_it_back(path: Path) -> None:
    take_out(path)
    later = [list_page(day(8), 5, 6, 7, 8), page(target(), day(8), address(7)), page(target(), day(8), address(30))]
    assert ingested(path, later) == ["none", "none", "none"]
    ingested(path, pages())
    with open_archive(path) as archive:
        lost = reextract(archive, {SITE.id: SITE}, workers=1)
        assert not lost.damaged
        update_index(archive)
        assert list(verify(archive)) == []
    assert_nowhere(path)
    assert rows(path, "SELECT count(*) AS n FROM captures WHERE fetched_at = ?", day(8)) == [{"n": 3}]


@pytest.mark.parametrize("order", ["into the redacted", "the redacted into it"])
def test_a_merge_does_not_bring_it_back(path: Path, tmp_path: Path, order: str) -> None:
    other = tmp_path / "b.db"
    ingested(other, [*pages(), page(target("鹭鸶巷蒋老伯家的低保申请（更正）"), day(4), address(7))])
    take_out(path)
    one, two = (path, other) if order == "into the redacted" else (other, path)
    with open_archive(one) as into, open_archive(two, read_only=True) as source:
        merge(into, source)
    with open_archive(one) as into:
        assert list(verify(into)) == []
        update_index(into)
    assert not rows(one, "SELECT * FROM articles WHERE uid = ?", UID)
    assert [r["redacted_at"] for r in rows(one, "SELECT * FROM redactions")] == [day(5)] * 2
    assert_nowhere(one)


def test_a_second_time_completes_and_changes_nothing(path: Path) -> None:
    take_out(path)
    before = rows(path, "SELECT * FROM redactions"), rows(path, "SELECT * FROM redacted_hashes")
    take_out(path)
    assert (rows(path, "SELECT * FROM redactions"), rows(path, "SELECT * FROM redacted_hashes")) == before
    with open_archive(path) as archive, pytest.raises(Failure, match="no article"):
        redact(archive, "0123456789abcdef", reason="x", now=day(5))


def test_articles_without_text_are_not_taken_for_each_other(tmp_path: Path) -> None:
    """Their empty bodies have one hash, and it stands for nothing."""
    path = tmp_path / "a.db"
    pictures = [
        page(html(title=f"青杉县第{n}届摄影展图片集锦展播", body=["<img src='/a.jpg'>"]), day(0), address(n))
        for n in (1, 2)
    ]
    ingested(path, pictures)
    found = rows(path, "SELECT uid FROM articles ORDER BY url_key")
    if not found:
        pytest.skip("pages of pictures only are no articles here")
    with open_archive(path) as archive:
        assert redact(archive, found[0]["uid"], reason="x", now=day(5)).uids == [found[0]["uid"]]
    ingested(path, [page(pictures[1].body, day(6), address(3))])
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone()[0] >= 1
    with open_archive(path) as archive, Ingest(archive) as ingest:
        assert ingest.writer._redacted.uids == {found[0]["uid"]}
