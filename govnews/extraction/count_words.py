"""Counts without a label before them, and where a labelled one ends: `123次浏览`, `61人已阅读`, `👁 530`, `208 松溪融媒`.

May import: text, the standard library.
"""

from __future__ import annotations

import re
from dataclasses import replace

from govnews.text.folding import HAN
from govnews.text.labels import Labelled

_READING = "(?:读阅|阅读|浏览|点击|访问|查看|围观)"
_NUMBER = r"(?<![\d/.第-])(?<!\d:)\d[\d,]*(?:\.\d+)?\s*万?"
_COUNT_FIRST = re.compile(
    rf"(?:本文)?(?:已有|共有|已被|有|被)?\s*(?:(?P<n>{_NUMBER})?\s*(?:人次?|次)\s*已?{_READING}(?:过?(?:此|该|本)?(?:信息|文章|新闻|页|文))?"
    rf"|(?P<a>{_NUMBER})\s*{_READING}(?=$|[\s|,;\])】\d]|时间|日期|发布|来源|信息|作者|编辑|责任|字[体号]|更新)"
    rf"|{_READING}(?:了|过)?\s*(?P<b>{_NUMBER})\s*(?:人次?|次)"
    rf"|(?P<c>{_NUMBER})\s*(?:[人次]\s*(?:已?阅读?过?|看过)|[Vv]iews?)(?![A-Za-z{HAN}])"
    rf"|👁\ufe0f?\s*(?P<d>{_NUMBER}))"
)
"""`123次浏览`, `已有 123 人阅读`, `61人已阅读`, `123阅读`, `已被浏览 123 次`, `次浏览` (its number is missing), `123人看过`, `123 views`."""
_COUNT_WORD = re.compile(_READING + "|已阅|看过|[Vv]iew|👁")
_BEHIND_EYE = re.compile(r" ?\(? ?(\d[\d,]*(?:\.\d+)? ?[万wWkK]?\+?)(?![\d:/.-])")
_COUNT_ALONE = re.compile(
    rf"[\[(【]? ?\d[\d,]*(?:\.\d+)? ?[万wWkK]?\+?(?: ?(?:人?次|人(?![{HAN}])) ?[\])】]?| ?[\])】]?(?![\d:/.年次人,-])(?! ?(?:\d|[次人](?![{HAN}]))))"
)
_GLUED = re.compile(
    rf"((?<!\d)(?:(?:19|20)\d\d[-/.]\d\d[-/.]\d\d|\d\d:\d\d:\d\d|\d\d:\d\d))(?=\d+ ?(?:[人次]|{_READING}|[Vv]iew))"
)
"""A date or clock and the count of the next element: `17:0561人已阅读`."""


def in_words(text: str) -> bool:
    """Whether a folded line has a word that a count may stand before."""
    return _COUNT_WORD.search(text) is not None


def part(text: str) -> str:
    """A folded line with a blank between a date or clock and the count of the next element."""
    return _GLUED.sub(r"\1 ", text)


def is_count(text: str) -> bool:
    """Whether a text is nothing but a count with its words."""
    return _COUNT_FIRST.fullmatch(text) is not None


def first(text: str) -> tuple[str, str, tuple[int, int]] | None:
    """A count that stands before its words or without a colon: its number ("" when that is missing), the whole, where it stands."""
    count = _COUNT_FIRST.search(text)
    if count is None:
        return None
    return count["n"] or count["a"] or count["b"] or count["c"] or count["d"] or "", count[0].strip(), count.span()


def behind_eye(text: str) -> tuple[str, str] | None:
    """The number at the beginning of what stands behind the icon of an eye, and that as it stands there."""
    count = _BEHIND_EYE.match(text)
    return (count[1], count[0].strip()) if count else None


def end_counts(labels: list[Labelled], text: str) -> None:
    """A count ends with its number: what stands behind it (`阅读:208 松溪融媒`) is no part of it."""
    for n, label in enumerate(labels):
        if (
            label.field == "view_count"
            and (number := _COUNT_ALONE.match(label.value))
            and number.end() < len(label.value)
        ):
            start = text.find(label.value, label.start)
            labels[n] = replace(label, value=number[0].strip(), end=start + number.end())
