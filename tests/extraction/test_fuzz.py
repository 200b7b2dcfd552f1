"""Hostile and broken input: extract and listing never raise, never hang, never make an article of rubbish.

Pages are the golden pages and, where it is there, the labelled corpus, mutated by a seeded generator: a failure names its seed, and
the seed becomes a test.
"""

from __future__ import annotations

import json
import os
import random
import time
from functools import cache
from pathlib import Path

import pytest

from govnews import extract, listing
from govnews.extraction.listing import read_text
from govnews.model.codes import CODES
from govnews.text.decode import decode

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
CORPUS = Path(os.environ.get("GOVNEWS_CORPUS") or Path(__file__).resolve().parents[3] / "shared" / "corpus")
SLOWEST = 2.0
"""Seconds of CPU for one page, whatever it is."""


@cache
def _pages() -> list[bytes]:
    places = [GOLDEN / "articles", GOLDEN / "others", GOLDEN / "lists", CORPUS / "pages", CORPUS / "lists" / "pages"]
    files = [p for place in places if place.exists() for p in sorted(place.iterdir()) if p.suffix != ".json"]
    return [p.read_bytes() for p in files]


def _mutated(seed: int, pages: list[bytes] | None = None) -> bytes:
    """One to four mutations of a page: cut, spliced, bytes flipped, tags dropped, pieces repeated or nested."""
    chance = random.Random(seed)
    page = bytearray(chance.choice(pages or _pages()))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(page) + 1)
        match chance.randrange(8):
            case 0:
                del page[at:]
            case 1:
                other = chance.choice(pages or _pages())
                page[at:] = other[chance.randrange(len(other) + 1) :]
            case 2:
                for _ in range(chance.randint(1, 50)):
                    if page:
                        page[chance.randrange(len(page))] = chance.randrange(256)
            case 3:
                page = bytearray(
                    page.replace(chance.choice([b"</div>", b"</p>", b"<p>", b"</a>", b">", b'"', b"</td>"]), b"")
                )
            case 4:
                page[at:at] = page[at : at + 200] * chance.randint(1, 40)
            case 5:
                page[at:at] = chance.choice(
                    [b"<div>", b"<table><tr><td>", b"<a href=x>", b"<!--", b"<script>", b"<font>"]
                ) * chance.randint(1, 400)
            case 6:
                page[at:at] = chance.choice(
                    [b"\x00", b"\xff\xfe", b"\xed\xa0\x80", "：".encode(), b"2024-", b"&#x"]
                ) * chance.randint(1, 300)
            case 7:
                page = bytearray(
                    page.decode("utf-8", "replace").encode(chance.choice(["gb18030", "utf-16", "big5"]), "replace")
                )
    return bytes(page)


def _endures(page: bytes, name: object) -> None:
    began = time.process_time()
    article = extract(page, url="http://www.songxi.test/a/t20240506_1.html", fetched_at="2024-06-01T00:00:00Z")
    rows = listing(page, url="http://www.songxi.test/a/index.html")
    spent = time.process_time() - began
    assert spent < 2 * SLOWEST, (name, spent)
    assert ("kind", article.kind) in CODES, name
    assert "extract_failed" not in article.flags
    json.dumps(article.to_dict(), ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert article.kind == "article" or article.publish_time is None, name
    assert article.view_count is None or article.view_count_state == "shown", name
    assert all(item.url and item.title for item in rows.items), name


@pytest.mark.parametrize("block", range(20))
def test_mutated_pages(block: int) -> None:
    for seed in range(block * 100, block * 100 + 100):
        _endures(_mutated(seed), seed)


@pytest.mark.soak
@pytest.mark.parametrize("block", range(100))
def test_many_mutated_pages(block: int) -> None:
    for seed in range(10_000 + block * 1000, 10_000 + block * 1000 + 1000):
        _endures(_mutated(seed), seed)


LISTS = "http://www.songxi.test/a/index.html"


@cache
def _lists() -> list[bytes]:
    places = [GOLDEN / "lists", CORPUS / "lists" / "pages"]
    files = [p for place in places if place.exists() for p in sorted(place.iterdir())]
    return [p.read_bytes() for p in files if not p.name.endswith(".json") or not p.with_suffix("").suffix]


@pytest.mark.parametrize("block", range(10))
def test_mutated_lists(block: int) -> None:
    """listing catches everything; read_text, within it, must have nothing to be caught."""
    for seed in range(20_000 + block * 100, 20_000 + block * 100 + 100):
        page = _mutated(seed, _lists())
        began = time.process_time()
        rows = read_text(decode(page).text, LISTS)
        assert time.process_time() - began < SLOWEST, seed
        assert all(item.url and item.title for item in rows.items), seed
        json.dumps(rows.to_dict(), ensure_ascii=False)


@pytest.mark.parametrize(
    "piece",
    [
        "<li><a href='/a/{n}.html'>松溪县第{n}次会议</a><b>05-0{d}</b></li>",
        "<p onclick=\"location.href='/a/{n}.html'\">松溪县第{n}次会议</p>",
        "<a href='javascript:go({n})'>下一页</a><script>function go(n){{location.href='/a'+n+'.html'}}</script>",
        "<select onchange='location=this.value'><option>1</option><option value='/{n}.html'>2</option></select>",
        "<script>var a=[{{title:'松溪县第{n}次会议',url:'/a/{n}.html',date:'2024-05-0{d}'}}]</script>",
        "<div><h3>热点</h3><ul><li><a href='/a/{n}.html'>松溪县第{n}次会议</a></li></ul>",
        "<table><tr><td>日期<tr><td><a href='/a/{n}.html'>松溪县第{n}次会议</a>",
        "<!--<a href='/a/{n}.html'>松溪县第{n}次会议</a>2024-05-0{d}-->",
    ],
)
def test_long_lists_stay_linear(piece: str) -> None:
    """Four times the rows cost no more than some eight times as much: nothing is quadratic."""
    spent = []
    for rows in (1500, 6000):
        page = "<ul>" + "".join(piece.format(n=n, d=n % 9 + 1) for n in range(rows)) + "</ul>"
        began = time.process_time()
        read_text(page, LISTS)
        spent.append(time.process_time() - began)
    assert spent[1] < 8 * spent[0] + 0.5, spent


def test_nothing_raises_inside() -> None:
    """extract catches everything; here what it caught would be seen."""
    from govnews.extraction.article import find
    from govnews.model import Page

    pages: dict[object, bytes] = {seed: _mutated(seed) for seed in range(3000, 3300)}
    pages["a picture and no line of text"] = b"<body><div><img src='a.png'></div></body>"
    for name, page in pages.items():
        findings = find(Page("http://www.songxi.test/a.html", page, "2024-06-01T00:00:00Z"))
        assert [i for i in findings.issues if i.code == "extract_failed"] == [], name


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b" ",
        b"\x00" * 1000,
        b"<",
        b"<html",
        "\ufeff".encode(),
        b"\xff\xfe",
        b"{}",
        b"[1]",
        b"%PDF-1.4 x",
        b"<a" * 5000,
        "县" * 5000,
    ],
    ids=repr,
)
def test_what_is_no_page_is_no_article(page: bytes | str) -> None:
    article = extract(page)
    assert article.kind != "article"
    assert (article.publish_time, article.source, article.view_count) == (None, None, None)


def test_deep_nesting_is_flagged() -> None:
    page = b"<html><body>" + b"<div>" * 50_000 + "深处的正文".encode() + b"</div>" * 50_000
    assert "too_deep" in extract(page).flags
    _endures(page, "50,000 deep")


@pytest.mark.parametrize(
    "piece",
    [
        "<p>县里开会。</p>",
        "来源：",
        "2024-05-06 ",
        "<a href='x'>要闻</a>",
        "(",
        "【",
        "首页 > ",
        "\u3000",
        "<td>一</td>",
        "<b>",
    ],
)
def test_no_pattern_hangs_and_large_pages_are_cut(piece: str) -> None:
    """9 MB of one thing: cut at 8 MB with a flag, and cost stays near linear (2 MB of it costs no more than a fifth per MB)."""
    page = "<html><body><h1>松溪县一篇很长的新闻稿</h1>" + piece * (9 * 2**20 // len(piece.encode()))
    began = time.process_time()
    article = extract(page.encode())
    spent = time.process_time() - began
    assert "truncated_for_reading" in article.flags
    assert spent < 8 * 5, (piece, spent)
