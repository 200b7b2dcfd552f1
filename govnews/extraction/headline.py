"""The headline, by agreement: a visible line that headings, title metas, <title> and the header line below it speak for.

May import: text, its neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from govnews.extraction.document import Document
from govnews.extraction.info import Info
from govnews.extraction.words import CRUMB, CRUMB_SIGN, CUT, FOOTER, NOT_TITLES, ONLY_SIGNS, TOOL
from govnews.text.folding import bare, count_han, squeeze
from govnews.text.labels import is_label
from govnews.text.sources import is_organisation

SHORTEST, LONGEST = 2, 160
"""Characters of a headline."""
ENOUGH = 3.0
"""Points from which a visible line is a headline."""

_HEADING_POINTS = {0: 0.0, 1: 4.0, 2: 3.0, 3: 2.5, 4: 2.0, 5: 2.0, 6: 2.0}
_SEPARATORS = re.compile(r"\s*(?:[-_|–—>»]{1,3}|::)\s*|\s{2,}|\s+")
_FIRST_PART = re.compile(r"[-_|–—]")
_SITE_LIKE = re.compile(
    r"(?:网|网站|政府|门户|门户网站|官网|平台|频道|在线|首页|政务公开|信息公开|公众信息网|新闻中心|局|委员会|办公室)$"
)
_SITE = re.compile(
    r"^.{2,10}(?:人民政府|政府网|人民政府网|门户网站|政务网|信息网|新闻网|委员会|欢迎您!?|融媒体中心)(?:门户网站|网站|办公室)?$"
)
"""A line that is only the name of a site."""
_SAME = 5.0
"""What a stated title that equals a line speaks for it."""
_COLUMN = 5.0
"""Points that a line loses for being a step of the breadcrumb."""
_COLUMN_WORD = re.compile(
    r"(?:动态|新闻|公告|要闻|公示|信息|通知|资讯|公开|快讯|简报|之窗|天地|园地|政策|法规|解读|专题|专栏|图库|视频|访谈|回应|文件)$"
)
_LONGEST_WORDED = 6
"""Characters of a column's name that ends in one of those words; a headline that short does not."""
_ABOVE_CRUMB = 2.5
"""Points that a line loses for standing above the breadcrumb: the name of the site or of a department."""
_LONGEST_COLUMN = 12
"""Characters of a column's name; a longer step of the breadcrumb is the article's own title."""
_CRUMB_WITHIN = 200
"""Lines from the top in which the breadcrumb stands."""
_OUTLET = re.compile(
    r"^《.+》$|(?:日报|晚报|时报|客户端|融媒体中心|电视台|广播电台|新闻网|网站|人民政府|办公室|新华社|通讯社)$"
)
_LONGEST_OUTLET = 14
"""Characters of an outlet's name that stands alone over a header line."""
_SUBTITLE = "—-－―"
"""A line under the headline that begins so is its subtitle (——某村见闻)."""
_SECOND_HALF = re.compile(r"关于|印发|转发|批转")
"""What the second half of a document's title begins with."""
_RIGHT_ABOVE = 3.4
"""What a line gains at least that stands one or two lines above a header line."""
_VALUES = ("publish_time", "source", "view_count", "updated", "author", "editor")
"""Fields of which a headline gives no value."""
_REACH = 8
"""Lines below a headline in which its header line is looked for."""


@dataclass(slots=True)
class Headline:
    """A visible headline: lines first … last, their joined text, points and the reasons for them."""

    first: int
    last: int
    text: str
    points: float
    reasons: tuple[str, ...]


def stated_titles(document: Document, metas: list[str]) -> list[str]:
    """What <title> and the title metas say, compared without blanks; site and column names left out."""
    names = {
        bare(v) for n in ("sitename", "columnname", "columnkeywords", "columntype") for v in document.metas.get(n, ())
    }
    said = [b for t in document.titles if (b := bare(t)) and b not in names]
    short = [part for b in said if 2 <= len(part := _FIRST_PART.split(b)[0]) <= 3]  # 讣告-云岭县人民政府
    return [b for t in metas if (b := bare(t))] + said + short


def crumb_lines(document: Document) -> set[int]:
    """The lines that are breadcrumbs."""
    return {n for n, line in enumerate(document.lines[:_CRUMB_WITHIN]) if line.linked and _is_crumb(line.text)}


def column_names(document: Document, crumbs: set[int]) -> set[str]:
    """The linked steps of the breadcrumbs, compared without blanks: columns, as long as a name of one."""
    return {bare(l.text) for l in document.links if l.line in crumbs and 0 < len(l.text) <= _LONGEST_COLUMN}


def _is_crumb(text: str) -> bool:
    if len(text) > LONGEST or not CRUMB_SIGN.search(text):
        return False
    return text.count(">") >= 2 or "»" in text or CRUMB.search(text) is not None


def find_headline(
    document: Document,
    infos: dict[int, Info],
    metas: list[str],
    named: list[str],
    crumbs: set[int],
    columns: set[str],
) -> Headline | None:
    """The visible line (or lines) with most points, or null when none has enough. Cost: one look at each short line.

    metas: what metas and scripts call the article. named: what its information table calls it. crumbs: what crumb_lines
    gives. columns: what column_names gives."""
    stated = stated_titles(document, [*metas, *named])
    crumb = min(crumbs, default=0)
    avoid = {bare(v) for n in ("sitename", "columnname") for v in document.metas.get(n, ())} - {bare(m) for m in metas}
    headers = sorted(n for n, info in infos.items() if _is_over(info, infos))
    if named:
        headers = []  # the table names the document: what merely stands above a date is no headline
    near, agreeing = _near_headers(headers), _agreeing(stated)
    best: Headline | None = None
    for number, line in enumerate(document.lines):
        text = line.text
        if not SHORTEST <= len(text) <= LONGEST or "\t" in text:
            continue
        agreement = agreeing(line.key) if stated else 0.0
        if agreement and len(line.key) <= _LONGEST_WORDED and _COLUMN_WORD.search(line.key):
            agreement = 0.0  # <title> names the column
        if not (agreement or line.heading or line.hint or number in near):
            continue  # nine lines of ten: nothing speaks for them
        points, reasons = _points(document, number, infos, agreement, near.get(number, 0.0), avoid)
        if points >= ENOUGH and line.key in columns:
            points -= _COLUMN
        if number < crumb:
            points -= _ABOVE_CRUMB
        if points >= ENOUGH and (best is None or points > best.points):
            best = Headline(number, number, text, points, reasons)
    return _widen(document, best, infos, stated) if best else None


def _is_over(info: Info, infos: dict[int, Info]) -> bool:
    """Whether a headline stands above such a line: a header line, or a 公开日期 that is no row of a table. A day within a sentence
    makes none."""
    if info.table:
        around = (infos.get(info.line - 1), infos.get(info.line + 1))
        return info.has("public_date") and len(info.labels) == 1 and not any(i is not None and i.table for i in around)
    return info.is_header and (bool(info.labels or info.value_of) or info.count_first is not None or info.bare_time)


def _near_headers(headers: list[int]) -> dict[int, float]:
    """Line → what it gains by standing above a header line, for the few that do."""
    return {
        header - below: 3.0 - 0.3 * below + (1.0 if below <= 2 else 0.0)
        for header in reversed(headers)  # the nearest header below a line counts
        for below in range(_REACH, 0, -1)
    }


def _points(
    document: Document, number: int, infos: dict[int, Info], agreement: float, above: float, avoid: set[str]
) -> tuple[float, tuple[str, ...]]:
    """Points of a line and the reasons for them. agreement: of stated titles with it. above: for the header line below it."""
    line = document.lines[number]
    points = 0.0
    reasons: list[str] = []
    if line.heading:
        points += _HEADING_POINTS[line.heading]
        reasons.append(f"h{line.heading}")
    if line.hint:
        points += 2.0
        reasons.append("named title")
    key = line.key
    if points + above + agreement < ENOUGH or _is_none(
        document,
        number,
        key,
        infos.get(number),
        avoid,
        bool(line.heading or agreement),
        bool(line.heading and (agreement or (line.heading <= 2 and above >= _RIGHT_ABOVE)))
        or (agreement >= _SAME and len(key) > _LONGEST_WORDED),
    ):
        return 0.0, ()
    if agreement:
        reasons.append("title agrees")
    if above:
        reasons.append("above the header")
    points += agreement + above
    if line.linked > 0.6 * len(line.text):
        points -= 3.0
    if line.listed:
        points -= 1.5
    if len(key) < 5:
        points -= 1.5
    elif count_han(key) == 0:
        points -= 1.0
    if _SITE.match(key):
        points -= 5.0
    if len(key) <= _LONGEST_OUTLET and not (agreement or line.heading or line.hint) and _OUTLET.search(key):
        points -= 3.0  # the outlet, above the date
    if key[-1] in "。；：:，" and not agreement:
        points -= 2.0
    return points, tuple(reasons)


def _is_worded(info: Info, key: str) -> bool:
    """Whether a line with a date is mostly words, as a title is (疫情通报（2021年6月2日）); 视频 and 图片 begin titles too."""
    return not info.has(*_VALUES) and len(key) - sum(end - start for start, end, _ in info.times) >= 5


def _is_none(
    document: Document, number: int, key: str, info: Info | None, avoid: set[str], spoken: bool, sure: bool
) -> bool:
    """Whether a line can be no headline, whatever speaks for it: header values, controls, breadcrumbs, the foot, labels.
    spoken: it is a heading or a stated title agrees with it. sure: both, or one equals it, or a large heading right above the header
    line; words of controls are part of the news then."""
    text = document.lines[number].text
    if not key or key in avoid or key in NOT_TITLES or ONLY_SIGNS.match(key) or len(key) < SHORTEST:
        return True
    if info and (
        (info.times and len(key) < 30 and not (spoken and _is_worded(info, key)))
        or info.has(*_VALUES[:4])
        or (info.count_first is not None and info.count_span[1] - info.count_span[0] >= len(key) - 2)
        or len(info.labels) > 1
        or (info.has("author", "editor") and info.labels[0].start == 0)
    ):
        return True
    if sure:
        return CRUMB.search(text) is not None or is_label(text) is not None
    if CUT.match(key) and len(key) < 12 and "".join(document.titles).find(key) < 0:
        return True
    return bool(TOOL.match(key) or CRUMB.search(text) or (len(key) < 40 and FOOTER.search(key)) or is_label(text))


def _agreeing(stated: list[str]) -> Callable[[str], float]:
    """How much the stated titles speak for a line; of most lines it is enough to see that they hold no piece of any."""
    joined = "\n".join(stated)
    beginnings = {title[:6] for title in stated if len(title) >= 6}

    def agreement(key: str) -> float:
        spoken = key in joined
        for beginning in beginnings:
            spoken = spoken or beginning in key
        return max(_agreement(key, title) for title in stated) if spoken else 0.0

    return agreement


def _agreement(key: str, title: str) -> float:
    """How much a stated title speaks for a line: equal 5, the line inside it up to 4, it inside a slightly longer line 3."""
    if key == title:
        return _SAME
    if len(key) >= 4 and key in title:
        return min(4.5, 2.0 + len(key) / 8)
    if len(title) >= 6 and title in key and len(title) >= 0.7 * len(key):
        return 3.0 if len(title) >= 0.85 * len(key) else 1.5
    stem = title.rstrip(".…")
    if len(stem) >= 8 and len(stem) < len(title) and key.startswith(stem):
        return 4.0
    return 0.0


def _widen(document: Document, best: Headline, infos: dict[int, Info], stated: list[str]) -> Headline:
    """Joins a headline that is broken over lines: by the stated title first, else by the element that holds the lines."""
    lines = document.lines
    first, last = best.first, best.last
    key = bare(best.text)
    whole = next((t for t in stated if key != t and key in t), None)
    if whole:
        joined = key
        while first > 0 and first - 1 not in infos and lines[first - 1].key + joined in whole:
            first -= 1
            joined = lines[first].key + joined
        while (
            last + 1 < len(lines)
            and last + 1 not in infos
            and lines[last + 1].text[:1] not in _SUBTITLE
            and joined + lines[last + 1].key in whole
        ):
            last += 1
            joined += lines[last].key
        return _joined(document, best, first, last) if last > first else best
    if any(key == t for t in stated):
        return best
    block = lines[first].block
    if document.plain or not (lines[first].heading or lines[first].hint):
        return best
    while last + 1 < len(lines) and last - first < 3 and _belongs(document, last + 1, block, infos):
        last += 1
    while first > 0 and last - first < 3 and _belongs(document, first - 1, block, infos):
        first -= 1
    return _joined(document, best, first, last) if (first, last) != (best.first, best.last) else best


def _belongs(document: Document, number: int, block: int, infos: dict[int, Info]) -> bool:
    line = document.lines[number]
    if number in infos or TOOL.match(line.key) or line.text[:1] in "—-－(（":
        return False
    return line.block == block or _goes_on(document, number, block)


def _goes_on(document: Document, number: int, block: int) -> bool:
    """Whether a line is the other half of a headline that has an element for each: 某县人民政府 / 关于印发某办法的通知."""
    lines, blocks = document.lines, document.blocks
    one, other = blocks[block], blocks[lines[number].block]
    if (one.parent, one.tag) != (other.parent, other.tag) or not (lines[number].heading or lines[number].hint):
        return False
    upper, lower = sorted((number, one.first))
    return _SECOND_HALF.match(lines[lower].key) is not None and is_organisation(lines[upper].key)


def _joined(document: Document, best: Headline, first: int, last: int) -> Headline:
    text = squeeze("".join(l.text for l in document.lines[first : last + 1]))
    return Headline(first, last, text, best.points, (*best.reasons, "joined"))


def page_titles(document: Document, columns: set[str]) -> list[str]:
    """What <title> says, without the names of site and column at its ends; one that only names the site is left out."""
    names = {bare(v) for n in ("sitename", "columnname") for v in document.metas.get(n, ())} | columns
    titles = [_bare_title(said, names) for said in document.titles]
    return [title for title in titles if title and not _SITE.match(bare(title))]


def _bare_title(title: str, names: set[str]) -> str:
    parts = [p for p in _SEPARATORS.split(title) if p]
    text = title
    while len(parts) > 1 and (bare(parts[-1]) in names or _SITE_LIKE.search(bare(parts[-1]))):
        text = text[: text.rfind(parts[-1])].rstrip(" -_|–—>»:：")
        parts.pop()
    while len(parts) > 1 and (bare(parts[0]) in names or _SITE_LIKE.search(bare(parts[0]))):
        text = text[text.find(parts[0]) + len(parts[0]) :].lstrip(" -_|–—>»:：")
        parts.pop(0)
    return squeeze(text)
