"""Every normaliser is total (any string gives a value or null) and idempotent (its own output is left alone)."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govnews.extraction import url_key
from govnews.text.counts import LARGEST, read_count
from govnews.text.dates import find_times, list_date, read_time, url_date
from govnews.text.decode import decode
from govnews.text.folding import bare, fold, join_han, squeeze
from govnews.text.labels import FIELD_OF, split_labels
from govnews.text.sources import read_persons, read_source

PIECES = st.sampled_from(
    (
        "发布时间 来源 ： : 2024 -05- 06 年 月 日 14:30 00:00:00 县 局 融媒体中心 ( ) 【 】 \u3000 \xa0 \u200b 1,234 42万 次 -- "
        "ꓡꓲ 䦃 𠀀 གོང <b> 作者 记者 张三 昨天 3小时前 99 / . 无"
    ).split(" ")
)
TEXT = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=12).map(" ".join)
)


@given(TEXT)
def test_folding_is_idempotent(text: str) -> None:
    for normalise in (squeeze, fold, bare):
        once = normalise(text)
        assert normalise(once) == once
    assert "  " not in squeeze(text)
    assert " " not in bare(text)
    assert join_han(join_han(text)) == join_han(text)


@given(TEXT)
def test_squeeze_keeps_every_visible_character(text: str) -> None:
    def visible(signs: str) -> list[str]:
        return [c for c in signs if c.isprintable() and not c.isspace()]

    assert visible(squeeze(text)) == visible(text)


@settings(deadline=None)  # the first odd text loads dateparser
@given(TEXT)
def test_times_are_total_and_stable(text: str) -> None:
    moment = read_time(text, "2024-06-01T00:00:00Z")
    if moment is not None:
        assert 1990 <= moment.at.year < 2100
        again = read_time(moment.iso)
        assert again is not None
        assert again.iso == moment.iso
        assert (len(moment.iso) == 10) == (moment.precision == "day")
        datetime.fromisoformat(moment.iso)
    for start, end, found in find_times(fold(text)):
        assert 0 <= start < end <= len(fold(text))
        assert found.day[:2] in ("19", "20")


@given(TEXT)
def test_list_dates_are_days(text: str) -> None:
    day = list_date(text)
    if day is not None:
        assert len(day) in (7, 10)
        assert list_date(day.removeprefix("--")) == day


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("文建国", "文建国"),
        ("文 张禾", "张禾"),
        ("文：张禾 图：李麦", "张禾、李麦"),
        ("作者作者A", None),
        ("记者 通讯员 王黍", "王黍"),
    ],
)
def test_a_role_is_taken_off_and_a_surname_is_not(raw: str, names: str | None) -> None:
    assert read_persons(raw) == names


@given(TEXT)
@example("作者作者A")
def test_sources_and_persons_are_idempotent(text: str) -> None:
    source, persons = read_source(text), read_persons(text)
    if source is not None:
        assert source == source.strip()
        assert source
        assert read_source(source) == source
    if persons is not None:
        assert persons
        assert read_persons(persons) == persons


@given(TEXT)
def test_counts_are_numbers_or_null(text: str) -> None:
    count = read_count(text)
    if count is not None:
        assert 0 <= count.value < LARGEST
        again = read_count(str(count.value))
        assert again is not None
        assert again.value == count.value


@given(TEXT)
def test_labels_lie_within_their_line_in_order(text: str) -> None:
    line = fold(text)
    labels = split_labels(line)
    assert all(0 <= label.start < label.end <= len(line) for label in labels)
    assert all(a.end <= b.start for a, b in pairwise(labels))


@given(
    st.one_of(
        st.binary(max_size=300),
        TEXT.map(lambda t: t.encode("gb18030", "replace")),
        TEXT.map(lambda t: t.encode("utf-8", "replace")),
    )
)
def test_any_bytes_give_a_text(body: bytes) -> None:
    decoded = decode(body, "text/html; charset=gb2312")
    assert isinstance(decoded.text, str)
    assert decoded == decode(body, "text/html; charset=gb2312")


@given(TEXT.filter(lambda t: len(fold(t)) > 3))
def test_gb18030_and_utf8_give_the_same_text(text: str) -> None:
    page = f"<p>松溪县人民政府网站今日发布{text}各乡镇认真组织落实</p>"
    try:
        encoded = page.encode("gb18030")
        encoded.decode("utf-8")
    except UnicodeEncodeError:
        return
    except UnicodeDecodeError:
        assert decode(encoded).text == page
    assert decode(page.encode("utf-8", "replace")).text == page


@given(
    st.one_of(
        TEXT, TEXT.map(lambda t: f"http://www.songxi.test/{t}"), TEXT.map(lambda t: f"https://songxi.test:443/a?{t}#x")
    )
)
def test_url_keys_are_total_and_stable(url: str) -> None:
    key = url_key(url)
    assert not key.startswith("songxi.test") or url_key("http://" + key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.test/x.html", "https://a.test:443/x.html#top"),
        ("http://A.test/x?b=2&a=1", "http://a.test:80/x?a=1&b=2"),
    ],
)
def test_one_article_one_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://www.a.test/art/2021/6/2/art_12_34.html", "2021-06-02"),
        ("http://www.a.test/xwzx/202106/t20210602_311208.html", "2021-06-02"),
        ("http://www.a.test/xwzx/202106/20210602_311208.html", "2021-06-02"),
        ("http://www.a.test/2021-06/02/content_5.htm", "2021-06-02"),
        ("http://www.a.test/20210602/abc.html", "2021-06-02"),
        ("http://www.a.test/info/1033/5660.htm", None),
        ("http://www.a.test/a/20219902/1.html", None),
        ("http://www.a.test/a?id=202106021234", None),
        ("http://www.a.test/2021/index.html", None),
    ],
)
def test_days_in_addresses(url: str, day: str | None) -> None:
    assert url_date(url) == day


def test_no_label_is_half_a_word() -> None:
    """A word written with a blank inside is found as one word; its halves (号, 源, 题) are no labels. Those of one character are
    the by-lines and buttons that are really written so."""
    assert {label for label in FIELD_OF if len(label) == 1} == set("文图摄赞顶踩")
    assert [part.field for part in split_labels(fold("来 源：县融媒体中心 作　者：张三 文 号：1号"))] == [
        "source",
        "author",
        "document_number",
    ]
    assert split_labels(fold("第1号：县里召开会议。")) == split_labels(fold("思考题：怎样做？")) == []


def test_every_label_is_read_whole_with_and_without_blanks() -> None:
    for word in FIELD_OF:
        for line in (f"{word}:甲", f"{' '.join(word)}:甲"):
            assert [(part.label, part.value) for part in split_labels(line)] == [(word, "甲")], line
