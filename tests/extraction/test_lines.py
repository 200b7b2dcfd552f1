"""A tree to lines: what must hold of the walk whatever a page leaves open."""

from __future__ import annotations

from govnews.extraction.lines import from_tree
from govnews.extraction.markup import parse


def _lines(html: str) -> list[str]:
    return [line.text for line in from_tree(parse(html)).lines]


def test_what_shows_nothing_swallows_all_that_is_open_in_it_to_the_end_of_the_page() -> None:
    assert _lines("<body><h1>县里开会</h1><noscript><p>请打开<b>脚本</b>再看</p>全文") == ["县里开会"]


def test_text_behind_the_last_element_is_read() -> None:
    assert _lines("<body><div><p>第一段</p>末一<i>句</i>话</div>尾") == ["第一段", "末一句话", "尾"]
