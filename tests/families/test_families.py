"""What holds for every family, found by scanning the folder: golden pages of two sites, a golden list, a line of the docs; and that
a mark or two of another maker on a page changes nothing.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from govnews.extraction import url_key
from govnews.families import Family, detect, families
from govnews.text.decode import decode

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
STRAYS = (
    '<form action="/was5/web/search"><input name="searchword"></form>',
    '<div class="TRS_Editor"><style>.TRS_Editor P{margin:0}</style></div>',
    '<a href="/gkmlpt/index">政府信息公开</a>',
    '<script src="//statistics.gd.gov.cn/js/s.js"></script>',
    '<script src="/jpaas-front/js/accessible.js"></script>',
    '<img src="/group1/M00/00/01/logo.png">',
    '<img src="/_upload/article/images/1.jpg">',
    '<a href="/uploads/allimg/180101/1.jpg">图</a>',
    '<link href="/templets/default/reset.css" rel="stylesheet">',
    '<a href="/e/member/login/">登录</a>',
)
"""What pages carry of makers that are not theirs: a search form, pasted text, a link, a statistics script."""


def _pages(folder: str) -> list[Path]:
    """Golden pages, not their expectations."""
    every = sorted((GOLDEN / folder).iterdir())
    return [p for p in every if p.with_name(p.name + ".json").exists()]


@cache
def _read(page: Path) -> tuple[str, str, str]:
    """(family, address, source) of a golden page."""
    url = json.loads(page.with_name(page.name + ".json").read_text("utf-8")).get("url") or ""
    html = decode(page.read_bytes()).text
    return detect(html, url), url, html


@pytest.mark.parametrize("family", families(), ids=lambda f: f.name)
class TestEveryFamily:
    def test_golden_pages_of_two_sites(self, family: Family) -> None:
        hosts = {urlsplit(url).netloc for name, url, _ in map(_read, _pages("articles")) if name == family.name and url}
        assert len(hosts) >= 2

    def test_golden_list(self, family: Family) -> None:
        assert any(name == family.name for name, _, _ in map(_read, _pages("lists")))

    def test_line_of_the_docs(self, family: Family) -> None:
        lines = (ROOT / "docs" / "families.md").read_text("utf-8").splitlines()
        (line,) = [text for text in lines if text.startswith(f"| `{family.name}` |")]
        assert family.title in line and family.counts in line and family.lists in line

    def test_no_mark_alone_is_a_word_of_every_page(self, family: Family) -> None:
        plain = "<html><head><title>某县</title></head><body><h1>标题</h1><p>正文</p></body></html>"
        assert detect(plain, "http://www.mouxian.gov.cn/xwzx/index.html") == "generic"
        assert all(0 < mark.weight <= 5 for mark in family.marks)
        assert family.name == "generic" or sum(mark.weight for mark in family.marks) >= 6

    def test_beacons_are_not_the_counter(self, family: Family) -> None:
        for name, url, html in map(_read, _pages("articles")):
            call = family.counter(html, url) if name == family.name and family.counter else None
            assert call is None or not any(beacon in call.url for beacon in family.beacons)


@pytest.mark.parametrize("page", _pages("articles"), ids=lambda p: p.name)
def test_a_stray_mark_changes_nothing(page: Path) -> None:
    name, url, html = _read(page)
    for stray in STRAYS:
        assert detect(html + stray, url) == name, stray


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.a.gov.cn/cn/xw/content/mpost_123.html", "a.gov.cn/cn/xw/content/post_123.html"),
        (
            "http://a.gov.cn/gkmlpt/content/4/4523/mpost_4523018.html",
            "a.gov.cn/gkmlpt/content/4/4523/post_4523018.html",
        ),
        ("http://a.gov.cn/x/mpost_123.html", "a.gov.cn/x/mpost_123.html"),
        (
            "http://a.gov.cn/content/mpost_123.html?from=singlemessage",
            "a.gov.cn/content/mpost_123.html?from=singlemessage",
        ),
        ("http://a.gov.cn/s?u=/content/mpost_1.html", "a.gov.cn/s?u=%2Fcontent%2Fmpost_1.html"),
        (
            "http://a.edu.cn/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1033&wbnewsid=5685",
            "a.edu.cn/info/1033/5685.htm",
        ),
    ],
)
def test_canonical_addresses_are_unmistakable(url: str, key: str) -> None:
    assert url_key(url) == key
