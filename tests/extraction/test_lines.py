"""A page to lines: what must hold of the pass whatever a page leaves open, and whether a parser or a tree tells it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from govnews.extraction.document import Document
from govnews.extraction.lines import from_bytes, from_tree
from govnews.extraction.markup import DEEPEST, parse, parse_bytes
from govnews.text.decode import decode

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def _read(html: str) -> Document:
    page = html.encode()
    return from_bytes(page, page.lower())


def _lines(html: str) -> list[str]:
    return [line.text for line in _read(html).lines]


def test_a_tree_gives_what_its_parser_gives() -> None:
    for page in sorted((GOLDEN / "articles").glob("*.html")):
        source = decode(page.read_bytes())
        told, walked = from_bytes(source.utf8, source.lowered), from_tree(parse_bytes(source.utf8))
        for part in fields(Document):
            assert getattr(told, part.name) == getattr(walked, part.name), (page.name, part.name)


def test_a_page_without_the_tags_of_head_and_body_shows_what_the_parser_leaves_in_its_head() -> None:
    page = "<title>题</title><main><h1>题</h1><p>一</p><script>x</script></main><meta name=a content=b><section>二</section><p>三</p>"
    read = _read(page)
    assert [line.text for line in read.lines] == ["题", "一", "二", "三"]
    assert (read.titles, read.metas) == (["题"], {"a": ["b"]})


def test_a_table_of_data_gives_rows_and_one_for_layout_gives_cells() -> None:
    rows = "<tr><td>索引号</td><td>A-1</td></tr><tr><td>名称</td><td>通知</td></tr>"
    assert _lines(f"<table>{rows}</table>后") == ["索引号\tA-1", "名称\t通知", "后"]
    assert _lines(f"<table>{rows}<tr><td><h2>题</h2></td></tr></table>") == ["索引号", "A-1", "名称", "通知", "题"]
    assert _lines(f"前<table><tr><td>左</td><td><table>{rows}</table></td></tr></table>") == [
        "前", "左", "索引号\tA-1", "名称\t通知",
    ]  # fmt: skip
    assert _lines(f"<table>{rows}") == ["索引号\tA-1", "名称\t通知"]


def test_scripts_and_what_a_page_says_of_itself_are_kept_though_they_show_nothing() -> None:
    document = _read(
        "<head><title>县里\n开会</title><meta name=PubDate content=' 2024-05-06 '><script src=a.js></script></head>"
        "<body><noscript><meta name=no content=1></noscript><table><tr><td><script>var a=1</script>甲</table>"
    )
    assert document.titles == ["县里 开会"]
    assert document.metas == {"pubdate": ["2024-05-06"]}
    assert document.scripts == [" a.js", "var a=1 "]
    assert [line.text for line in document.lines] == ["甲"]


@pytest.mark.parametrize("tag", ["div", "font", "table", "noscript"])
def test_a_page_is_broken_off_where_a_tree_would_be(tag: str) -> None:
    page = f"<body><p>前</p>{f'<{tag}>' * 20_000}深"
    document = _read(page)
    assert document.too_deep
    assert [line.text for line in document.lines] == ["前"]
    assert document == from_tree(parse(page))
    assert not _read(f"<body>{f'<{tag}>' * (DEEPEST - 100)}").too_deep


def test_what_shows_nothing_swallows_all_that_is_open_in_it_to_the_end_of_the_page() -> None:
    assert _lines("<body><h1>县里开会</h1><noscript><p>请打开<b>脚本</b>再看</p>全文") == ["县里开会"]


def test_text_behind_the_last_element_is_read() -> None:
    assert _lines("<body><div><p>第一段</p>末一<i>句</i>话</div>尾") == ["第一段", "末一句话", "尾"]


def test_nothing_of_a_page_is_left_in_the_reader_of_the_next() -> None:
    plain = "<title>县报</title><p>第一段</p><p>第二<b>段</b></p>"
    alone = from_tree(parse(plain))
    for before in (
        "<table><tr><td>甲<h1 class=title hidden>",
        "<script>var a='",
        "<div>" * 20_000,
        "<a href=x>乙<ul><li>",
        "",
        "<",
    ):
        _read(before)
        assert _read(plain) == alone
