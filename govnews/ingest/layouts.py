"""Learning the layout of a site of no known family from the articles an archive holds of it.

What is learned is a function of the stored bytes alone: of the latest articles by day of fetching, day of publishing and address, whatever
the order in which they came. It is kept in `sites.learned` under `layouts`. May import: archive, extraction, model, its neighbours in
this room.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace

from govnews import extraction
from govnews.archive import Archive, learn, learned_of
from govnews.extraction.learning import ENOUGH, LATEST, Seen, relearn
from govnews.ingest.again import Reread, reextract
from govnews.ingest.extractor import build
from govnews.model import Failure, LearnedLayout, Page, Site

AGAIN = 200
"""Pages of a site that needed no layout after which another look is taken: one costs as much as reading eighty."""
_LATEST = (
    "SELECT c.url, c.sha256, c.fetched_at, c.status, c.headers FROM captures c CROSS JOIN articles a ON a.url_key = c.url_key "
    "AND a.fetched_at = c.fetched_at AND a.sha256 = c.sha256 WHERE c.site = ? AND c.kind = 'article' AND c.response_class = 'ok' "
    "AND a.family = 'generic' ORDER BY substr(c.fetched_at, 1, 10) DESC, a.publish_date DESC, c.url_key LIMIT ?"
)


def learn_layout(archive: Archive, site: Site, read: int) -> Site | None:
    """Looks at the latest articles of a site and keeps what they say of its layout; the site with it, or null when it is as it was.
    read: pages of the site since the last call; they are counted until a look at them is worth its cost.

    A layout that is new is kept only when one of them reads otherwise with it: most sites need none, and their rows shall read the same
    in every archive."""
    known = learned_of(archive, site.id)
    read += known.get("pages_since_layouts", 0)
    worth = AGAIN if known.get("layouts") == [] else ENOUGH
    learn(archive, site.id, "pages_since_layouts", read if read < worth else None)
    if read < worth:
        return None
    held = tuple(map(LearnedLayout.from_dict, known.get("layouts", ())))
    unlearned, seen = replace(site, learned_layouts=()), list[Seen]()
    latest = [(page, extraction.find(page, unlearned, seen)) for page in _latest(archive, site)]
    now = relearn(held, seen)
    if now and now[0].until is None and all(now[0].body != layout.body or layout.until for layout in held):
        with_it = replace(site, learned_layouts=now[:1])
        if all(extraction.find(page, with_it).body == alone.body for page, alone in latest):
            now = now[1:]
    if now != held or "layouts" not in known:
        learn(archive, site.id, "layouts", [asdict(layout) for layout in now])
    if [layout.rule for layout in now] == [layout.rule for layout in held]:
        return None
    return replace(site, learned_layouts=now)


def read_with_it(archive: Archive, site: Site) -> Reread:
    """Reads again what this build has read without the layout: what differs is a revision of cause `extractor`, so that the next visit
    does not take it for a change of the site. What an earlier build has read waits for `govnews reextract`."""
    return reextract(archive, {site.id: site}, site=site.id, read_by=build(), workers=1)


def _latest(archive: Archive, site: Site) -> Iterator[Page]:
    """The latest articles. They are read without what was learned: it must not confirm itself."""
    for row in archive.connection.execute(_LATEST, (site.id, LATEST)).fetchall():
        try:
            body = archive.pages.get(row["sha256"])
        except Failure:
            continue  # `verify` names what cannot be read
        if body:
            yield Page(row["url"], body, row["fetched_at"], row["status"], json.loads(row["headers"]), site.id)
