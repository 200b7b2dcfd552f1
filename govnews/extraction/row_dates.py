"""The day a list row prints: whole, without a year, split over two elements, beside a label or a clock.

May import: text, lxml, the standard library.
"""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import etree
from lxml.etree import _Element

from govnews.extraction.markup import strings
from govnews.text.dates import list_date, read_time
from govnews.text.folding import fold

LONGEST = 4000
"""Characters of a row that are looked at; longer ones are no rows."""

_YMD = r"(?<!\d)\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)\s*日?"
_COMPACT = r"20\d{2}[01]\d[0-3]\d"
_MONTH_AND_DAY = r"20\d{2}[01]\d\s*[-/.]\s*[0-3]\d"
_SHORT = r"[0-4]\d\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}"
"""A year of two figures: read only where nothing else stands beside it."""
_MD = r"(?<![\d.:/%-])(?:\d{1,2}\s*[-/月]\s*\d{1,2}|\d\d\.\d\d)(?![\d%./:-])\s*日?"
_CLOCK = r"(?:\s*(?:上午|下午)?\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2})?[分秒]?(?:\.\d+)?)?"
_LABEL = r"(?:[^\W\d_]{0,3}(?:时间|日期|发布|发表|更新|添加)[^\W\d_]{0,4}\s*:?\s*)?"
_ALONE = re.compile(
    rf"[\[(<{{|/·\s-]*(?P<label>{_LABEL})[\[(]?(?P<date>{_YMD}|{_MONTH_AND_DAY}|{_COMPACT}|{_SHORT}|{_MD}){_CLOCK}[\])>}}|/·\s,;-]*"
)
_FULL = re.compile(_YMD)
_SPLIT = re.compile(
    r"(?<![\d:/-])(?P<day>\d{1,2})日?\s+(?P<ym>\d{4}\s*[-/.年]\s*\d{1,2})\s*月?(?!\s*[-/.\d])|"
    r"(?<![\d-])(?P<ym2>\d{4}\s*[-/.年]\s*\d{1,2})\s*月?\s+(?P<day2>\d{1,2})(?!\s*[\d:/.月-])|"
    r"(?<![\d-])(?P<md>\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)\s+(?P<y>\d{4})(?!\d)|"
    r"(?<!\d)(?P<whole>20\d\d\s(?:0\d|1[0-2])\s[0-3]\d)(?!\d)|"
    r"(?<!\d)(?P<y2>\d{4})\s*年?\s+(?P<md2>\d{1,2}\s*[-/月.]\s*\d{1,2}\s*日?)(?!\d)"
)
_DAY_MONTH = re.compile(r"(?<![\d-])(?P<d>\d{1,2})日?(?:\s+/?|\s*/)\s*(?P<m>\d{1,2})月(?!\s*\d)")
_LOOSE = re.compile(r"(?<![\d\w.:/%-])\d{1,2}[-/]\d{1,2}(?![\d%./:\w-])")
_DIGIT = re.compile(r"\d")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ENGLISH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?,?\s+(20\d\d)\b", re.IGNORECASE)
_SAID = re.compile(r"发[布表稿][^\W\d_]{0,4}\s*:?\s*$")
_NAMED = re.compile(r"date|time|(?:^|[-_])(?:rq|sj)$", re.IGNORECASE)
_LABELLED = re.compile(rf"(?:时间|日期|发[布表稿])\s*[:：]?\s*({_YMD})")
_AT_END = re.compile(rf"(?:\s+|[\[(（【])({_YMD}){_CLOCK}[\])）】]?$")
_AT_START = re.compile(rf"[\[(（【]?({_YMD}){_CLOCK}(?:[\])）】]\s*|\s+)")
_PLAIN = re.compile(rf"{_YMD}|{_MD}$")
_STRING = re.compile(r"""["']([^"'<>]{6,40})["']""")
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
    if halves := _split_in_two(parts):
        return halves
    joined = _ENGLISH.sub(lambda m: f"{m[2]}-{_MONTHS.index(m[1][:3].lower()) + 1:02d}", joined)
    if (name := fold(title)) and len(name) >= 4:
        joined = joined.replace(name, " ")
    if split := _split_date(joined):
        return split
    if found := _whole_dates(joined):
        return found[-1] if joined[-1:] in "0123456789日])" else found[0]
    if alone:
        return alone[0][1]
    return next((d for m in _LOOSE.finditer(joined) if (d := list_date(m[0]))), None)


def date_unseen(row: _Element) -> str | None:
    """The day a row gives only to machines or to a pointing hand: `datetime`, `data-date`, a `title` that says 发布时间,
    the text a script in it writes; null when it gives none."""
    for element in row.iter(etree.Element):
        if element.tag == "script":
            texts = [part for part in _STRING.findall(fold((element.text or "")[:LONGEST])) if is_date(part)]
        else:
            texts = [str(value)[:40] for name, value in element.items() if _NAMED.search(str(name))]
            texts += [title for title in [(element.get("title") or "")[:60]] if is_date(title)]
            texts += _LABELLED.findall(fold((element.get("title") or "")[:LONGEST]))
        if date := next((date for text in texts if (date := _machine_day(text))), None):
            return date
    return None


def _machine_day(text: str) -> str | None:
    """The day of a text written for machines; one with a zone is turned to China's day."""
    if "T" in text:
        return moment.day if (moment := read_time(text)) else None
    return list_date(text)


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
    """(label, day) of the texts that are only a date; those whose label says that another day is meant are left out. Figures that
    may be a number of something else, 20210602 and 21-06-02, count where nothing plainer does."""
    found: list[tuple[str, str]] = []
    doubtful: list[tuple[str, str]] = []
    before = ""
    for part in parts:
        if len(part) <= 60 and (match := _ALONE.fullmatch(part)) and (date := _day(match["date"])):
            label = match["label"] or before[-8:]
            if not _OTHER.search(label):
                plain = _PLAIN.match(match["date"])
                (found if plain else doubtful).append((label, date))
        before = part
    return found or doubtful


def _day(text: str) -> str | None:
    """The day of a text that is one, also of one whose year has two figures or that has no marks between its parts."""
    if re.fullmatch(f"{_COMPACT}|{_MONTH_AND_DAY}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[-2:]}"
    elif re.fullmatch(_SHORT, text):
        text = f"20{text}"
    return list_date(text)


def _whole_dates(text: str) -> list[str]:
    """The whole days in a text; only those that are said to be of publishing, if any is."""
    found = [(text[max(0, m.start() - 8) : m.start()], list_date(m[0])) for m in _FULL.finditer(text)]
    days = [(before, date) for before, date in found if date and not _OTHER.search(before)]
    return [date for before, date in days if _SAID.search(before)] or [date for _, date in days]


def _split_in_two(parts: list[str]) -> str | None:
    """The day of two texts one after the other that are nothing else together: 18 and 2024-06, whatever the text below them says."""
    for one, other in pairwise(parts):
        both = f"{one} {other}"
        if len(both) <= 21 and (_SPLIT.fullmatch(both) or _DAY_MONTH.fullmatch(both)) and (date := _split_date(both)):
            return date
    return None


def _split_date(text: str) -> str | None:
    for found in _SPLIT.finditer(text):
        if found["whole"]:
            year_month, day = found["whole"][:7].replace(" ", "-"), found["whole"][8:]
        elif found["day"]:
            year_month, day = found["ym"], found["day"]
        elif found["day2"]:
            year_month, day = found["ym2"], found["day2"]
        else:
            year_month, day = found["y"] or found["y2"], found["md"] or found["md2"]
        if date := list_date(f"{year_month}-{day}".replace(" ", "")):
            return date
    day_month = _DAY_MONTH.search(text)
    return list_date(f"{day_month['m']}-{day_month['d']}") if day_month else None
