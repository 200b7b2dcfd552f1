"""Of which family a page is: what the site file states, else the page's own marks, else what was learned of the site.

A stated family is believed without a look. A learned one is what the site was; a redesign changes the pages, and pages from before it
must go on being read as they were. May import: families, model.
"""

from __future__ import annotations

from govnews.families import detect
from govnews.model import Site


def family_of(html: str | bytes, url: str | None, site: Site | None, fetched_at: str = "") -> str:
    """The name of a family. html: text, or UTF-8 in small letters. fetched_at: UTC or "" (now); it chooses among families that were
    learned one after another."""
    if site is None or not site.family:
        return detect(html, url)
    if not site.family_learned:
        return site.family
    marked = detect(html, url)
    return marked if marked != "generic" else _learned(site, fetched_at)


def _learned(site: Site, fetched_at: str) -> str:
    """The oldest of those before that still held on the day of fetching, else the present one."""
    held = [family for family, until in site.families_before if fetched_at and fetched_at[:10] <= until]
    return held[-1] if held else site.family
