"""The families' counties by themselves: a county for every family, pages that read as their truth, endpoints that answer in order."""

from __future__ import annotations

import re

import pytest

from govnews import extract, listing
from govnews.demo import content
from govnews.demo.families import by_host, counties
from govnews.demo.families.county import County
from govnews.demo.families.pages import page
from govnews.demo.families.stories import Story
from govnews.demo.families.truth import Truth, truth
from govnews.families import by_name, detect, families
from govnews.model import ListItem, ListRequest, Site
from govnews.sites import directory

FIELDS = "title publish_time publish_time_precision publish_date source view_count_state body".split()
EACH = [pytest.param(c, id=f"{c.family}-{c.stem}") for c in counties()]


def test_every_family_has_a_county() -> None:
    shown = {c.family for c in counties()} | {c.cms for c in content.counties()}
    assert {f.name for f in families()} <= shown
    assert sum(c.family == "generic" for c in counties()) >= 5
    hosts = [host for c in counties() for host in c.hosts] + [c.host for c in content.counties()]
    assert len(set(hosts)) == len(hosts)
    assert len({c.id for c in counties()}) == len(counties())


def test_no_such_county_exists() -> None:
    names = {division.name for division in directory().divisions.values()}
    assert names and not names & {c.name for c in counties()}


@pytest.mark.parametrize("county", EACH)
def test_what_a_county_has_to_show(county: County) -> None:
    rows = [t for t in truth() if t.site == county.id]
    kinds = [t.kind for t in rows]
    assert kinds.count("off_site") == kinds.count("not_found") == 1
    assert kinds.count("article") >= 25
    assert county.list_requests >= 3
    for field in ("url", "title", "body"):
        values = [getattr(t, field) for t in rows if t.kind == "article"]
        assert len(set(values)) == len(values) and all(values), field


def _right(story: Story, county: County) -> Truth:
    return next(t for t in truth() if t.site == county.id and t.url == county.url(story))


@pytest.mark.parametrize("county", EACH)
def test_articles_read_as_their_truth(county: County) -> None:
    for story in county.stories:
        if story.kind == "off_site":
            continue
        right, response = _right(story, county), page(county.host, county.address(story))
        got = extract(
            response.body,
            url=right.url,
            headers={"Content-Type": response.content_type},
            fetched_at="2024-07-01T00:00:00Z",
        )
        assert got.kind == right.kind
        if right.kind == "article":
            assert {f: getattr(got, f) for f in FIELDS} == {f: getattr(right, f) for f in FIELDS}
            assert got.view_count == (right.view_count if right.view_count_state == "shown" else None)
            assert detect(response.body.decode(county.charset), right.url) == county.family


@pytest.mark.parametrize("county", EACH)
def test_the_column_gives_every_row_in_order(county: County) -> None:
    rows: list[ListItem] = []
    site = Site(county.id, county.name, f"http://{county.host}/", hosts=county.hosts)
    url, request, pages = county.column_url(), None, 0
    while url and pages < 20:
        target = re.sub(r"^http://[^/]+|#.*", "", url)
        response = page(county.host, target, (request.form or "") if request else "")
        assert response.status == 200, url
        got = listing(response.body, url=url, request=request, site=site)
        rows += got.items
        pages += 1
        following = got.next_page
        request = following if isinstance(following, ListRequest) else None
        url = request.url if request else str(following or "")
    assert [(r.url, r.title) for r in rows] == [(county.url(s), s.title) for s in county.stories]
    assert pages == county.list_requests
    days = {s.time[:10] for s in county.stories} | {f"-{s.time[4:10]}" for s in county.stories}
    assert {r.date for r in rows} <= days


@pytest.mark.parametrize("county", [p for p in EACH if p.values[0].views == "counter"])  # type: ignore[union-attr]
def test_counters_answer_in_the_familys_form(county: County) -> None:
    family = by_name(county.family)
    story = county.stories[0]
    html = page(county.host, county.address(story)).body.decode(county.charset)
    assert family.counter and family.read_counter
    call = family.counter(html, county.url(story))
    assert call is not None
    host, _, target = call.url.removeprefix("http://").partition("/")
    assert by_host(host) is county
    assert family.read_counter(page(host, f"/{target}").body.decode()) == story.views


@pytest.mark.parametrize("county", EACH)
def test_a_template_leaves_no_slot_open(county: County) -> None:
    for target in ("/", county.column.partition("#")[0], county.address(county.stories[0])):
        assert b"{{" not in page(county.host, target).body
    assert page(county.host, "/no/such/page.html").status == 404
    assert page("www.elsewhere.test", "/").status == 404
