"""What an onboarding found, step by step, and what a person is asked. Data with tiny pure functions.

May import: its neighbours' words, model, the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from govnews.model import Article, Column, Listing, Page
from govnews.onboard.columns import Candidate
from govnews.onboard.family import Verdict
from govnews.onboard.owner import Owner

FOUND, DOUBTFUL, MISSING = "found", "doubtful", "missing"
STEPS = ("site", "owner", "family", "columns", "list", "paging", "articles", "counter")


@dataclass(slots=True)
class Step:
    """One question of an onboarding. state: `found`, `doubtful` (a person should look), `missing` (a person must fill it in). said: the
    answer in words. doubts: sentences. stops: nothing may be written while it stands."""

    name: str
    state: str
    said: str
    doubts: list[str] = field(default_factory=list)
    stops: bool = False


@dataclass(slots=True)
class Tried:
    """A column that was opened: its first page and rows, whether the next page was read (null: there is none). pages: the address of
    further pages where only trying found them, its number left open."""

    candidate: Candidate
    page: Page
    listing: Listing
    shell: Page | None = None
    turned: bool | None = None
    pages: str = ""


@dataclass(slots=True)
class Read:
    """An article that was read. count: what its counter said, if it was asked."""

    page: Page
    article: Article
    list_title: str
    count: int | None = None


@dataclass(slots=True)
class Proposal:
    """All that was found. turned_down: columns that are not the county's own news, each with its reason."""

    home: str
    hosts: list[str] = field(default_factory=list)
    owner: Owner | None = None
    family: Verdict | None = None
    columns: list[Column] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)
    turned_down: list[Candidate] = field(default_factory=list)
    articles: list[Read] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    requests: int = 0

    def step(
        self, name: str, said: str, doubts: list[str] | None = None, *, missing: bool = False, stops: bool = False
    ) -> None:
        """Adds a step's answer."""
        state = MISSING if missing else DOUBTFUL if doubts else FOUND
        self.steps.append(Step(name, state, said, doubts or [], stops))

    @property
    def asks(self) -> list[Step]:
        """The steps on which a person is asked."""
        return [step for step in self.steps if step.state != FOUND]

    @property
    def stops(self) -> list[Step]:
        """The steps because of which nothing is written."""
        return [step for step in self.steps if step.stops]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types."""
        owner, family = self.owner, self.family
        return {
            "home": self.home,
            "hosts": self.hosts,
            "id": owner.code if owner else None,
            "name": owner.name if owner else None,
            "marks": [{"kind": m.kind, "said": m.said, "codes": list(m.codes)} for m in owner.marks] if owner else [],
            "family": family.name if family else None,
            "family_points": family.points if family else {},
            "columns": [{"name": c.name, "url": c.url} | ({"pages": c.pages} if c.pages else {}) for c in self.columns],
            "turned_down": [{"name": c.name, "url": c.url, "reason": c.reason} for c in self.turned_down],
            "articles": [shown(read) for read in self.articles],
            "steps": [{"name": s.name, "state": s.state, "said": s.said, "doubts": s.doubts} for s in self.steps],
            "asks": len(self.asks),
            "requests": self.requests,
        }


def shown(read: Read) -> dict[str, Any]:
    """The fields of an article that people look at."""
    article = read.article
    return {
        "url": read.page.url,
        "title": article.title,
        "publish_time": article.publish_time,
        "source": article.source,
        "view_count": article.view_count if read.count is None else read.count,
        "view_count_state": article.view_count_state,
        "body": article.body[:40],
        "characters": len(article.body),
    }
