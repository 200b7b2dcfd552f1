"""The day a list row prints: whole, without a year, split over two elements, beside a label or a clock.

May import: text, lxml, the standard library.
"""

from __future__ import annotations

import re

from govnews.extraction.markup import strings
from govnews.text.dates import list_date
from govnews.text.folding import fold

LONGEST = 4000
"""Characters of a row that are looked at; longer ones are no rows."""

_YMD = r"(?<!\d)\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)\s*日?"
_MD = r"(?<![\d.:/%-])(?:\d{1,2}\s*[-/月]\s*\d{1,2}|\d\d\.\d\d)(?![\d%./:-])\s*日?"
_CLOCK = r"(?:\s*(?:上午|下午)?\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2})?[分秒]?(?:\.\d+)?)?"
_LABEL = r"(?:[^\W\d_]{0,3}(?:时间|日期|发布|发表|更新|添加)[^\W\d_]{0,4}\s*:?\s*)?"
_ALONE = re.compile(rf"[\[(<{{|/·\s-]*(?P<label>{_LABEL})[\[(]?(?P<date>{_YMD}|{_MD}){_CLOCK}[\])>}}|/·\s,;-]*")
_FULL = re.compile(_YMD)
_SPLIT = re.compile(
    r"(?<![\d:/-])(?P<day>\d{1,2})日?\s+(?P<ym>\d{4}\s*[-/.年]\s*\d{1,2})\s*月?(?!\s*[-/.\d])|"
    r"(?<![\d-])(?P<ym2>\d{4}\s*[-/.年]\s*\d{1,2})\s*月?\s+(?P<day2>\d{1,2})(?![\d:/.-])|"
    r"(?<![\d-])(?P<md>\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)\s+(?P<y>\d{4})(?!\d)|"
    r"(?<!\d)(?P<y2>\d{4})\s*年?\s+(?P<md2>\d{1,2}\s*[-/月.]\s*\d{1,2}\s*日?)(?!\d)"
)
_DAY_MONTH = re.compile(r"(?<![\d-])(?P<d>\d{1,2})日?\s+(?P<m>\d{1,2})月(?!\s*\d)")
_LOOSE = re.compile(r"(?<![\d\w.:/%-])\d{1,2}[-/]\d{1,2}(?![\d%./:\w-])")
_DIGIT = re.compile(r"\d")
_AT_END = re.compile(rf"(?:\s+|[\[(（【])({_YMD}){_CLOCK}[\])）】]?$")
_AT_START = re.compile(rf"[\[(（【]?({_YMD}){_CLOCK}(?:[\])）】]\s*|\s+)")
_OTHER = re.compile(r"成文|生成|印发|截止|截至|有效|生效|开始|结束")
"""Labels of days that are not the day of publishing."""

texts_of = strings("descendant-or-self::*[not(self::script or self::style)]/text()")
"""The texts of an element, one a text node; scripts and styles left out."""


def is_date(text: str) -> bool:
    """Whether a text is nothing but a day, with its label, brackets and clock."""
    return len(text) <= 60 and _ALONE.fullmatch(fold(text)) is not None


def date_in(texts: list[str], title: str = "") -> str | None:
    """The day among the texts of a row: `2021-06-02`, `--06-02` or null. title: of the row, whose own dates are not meant."""
    parts = _parts(texts)
    alone = _alone(parts)
    if whole := [pair for pair in alone if not pair[1].startswith("--")]:
        return next((d for label, d in whole if "发布" in label or "发表" in label), whole[0][1])
    joined = " ".join(parts)
    if not _DIGIT.search(joined):
        return None
    if (name := fold(title)) and len(name) >= 4:
        joined = joined.replace(name, " ")
    if split := _split_date(joined):
        return split
    if found := _whole_dates(joined):
        return found[-1] if joined[-1:] in "0123456789日])" else found[0]
    if alone:
        return alone[0][1]
    return next((d for m in _LOOSE.finditer(joined) if (d := list_date(m[0]))), None)


def strip_date(title: str) -> tuple[str, str] | None:
    """(title, day) of a text that ends or begins with a whole day set apart by a blank or brackets; null for others."""
    for found in (_AT_END.search(title[-40:]), _AT_START.match(title)):
        if found and (date := list_date(found[1])):
            rest = title[: len(title) - len(found[0])] if found.re is _AT_END else title[found.end() :]
            return (rest.strip(), date) if rest.strip() else None
    return None


def _parts(texts: list[str]) -> list[str]:
    """The texts folded, empty ones left out, up to the length of a row."""
    parts, left = [], LONGEST
    for text in texts:
        if not text.isspace() and (part := fold(text[:left])):
            parts.append(part)
        left -= len(text)
        if left <= 0:
            break
    return parts


def _alone(parts: list[str]) -> list[tuple[str, str]]:
    """(label, day) of the texts that are only a date; those whose label says that another day is meant are left out."""
    found, before = [], ""
    for part in parts:
        if len(part) <= 60 and (match := _ALONE.fullmatch(part)) and (date := list_date(match["date"])):
            label = match["label"] or before[-8:]
            if not _OTHER.search(label):
                found.append((label, date))
        before = part
    return found


def _whole_dates(text: str) -> list[str]:
    return [
        date
        for match in _FULL.finditer(text)
        if not _OTHER.search(text[max(0, match.start() - 8) : match.start()]) and (date := list_date(match[0]))
    ]


def _split_date(text: str) -> str | None:
    for found in _SPLIT.finditer(text):
        if found["day"]:
            year_month, day = found["ym"], found["day"]
        elif found["day2"]:
            year_month, day = found["ym2"], found["day2"]
        else:
            year_month, day = found["y"] or found["y2"], found["md"] or found["md2"]
        if date := list_date(f"{year_month}-{day}".replace(" ", "")):
            return date
    day_month = _DAY_MONTH.search(text)
    return list_date(f"{day_month['m']}-{day_month['d']}") if day_month else None
