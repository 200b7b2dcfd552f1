"""The main list of a page nobody has seen: the block of rows that looks most like articles, with dates beside them.

A block wins by dates, titles of sentence length, addresses of articles and the pager close by. It takes in blocks of its shape
that follow without a heading (a list cut in pieces, two columns) and rows of another shape in its midst (a pinned row, a row
with a picture).

May import: model, text, lxml, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from operator import itemgetter

from lxml.etree import _Element

from govnews.extraction.blocks import Block, Row, climb, find_blocks, holders
from govnews.extraction.headings import dates_by_heading, days_below_months, doubt, names_of
from govnews.extraction.links import Link, base_of, read_links, resolve, weight
from govnews.extraction.markup import text_of
from govnews.extraction.row_dates import date_in, strip_date, texts_of
from govnews.extraction.titles import SHORTEST
from govnews.model import ListItem
from govnews.text.folding import count_han, fold

ENOUGH = 1.5
"""Points from which a block is a list."""
NEAR_PAGER = 3.0
"""What the block next to the pager gains over the others."""
TRIED = 12
"""Blocks whose rows are read, best first by what they could have at most."""
RANKED = 200
"""Blocks that are looked at for the nearness of a pager."""
PIECES = 60
"""Blocks before and after the best one that can be pieces of the same list."""
BETWEEN = 40
"""Elements that may stand between two pieces."""
SAMPLED = 8
"""Rows of a block that are read to see whether it is dated."""

_ARTICLE = re.compile(
    r"/t?\d{4,}|\d{5,}|[0-9a-f]{16,}|content|article|info/|art_|post_|/show|detail|[?&](?:\w*id|aid|nid)=\w+|/\d{4}[-/]?\d{2}",
    re.IGNORECASE,
)
_NOT_ARTICLE = re.compile(
    r"/(?:index|list|col\d*|default|home|main)(?:_?\d*)?\.(?:s?html?|jsp|aspx?|php)$|/$|/list/|page=", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:\w*nav|\w*menu|foot\w*|\w*crumbs?|friend\w*|links?|yqlj|hot\w*|rank\w*|related|aside|tags?|banner|slide\w*|swiper\w*)"
    r"(?:[\s_-]|$)",
    re.IGNORECASE,
)
_LEADS = re.compile(r"[\[【]?(?:点击)?(?:(?:查看|阅读|查阅|浏览)(?:全文|详情|详细|内容)?|全文|详情|详细)[\]】>»]*")
_CALENDAR = re.compile(r"[\d\W_年月日第期]+")


def find_rows(
    root: _Element,
    url: str,
    links: list[Link] | None = None,
    pagers: Iterable[_Element] = (),
    least: float = ENOUGH,
) -> list[ListItem]:
    """The rows of the main list in page order; empty when nothing looks like one.

    links: of the page, if already read. pagers: elements that belong to its pager, if any are known. least: points from which
    a block is believed; less than usual where rows are known to be rows.
    """
    links = read_links(root) if links is None else links
    names = cache(partial(names_of, root))
    blocks = find_blocks(links)
    best = _best(blocks, pagers, least, names)
    if best is None and (leading := [link for link in links if _LEADS.fullmatch(link.text)]):
        links = [replace(link, words=SHORTEST + 6) for link in leading]  # the title stands beside the link
        blocks = find_blocks(links)
        best = _best(blocks, pagers, least, names)
    if best is None:
        return []
    pieces = _pieces(best, blocks)
    rows = [row for piece in pieces for row in piece.rows]
    dated = _share_dated(rows) >= 0.5
    dates_by_heading(rows)
    container = _common([piece.parent for piece in pieces])
    rows += _others(rows, container, links, dated) + _leads(rows, container, links)
    _dates_out_of_titles(rows)
    place = {link.element: n for n, link in enumerate(links)}
    rows.sort(key=lambda row: place[row.links[0].element])
    return _items(rows, base_of(root, url))


def _best(blocks: list[Block], pagers: Iterable[_Element], least: float, names: Callable[[], str]) -> Block | None:
    """The block with the most points; rows are read only of those that could still win."""
    looks = [(block, *_looks(block, names)) for block in blocks]
    ranked = [(base * (2.25 + 0.5 * shaped), base, shaped, block) for block, base, shaped in looks]
    ranked = sorted((entry for entry in ranked if entry[0] >= least), key=itemgetter(0), reverse=True)[:RANKED]
    near = _near([entry[-1] for entry in ranked], pagers)
    ranked = [(most * near[block], base * near[block], shaped, block) for most, base, shaped, block in ranked]
    ranked.sort(key=itemgetter(0), reverse=True)
    best, points = None, least
    for most, base, shaped, block in ranked[:TRIED]:
        if most <= points:
            break
        found = base * (0.25 + 0.5 * shaped + 2.0 * _dated(block))
        if found > points:
            best, points = block, found
    return best


def _looks(block: Block, names: Callable[[], str]) -> tuple[float, float]:
    """(size and title length, share of addresses shaped like articles'): what can be told without reading the rows."""
    titles = {row.href: words for row in block.rows if (words := max(min(link.words, 30) for link in row.links))}
    if not titles:
        return 0.0, 0.0
    count = len(titles)
    length = sum(titles.values()) / count
    if length < SHORTEST - 1:
        return 0.0, 0.0
    shaped = sum(_ARTICLE.search(h) is not None and not _NOT_ARTICLE.search(h) for h in titles) / count
    base = min(count, 60) ** 0.6 * min(1.0, (length - 2) / 8)
    return base * (0.5 if _is_furniture(block.parent) else doubt(block.parent, names)), shaped


def _is_furniture(element: _Element) -> bool:
    """Whether the block or what is close around it is named as navigation, footer, hot list, friend links or slides."""
    at: _Element | None = element
    for _ in range(3):
        if at is None or at.tag == "body":
            break
        if _FURNITURE.search(at.get("class") or "") or _FURNITURE.search(at.get("id") or ""):
            return True
        at = at.getparent()
    return False


def _near(blocks: list[Block], pagers: Iterable[_Element]) -> dict[Block, float]:
    """What each block gains: those that share the lowest element with a pager stand before the others."""
    depths: dict[_Element, int] = {}
    for pager in pagers:
        around = [pager, *pager.iterancestors()]
        depths.update(zip(around, range(len(around), 0, -1), strict=True))
    shared = [next((depths[e] for e in chain((b.parent,), b.parent.iterancestors()) if e in depths), 0) for b in blocks]
    lowest = max(shared, default=0)
    return {b: NEAR_PAGER if depths and depth == lowest else 1.0 for b, depth in zip(blocks, shared, strict=True)}


def _dated(block: Block) -> float:
    """The share of rows with a date: of a sample from all over the block, or of all where dates stand between the rows."""
    rows = block.rows
    sample = rows if len(rows) <= SAMPLED else [rows[i * (len(rows) - 1) // (SAMPLED - 1)] for i in range(SAMPLED)]
    share = _share_dated(sample)
    if share >= 0.5 or (not any(row.date for row in sample) and days_below_months(rows)):
        return max(share, _share_dated(rows))
    return share if not _dates_beside(rows, rows) else _share_dated(rows)


def _share_dated(rows: list[Row]) -> float:
    for row in rows:
        row.read()
    return sum(row.date is not None for row in rows) / max(1, len(rows))


def _dates_beside(rows: list[Row], all_rows: list[Row]) -> bool:
    """Dates from between rows, on the side that dates more of them; whether there were any."""
    owners = {row.element for row in all_rows}
    after = [date_in(_between(row.element, owners, forward=True)) for row in rows]
    before = [date_in(_between(row.element, owners, forward=False)) for row in rows]
    dates = max(after, before, key=lambda side: sum(date is not None for date in side))
    for row, date in zip(rows, dates, strict=True):
        row.read()
        row.date = row.date or date
    return any(dates)


def _between(element: _Element, owners: set[_Element], *, forward: bool) -> list[str]:
    """Texts between a row and its neighbour on one side."""
    parts = [element.tail or ""] if forward else []
    for steps, sibling in enumerate(element.itersiblings(preceding=not forward)):
        if not forward:
            parts.append(sibling.tail or "")
        if sibling in owners or steps > 6:
            return parts
        if isinstance(sibling.tag, str):
            if sibling.tag in ("ul", "ol", "table") or next(sibling.iter("a"), None) is not None:
                return parts
            parts += texts_of(sibling)
        if forward:
            parts.append(sibling.tail or "")
    if not forward and (parent := element.getparent()) is not None:
        parts.append(parent.text or "")
    return parts


def _pieces(best: Block, blocks: list[Block]) -> list[Block]:
    """The block, and those of its shape before and after it that continue it: as dated as it is, and no heading between."""
    alike = [block for block in blocks if block.kind == best.kind]
    here = first = last = alike.index(best)
    dated = _share_dated(best.rows) >= 0.5

    def goes_on(one: Block, other: Block, new: Block) -> bool:
        if one.shape != other.shape and one.parent is other.parent:  # two cells of the same rows
            return False
        return not _apart(one.parent, other.parent) and (_dated(new) >= 0.5) == dated

    while last + 1 < min(len(alike), here + PIECES) and goes_on(alike[last], alike[last + 1], alike[last + 1]):
        last += 1
    while first > max(0, here - PIECES) and goes_on(alike[first - 1], alike[first], alike[first - 1]):
        first -= 1
    return alike[first : last + 1]


def _apart(first: _Element, second: _Element) -> bool:
    """Whether words that are no date stand between two blocks or beside one in what holds it alone; or one holds the other."""
    path, other = [first, *first.iterancestors()], [second, *second.iterancestors()]
    if len(path) != len(other):
        return True
    one, two = next(
        (pair for pair in zip(reversed(path), reversed(other), strict=True) if pair[0] is not pair[1]), (first, second)
    )
    texts = [text_of(one).replace(text_of(first), "", 1), text_of(two).replace(text_of(second), "", 1), one.tail or ""]
    for steps, sibling in enumerate(one.itersiblings()):
        if sibling is two:
            break
        if steps > BETWEEN:
            return True
        texts += [text_of(sibling) if isinstance(sibling.tag, str) else "", sibling.tail or ""]
    return any(weight(_CALENDAR.sub("", fold(text[:200]))) > 0 for text in texts)


def _common(elements: list[_Element]) -> _Element:
    """The lowest element that holds all of them."""
    common = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        around = {element, *element.iterancestors()}
        common = [e for e in common if e in around]
    return common[0]


def _others(rows: list[Row], container: _Element, links: list[Link], dated: bool) -> list[Row]:
    """Rows of another shape within the container: dated as the list is, or with an article's address where it is not."""
    inside = set(container.iter("a")).difference(*(row.element.iter("a") for row in rows))
    hrefs = {row.href for row in rows}
    found = [link for link in links if link.element in inside and link.href not in hrefs and link.words >= SHORTEST]
    more = _as_rows(found, holders([*(link for row in rows for link in row.links), *found]))
    if dated and _share_dated(more) < 1:
        _dates_beside(more, [*rows, *more])
    return [
        row
        for row in more
        if (row.date is not None if dated else _ARTICLE.search(row.href) and not _NOT_ARTICLE.search(row.href))
    ]


def _leads(rows: list[Row], container: _Element, links: list[Link]) -> list[Row]:
    """The story set large above the list: what stands right before the container and holds one address only."""
    hrefs = {row.href for row in rows}
    for steps, sibling in enumerate(container.itersiblings(preceding=True)):
        inside = set(sibling.iter("a"))
        found = [link for link in links if link.element in inside and link.words] if inside else []
        if steps > 2 or len({link.href for link in found}) > 1:
            break
        if found and found[0].href not in hrefs:
            lead = [Row(sibling, found[0].href, found)]
            return lead if max(link.words for link in found) >= SHORTEST and _share_dated(lead) else []
    return []


def _as_rows(links: list[Link], holds: dict[_Element, str | None]) -> list[Row]:
    rows: dict[str, Row] = {}
    for link in links:
        rows.setdefault(link.href, Row(climb(link, holds), link.href, [])).links.append(link)
    return list(rows.values())


def _dates_out_of_titles(rows: list[Row]) -> None:
    """Where no row has a date of its own and nearly every title begins or ends with one, that is the date."""
    if any(row.date for row in rows):
        return
    split = [strip_date(row.title) for row in rows]
    if sum(part is not None for part in split) >= 0.8 * len(rows):
        for row, part in zip(rows, split, strict=True):
            if part is not None:
                row.title, row.date = part


def _items(rows: list[Row], base: str) -> list[ListItem]:
    items = []
    undated = sum(row.date is None for row in rows)
    for row in rows:
        if not row.title:
            continue
        stray = row.date is None and undated < 0.3 * len(rows)
        if stray and _NOT_ARTICLE.search(row.href) and count_han(row.title) < 8:
            continue
        items.append(ListItem(resolve(base, row.href), row.title, row.date))
    return items
