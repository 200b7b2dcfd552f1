"""Functions of families on input of any kind: they raise nothing, hang on nothing, and ask no address that is no address."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from govnews.extraction.markup import parse
from govnews.families import Family, ListPage, families, scores
from govnews.model import ListRequest

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
URLS = (
    "http://www.a.gov.cn/x/index.html",
    "http://www.a.gov.cn/gkmlpt/api/all/4410?page=2&sid=7",
    "http://www.a.gov.cn/gkmlpt/index#99",
    "http://www.a.gov.cn/site/label/8888?labelName=publicInfoList&pageIndex=2&pageSize=15",
    "http://www.a.gov.cn/common/search/0a1b2c3d4e5f60718293a4b5c6d7e8f9?page=2&_pageSize=15&_isJson=true",
    "http://www.a.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15",
    "http://www.a.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit?paramJson=%7B%22pageNo%22%3A1%7D",
    "http://www.a.gov.cn/x/zwyw.htm",
    "",
)
PIECES = (
    "{labelName:'publicInfoList',",
    "/site/label/8888?labelName=publicInfoList",
    "/e/public/ViewClick/?classid=1",
    "/plus/count.php?aid=1&amp;",
    "Cms.viewCount(",
    "<record><![CDATA[",
    'queryData="{',
    "/columns/1f0e2d3c-4b5a-4697-8877-665544332211/templates/",
    "/blocks/",
    "SID:",
    "1/9",
)
"""Begun and never ended, a hundred thousand times."""


def _texts() -> Iterator[str]:
    """Golden pages, cut and spliced at random places."""
    chance = random.Random(20240501)
    every = [p.read_bytes() for folder in ("articles", "lists") for p in sorted((GOLDEN / folder).iterdir())]
    for page in every:
        other = chance.choice(every)
        cut = page[: chance.randrange(len(page) + 1)]
        yield page.decode("utf-8", "replace")
        yield (cut + other[chance.randrange(len(other) + 1) :]).decode("utf-8", "replace")


def _ask(family: Family, html: str, url: str) -> None:
    if family.counter and (call := family.counter(html, url)):
        assert call.url.startswith("http") and not set(call.url) & set(" \"'<>\r\n"), call
    if family.read_counter:
        count = family.read_counter(html)
        assert count is None or count > 0
    root = None if html.lstrip()[:1] in ("{", "[") else parse(html)
    for request in (None, ListRequest("POST", url, "params=%7B%22pageIndex%22%3A1%2C%22pageSize%22%3A5%7D&page=1")):
        page = ListPage(html, root, url, request, rows=3)
        if family.rows:
            family.rows(page)
        following = family.next_page(page) if family.next_page else None
        address = following.url if isinstance(following, ListRequest) else following
        assert address is None or address.startswith("http") or not url


@pytest.mark.parametrize("family", families(), ids=lambda f: f.name)
def test_nothing_is_raised(family: Family) -> None:
    for n, html in enumerate(_texts()):
        _ask(family, html, URLS[n % len(URLS)])


@pytest.mark.parametrize("piece", PIECES)
def test_nothing_hangs(piece: str) -> None:
    html = piece * (2 * 2**20 // len(piece))
    for family in families():
        began = time.process_time()
        _ask(family, html, URLS[0])
        assert time.process_time() - began < 4, (family.name, piece)
    began = time.process_time()
    scores(html, URLS[0])
    assert time.process_time() - began < 4, piece
