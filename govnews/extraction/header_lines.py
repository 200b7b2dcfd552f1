"""What lines say together: a label and its value on the next one, a row of labels over a row of values, a date in pieces, a number
behind the icon of an eye. May import: text, its neighbours in this room.
"""

from __future__ import annotations

import re
from dataclasses import replace

from govnews.extraction import count_words
from govnews.extraction.document import Document, Line
from govnews.extraction.info import Info, fits
from govnews.text.dates import find_times
from govnews.text.folding import fold
from govnews.text.labels import Labelled, is_label

_NAMING = frozenset({"source", "author", "editor"})
"""Fields whose value is a name: any short line might be one."""
_WORD = 2
"""Characters of a label that is an ordinary word too."""
_OUTLET_LABELS = ("信息来源", "稿件来源", "文章来源", "来源")
LONGEST_OUTLET = 25
"""Characters of an outlet's name that is glued to its label."""
_DAY_FIRST = re.compile(r"(?P<d>\d\d) ?(?P<m>(?:19|20)\d\d ?[-/.] ?\d\d)")
_LONGEST_MONTH = 12
"""Characters of a line with a day and its month, `02 2021-06`."""
_YEAR_ALONE = re.compile(r"\s*(?:19|20)\d\d\s*年?\s*")


def read_together(document: Document, infos: dict[int, Info]) -> None:
    """Mends what was read line by line, in this order. infos: line number → Info."""
    lines = document.lines
    _without_data_rows(lines, infos)
    _continue_values(lines, infos)
    _without_bare_words(infos)
    _values_below(lines, infos)
    _glued_sources(lines, infos)
    _join_split_dates(lines, infos)
    if document.seen:
        _counts_behind_eyes(document, infos)


def _continue_values(lines: list[Line], infos: dict[int, Info]) -> None:
    """A label at the end of its line may have its value on the next one (another node, another row)."""
    for number, info in list(infos.items()):
        last = info.labels[-1] if info.labels else None
        if last is None or last.value or number + 1 >= len(lines):
            continue
        following = lines[number + 1]
        other = infos.get(number + 1)
        if len(following.text) > 60 or (other and other.labels):
            continue
        value = fold(following.text)
        if _is_bare_word(info) and last.field in _NAMING and not {number - 1, number + 2} & infos.keys():
            continue
        if fits(last.field, value, last.colon):
            info.labels[-1] = Labelled(last.field, last.label, value, last.start, last.end, last.colon)
            infos[number + 1] = Info(number + 1, value, value_of=last.field)


def _without_data_rows(lines: list[Line], infos: dict[int, Info]) -> None:
    """Drops the dates of rows that follow one another in a table of data."""
    rows = {n for n, info in infos.items() if info.times and not info.labels and "\t" in lines[n].text}
    rows -= {n for n in rows if lines[n].linked}  # those are rows of a list
    for n in rows:
        if n - 1 in rows or n + 1 in rows:
            del infos[n]


def _is_bare_word(info: Info) -> bool:
    """Whether a line is nothing but a label of two characters without a colon: 阅读, 来源 are words of menus too."""
    return len(info.text) <= _WORD and len(info.labels) == 1 and not info.labels[0].colon


def _without_bare_words(infos: dict[int, Info]) -> None:
    """Drops those that have no value on the next line."""
    for number in [n for n, info in infos.items() if _is_bare_word(info) and not info.labels[0].value]:
        del infos[number]


def _values_below(lines: list[Line], infos: dict[int, Info]) -> None:
    """A row of nothing but labels over a row of as many values: each cell belongs to the label above it."""
    for number, info in list(infos.items()):
        names = lines[number].text.split("\t")
        if (
            len(names) < 2
            or len(names) != len(info.labels)
            or any(l.value for l in info.labels)
            or number + 1 >= len(lines)
        ):
            continue
        values = [fold(cell) for cell in lines[number + 1].text.split("\t")]
        if _goes_on(lines, number, len(names)):
            del infos[number]  # the head of a table of documents, not what one document says of itself
            continue
        if len(values) == len(names) and not any(map(is_label, values)):
            info.labels = [replace(label, value=value) for label, value in zip(info.labels, values, strict=True)]
            infos.pop(number + 1, None)


def _goes_on(lines: list[Line], number: int, cells: int) -> bool:
    """Whether two rows of as many cells follow a row of labels, both with a link and without a label."""
    rows = lines[number + 1 : number + 3]
    return len(rows) == 2 and all(
        row.linked
        and row.text.count("\t") == cells - 1
        and not any(is_label(fold(cell)) for cell in row.text.split("\t"))
        for row in rows
    )


def _glued_sources(lines: list[Line], infos: dict[int, Info]) -> None:
    """`来源县府办` beside `发布时间2021-06-02`: among lines that all glue label and value, an outlet's label needs no colon."""
    beside = [n for n, info in infos.items() if info.labels and info.labels[0].start == 0 and not info.labels[0].colon]
    for number in {m for n in beside for m in (n - 1, n + 1) if 0 <= m < len(lines)}:
        text = fold(lines[number].text)
        word = next((word for word in _OUTLET_LABELS if text.startswith(word)), "")
        value = text[len(word) :].strip()
        if (
            word
            and 2 <= len(value) <= LONGEST_OUTLET
            and not (number in infos and infos[number].labels)
            and ":" not in text
        ):
            infos[number] = Info(number, text, [Labelled("source", word, value, 0, len(text), False)])


def _join_split_dates(lines: list[Line], infos: dict[int, Info]) -> None:
    """`2018` / `06/25` / `06:58` on three lines: one date, noted at the first of them. `02` over or before `2021-06`: a day and its
    month."""
    for number, line in enumerate(lines):
        if len(line.text) <= _LONGEST_MONTH and line.text[0].isdigit():
            joined = fold(line.text)
            if len(joined) <= 2 and number + 1 < len(lines):
                joined += " " + fold(lines[number + 1].text[:_LONGEST_MONTH])
            if (day := _DAY_FIRST.fullmatch(joined)) and (times := find_times(f"{day['m']}-{day['d']}")):
                infos[number] = Info(number, times[0][2].day, [], times)
                continue
        if len(line.text) > 6 or not _YEAR_ALONE.fullmatch(line.text):
            continue
        joined = fold(" ".join(l.text for l in lines[number : number + 3]))
        times = find_times(joined)
        if not times:
            joined = fold(" ".join(l.text for l in lines[number : number + 2]))
            times = find_times(joined)
        if times and times[0][0] == 0 and len(joined) < 40:
            infos[number] = Info(number, joined, [], times[:1])


def _counts_behind_eyes(document: Document, infos: dict[int, Info]) -> None:
    """A number behind the icon of an eye is a count, on or beside a line that has a date or labels."""
    for number, behind in document.seen.items():
        count = count_words.behind_eye(fold(behind))
        if count is None or number >= len(document.lines):
            continue
        info = infos.get(number) or Info(number, fold(document.lines[number].text))
        if info.has("view_count") or info.count_first is not None:
            continue
        if info.times or info.labels or any(n in infos for n in (number - 1, number + 1, number - 2)):
            info.count_first, whole = count
            if (start := info.text.rfind(whole)) >= 0:
                info.count_span = (start, start + len(whole))
            infos[number] = info
