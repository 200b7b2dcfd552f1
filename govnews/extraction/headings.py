"""What headings say of rows: that a block is another column or a ranking, and which column of a table has the day of publishing.

May import: text, lxml, its neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml.etree import _Element

from govnews.extraction.blocks import Row
from govnews.extraction.markup import text_nodes, text_of
from govnews.extraction.row_dates import date_in, texts_of
from govnews.text.dates import list_date
from govnews.text.folding import bare, fold

LONGEST = 12
"""Characters of a heading; what is longer is none."""
NODES = 8
"""Texts of which a heading may consist."""

ROWS = 100
"""Elements between a row and the heading of its month."""
NAMES = 300
"""Characters of a title or of the way to a page."""

_trail = text_nodes("(//text()[contains(., '位置')][not(parent::script or parent::style)])[1]")
_BESIDE = re.compile(
    r"(?:本[周月日]|一周|最新|新闻|阅读|文章|点击)?(?:热门|热点|热文|热榜|排行|点击榜|推荐|相关|猜你|延伸阅读|友情链接|图片新闻)"
)
_MONTH = re.compile(r"(20\d\d)\s*[年./-]\s*(0?[1-9]|1[0-2])\s*(?:月份?)?")
_DAY_ALONE = re.compile(r"\s*[\[(]?(\d{1,2})\s*日?[\])]?\s*")
_PUBLISHED = re.compile(r"发布|公开|上传|发表")
_DAY = re.compile(r"日期|时间")
_MORE = re.compile(r"(?:更多|more|[>»+.…]|\[|\])+$", re.IGNORECASE)


def names_of(root: _Element) -> str:
    """What the page calls itself: its title and the way to it (当前位置：…)."""
    trail = next((text for text in _trail(root)), None)
    around = trail.getparent() if trail is not None else None
    said = [root.findtext(".//title") or ""]
    for element in (around, around.getparent() if around is not None else None):
        if element is not None and len(text := text_of(element)) <= NAMES:
            said.append(text)
    return bare(" ".join(said)[: 2 * NAMES])


def doubt(block: _Element, names: Callable[[], str]) -> float:
    """What a block's points are multiplied by for what stands above it: 0.5 for a ranking or a hint to other pages, 0.6 for the
    name of a column that the page does not go by, else 1."""
    said = _above(block)
    if not said:
        return 1.0
    return 0.5 if _BESIDE.match(said) else 0.6 if said not in names() else 1.0


def _above(element: _Element) -> str:
    """The heading right above an element or what it opens; empty when there is none."""
    at: _Element | None = element
    for _ in range(3):
        if at is None or at.tag == "body":
            break
        above = at.getprevious()
        if above is not None and isinstance(above.tag, str) and above.tag not in ("script", "style"):
            texts = [str(text) for text in islice(above.itertext(), NODES + 1)]
            said = _MORE.sub("", bare("".join(texts)[: 4 * LONGEST]))
            if said or texts:
                return said if len(texts) <= NODES and len(said) <= LONGEST else ""
        at = at.getparent()
    return ""


def days_below_months(rows: list[Row]) -> bool:
    """Rows that say a day alone (18日) under headings that say the month (2024年6月) take their day from both; whether all of them do."""
    found: list[str] = []
    months: dict[_Element, re.Match[str]] = {}
    for row in rows:
        row.read()
        day = next((m[1] for text in texts_of(row.element) if (m := _DAY_ALONE.fullmatch(fold(text)))), None)
        month = _month_above(row.element, months) if day and row.date is None else None
        date = list_date(f"{month[1]}-{month[2]}-{day}") if month else None
        if month is None or date is None:
            return False
        months = {row.element: month}
        found.append(date)
    for row, date in zip(rows, found, strict=True):
        row.date = date
    return bool(rows)


def _month_above(element: _Element, known: dict[_Element, re.Match[str]]) -> re.Match[str] | None:
    """The nearest heading of a month before a row, or before what holds the row. known: the row before, whose month goes on."""
    at: _Element | None = element
    for _ in range(3):
        if at is None or at.tag == "body":
            break
        for above in islice(at.itersiblings(preceding=True), ROWS):
            if above in known:
                return known[above]
            texts = [str(text) for text in islice(above.itertext(), NODES)] if isinstance(above.tag, str) else []
            if found := _MONTH.fullmatch(fold("".join(texts)[:LONGEST]).strip()):
                return found
        at = at.getparent()
    return None


def dates_by_heading(rows: list[Row]) -> None:
    """In a table whose head names several days, rows take the day of publishing."""
    table = next(rows[0].element.iterancestors("table"), None) if rows and rows[0].element.tag == "tr" else None
    head = next(table.iter("tr"), None) if table is not None else None
    if head is None or head is rows[0].element:
        return
    names = [bare(text_of(cell)[:20]) for cell in head.iter("th", "td")]
    days = [at for at, name in enumerate(names) if _DAY.search(name)]
    published = [at for at in days if _PUBLISHED.search(names[at])]
    if len(days) < 2 or len(published) != 1:
        return
    for row in rows:
        cells = list(row.element.iterchildren("td", "th"))
        if published[0] < len(cells) and (day := date_in([text_of(cells[published[0]])])):
            row.date = day
