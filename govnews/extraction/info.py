"""What one line of a page carries: labels, dates, a count; and whether a text can be the value of a label.

Found by header.py and header_lines.py, read by all that choose. May import: text, its neighbours in this room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from govnews.extraction.words import TOOL
from govnews.text.counts import read_count
from govnews.text.dates import Moment, find_times, read_time
from govnews.text.folding import HAN
from govnews.text.labels import Labelled, is_label
from govnews.text.sources import read_persons

CONTROLS = re.compile(
    r"[\[【(]? ?(?:字体|字号|文字大小|打印|分享|收藏|关闭|大 ?中 ?小|听新闻|语音播报|我要纠错)[^,。]{0,40}$"
)
"""Controls at the end of a header line, glued to what stands before them."""
_HEADER_FIELDS = ("publish_time", "source", "view_count", "updated", "author", "editor")
TABLE_FIELDS = frozenset(
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
"""Fields of an information table (索引号, 发布机构 …)."""
_WORDED = re.compile(f"[{HAN}]{{2}}")


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
        rest = CONTROLS.sub("", rest)
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


def fits(field: str, value: str, plain_colon: bool) -> bool:
    """Whether the text of the next line can be the value of a label that ended its own. plain_colon: the label had a colon; in a
    table of label lines without colons every line after a label is its value."""
    if field in ("publish_time", "public_date", "updated", "document_date", "other_date"):
        return read_time(value) is not None
    if field == "view_count":
        return read_count(value) is not None
    if field in TABLE_FIELDS:
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
