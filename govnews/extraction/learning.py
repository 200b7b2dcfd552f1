"""The layout of a site of no known family, learned from a few dozen of its own articles.

One page may hold less text than the boxes beside it; many pages together do not leave that open: what stands on several of them is
furniture, and what is left stands in one place. `learn` finds that place, `learned_spot` looks for it on a page. It is evidence for the
body's element alone (container.py): whether a line is the article's, and every other value, is decided as ever, on the page itself.

Pure: the same pages in any order give the same layout. May import: model, its neighbours in this room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from govnews.extraction.container import densest
from govnews.extraction.document import Document
from govnews.extraction.edges import prose
from govnews.extraction.headline import Headline
from govnews.extraction.info import Info
from govnews.extraction.places import Path, Places, Spot
from govnews.model import LearnedLayout, Site

LATEST = 40
"""Articles of a site that are looked at."""
ENOUGH = 12
"""Articles with text of their own from which a layout is learned."""
OWN = 60
"""Characters of running text that stands on no other page, from which a page says where its text is."""
REPEATED = 3
"""Pages on which a line must stand to be furniture."""
HELD = 0.9
"""Share of a page's own text that the place must hold."""
AGREE = 0.8
"""Share of the pages that must agree."""
STAYS = 0.5
"""Share of the newest `ENOUGH` pages that must still agree with a layout for it to stay."""
NEAR = 12
"""Lines from the headline in which the header line is looked for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One article page as it was read, without what is learned. fetched_at: UTC."""

    document: Document
    infos: dict[int, Info]
    headline: Headline
    fetched_at: str = ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as the learner sees it. sums: its own text before each line; total: all of it. shared: text that other pages
    have too, before each line. header, headline: where they stand."""

    document: Document
    fetched_at: str
    places: Places
    sums: list[float]
    shared: list[float]
    header: int | None
    headline: int

    @property
    def total(self) -> float:
        return self.sums[-1]

    def held(self, block: int) -> float:
        """How much of its own text a block holds."""
        around = self.document.blocks[block]
        return self.sums[around.last] - self.sums[around.first]

    def agrees(self, path: Path) -> bool:
        """Whether the page's own text stands at a place."""
        found = self.places.find(path)
        return found is not None and self.held(found) >= HELD * self.total


def layout_at(site: Site | None, fetched_at: str) -> LearnedLayout | None:
    """The learned layout that held when a page was fetched: the oldest that still did. fetched_at: UTC, or "" for now."""
    layouts = site.learned_layouts if site else ()
    held = [layout for layout in layouts if layout.until is None or "" < fetched_at < layout.until]
    return held[-1] if held else None


def learned_spot(
    document: Document, infos: dict[int, Info], headline: Headline | None, layout: LearnedLayout
) -> Spot | None:
    """What stands at the learned places, if the page is of that layout at all: headline or header line stand where they always do."""
    places = Places(document)
    block = places.find(layout.body)
    if block is None or document.blocks[block].last <= (headline.last if headline else -1):
        return None
    header, above = places.find(layout.header), places.find(layout.headline)
    fits = above is not None and headline is not None and document.inside(document.lines[headline.first].block, above)
    if not fits and header is not None:
        at = document.blocks[header]
        fits = any(n in infos and infos[n].is_header for n in range(at.first, at.last))
    return Spot(block, tuple(n for path in layout.beside if (n := places.find(path)) is not None)) if fits else None


def relearn(held: Sequence[LearnedLayout], pages: Sequence[Seen]) -> tuple[LearnedLayout, ...]:
    """What is known of a site after a look at its latest articles, newest first. A layout that most of the newest have left is closed
    where they left it, and another is learned from the pages since; the one before goes on to hold for the captures before."""
    current = next((layout for layout in held if layout.until is None), None)
    closed = tuple(layout for layout in held if layout.until is not None)
    if current is not None:
        said = agreement(pages, current)
        newest = [agrees for _, agrees in said[-ENOUGH:]]
        if len(newest) < ENOUGH or sum(newest) >= STAYS * ENOUGH:
            counted = replace(current, pages=len(said), agree=sum(agrees for _, agrees in said))
            return (counted if said else current, *closed)
        closed = (replace(current, until=_left(said)), *closed)
    since = closed[0].until or "" if closed else ""
    found = learn([page for page in pages if page.fetched_at >= since])
    return (found, *closed) if found else closed


def _left(said: list[tuple[str, bool]]) -> str:
    """The first page of those that have left a layout: with fewest that left it before, and fewest that still have it from there on."""
    wrong = [
        sum(not agrees for _, agrees in said[:n]) + sum(agrees for _, agrees in said[n:]) for n in range(len(said))
    ]
    return said[wrong.index(min(wrong))][0]


def learn(pages: Sequence[Seen]) -> LearnedLayout | None:
    """The layout on which pages agree; null when they are too few, or differ. pages: the latest articles, in any order."""
    sheets = [sheet for sheet in _sheets(pages) if sheet.total >= OWN]
    if len(sheets) < ENOUGH:
        return None
    densities = [sheet.places.path(_dense(sheet)) for sheet in sheets]
    asked = {path[:depth] for path in densities for depth in range(1, len(path) + 1)}
    agreeing = {path: sum(sheet.agrees(path) for sheet in sheets) for path in asked}
    enough = [path for path, count in agreeing.items() if count >= AGREE * len(sheets)]
    body = max(enough, key=lambda path: (len(path), agreeing[path], path), default=())
    headline = _usual([(sheet, sheet.headline) for sheet in sheets])
    header = _usual([(sheet, sheet.header) for sheet in sheets])
    above = [path for path in (headline, header) if path]
    if not body or not above or any(path[: len(body)] == body for path in above):
        return None  # what holds the head of the article too is the page, or a wrapper of all that is on it
    apart = [path for path in asked if path[: len(body)] != body and body[: len(path)] != path]
    return LearnedLayout(
        body,
        headline,
        header,
        _beside(sheets, body),
        since=min(sheet.fetched_at for sheet in sheets),
        pages=len(sheets),
        agree=agreeing[body],
        rival=max((agreeing[path] for path in apart), default=0),
    )


def agreement(pages: Sequence[Seen], layout: LearnedLayout) -> list[tuple[str, bool]]:
    """(fetched_at, whether its text stands at the place of the layout) of every page that says where its text is; oldest first."""
    return sorted((sheet.fetched_at, sheet.agrees(layout.body)) for sheet in _sheets(pages) if sheet.total >= OWN)


def _sheets(pages: Sequence[Seen]) -> list[_Sheet]:
    """Every page with the sums of its own text: what stands below the headline and on no more than a few pages."""
    stands = Counter(key for page in pages for key in {line.key for line in page.document.lines})
    return [_sheet(page, stands) for page in pages]


def _sheet(page: Seen, stands: Counter[str]) -> _Sheet:
    lines, sums, shared = page.document.lines, [0.0], [0.0]
    for n, line in enumerate(lines):
        size = prose(line) if n > page.headline.last and n not in page.infos else 0.0
        own = stands[line.key] < REPEATED
        sums.append(sums[-1] + size * own)
        shared.append(shared[-1] + size * (not own))
    places, headline = Places(page.document), lines[page.headline.first].block
    return _Sheet(page.document, page.fetched_at, places, sums, shared, _header(page), headline)


def _beside(sheets: Sequence[_Sheet], body: Path) -> tuple[Path, ...]:
    """The places apart from the text's that hold nothing but what other pages have too, each as wide as it is."""
    shared: Counter[Path] = Counter()
    own: Counter[Path] = Counter()
    for sheet in sheets:
        inside = sheet.places.find(body)
        passed = -1
        for n, block in enumerate(sheet.document.blocks):
            if n == inside:
                passed = block.end
            elif n <= passed or (inside is not None and sheet.document.inside(inside, n)):
                continue  # within one that is noted, or around the text
            elif sheet.held(n) > 0:
                own[sheet.places.path(n)] += 1
            elif sheet.shared[block.last] > sheet.shared[block.first]:
                shared[sheet.places.path(n)] += 1
                passed = block.end
    usual = {path for path, count in shared.items() if path and count >= max(REPEATED, AGREE * (count + own[path]))}
    return tuple(sorted(path for path in usual if not any(path[:depth] in usual for depth in range(len(path)))))


def _header(page: Seen) -> int | None:
    """The block of the header line nearest to the headline."""
    near = [
        (abs(n - page.headline.last), n)
        for n, info in page.infos.items()
        if info.is_header and not info.table and not page.headline.first <= n <= page.headline.last
    ]
    distance, line = min(near, default=(NEAR + 1, 0))
    return page.document.lines[line].block if distance <= NEAR else None


def _dense(sheet: _Sheet) -> int:
    return densest(sheet.document, [sheet.held(n) for n in range(len(sheet.document.blocks))])


def _usual(stands: Iterable[tuple[_Sheet, int | None]]) -> Path:
    """The place where a line stands on most pages; () when it stands now here, now there."""
    paths = [sheet.places.path(block) if block is not None else () for sheet, block in stands]
    count, path = max(((count, path) for path, count in Counter(paths).items()), default=(0, ()))
    return path if count >= AGREE * len(paths) else ()
