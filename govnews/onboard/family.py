"""Which CMS family the pages of a site are of: the scores of several pages, added; two that are close are both shown. Pure.

May import: families, the standard library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from govnews.families import ENOUGH, scores

CLOSE = 0.75
"""Share of the best family's points from which the second is close to it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """name: the family, or `generic`. points: family → points over all pages, best first. pages: how many were looked at. close: the
    second family when nobody can tell it from the first, else ""."""

    name: str
    points: dict[str, int]
    pages: int
    close: str = ""

    @property
    def reason(self) -> str:
        """In words: `vsb 24, trs 3 points on 5 pages`."""
        said = ", ".join(f"{name} {n}" for name, n in list(self.points.items())[:3]) or "no family has any"
        return f"{said} points on {self.pages} pages"


def tell(pages: Iterable[tuple[str, str]]) -> Verdict:
    """The family of pages of news, given as (source, address). A family needs ENOUGH points on average over half of them."""
    every = [scores(source, url) for source, url in pages]
    total: Counter[str] = Counter()
    for one in every:
        total.update(one)
    ranked = dict(total.most_common())
    strong = Counter(name for one in every for name, n in one.items() if n >= ENOUGH)
    able = [name for name in ranked if strong[name] >= max(1, len(every) / 2)]
    if not able:
        return Verdict("generic", ranked, len(every))
    second = next((name for name in able[1:] if ranked[name] >= CLOSE * ranked[able[0]]), "")
    return Verdict(able[0], ranked, len(every), second)
