"""The lines around a headline to labelled values: which lines carry 发布时间, 来源, 浏览次数, and what stands there.

One scan over the short lines of a page gives an Info for each that has a label or a date; choosing among them is the work of
fields.py. May import: text, its neighbours in this room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from govnews.extraction import count_words
from govnews.extraction.document import Document, Line
from govnews.extraction.words import TOOL
from govnews.text.counts import read_count
from govnews.text.dates import Moment, find_times, read_time
from govnews.text.folding import HAN, fold
from govnews.text.labels import Labelled, is_label, split_labels
from govnews.text.sources import is_organisation, read_persons

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
_TABLE_FIELDS = frozenset(
    {
        "issuer",
        "index_number",
        "document_number",
        "other",
        "title",
        "public_date",
        "document_date",
        "other_date",
        "keywords",
    }
)
_UNDATED = frozenset({"source", "author", "editor", "view_count", "other_person", "other_count", "tool", "issuer"})
"""Labels whose value is never a date."""
_CUT_BY_TIME = frozenset({"view_count", "author", "editor", "other_person", "other_count"})
_HEADER_FIELDS = ("publish_time", "source", "view_count", "updated", "author", "editor")
_STRICT = frozenset({"publish_time", "view_count"})
_NAMING = frozenset({"source", "author", "editor"})
"""Fields whose value is a name: any short line might be one."""
_WORD = 2
"""Characters of a label that is an ordinary word too."""
_OUTLET_LABELS = ("信息来源", "稿件来源", "文章来源", "来源")
_LONGEST_OUTLET = 25
"""Characters of an outlet's name that is glued to its label."""
_CONTROLS = re.compile(
    r"[\[【(]? ?(?:字体|字号|文字大小|打印|分享|收藏|关闭|大 ?中 ?小|听新闻|语音播报|我要纠错)[^,。]{0,40}$"
)
"""Controls at the end of a header line, glued to what stands before them."""
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
_WORDED = re.compile(f"[{HAN}]{{2}}")
_AGO = re.compile(r"\d{1,3} ?(?:秒|分钟|小时|天|周)之?前")
_DAY_FIRST = re.compile(r"(?P<d>\d\d) ?(?P<m>(?:19|20)\d\d ?[-/.] ?\d\d)")
_LONGEST_MONTH = 12
"""Characters of a line with a day and its month, `02 2021-06`."""
_YEAR_ALONE = re.compile(r"\s*(?:19|20)\d\d\s*年?\s*")


@dataclass(slots=True)
class Info:
    """What one line carries. text: folded. labels: in order. times: dates outside any label's value. table: it is a row of
    an information table (索引号, 发布机构 …), not the header line. count_first: number before its words (`123次浏览`), and
    count_span where that stands. value_of: field of the label on the line above whose value this line is."""

    line: int
    text: str
    labels: list[Labelled] = field(default_factory=list)
    times: list[tuple[int, int, Moment]] = field(default_factory=list)
    table: bool = False
    count_first: str | None = None
    count_span: tuple[int, int] = (0, 0)
    value_of: str = ""

    def has(self, *names: str) -> bool:
        """Whether a label of one of the fields stands here."""
        return any(label.field in names for label in self.labels)

    @property
    def bare_time(self) -> bool:
        """One date that is not part of a sentence: besides it only labels, an outlet or controls. A date with other words in
        round brackets is the date line of a text (（福建日报 2001年3月12日）)."""
        if not self.times or (len(self.times) > 1 and not self.has("source", "view_count")):
            return False
        start, end, moment = self.times[0]
        if not self.labels and (self.text[-1] in ":,;" or self._told_within(start, end)):
            return False
        labels = sum(label.end - label.start for label in self.labels)
        rest = (self.text[:start] + " " + self.text[end:]).strip()
        if self.labels:
            rest = rest.rstrip("。")  # 来源：县委办。 2021-06-02
        rest = _CONTROLS.sub("", rest)
        size = len(rest.replace(" ", "")) - labels
        if size > 2 and self.text[:1] == "(" and self.text[-1:] == ")":
            return False
        limit = 40 if moment.precision != "day" or " " in rest or rest[:1] in "[【" or labels else 14
        return size <= limit and "。" not in rest and rest.count(",") < 2

    def _told_within(self, start: int, end: int) -> bool:
        """Whether a day in Chinese form stands between words without a blank on either side: 经2019年3月8日县委常委会研究同意."""
        return "年" in self.text[start:end] and bool(
            _WORDED.match(self.text[start - 1 : start] + self.text[end : end + 1])
        )

    @property
    def is_header(self) -> bool:
        """Whether it can be (part of) the header under a headline."""
        return (
            bool(self.times)
            or self.count_first is not None
            or self.value_of in _HEADER_FIELDS
            or self.has(*_HEADER_FIELDS)
        )


def scan(document: Document) -> dict[int, Info]:
    """Line number → Info, for every line that carries a label or a date. Linear in the text of short lines."""
    infos: dict[int, Info] = {}
    lines = document.lines
    for number, line in enumerate(lines):
        text = line.text
        if len(text) > LONGEST_INFO:
            continue
        if not (_INFORMS.search(text) or (len(text) <= LONGEST_LABEL and is_label(line.key))):
            continue
        info = _read_line(number, line)
        if info:
            infos[number] = info
    _without_data_rows(lines, infos)
    _continue_values(lines, infos)
    _without_bare_words(infos)
    _values_below(lines, infos)
    _glued_sources(lines, infos)
    _join_split_dates(lines, infos)
    if document.seen:
        _counts_behind_eyes(document, infos)
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
        ("publish_time" in kinds or info.times) and kinds & _TABLE_FIELDS == {"issuer"}
    )
    info.table = bool(kinds & _TABLE_FIELDS) and ("\t" in text or not told)
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
    behind = _CONTROLS.sub("", text[time[1] : label.end]).strip(" ()[]【】|")
    if label.field == "view_count" or (label.field in _UNDATED and behind in ("", *_outlet(behind))):
        return False
    return label.field not in _UNDATED or not count_words.is_count(behind)


def _outlet(behind: str) -> tuple[str, ...]:
    """What stands behind a date, when it is the name of a body: a field of its own."""
    return (behind,) if len(behind) <= _LONGEST_OUTLET and is_organisation(behind) else ()


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
            if name in _STRICT and following and not is_label(following) and not _fits(name, following, False):
                continue  # 日期 heads a column of a table of data
            if following and not is_label(following) and not split_labels(following):
                out.append(Labelled(name, cell.strip(" :"), following, 0, 0, True))
                skip = True
            else:
                out.append(Labelled(name, cell.strip(" :"), "", 0, 0, True))
        else:
            out.extend(split_labels(cell))
    return out


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
        if _fits(last.field, value, last.colon):
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
            and 2 <= len(value) <= _LONGEST_OUTLET
            and not (number in infos and infos[number].labels)
            and ":" not in text
        ):
            infos[number] = Info(number, text, [Labelled("source", word, value, 0, len(text), False)])


def _fits(field: str, value: str, plain_colon: bool) -> bool:
    """Whether the text of the next line can be the value of a label that ended its own. plain_colon: the label had a colon; in a
    table of label lines without colons every line after a label is its value."""
    if field in ("publish_time", "public_date", "updated", "document_date", "other_date"):
        return read_time(value) is not None
    if field == "view_count":
        return read_count(value) is not None
    if field in _TABLE_FIELDS:
        return not plain_colon and len(value) <= 60 and is_label(value) is None
    if field in ("author", "editor"):
        return read_persons(value) is not None
    if field == "source":
        short = len(value) <= 25 and not TOOL.match(value) and is_label(value) is None
        return (
            short
            and not any(c in value for c in "。,;!?:[]【】|>")
            and not find_times(value)
            and read_count(value) is None
        )
    return False


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
