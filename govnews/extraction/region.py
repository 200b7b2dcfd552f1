"""Where the values of an article's header may stand: its lines, the tables above it, the lines below the text; and which dated lines are
rows of lists, wherever they stand.

Nothing is read from them here: that is the work of fields.py. May import: its neighbours in this room.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from govnews.extraction.body import Body
from govnews.extraction.document import Document
from govnews.extraction.edges import FILE_NAME
from govnews.extraction.headline import Headline
from govnews.extraction.info import Info
from govnews.extraction.words import TOOL

ABOVE, BELOW, FAR_BELOW = 14, 8, 25
"""Lines above the headline (an information table) and below the body in which header values are looked for; a labelled 来源
may stand further down, behind a comment form."""
BESIDE = 3
"""Lines of a header that is laid out one field a line that may stand between the date and what belongs to it."""
UNDER = 12
"""Lines under the headline that can be its header."""
_OF_ROWS = ("other_count", "tool")
"""Labels that the rows of lists have too (播放：31)."""
_SHORTEST_TITLE = 8
"""Characters of a row's title: what is shorter is a word of a menu."""


@dataclass(slots=True)
class Region:
    """Where header values may stand: line numbers of the header, of tables above it, and below the body.
    above: those of the header that stand above the headline. dated: those below the body whose date is the article's. title: lines of
    the headline."""

    header: list[Info] = field(default_factory=list)
    table: list[Info] = field(default_factory=list)
    below: list[Info] = field(default_factory=list)
    above: frozenset[int] = frozenset()
    dated: list[Info] = field(default_factory=list)
    title: range = range(0)


def region(document: Document, infos: dict[int, Info], headline: Headline | None, body: Body) -> Region:
    """Sorts the info lines into header, table and below; what stands elsewhere (banners, related lists) is left out."""
    out = Region()
    has_body = bool(body.numbers)
    first = body.numbers[0] if has_body else (headline.last + 1 + UNDER if headline else len(document.lines))
    last = body.numbers[-1] if has_body else first
    if body.learned and not has_body:
        has_body, first, last = True, body.first, body.first - 1
    top = headline.first if headline and headline.first < first else None
    others = _of_others(document, infos, headline)
    for n, info in sorted(infos.items()):
        if (headline and headline.first <= n <= headline.last) or n in others:
            continue  # a date in the title is part of the news
        line = document.lines[n]
        if body.learned and (
            (n > last and not info.labels) or any(document.inside(line.block, b) for b in body.beside)
        ):
            continue  # where the text is known to end, only a label below it speaks, and none in what stands beside
        under = top is not None and top < n <= top + 4
        told = any(label.field not in _OF_ROWS for label in info.labels)
        row = not under and line.linked >= 8 and line.linked > 0.5 * len(line.text) and not told
        if (
            row
            or (line.listed and line.linked >= 6 and not told)
            or (not told and _is_row_of_links(document, infos, n))
        ):
            continue
        if n < first:
            if info.table:
                if top is None or n >= top - 4 * ABOVE:
                    out.table.append(info)
            elif top is None or top - ABOVE <= n <= top + UNDER + 6:
                out.header.append(info)
        elif n > last and has_body and not info.table:
            named = any(label.field == "source" and label.value for label in info.labels)
            if n <= last + (FAR_BELOW if named else BELOW):
                out.below.append(info)
    out.dated = _dated_below(document, out.below)
    if headline:
        out.title = range(headline.first, headline.last + 1)
    if top is not None:
        out.above = frozenset(i.line for i in out.header if i.line < top)
        out.header.sort(key=lambda i: (i.line < top, abs(i.line - top)))
    return out


def _dated_below(document: Document, below: list[Info]) -> list[Info]:
    """Lines below the text whose date is no signature: it has a clock, or the outlet or the count stands on its line or, in an element
    of the same kind, next to it."""
    told = [i for i in below if i.has("source", "view_count") or i.count_first is not None]
    return [
        info
        for info in below
        if (info.bare_time and info.times[0][2].precision != "day")
        or info.has("publish_time")
        or (
            (info.bare_time or info.has("updated"))
            and any(
                other is info or (abs(other.line - info.line) <= BESIDE and _alike(document, other.line, info.line))
                for other in told
            )
        )
    ]


def _alike(document: Document, a: int, b: int) -> bool:
    one, other = (document.blocks[document.lines[n].block] for n in (a, b))
    return document.plain or (one.parent, one.tag) == (other.parent, other.tag)


def _of_others(document: Document, infos: dict[int, Info], headline: Headline | None) -> set[int]:
    """Header lines of other articles: right below a line that is one link, the title of a row (发布时间, 来源 and 浏览 of each)."""
    found: set[int] = set()
    for n, info in sorted(infos.items()):
        if not info.is_header or info.table or (headline and headline.first <= n <= headline.last + 1):
            continue
        if n - 1 in found or (n > 0 and _is_row_title(document, n - 1)):
            found.add(n)
    return found


def _is_row_of_links(document: Document, infos: dict[int, Info], n: int) -> bool:
    """Whether a line is a dated row with a link in a table, or a dated link, and one next to it is too: a list, even right under its
    name."""
    lines = document.lines
    dated = [m for m in range(n - 3, n + 4) if m in infos and infos[m].times and lines[m].linked >= _SHORTEST_TITLE]
    rows = [m for m in dated if "\t" in lines[m].text and abs(m - n) <= 1]
    links = [m for m in dated if lines[m].linked >= 0.9 * len(lines[m].text)]
    return any(n in alike and len(alike) > 1 for alike in (rows, links))


def _is_row_title(document: Document, n: int) -> bool:
    """Whether a line is one link and nothing else, and neither a control, a file nor the end of a menu."""
    line = document.lines[n]
    if (
        line.linked < _SHORTEST_TITLE
        or line.linked < 0.9 * len(line.text)
        or TOOL.match(line.key)
        or FILE_NAME.search(line.text)
    ):
        return False
    return sum(link.line == n for link in document.links) == 1


def dated_rows(document: Document, infos: dict[int, Info], body: Body) -> int:
    """Lines of the text that are one whole link and have a date at most three lines further on: the rows of a list with
    summaries, which an article does not have."""
    rows = 0
    for n in body.numbers:
        line = document.lines[n]
        if line.linked >= 8 and line.linked >= 0.9 * len(line.text):
            rows += any(m in infos and (infos[m].bare_time or infos[m].has("publish_time")) for m in range(n, n + 4))
    return rows


def dated_lines(document: Document, infos: dict[int, Info]) -> list[int]:
    """Linked lines with a date on them or on the line below: rows of lists, wherever they stand."""
    lines = document.lines
    return [
        n
        for n, info in infos.items()
        if (info.times and lines[n].linked >= 6)
        or (n > 0 and lines[n - 1].linked >= 8 and not lines[n].linked and _is_dating(info))
    ]


def _is_dating(info: Info) -> bool:
    """Whether a line says no more than when the row above it was published, and perhaps by whom."""
    return (bool(info.times) and len(info.text) <= 22) or info.has("publish_time")
