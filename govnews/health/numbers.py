"""What is measured of a site, and what is said of it: plain values.

May import: model, the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govnews.model.codes import CODES, codes


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as one capture was read. uid: of the article. at: of that capture, UTC. fresh: its first one. run: null for imports. fields: those with a
    value. labelled: those read beside a printed label. length: characters of the body."""

    uid: str
    at: str
    fresh: bool
    run: int | None
    published: str | None
    family: str
    fields: frozenset[str]
    labelled: frozenset[str]
    length: int
    disagree: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """One site. known_since: UTC of the first run. visited: UTC when a list was last read, or null. verdicts: (when the run began,
    verdict) of its runs, newest first. wall: name of the firewall met last, or "". readings: newest captures, oldest first. days:
    days with an article, newest first. columns: address of a list → its days, newest first. months: (month, articles) in
    order. lost, bridged: articles not found now, and those of them whose new address is known. redated: (day, articles that print it
    now and were of other days before), as view redated_articles has them. resets: (day, articles whose view count had fallen, articles
    compared), as view counter_resets has them."""

    site: str
    name: str
    known_since: str
    visited: str | None = None
    verdicts: tuple[tuple[str, str], ...] = ()
    wall: str = ""
    readings: tuple[Reading, ...] = ()
    days: tuple[str, ...] = ()
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    months: tuple[tuple[str, int], ...] = ()
    articles: int = 0
    lost: int = 0
    bridged: int = 0
    redated: tuple[tuple[str, int], ...] = ()
    resets: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be said of a site. code: of group "health". sentence: with its numbers; zh: the same in Chinese. since: local day, or
    null. look: the words after `govnews` that show more."""

    code: str
    sentence: str
    since: str | None
    look: str
    zh: str

    @property
    def severity(self) -> str:
        """Of its code."""
        return CODES[("health", self.code)].severity

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types."""
        return {
            "code": self.code,
            "severity": self.severity,
            "sentence": self.sentence,
            "since": self.since,
            "look": self.look,
        }


@dataclass(frozen=True, slots=True)
class Health:
    """What is to be said of one site, the worst first."""

    site: str
    name: str
    findings: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing graver than a remark is to be said."""
        return all(finding.severity == "info" for finding in self.findings)

    @property
    def rank(self) -> int:
        """The place of its worst finding in the table of codes; healthy sites come last."""
        order = codes("health")
        return min((order.index(finding.code) for finding in self.findings), default=len(order))
