"""The lines around a headline to labelled values: which lines carry 发布时间, 来源, 浏览次数, and what stands there.

One scan over the short lines of a page gives an Info for each that has a label or a date (header_lines.py mends what only several lines
say); choosing among them is the work of fields.py. May import: text, its neighbours in this room.
"""

from __future__ import annotations

import re
from dataclasses import replace

from govnews.extraction import count_words
from govnews.extraction.document import Document, Line
from govnews.extraction.header_lines import LONGEST_OUTLET, read_together
from govnews.extraction.info import CONTROLS, TABLE_FIELDS, Info, fits
from govnews.text.dates import Moment, find_times
from govnews.text.folding import fold
from govnews.text.labels import Labelled, is_label, split_labels
from govnews.text.sources import is_organisation

LONGEST_INFO = 300
"""Characters of a header line; a row of an information table may be long."""

LONGEST_LABEL = 8
"""Characters of a line that may be nothing but a label (信息名称)."""
_TRIGGERS = (
    ":", "：", "来源", "浏览", "阅读", "点击", "发布", "[", "【", "时间", "日期", "索引", "文号", "机构", "昨天", "今天", "\t",
    "看过", "已阅", "iew", "丨", "｜",
)  # fmt: skip
_INFORMS = re.compile(
    "[\\d前" + "".join(sorted({re.escape(piece[0]) for piece in _TRIGGERS})) + "]"
    "(?:" + "|".join(f"(?<={re.escape(piece[0])}){piece[1:]}" for piece in _TRIGGERS) + r"|(?<=\d)\d{3}|(?<=前)\Z)"
)
"""One of the triggers, 前 at the end or four figures stand in every line that carries a label or a date. Their first characters as
one set, with which C goes through a line; only behind one of them the rest is tried."""
_TODAY = re.compile(
    r"今天是|今日是|现在是|星期[一二三四五六日天]\s*$|欢迎您|温馨提示|^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*星期(?!.{1,8}\d:\d\d)"
)
"""The day of the visit. One with a clock behind the day of the week is that of an article, unless it stands above the headline
(fields.py)."""
_UNDATED = frozenset({"source", "author", "editor", "view_count", "other_person", "other_count", "tool", "issuer"})
"""Labels whose value is never a date."""
_CUT_BY_TIME = frozenset({"view_count", "author", "editor", "other_person", "other_count"})
_STRICT = frozenset({"publish_time", "view_count"})
_MOST_CELLS = 8
"""Cells of a row that is a header line laid out as a table; one of an information table has a cell for each label."""
_SHORTEST_NAME = 6
"""Characters from which the 名称 of an information table is a title."""
_LONGEST_AGO = 30
"""Characters of a line that may be a relative time beside an outlet (县融媒体中心 3天前)."""
_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}[、.．）)]|\d{1,2}(?:[、．）)]|\.(?!\d)))")
"""`一、时间：…`, `2.地点：…`: points of a text, never header lines."""
_TOLD = re.compile(
    r"(?:(?:直播|活动|拍摄|举办|会议|报名|开始|结束|截止|考试|演出|播出|录制|采访|培训|招聘|征集|投票|成立|竣工|开工|签约|执行|比赛|放假|面试|笔试|体检"
    r"|领取|发放|缴费|办理|开放|出行|运行|停水|停电|施工|上映|展览|投标)(?:时间|日期|期限):|截[至止]到?) ?$"
)
"""Before a date: it is of what is told, or of what is to be done."""
_AGO = re.compile(r"\d{1,3} ?(?:秒|分钟|小时|天|周)之?前")


def scan(document: Document) -> dict[int, Info]:
    """Line number → Info, for every line that carries a label or a date. Linear in the text of short lines."""
    infos: dict[int, Info] = {}
    for number, line in enumerate(document.lines):
        text = line.text
        if len(text) > LONGEST_INFO:
            continue
        if not (_INFORMS.search(text) or (len(text) <= LONGEST_LABEL and is_label(line.key))):
            continue
        info = _read_line(number, line)
        if info:
            infos[number] = info
    read_together(document, infos)
    return infos


def table_titles(infos: dict[int, Info]) -> list[str]:
    """What an information table calls the document (名称, 标题, 信息名称)."""
    named = [label.value for info in infos.values() for label in info.labels if label.field == "title"]
    return [value for value in named if len(value) >= _SHORTEST_NAME]


def _read_line(number: int, line: Line) -> Info | None:
    text = line.text
    if _NUMBERED.match(text):
        return None
    row = "\t" in text
    if row:
        cells = [fold(cell) for cell in text.split("\t")]
        folded = fold(text.replace("\t", " | "))
        row = len(cells) > _MOST_CELLS or _has_pairs(cells)
        labels = _cells(cells) if row else split_labels(folded)
    else:
        folded = fold(text).replace("丨", "|")
        if count_words.in_words(folded):
            folded = count_words.part(folded)
        labels = split_labels(folded)
        if not labels and (whole := is_label(folded)):
            labels = [Labelled(whole, folded.strip(" :"), "", 0, len(folded), False)]
        elif not labels and len(folded) <= _LONGEST_AGO and (ago := _AGO.search(folded)):
            labels = [Labelled("publish_time", "前", ago[0], *ago.span(), False)]
    if not row:
        count_words.end_counts(labels, folded)
    times = find_times(folded) if not row or not labels else []
    counted = len(folded) < 80 and count_words.in_words(folded)
    if not (labels or times or counted):
        return None  # two lines of three that may inform
    info = Info(number, folded, labels)
    if times and not _TODAY.search(folded):
        info.times = [t for t in times if not _is_value(t, labels, folded)]
        _cut_before_times(info)
    if counted and not info.has("view_count"):
        _count_first(info)
    kinds = {label.field for label in labels}
    told = {"source", "view_count"} & kinds or (
        ("publish_time" in kinds or info.times) and kinds & TABLE_FIELDS == {"issuer"}
    )
    info.table = bool(kinds & TABLE_FIELDS) and ("\t" in text or not told)
    return info if labels or info.times or info.count_first is not None else None


def _has_pairs(cells: list[str]) -> bool:
    """Whether a label has its value in the next cell, or all cells are labels over a row of values: an information table."""
    names = [is_label(cell) is not None for cell in cells]
    return all(names) or any(
        name and following and not split_labels(following) for name, following in zip(names, cells[1:], strict=False)
    )


def _is_value(time: tuple[int, int, Moment], labels: list[Labelled], text: str) -> bool:
    """Whether a date belongs to a label's value. Behind an outlet, a name or a control, at its very end, it is the date of
    the line (`来源:县府办2021-06-02`, `编辑:王五2021-06-02 10:20`), which lacks its own label."""
    label = next((l for l in labels if l.start <= time[0] < l.end), None)
    if _TOLD.search(text, 0, time[0]):
        return True
    if label is None:
        return False
    behind = CONTROLS.sub("", text[time[1] : label.end]).strip(" ()[]【】|")
    if label.field == "view_count" or (label.field in _UNDATED and behind in ("", *_outlet(behind))):
        return False
    return label.field not in _UNDATED or not count_words.is_count(behind)


def _outlet(behind: str) -> tuple[str, ...]:
    """What stands behind a date, when it is the name of a body: a field of its own."""
    return (behind,) if len(behind) <= LONGEST_OUTLET and is_organisation(behind) else ()


def _cut_before_times(info: Info) -> None:
    """A date that is no part of the value it stands behind ends that value (`浏览次数:1284 2021-06-02 09:30`)."""
    for start, _, _ in info.times:
        for n, label in enumerate(info.labels):
            if label.start < start < label.end and label.field in _CUT_BY_TIME:
                value = label.value.partition(info.text[start : start + 4])[0].strip(" |,;·")
                info.labels[n] = replace(label, value=value, end=start)


def _count_first(info: Info) -> None:
    """Notes a count that stands before its words or without a colon, and takes it out of the value it was glued to."""
    count = count_words.first(info.text)
    if not count:
        return
    info.count_first, whole, info.count_span = count
    for n, label in enumerate(info.labels):
        if label.start < info.count_span[0] < label.end:
            value = label.value.partition(whole)[0].strip(" |,;·([")
            info.labels[n] = replace(label, value=value, end=info.count_span[0])


def _cells(cells: list[str]) -> list[Labelled]:
    """Labels of a table row: a cell that is a label has its value in the next one; other cells are read like lines."""
    out: list[Labelled] = []
    skip = False
    for n, cell in enumerate(cells):
        if skip:
            skip = False
            continue
        name = is_label(cell)
        if name:
            following = cells[n + 1] if n + 1 < len(cells) else ""
            if name in _STRICT and following and not is_label(following) and not fits(name, following, False):
                continue  # 日期 heads a column of a table of data
            if following and not is_label(following) and not split_labels(following):
                out.append(Labelled(name, cell.strip(" :"), following, 0, 0, True))
                skip = True
            else:
                out.append(Labelled(name, cell.strip(" :"), "", 0, 0, True))
        else:
            out.extend(split_labels(cell))
    return out
