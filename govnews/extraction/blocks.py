"""Links that repeat in one shape, as rows under one parent: what a list is made of, before anyone says which list is the main one.

Links are grouped by the path of tags that leads to them; each gets its row, the highest element that holds no other address of
its group; rows under one parent are a block. Cost: each element is passed a few times, whatever the page.

May import: lxml, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element

from govnews.extraction.links import Link
from govnews.extraction.row_dates import date_in, date_unseen, texts_of
from govnews.extraction.titles import title_of

DEEP = 200
"""Levels of elements that count; what is nested deeper is no list."""

_PARTS = frozenset("span em b strong p h1 h2 h3 h4 h5 h6 dt dd font i".split())
_SMALL = frozenset("li p dd dt td span h2 h3 h4 h5 em".split())
_TOP = frozenset(("html", "body"))
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True, eq=False)
class Row:
    """One row: its own element, its address as printed, its links. title, date: once read."""

    element: _Element
    href: str
    links: list[Link]
    title: str = ""
    date: str | None = None

    def read(self) -> None:
        """Title and the date within the row, once."""
        if not self.title:
            self.title = title_of(self.links, self.element)
            self.date = date_in(texts_of(self.element), self.title) or date_unseen(self.element)


@dataclass(slots=True, eq=False)
class Block:
    """Rows of one shape under one parent, in page order. kind: its shape but for the cell of a layout table it stands in."""

    shape: int
    parent: _Element
    kind: int
    rows: list[Row] = field(default_factory=list)


def find_blocks(links: list[Link]) -> list[Block]:
    """Every group of rows of one shape under one parent; those of one shape in page order."""
    groups, kinds = _groups(links)
    everywhere = holders(link for link in links if link.words)
    blocks: dict[tuple[int, _Element], Block] = {}
    for shape, group in groups.items():
        for row in _rows(_without_labels(group), everywhere):
            parent = row.element.getparent()
            if parent is not None:
                blocks.setdefault((shape, parent), Block(shape, parent, kinds[shape])).rows.append(row)
    return list(blocks.values())


def _groups(links: list[Link]) -> tuple[dict[int, list[Link]], dict[int, int]]:
    """Links by the path of tags that leads to them, and of each path its kind: the same path wherever its cells stand."""
    shapes: dict[_Element | None, int] = {None: 0}
    known: dict[tuple[int, str], int] = {}
    kinds, kinds_known = {0: 0}, dict[tuple[int, str], int]()
    groups: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        path: list[_Element] = []
        at: _Element | None = link.element
        while at is not None and at not in shapes:
            path.append(at)
            at = at.getparent() if len(path) < DEEP else None
        shape = shapes[at]
        for step in reversed(path):
            name, above = _name(step), shape
            shapes[step] = shape = known.setdefault((above, name), len(known) + 1)
            if shape not in kinds:
                loose = (kinds[above], "td" if step.tag == "td" else name)
                kinds[shape] = kinds_known.setdefault(loose, len(kinds_known) + 1)
        groups[shape].append(link)
    return groups, kinds


def _name(element: _Element) -> str:
    """The tag; of a cell also its place, of a part of a row also its class. Rows differ in class: odd, first, top."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "td":
        return tag + str(sum(1 for _ in islice(element.itersiblings("td", preceding=True), 9)))
    if tag in _PARTS and (named := element.get("class")):
        return f"{tag}.{_DIGITS.sub('0', named)}"
    return tag


def _without_labels(group: list[Link]) -> list[Link]:
    """A group without the links beside a row's title: short ones, [要闻], and those that other rows have too, the department."""
    siblings: dict[_Element | None, list[Link]] = defaultdict(list)
    for link in group:
        siblings[link.element.getparent()].append(link)
    labels = set()
    under: dict[str, set[_Element | None]] = defaultdict(set)
    for link in group:
        under[link.href].add(link.element.getparent())
    for parent, few in siblings.items():
        if parent is not None and parent.tag in _SMALL and 2 <= len(few) <= 3:
            longest = max(link.words for link in few)
            labels |= {id(link) for link in few if link.words <= 10 and 2 * link.words < longest}
            shared = {id(link) for link in few if len(under[link.href]) > 1}  # the department, in several rows
            labels |= shared if len(shared) < len(few) else set()
    return [link for link in group if id(link) not in labels] if labels else group


def holders(links: Iterable[Link]) -> dict[_Element, str | None]:
    """For each element around the links the one address it holds; null for one that holds several."""
    holds: dict[_Element, str | None] = {}
    for link in links:
        element: _Element | None = link.element
        for _ in range(DEEP):
            if element is None:
                break
            held = holds.setdefault(element, link.href)
            if held is None:
                break
            if held != link.href:
                holds[element] = None
            element = element.getparent()
    return holds


def climb(link: Link, holds: dict[_Element, str | None]) -> _Element:
    """The highest element around a link that holds no other address."""
    owner = link.element
    for _ in range(DEEP):
        above = owner.getparent()
        if above is None or above.tag in _TOP or holds.get(above) != link.href:
            break
        owner = above
    return owner


def _rows(group: list[Link], everywhere: dict[_Element, str | None]) -> list[Row]:
    """One row an address, in page order. A row that stands alone under its parent ends where any other link begins."""
    holds = holders(group)
    rows: dict[str, Row] = {}
    for link in group:
        if link.href in rows:
            rows[link.href].links.append(link)
        else:
            rows[link.href] = Row(climb(link, holds), link.href, [link])
    under = Counter(row.element.getparent() for row in rows.values())
    for row in rows.values():
        if under[row.element.getparent()] == 1:
            row.element = climb(row.links[0], everywhere)
    return list(rows.values())
