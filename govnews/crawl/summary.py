"""What a run came to: per site its numbers, one named verdict and what to do. A value; the command line prints it.

May import: model, text, its neighbours in this room, the standard library.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from govnews.crawl.session import Session
from govnews.crawl.state import SiteState
from govnews.model.codes import describe
from govnews.text.moments import local_time

ADVICE = {
    "blocked": "run the same command again later, or from another network (--vantage)",
    "throttled": "a larger delay in its site file may help",
    "server_error": "run the same command again tomorrow",
    "unreachable": "is this machine online, and the address right (govnews site show {id})? Table issues has the error",
    "list_failed": "look at the list in a browser; the news column may have moved",
    "layout_changed": "look at a page: govnews extract URL --explain",
    "no_column": "no news column is known; name one in a site file (docs/add-a-county.md)",
    "robots": "nothing was taken",
    "partial": "run the same command again later: what is missing is queued",
    "interrupted": "run the same command again: it goes on where it stopped",
}
"""Verdict → what a person can do."""
FEW = 5
"""Articles visited from which a layout can be judged."""


@dataclass(frozen=True, slots=True)
class SiteResult:
    """One site of a run. same: visited again and unchanged. suspect: newly not found. pages: all responses. until: UTC, before
    which the site is left alone, or null."""

    id: str
    name: str
    verdict: str
    new: int = 0
    changed: int = 0
    same: int = 0
    suspect: int = 0
    lists: int = 0
    pages: int = 0
    not_articles: int = 0
    failed: int = 0
    queued: int = 0
    until: str | None = None
    issues: dict[str, int] = field(default_factory=dict)

    @property
    def advice(self) -> str:
        """What to do, or ""."""
        advice = ADVICE.get(self.verdict, "").format(id=self.id)
        return f"left alone until {local_time(self.until)}; {advice}" if self.until else advice

    @property
    def meaning(self) -> str:
        """The verdict in words."""
        return describe("verdict", self.verdict)


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run. reason: `finished`, `shutdown` (interrupted) or the code of a failure. relearned: site id → articles that read otherwise
    with the layout that is known of the site since this run."""

    db: str
    run: int
    reason: str
    seconds: float
    sites: tuple[SiteResult, ...]
    relearned: dict[str, int] = field(default_factory=dict)

    @property
    def interrupted(self) -> bool:
        """Whether the run was stopped by a signal."""
        return self.reason == "shutdown"

    def total(self, name: str) -> int:
        """The sum of one number over the sites."""
        return sum(getattr(site, name) for site in self.sites)

    def verdicts(self) -> dict[str, dict[str, object]]:
        """Site id → what the run row keeps."""
        names = ("verdict", "new", "changed", "same", "suspect", "lists", "pages", "failed", "queued", "issues")
        return {site.id: {name: getattr(site, name) for name in names} for site in self.sites}


def summarise(session: Session, seconds: float = 0.0) -> Summary:
    """The summary of a session whose units are committed."""
    queued = dict(
        session.archive.connection.execute(
            "SELECT site, count(*) FROM frontier WHERE state = 'queued' GROUP BY site"
        ).fetchall()
    )
    sites = tuple(
        _site(state, session.writer.counts.get(id, Counter()), queued.get(id, 0), session.reason, session.clock())
        for id, state in session.states.items()
    )
    return Summary(str(session.options.db), session.run, session.reason, seconds, sites)


def _site(state: SiteState, counts: Counter[str], queued: int, reason: str, now: str) -> SiteResult:
    issues = {key.removeprefix("issue:"): n for key, n in counts.items() if key.startswith("issue:")}
    failed = sum(issues.get(code, 0) for code in ("fetch_failed", "blocked", "list_failed"))
    return SiteResult(
        state.site.id,
        state.site.name,
        _verdict(state, counts, issues, queued, reason),
        new=counts["new"],
        changed=counts["changed"],
        same=counts["same"],
        suspect=counts["suspect"],
        lists=counts["task:list"],
        pages=counts["pages"],
        not_articles=issues.get("not_an_article", 0),
        failed=failed,
        queued=queued,
        until=state.circuit.until if state.stopped and state.circuit and state.circuit.until > now else None,
        issues=issues,
    )


def _verdict(state: SiteState, counts: Counter[str], issues: dict[str, int], queued: int, reason: str) -> str:
    """One word for a site, the gravest first."""
    articles = counts["new"] + counts["changed"] + counts["same"]
    if not state.site.columns:
        return "no_column"
    if state.stopped:
        return state.stopped
    if counts["pages"] == 0:
        return "interrupted" if reason == "shutdown" else "unreachable"
    if not state.lists_read and not articles:
        for verdict, classes in _NOTHING:
            if any(counts[f"response:{c}"] for c in classes):
                return verdict
        return "interrupted" if reason == "shutdown" else "list_failed"
    if reason == "shutdown" and queued:
        return "interrupted"
    if (
        counts["task:article"] >= FEW
        and issues.get("not_an_article", 0) + issues.get("no_publish_time", 0) > 0.5 * counts["task:article"]
    ):
        return "layout_changed"
    if issues.get("list_failed") or issues.get("list_empty"):
        return "list_failed" if not articles else "partial"
    if issues.get("fetch_failed", 0) + issues.get("blocked", 0) > 0.2 * max(1, counts["task:article"]) and queued:
        return "partial"
    return "ok" if counts["new"] + counts["changed"] + counts["suspect"] else "nothing_new"


_NOTHING = (
    ("blocked", ("blocked", "throttled")),
    ("robots", ("robots",)),
    ("unreachable", ("dns", "refused", "timeout", "cut_off", "tls", "unreachable", "private_address")),
)
