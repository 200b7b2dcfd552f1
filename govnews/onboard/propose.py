"""The way from one address to a proposal: home page, owner, columns, lists, paging, articles, family, counter, in that order.

May import: its neighbours in this room, sites, extraction, model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter

from govnews.extraction import host_of, url_key
from govnews.model import Column, Failure, Page
from govnews.onboard import family as families
from govnews.onboard import sheets, trying, words
from govnews.onboard.columns import ENOUGH, Candidate, Place, candidates, folders, judge, unnamed
from govnews.onboard.links import Front, Way, read_front, tidy
from govnews.onboard.opening import Start, start
from govnews.onboard.owner import Owner, place_of, prove
from govnews.onboard.proposal import Proposal, Tried
from govnews.onboard.visit import Visitor
from govnews.sites import Directory
from govnews.sites.directory import netloc
from govnews.text.decode import decode
from govnews.text.folding import fold

UNREADABLE = ("cannot_fetch", "cannot_read", "robots_denied", "off_site", "too_many_requests")
"""Failures of a first page after which a person gets a skeleton to fill in."""
OPENED = 14
"""Pages that are opened in search of columns."""
UNNAMED = 6
"""Of them, pages that only a 更多 leads to."""
COLUMNS = 5
"""Columns a site file is given at most."""
ARTICLES = 3
"""Articles that are read of the first column; of each other, one."""
_CRUMBS = re.compile(words.CRUMBS)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person said beforehand. id: the site's id, or "" (then the page says whose it is). family: a name, or "" (detected)."""

    url: str
    id: str = ""
    family: str = ""


def propose(wish: Wish, visitor: Visitor, known: Directory) -> Proposal:
    """What the site at an address is. Raises Failure `private_address`; all other trouble is a step of the proposal."""
    try:
        opened = start(visitor, wish.url)
    except Failure as failure:
        if failure.code not in UNREADABLE:
            raise
        return _unreadable(wish, visitor, known, failure)
    out = Proposal(opened.home)
    out.owner = prove(opened.front, known, wish.id)
    moved = [f"{wish.url} leads to another host: {host}" for host in visitor.moved]
    out.step("site", f"{opened.home} ({opened.given} given)", [*opened.doubts, *(moved if out.owner.doubts else [])])
    _say_owner(out, out.owner)
    try:
        _find_columns(out, opened, visitor, known, wish.family)
        _read(out, visitor, wish.family)
    except Failure as failure:
        out.step("columns", failure.sentence, missing=True, stops=True)
    out.hosts = _hosts(netloc(opened.home), netloc(wish.url), *visitor.moved, *_used(out, visitor))
    out.requests = len(visitor.asked)
    return out


def _used(out: Proposal, visitor: Visitor) -> Iterator[str]:
    """Hosts within the site's own on which its columns and their rows stand."""
    for tried in out.tried:
        yield netloc(tried.candidate.url)
        yield from (netloc(i.url) for i in tried.listing.items if host_of(i.url) in visitor.hosts)


def _hosts(*hosts: str) -> list[str]:
    """Each host once, in order, with www. and without being one."""
    first: dict[str, str] = {}
    for host in hosts:
        first.setdefault(host.removeprefix("www."), host)
    return list(first.values())


def _unreadable(wish: Wish, visitor: Visitor, known: Directory, failure: Failure) -> Proposal:
    """What can be said of a site whose first page cannot be read: whose it is, if its host or a person says so."""
    out = Proposal(wish.url, [netloc(wish.url)], requests=len(visitor.asked))
    out.step("site", failure.sentence, missing=True, stops=True)
    out.owner = prove(Front(wish.url, "", ""), known, wish.id)
    _say_owner(out, out.owner)
    row = known.columns.get(out.owner.code[:6])
    if row and row["host"] == "same-host" and row["scope"] != "upper-level":
        out.columns = [Column(row["column"], row["url"])]
    return out


def _say_owner(out: Proposal, owner: Owner) -> None:
    marks = "; ".join(f"{m.kind} {m.said}" for m in owner.marks) or "no mark"
    if not owner.code:
        out.step("owner", "nobody", list(owner.doubts), missing=True, stops=True)
    else:
        told = "as given" if owner.given else marks
        out.step("owner", f"{owner.name} ({owner.code}): {told}", list(owner.doubts))


def _find_columns(out: Proposal, opened: Start, visitor: Visitor, known: Directory, family: str) -> None:
    """The columns that are the county's own news, best first, and those turned down with their reasons."""
    assert out.owner is not None
    place = place_of(out.owner, known)
    waiting = _to_open(opened, place, visitor, known, out.owner.code[:6])
    out.turned_down = [c for c in waiting if not c.points and not c.channel]
    waiting = [c for c in waiting if c.points or c.channel]
    _open_all(out, waiting, place, visitor, family)
    if not out.tried:
        known_by = {c.url for c in out.turned_down}
        _open_all(
            out, [c for c in folders(opened.front.told, visitor.hosts) if c.url not in known_by], place, visitor, family
        )
    if not out.tried:
        at_home = Candidate(out.owner.name, opened.front.url, 1, "the rows of the home page itself", 10_000)
        _open_all(out, [*unnamed(opened.front.ways, visitor.hosts), at_home], place, visitor, family)
    strong = [t for t in out.tried if t.candidate.points >= ENOUGH]
    weak = [t for t in out.tried if t not in strong][:1] if not strong else []
    out.turned_down += [t.candidate for t in out.tried if t not in strong and t not in weak]
    out.tried = (strong or weak)[:COLUMNS]


def _to_open(opened: Start, place: Place, visitor: Visitor, known: Directory, code: str) -> list[Candidate]:
    """What is opened in search of columns: the page that was given, the directory's column, the named links."""
    first: list[Candidate] = []
    if opened.given == "column" and opened.page is not None:
        name = next(iter(_names_of(opened.page)), "要闻")
        first.append(Candidate(name, opened.page.url or "", 12, "it was given"))
    row = known.columns.get(code)
    if row and row["scope"] != "upper-level" and host_of(row["url"]) in visitor.hosts:
        first.append(Candidate(row["column"], row["url"], 8, "the directory knows it"))
    found = [*candidates(opened.front.ways, place, visitor.hosts), *_more(opened.front.ways, visitor.hosts)]
    keys = {url_key(c.url) for c in first}
    return sorted([*first, *(c for c in found if url_key(c.url) not in keys)], key=lambda c: -c.points)


def _more(ways: Iterable[Way], hosts: set[str]) -> list[Candidate]:
    """The first links that say 更多 beside no heading: their pages say what they are."""
    found = [way for way in ways if way.more and not way.name and host_of(way.url) in hosts]
    return [Candidate("", way.url, 2, "its link has no name", way.at) for way in found][:UNNAMED]


def _open_all(out: Proposal, waiting: list[Candidate], place: Place, visitor: Visitor, family: str) -> None:
    """Opens candidates, best first; a page of columns gives more of them."""
    met = {_address(c.url) for c in waiting}
    opened = 0
    while waiting and opened < OPENED and len(out.tried) < COLUMNS:
        best = max(waiting, key=lambda c: (c.points, not c.channel, -c.at))
        waiting.remove(best)
        named = any(t.candidate.points >= ENOUGH for t in out.tried)
        if named and best.points < ENOUGH and best.name:
            continue
        opened += 1
        try:
            tried = trying.open_column(visitor, best, family)
        except Failure as failure:
            out.turned_down.append(_down(best, failure.sentence))
            continue
        further = _further(tried, place, visitor, met) if best.channel or not tried.listing.items else []
        waiting += further
        if best.channel and (further or named) and tried.listing.next_page is None:
            out.turned_down.append(_down(best, "a page that leads to columns"))
            continue
        if not best.points:
            continue
        tried.candidate = _named(tried, place)
        if doubt := trying.doubt_of(tried, visitor.hosts, out.tried):
            out.turned_down.append(_down(best, doubt))
        else:
            out.tried.append(tried)


def _named(tried: Tried, place: Place) -> Candidate:
    """The candidate; one without a name gets that of its page which is worth most."""
    candidate = tried.candidate
    if candidate.name:
        return candidate
    names = _names_of(tried.shell or tried.page)
    judged = [(*judge(name, place), name) for name in names]
    points, reason, name = max(judged, key=itemgetter(0), default=(0, "nothing names it", ""))
    return replace(candidate, name=name, points=points, reason=reason)


def _names_of(page: Page) -> list[str]:
    """What a page calls itself: the pieces of its title, 要闻动态 and 某县人民政府, then the end of its breadcrumb."""
    front = read_front(page.body, page.url or "")
    pieces = [tidy(piece) for piece in re.split(words.TITLE_SIGNS, front.title.strip())]
    crumbs = [tidy(found[1]) for found in _CRUMBS.finditer(fold(front.text))]
    return [name for name in (*pieces, *crumbs) if name]


def _further(tried: Tried, place: Place, visitor: Visitor, met: set[str]) -> list[Candidate]:
    """Named columns on an opened page that were not known before."""
    page = tried.shell or tried.page
    found = candidates(read_front(page.body, page.url or "").ways, place, visitor.hosts)
    new = [c for c in found if c.points >= ENOUGH and _address(c.url) not in met]
    met.update(_address(c.url) for c in new)
    return new


def _address(url: str) -> str:
    return f"{url_key(url)}#{url.partition('#')[2]}"


def _down(candidate: Candidate, reason: str) -> Candidate:
    return replace(candidate, points=0, reason=reason)


def _read(out: Proposal, visitor: Visitor, family: str) -> None:
    """Reads articles of each column, tells the family, turns the lists, asks the counter; what does not read is turned down."""
    for tried in list(out.tried):
        read = {url_key(one.page.url or "") for one in out.articles}
        found = trying.read_articles(visitor, tried, 1 if out.articles else ARTICLES, family, read)
        if not found:
            out.tried.remove(tried)
            out.turned_down.append(_down(tried.candidate, "none of its rows leads to an article"))
        out.articles += [one for one in found if url_key(one.page.url or "") not in read]
    pages = [t.shell or t.page for t in out.tried] + [r.page for r in out.articles]
    out.family = families.tell((decode(p.body).text, p.url or "") for p in pages)
    if family:
        out.family = families.Verdict(family, out.family.points, out.family.pages)
    _say_family(out, out.family)
    out.columns = [Column(t.candidate.name, t.candidate.url) for t in out.tried]
    _say_columns(out)
    _say_lists(out, visitor)
    _say_articles(out, visitor)


def _say_family(out: Proposal, verdict: families.Verdict) -> None:
    if verdict.close:
        pair = f"{verdict.name} or {verdict.close}: {verdict.reason}"
        out.step("family", pair, ["two families are close; --family NAME decides"], stops=True)
    else:
        out.step("family", f"{verdict.name}: {verdict.reason}")


def _say_columns(out: Proposal) -> None:
    if not out.columns:
        out.step("columns", "no column of the county's own news was found", missing=True, stops=True)
        return
    weak = [t.candidate for t in out.tried if t.candidate.points < ENOUGH]
    doubts = [f"{c.name}: {c.reason}" for c in weak]
    out.step("columns", "; ".join(f"{t.candidate.name} ({t.candidate.reason})" for t in out.tried), doubts)


def _say_lists(out: Proposal, visitor: Visitor) -> None:
    if not out.tried:
        return
    undated = [t.candidate.name for t in out.tried if not any(i.date for i in t.listing.items)]
    said = "; ".join(f"{t.candidate.name} {len(t.listing.items)} rows" for t in out.tried)
    out.step("list", said, [f"{name}: no row has a date" for name in undated])
    family = out.family.name if out.family else ""
    shapes: list[str] = []
    for tried in out.tried:
        tried.turned = trying.turns(visitor, tried, family)
        if tried.turned is None and (shapes or tried is out.tried[0]):
            tried.pages = sheets.find_pages(visitor, tried, shapes)
            shapes += [sheets.shape_of(tried.pages)] if tried.pages else []
            tried.turned = True if tried.pages else None
    out.columns = [Column(t.candidate.name, t.candidate.url, pages=t.pages) for t in out.tried]
    told = {True: "turns", False: "does not turn", None: "has no next page"}
    stuck = [f"{t.candidate.name}: its next page has no new rows" for t in out.tried if t.turned is False]
    said = "; ".join(
        f"{t.candidate.name} {told[t.turned]}{f' (by trying: {t.pages})' if t.pages else ''}" for t in out.tried
    )
    out.step("paging", said, stuck)


def _say_articles(out: Proposal, visitor: Visitor) -> None:
    if not out.tried:
        return
    articles = [read.article for read in out.articles]
    doubts = []
    for name, word in (("title", "title"), ("publish_time", "publish time"), ("source", "source")):
        missing = sum(getattr(article, name) is None for article in articles)
        if missing == len(articles) or (missing and name != "source"):
            doubts.append(f"no {word} on {missing} of {len(articles)}")
    if empty := sum(not article.body and not article.images and not article.attachments for article in articles):
        doubts.append(f"no body on {empty} of {len(articles)}")
    out.step("articles", f"{len(articles)} read", doubts)
    family = out.family.name if out.family else ""
    said = trying.ask_counter(visitor, out.articles[0], family)
    unread = trying.UNREAD in said
    out.step("counter", said, ["the counter gave no number"] if unread else [])
