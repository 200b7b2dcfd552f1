"""Sites of unknown vendors, from the address alone: added without a question, then read by what was written and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from unknown_sites import SITES, Invented

from govnews import extract, listing
from govnews.model import Failure, ListRequest, Page, Site
from govnews.onboard import Fetch, Visitor, Wish, propose, site_file
from govnews.onboard.write import Reach
from govnews.sites import directory, read_site_file


def _server(site: Invented) -> Fetch:
    """Answers on the site's host alone."""
    host = site.host or urlsplit(site.given).netloc

    def fetch(request: ListRequest) -> Page:
        parts = urlsplit(request.url)  # without its fragment, which no server sees
        if (parts.scheme, parts.netloc) != (site.scheme, host):
            raise Failure("cannot_fetch", f"{request.url} does not answer")
        page = site.pages.get(f"{parts.path}{'?' + parts.query if parts.query else ''}")
        body, status = (page, 200) if page is not None else ("not found", 404)
        kind = {"content-type": "text/html"}
        return Page(request.url, body.encode(site.charset), "2024-06-20T00:00:00Z", status, kind)

    return fetch


def _crawled(fetch: Fetch, site: Site) -> dict[str, str | None]:
    """The addresses in all pages of its columns, each with the day its row prints."""
    found: dict[str, str | None] = {}
    for column in site.columns:
        at: str | None = column.url
        while at and (page := fetch(ListRequest("GET", at))).status == 200:
            read = listing(page.body, url=at, site=site)
            found |= {item.url: item.date for item in read.items}
            following = read.next_page
            assert not isinstance(following, ListRequest) or (following.method, following.form) == ("GET", None)
            at = following.url if isinstance(following, ListRequest) else following
    return found


@pytest.mark.parametrize("make", SITES, ids=lambda make: make.__name__)
def test_it_is_added_and_read_whole(make: Callable[[], Invented], tmp_path: Path) -> None:
    site = make()
    fetch = _server(site)
    found = propose(Wish(site.given), Visitor(fetch, 0), directory())
    assert [(s.name, s.said, s.doubts) for s in found.asks] == []
    assert found.owner is not None and found.owner.code == site.code
    assert {c.url.split(urlsplit(c.url).netloc)[1] for c in found.columns} == site.columns
    path = tmp_path / "site.toml"
    path.write_text(site_file(found, Reach()), "utf-8")
    written = read_site_file(path)
    addresses = _crawled(fetch, written)
    origin = found.home.split("/")[2]
    assert addresses == {f"{site.scheme}://{origin}{path}": s.time[:10] for path, s in site.articles.items()}
    for path_of, story in site.articles.items():
        article = extract(site.pages[path_of].encode(site.charset), url=f"http://{origin}{path_of}", site=written)
        read = (article.title, article.publish_time, article.source, article.view_count, article.body)
        time = f"{story.time[:10]}T{story.time[11:16]}+08:00"
        assert read == (story.title, time, story.source, story.views, "\n".join(story.paragraphs))
