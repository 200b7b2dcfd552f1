"""What a CMS family is: marks to know it by, and what only it knows of its pages. Data, with tiny pure functions.

May import: model, text, the standard library; lxml elements are passed in, never fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml.etree import _Element

from govnews.model import CounterCall, ListItem, ListRequest


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign of a family. where: `url` (regular expression on the address) or `html` (plain substring of the source, lower
    case). weight: points; a family is named from 3 points on. needs: then the pattern is a regular expression on the lower-case
    source, and this plain piece of what it matches is sought first."""

    where: str
    pattern: str
    weight: int
    needs: str = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a list reader gets: the decoded source, its parsed root (null for endpoint replies), its address, and the
    request that brought it (null for a plain GET of `url`). rows: how many were found on it; known when `next_page` is asked."""

    html: str
    root: _Element | None
    url: str
    request: ListRequest | None = None
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Family:
    """One CMS family; each module of this package defines `FAMILY`. Anything left out is done the generic way.

    name: the code used in `via`, tables and site files. title: the product's name for people.
    counts, lists: how its view count is come by and how its lists turn their pages, a line each of docs/families.md.
    containers: XPath predicates-free hints for the body, best first: `#id` or `.class`.
    comments: (field, opening, closing): HTML comments around a field's value in the source.
    scripts: (field, JavaScript variable) whose string is the field's value.
    counter: (source, url) → the counter call, or null. read_counter: reply text → the number, or null.
    canonical: address → the address that stands for it, or null when it is not this family's. Unmistakable only.
    rows: list page → its rows, or null to fall back to the generic way.
    next_page: list page → address, request, or null; called when the page's own 下一页 link gives nothing.
    open_ended: whether its endpoints never say which page is the last: a list goes on until a reply has no rows.
    beacons: path pieces of pure beacons, which are never requested.
    """

    name: str
    title: str
    counts: str
    lists: str
    marks: tuple[Mark, ...] = ()
    containers: tuple[str, ...] = ()
    comments: tuple[tuple[str, str, str], ...] = ()
    scripts: tuple[tuple[str, str], ...] = ()
    counter: Callable[[str, str], CounterCall | None] | None = None
    read_counter: Callable[[str], int | None] | None = None
    canonical: Callable[[str], str | None] | None = None
    rows: Callable[[ListPage], list[ListItem] | None] | None = None
    next_page: Callable[[ListPage], str | ListRequest | None] | None = None
    open_ended: bool = False
    beacons: tuple[str, ...] = ()
