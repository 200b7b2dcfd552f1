"""Further pages of a list that names none, by the site file alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnews.extraction import listing
from govnews.extraction.numbered import next_numbered, number_of, numbered
from govnews.model import Column, Site

FIRST = "http://www.weixi.gov.cn/xw/index.html"
COLUMN = Column("要闻", FIRST, pages="http://www.weixi.gov.cn/xw/index_{n-1}.html")
ROWS = "".join(
    f'<li><a href="/xw/{n}.html">山村道路养护见成效第{n}期</a><span>2024-05-1{n}</span></li>' for n in range(1, 8)
)


@pytest.mark.parametrize(
    ("url", "here"),
    [
        (FIRST, 1),
        ("https://weixi.gov.cn/xw/index.html", 1),
        ("http://www.weixi.gov.cn/xw/index_1.html", 2),
        ("http://www.weixi.gov.cn/xw/index_12.html", 13),
        ("http://www.weixi.gov.cn/xw/index_x.html", None),
        ("http://www.weixi.gov.cn/gg/index_1.html", None),
        ("http://www.weixi.gov.cn/xw/index_01.html", None),
    ],
)
def test_the_number_of_a_page(url: str, here: int | None) -> None:
    assert number_of(COLUMN, url) == here


@given(
    st.integers(2, 9999), st.sampled_from(["http://a.cn/l_{n}.html", "http://a.cn/l?x=1&p={n}", "http://a.cn/{n-1}"])
)
def test_a_number_that_is_put_in_is_read_back(n: int, pages: str) -> None:
    assert number_of(Column("", "http://a.cn/", pages=pages), numbered(pages, n)) == n


def test_a_list_without_a_pager_goes_on_as_the_site_file_says() -> None:
    site = Site("533423", "维西县", FIRST, columns=(COLUMN,))
    found = listing(f"<ul>{ROWS}</ul>", url=FIRST, site=site)
    assert found.next_page == "http://www.weixi.gov.cn/xw/index_1.html"
    assert listing("<p>nothing</p>", url=FIRST, site=site).next_page is None
    assert listing(f"<ul>{ROWS}</ul>", url=FIRST).next_page is None


def test_what_the_list_says_itself_goes_first() -> None:
    site = Site("533423", "维西县", FIRST, columns=(COLUMN,))
    found = listing(f'<ul>{ROWS}</ul><a href="more_2.html">下一页</a>', url=FIRST, site=site)
    assert found.next_page == "http://www.weixi.gov.cn/xw/more_2.html"


def test_a_column_that_says_nothing_has_no_further_page() -> None:
    assert next_numbered([Column("要闻", FIRST)], FIRST) is None
