"""The end of a crawl as a person reads it. May import: crawl.summary, click, its neighbours in this room."""

from __future__ import annotations

import click

from govnews.cli import show
from govnews.crawl.summary import Summary
from govnews.model.codes import describe

_HEADS = {
    "id": "site",
    "name": "county",
    "new": "new",
    "changed": "changed",
    "same": "same",
    "suspect": "not found",
    "lists": "lists",
    "pages": "pages",
    "failed": "failed",
    "verdict": "verdict",
}


_NAMED = 5
"""Sites named behind one advice; the table above has them all."""


def print_summary(summary: Summary) -> None:
    """A row a site, what was wrong by code, what to do."""
    rows = [{**{n: getattr(s, n) for n in _HEADS}} for s in summary.sites]
    show.table(rows, headers=_HEADS)
    issues: dict[str, int] = {}
    for site in summary.sites:
        for code, n in site.issues.items():
            issues[code] = issues.get(code, 0) + n
    if issues:
        click.echo()
        for code, n in sorted(issues.items(), key=lambda x: -x[1]):
            click.echo(f"  {n:>5}  {code}: {describe('issue', code)}")
    advised: dict[str, list[str]] = {}
    for site in summary.sites:
        if site.advice:
            advised.setdefault(f"{site.meaning}; {site.advice}", []).append(f"{site.name} ({site.id})")
    if advised:
        click.echo()
    for said, names in advised.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        click.echo(f"  {', '.join(names[:_NAMED])}{more}: {said}")
    for site in summary.sites:
        if (again := summary.relearned.get(site.id)) is not None:
            show.say(
                f"{site.name} ({site.id}): more is known now of where its pages have their text; {again} articles read otherwise with it "
                f"(govnews site show {site.id})"
            )
    total = f"{summary.total('new')} new, {summary.total('changed')} changed, {summary.total('same')} same"
    show.say(f"\n{total} · {summary.total('pages')} pages in {summary.seconds:.1f} s · {summary.db}")
