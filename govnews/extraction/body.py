"""The body: which lines of the element that holds the article's text are the article.

The element is chosen in container.py; then headline, header, controls and template lines are taken off (edges.py).

May import: families, text, its neighbours in this room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from govnews.extraction.container import LEARNED, container
from govnews.extraction.document import Document, Line
from govnews.extraction.edges import FEW, SHORT, SIGNS, cut_tail, is_control, is_cut, is_foot, prose, skip_head
from govnews.extraction.headline import Headline
from govnews.extraction.info import Info
from govnews.extraction.places import Spot
from govnews.extraction.words import SHARING
from govnews.text.folding import bare

PARAGRAPH = 40
"""Characters outside links from which a line with sentence signs is a paragraph."""
_CAPTION = 3
"""Lines above a table that can belong to it."""
_PAGE_BREAK = re.compile(r"^(?:#PAGE_BREAK#|_ueditor_page_break_tag_|\[nextpage\]|#p#.*#e#)$")


@dataclass(slots=True)
class Body:
    """lines[first:last] are the article; block: its container, or null. numbers: the lines kept. via: how it was found. learned: at the
    place where the site puts its texts; beside: then the blocks known to hold what is no article's."""

    first: int = 0
    last: int = 0
    block: int | None = None
    via: str = ""
    numbers: list[int] = field(default_factory=list)
    learned: bool = False
    beside: tuple[int, ...] = ()


def find_body(
    document: Document,
    infos: dict[int, Info],
    headline: Headline | None,
    hints: tuple[str, ...],
    learned: Spot | None = None,
) -> Body:
    """The body's lines. hints: `#id` and `.class` names of family or site, best first. learned: where the site puts its texts, as far
    as is known."""
    lines = document.lines
    if not lines and not document.images and not document.frames:
        return Body()
    start = headline.last + 1 if headline else _anchor(infos)
    stop = _first_cut(document, start, infos, bare(headline.text) if headline else "")
    weights = [0.0] * len(lines)
    for n in range(start, stop):
        info = infos.get(n)
        if info is None or not (info.is_header or (info.table and len(info.labels) > 1)):
            weights[n] = prose(lines[n])
    sums = [0.0]
    for weight in weights:
        sums.append(sums[-1] + weight)
    block, via = container(document, sums, hints, start, learned)
    body = Body(*_parts(document, sums, block, via), block, via)
    if via == "density" or document.plain:
        _take_in(lines, body, start, stop, infos)
    elif learned is not None and via.startswith(LEARNED):
        body.learned, body.beside = True, learned.beside
        body.first, body.last = max(body.first, start), max(min(body.last, stop), start)
    _trim(document, body, infos, headline)
    return body


def _parts(document: Document, sums: list[float], block: int, via: str) -> tuple[int, int]:
    """First line and end of a container. One known by name may stand in several pieces, side by side: an editor's blocks."""
    blocks = document.blocks
    whole = blocks[block]
    first, last = whole.first, whole.last
    if via.startswith(("container:", "family:")):
        for piece in blocks:
            if (
                piece.parent == whole.parent
                and (piece.tag, piece.id, piece.classes) == (whole.tag, whole.id, whole.classes)
                and sums[piece.last] - sums[piece.first] >= FEW
            ):
                first, last = min(first, piece.first), max(last, piece.last)
    return first, last


def _take_in(lines: list[Line], body: Body, start: int, stop: int, infos: dict[int, Info]) -> None:
    """A densest element may leave out a first or last paragraph that stands beside it: running text next to it is taken in."""
    body.first, body.last = max(body.first, start), min(body.last, stop)
    while body.first > start and _is_prose(lines[body.first - 1]):
        body.first -= 1
    while body.last < stop and _is_prose(lines[body.last]):
        body.last += 1
    if body.first < len(lines) and "\t" in lines[body.first].text:
        _take_in_caption(lines, body, start, infos)


def _take_in_caption(lines: list[Line], body: Body, start: int, infos: dict[int, Info]) -> None:
    """What stands between the header and a table that is the whole text belongs to it (单位：万元)."""
    first = body.first
    while first > start and first - 1 not in infos and not lines[first - 1].linked and not is_control(lines[first - 1]):
        first -= 1
    if body.first - first <= _CAPTION and first - 1 in infos and infos[first - 1].is_header:
        body.first = first


def _is_prose(line: Line) -> bool:
    return not line.listed and len(line.text) - line.linked >= PARAGRAPH and SIGNS.search(line.text) is not None


def _anchor(infos: dict[int, Info]) -> int:
    """Without a visible headline: the first line that is a header beyond doubt (two of time, source, count)."""
    for n, info in sorted(infos.items()):
        if len({label.field for label in info.labels} & {"publish_time", "source", "view_count"}) >= 2:
            return n
    return 0


def _first_cut(document: Document, start: int, infos: dict[int, Info], title: str) -> int:
    """The first line below the text where the article is surely over; the end when there is none."""
    lines = document.lines
    seen = 0.0
    for n in range(start, len(lines)):
        text = lines[n].text
        if len(text) <= SHORT:
            key = lines[n].key
            if seen > 0 and key == title and (lines[n].heading or lines[n].hint or _heads(infos, n, seen)):
                return n  # the article is printed a second time, for another width
            if is_foot(document, n, key) or (
                is_cut(lines[n]) and (seen > 0 or n > start + 12) and not _shared_early(key, seen)
            ):
                return n
            if n in infos:
                continue
        if not lines[n].linked and (len(text) >= 8 or not is_control(lines[n])):
            seen += prose(lines[n])
    return len(lines)


def _heads(infos: dict[int, Info], n: int, seen: float) -> bool:
    """Whether a header line stands below line n, which repeats the headline after some text."""
    below = (infos.get(n + 1), infos.get(n + 2))
    return seen >= FEW and any(i is not None and i.has("publish_time", "source", "view_count") for i in below)


def _shared_early(key: str, seen: float) -> bool:
    """Whether a share or print button stands before any real text: it belongs to the head then."""
    return seen < FEW and SHARING.match(key) is not None


def _trim(document: Document, body: Body, infos: dict[int, Info], headline: Headline | None) -> None:
    """Takes off what is not the article at both edges, and template lines within."""
    lines = document.lines
    known = body.via != "density" and not body.learned and not document.plain
    title = bare(headline.text) if headline else ""
    above = headline.last if headline else -1
    before = [
        n
        for n, info in infos.items()
        if above < n < body.first
        and not info.table
        and (info.bare_time or info.has("publish_time", "source", "view_count"))
    ]
    first = body.first
    if headline and body.first <= headline.first < body.last:
        first = headline.last + 1
    first = skip_head(document, first, body.last, infos, title, before, known)
    last = cut_tail(document, first, body.last, infos, known)
    body.first, body.last = first, last
    body.numbers = [n for n in range(first, last) if not _PAGE_BREAK.match(lines[n].text)]


def body_text(document: Document, body: Body) -> str:
    """The body as text: lines joined by line feeds."""
    return "\n".join(document.lines[n].text for n in body.numbers)
