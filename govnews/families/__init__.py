"""The CMS families: one module each, found by scanning this folder; adding a family touches one file.

Lives here: what each CMS is like, as data and tiny pure functions. May import: model, text, lxml, the standard library.
May not: Scrapy, the network, files, clocks (scanning this package with pkgutil is the one exception).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache

from govnews.families.family import Family, ListPage, Mark
from govnews.families.marks import Pieces

__all__ = ["ENOUGH", "Family", "ListPage", "Mark", "by_name", "detect", "families", "scores"]

ENOUGH = 3
"""Points from which a family is named; below it the page is `generic`."""


@cache
def families() -> tuple[Family, ...]:
    """Every family, by name; `generic` last."""
    found = []
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        family = getattr(module, "FAMILY", None)
        if isinstance(family, Family):
            found.append(family)
    return tuple(sorted(found, key=lambda f: (f.name == "generic", f.name)))


@cache
def by_name(name: str) -> Family:
    """The family of that name; `generic` for an unknown or empty one."""
    return next((f for f in families() if f.name == name), families()[-1])


@cache
def _url_marks() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    return tuple((f.name, re.compile(m.pattern), m.weight) for f in families() for m in f.marks if m.where == "url")


@cache
def _html_marks() -> tuple[
    Pieces, dict[bytes, list[tuple[str, int]]], dict[bytes, list[tuple[str, int, re.Pattern[bytes]]]]
]:
    """What is sought in the source; of each piece the families of which it is a plain mark, and those of which it is a mark when the
    page has the shape too."""
    plain: dict[bytes, list[tuple[str, int]]] = {}
    shapes: dict[bytes, list[tuple[str, int, re.Pattern[bytes]]]] = {}
    for family in families():
        for mark in family.marks:
            if mark.where == "url":
                continue
            if mark.needs:
                shape = re.compile(mark.pattern.encode())
                shapes.setdefault(mark.needs.encode(), []).append((family.name, mark.weight, shape))
            else:
                plain.setdefault(mark.pattern.encode(), []).append((family.name, mark.weight))
    return Pieces({*plain, *shapes}), plain, shapes


def scores(html: str | bytes, url: str | None = None) -> dict[str, int]:
    """Family → points on this page, a text or UTF-8 in small letters; families without a point are left out. Linear in the page's
    length."""
    points: dict[str, int] = {}
    if url:
        for name, pattern, weight in _url_marks():
            if pattern.search(url):
                points[name] = points.get(name, 0) + weight
    pieces, plain, shapes = _html_marks()
    lowered = html if isinstance(html, bytes) else html.encode("utf-8", "replace").lower()
    for piece in pieces.found(lowered):
        for name, weight in plain.get(piece, ()):
            points[name] = points.get(name, 0) + weight
        for name, weight, shape in shapes.get(piece, ()):
            if shape.search(lowered):
                points[name] = points.get(name, 0) + weight
    return points


def detect(html: str | bytes, url: str | None = None) -> str:
    """The name of the family with the most points, or `generic`. Signals are summed: government pages carry scripts of
    several vendors, so the first hit proves nothing (cms-families.md §2)."""
    points = scores(html, url)
    best = max(points, key=lambda name: (points[name], name), default="generic")
    return best if points.get(best, 0) >= ENOUGH else "generic"
