"""A second crawl costs list pages only and still finds what is new, late, elsewhere or edited. The server's log is the truth.

Real processes, a real server. May import: crawl_site, crawl_run, govnews.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Govnews
from crawl_run import Archive, crawl, crawl_with
from crawl_site import County, Reply, Server, Story, days, write_site

SITE = "990902"
OVERLAP = 2
"""List pages of known ground that are read (govnews/crawl/lists.py)."""


class Case:
    """One county, its server and the archive it is crawled into."""

    def __init__(self, folder: Path, county: County, server: Server) -> None:
        self.folder, self.county, self.server = folder, county, server
        self.archive = Archive(folder / "a.db")
        write_site(folder / "sites", SITE, county, via=server.address, family="vsb")

    def crawl(self, *options: str) -> list[str]:
        """`govnews crawl`; gives the paths that were asked for, in order."""
        self.server.clear()
        done = crawl(self.folder, [SITE], *options)
        assert done.returncode == 0, done.stderr
        return self.server.asked()

    def later(self, days: float, **options: object) -> list[str]:
        """The same so many days later."""
        self.server.clear()
        done = crawl_with(self.folder, [SITE], days=days, options=options)
        assert done.returncode == 0, done.stderr
        return self.server.asked()

    def articles(self, paths: list[str]) -> set[str]:
        """Of some paths, those of articles."""
        return {path for path in paths if path.startswith("/info/")}


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Forty articles in one column, ten a page, numbered backwards."""
    dates = days(40)
    stories = [Story(1040 - n, dates[n]) for n in range(40)]
    county = County(stories=stories, backwards=True)
    with Server(county.answer) as server:
        yield Case(tmp_path, county, server)


def test_a_second_crawl_reads_known_ground_only(case: Case) -> None:
    first = case.crawl()
    assert set(first) == case.county.paths() and Counter(first).most_common(1)[0][1] == 1
    assert case.crawl() == case.county.list_paths()[:OVERLAP]
    assert case.archive.verdict(SITE) == "nothing_new"


def test_new_articles_below_pinned_ones(case: Case) -> None:
    """A full page of pinned, known rows above the news hides nothing."""
    case.crawl()
    case.county.pinned = tuple(s.n for s in case.county.stories[-10:])
    new = [Story(2001 + n, "2026-11-24") for n in range(3)]
    case.county.stories[:0] = new
    assert case.articles(case.crawl()) == {case.county.path(s) for s in new}


def test_an_article_inserted_late_with_an_old_date(case: Case) -> None:
    case.crawl()
    late = Story(2010, case.county.stories[14].day)
    case.county.stories.insert(14, late)
    assert case.articles(case.crawl()) == {case.county.path(late)}


def test_a_known_article_in_another_column_is_seen_and_not_fetched(case: Case) -> None:
    case.crawl()
    moved = case.county.stories[5]
    case.county.stories[5] = replace(moved, columns=("xw", "gg"))
    case.county.columns = ("xw", "gg")
    write_site(case.folder / "sites", SITE, case.county, via=case.server.address, family="vsb")
    assert not case.articles(case.crawl())
    columns = case.archive.column(
        "SELECT column_url FROM sightings WHERE target_url = ? ORDER BY 1", case.county.url(moved)
    )
    assert columns == [f"http://{case.county.host}/gg.htm", f"http://{case.county.host}/xw.htm"]


def test_articles_are_visited_again_by_age(case: Case) -> None:
    """Published up to the 20th, fetched after that: those whose seventh or thirtieth day has come, and no others."""
    case.crawl()
    when = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+3 days')"
    urls = case.archive.column(f"SELECT url FROM frontier WHERE kind = 'article' AND due <= {when}")
    due = {url.removeprefix(f"http://{case.county.host}") for url in urls}
    assert 0 < len(due) < 40
    assert case.articles(case.later(3)) == due
    assert not case.articles(case.later(3.01))


def test_edits_and_deletions_are_found_at_a_revisit(case: Case) -> None:
    case.crawl()
    edited, gone = case.county.stories[3], case.county.stories[4]
    case.county.stories[3] = replace(
        edited, text=("会议改在下周召开，具体时间另行通知，请各单位做好准备。", *edited.text[1:])
    )
    case.county.stories[4] = replace(gone, gone=True)
    case.later(200, revisit=True)
    assert case.archive.column("SELECT url FROM edits WHERE cause = 'site'") == [case.county.url(edited)]
    rows = case.archive.rows("SELECT url, presence FROM articles WHERE presence <> 'alive'")
    assert [tuple(r) for r in rows] == [(case.county.url(gone), "suspect")]
    due = case.archive.one("SELECT due FROM frontier WHERE url = ?", case.county.url(gone))
    assert due is not None, "a miss is looked at again"


def test_an_unchanged_page_is_not_sent_again(case: Case) -> None:
    """The server has ETags: a revisit is answered 304, the article is seen again, and its counter is read all the same."""
    story = replace(case.county.stories[0], etag=True, counter=31)
    case.county.stories[0] = story
    case.crawl()
    case.county.stories[0] = replace(story, counter=45)
    case.later(200, revisit=True)
    status = {a.path: a.status for a in case.server.log}
    assert status[case.county.path(story)] == 304
    fields = "presence, view_count, last_seen > first_seen AS again"
    row = case.archive.rows(f"SELECT {fields} FROM articles WHERE url = ?", case.county.url(story))[0]
    assert (row["presence"], row["view_count"], row["again"]) == ("alive", 45, 1)
    assert not case.archive.rows("SELECT * FROM revisions")
    assert case.archive.rows("SELECT 1 FROM captures WHERE status = 304 AND response_class = 'not_modified'")


def test_since_stops_at_its_day(case: Case) -> None:
    since = case.county.stories[12].day
    asked = case.crawl("--since", since)
    assert case.articles(asked) == {case.county.path(s) for s in case.county.stories[:13]}
    assert not [path for path in asked if path in case.county.list_paths()[3:]]


def test_full_goes_to_the_end_oldest_first(case: Case) -> None:
    via = case.server.address
    write_site(case.folder / "sites", SITE, case.county, via=via, delay=0.01, family="vsb")  # one request at a time
    case.crawl("--limit", "3")
    asked = case.crawl("--full")
    lists = [path for path in asked if path.startswith("/xw")]
    assert lists[0] == "/xw.htm" and lists[1:] == ["/xw/1.htm", "/xw/2.htm", "/xw/3.htm"]
    assert case.archive.one("SELECT count(*) FROM articles") == 40


def test_a_list_that_leads_in_a_circle_ends(case: Case) -> None:
    """Every further page shows the first one again, under ever new addresses."""
    first = case.county.list_html("xw", 1)

    def endless(headers: object) -> Reply:
        return Reply(first.encode())

    for page in range(2, 5):
        case.county.special[case.county.list_path("xw", page)] = endless
    asked = case.crawl("--full")
    assert len([p for p in asked if p.startswith("/xw")]) <= 5
    assert case.archive.rows("SELECT 1 FROM issues WHERE code = 'list_repeats'")


def test_days_without_a_year_get_one(case: Case) -> None:
    """A list that prints month and day: the whole day is inferred over the turn of the year, marked so, and --since goes by it."""
    dates = [day for day in days(120) if day.endswith(("-05", "-15", "-25"))] + [
        "2025-12-30",
        "2025-12-20",
        "2025-11-30",
    ]
    case.county.stories = [Story(1040 - n, day) for n, day in enumerate(dates)]
    case.county.year = False
    asked = case.crawl("--since", "2026-01")
    assert case.articles(asked) == {case.county.path(s) for s in case.county.stories[:-3]}
    rows = case.archive.rows("SELECT target_url, list_date, list_day, year_inferred FROM sightings")
    days_of = {case.county.url(s): s.day for s in case.county.stories}
    assert {r["target_url"]: r["list_day"] for r in rows}.items() <= days_of.items()
    assert all(r["list_date"] == f"--{r['list_day'][5:]}" and r["year_inferred"] for r in rows)


def test_a_column_that_is_a_shell_over_an_endpoint(case: Case) -> None:
    """gkmlpt: the page of a category has no rows, its fragment names the category, and an API gives them as JSON."""
    case.county.special["/gkmlpt/index"] = Reply(
        b"<!DOCTYPE html><html><head><title>gkmlpt</title><script>window._CONFIG = {SID: '763022', TREE: [{\"id\":44}]};</script>"
        b"</head><body><div id='app'></div><script src='/gkmlpt/js/app.js'></script></body></html>"
    )

    def publish(stories: list[Story]) -> None:
        rows = [{"title": s.title, "created_at": f"{s.day} 09:00:00", "url": case.county.url(s)} for s in stories]
        for n in (1, 2):
            reply = {"classify": {"id": 44}, "total": len(rows), "articles": rows[n * 100 - 100 : n * 100]}
            case.county.special[f"/gkmlpt/api/all/44?page={n}&sid=763022"] = Reply(json.dumps(reply).encode())

    case.county.stories = [Story(3000 - n, day) for n, day in enumerate(days(120))]
    publish(case.county.stories)
    write_site(
        case.folder / "sites", SITE, case.county, via=case.server.address, family="gkmlpt", columns=["/gkmlpt/index#44"]
    )
    first = case.crawl()
    assert case.articles(first) == {case.county.path(s) for s in case.county.stories}
    assert first[:2] == ["/gkmlpt/index", "/gkmlpt/api/all/44?page=1&sid=763022"]
    assert case.archive.verdict(SITE) == "ok"
    assert not case.archive.rows("SELECT * FROM issues")
    case.county.stories.insert(0, Story(3050, "2026-11-24"))
    publish(case.county.stories)
    assert case.articles(case.crawl()) == {"/info/1001/3050.htm"}


def test_a_miss_is_confirmed_beside_a_page_that_is_there(case: Case) -> None:
    """Only the missing page is due: another article is asked for too, and after several days the page counts as no longer found.
    A wall in between says nothing."""
    case.crawl()
    gone = case.county.stories[4]
    case.county.stories[4] = replace(gone, gone=True)
    case.later(200, revisit=True)
    presence = "SELECT presence FROM articles WHERE url = ?"
    url = case.county.url(gone)
    assert case.archive.one(presence, url) == "suspect"
    for day in (201.1, 203.1):
        asked = case.articles(case.later(day))
        assert case.county.path(gone) in asked and len(asked) >= 2
    case.county.special[case.county.path(gone)] = Reply(b"<script>document.cookie='__jsl_clearance_s=1'</script>", 521)
    case.later(207.1)
    assert case.archive.one(presence, url) in ("suspect", "gone")
    del case.county.special[case.county.path(gone)]
    case.later(208)
    assert case.archive.one(presence, url) == "gone"
    kinds = case.archive.column("SELECT DISTINCT kind FROM presence_events")
    assert kinds == ["http_404"]
    case.county.stories[4] = gone
    case.later(231)
    assert case.archive.one(presence, url) == "alive", "coming back is recorded"
    assert "back" in case.archive.column("SELECT kind FROM presence_events")


def test_pages_kept_unread_are_read_later(case: Case, govnews: Govnews) -> None:
    case.crawl("--read-later")
    assert case.archive.one("SELECT count(*) FROM articles") == 0
    assert case.archive.one("SELECT count(*) FROM captures WHERE task = 'article'") == 40
    done = govnews("reextract", "--db", case.archive.path, "--sites", case.folder / "sites", timeout=240)
    assert done.returncode == 0, done.stderr
    rows = case.archive.rows("SELECT url, title, body, publish_date FROM articles ORDER BY url")
    assert [tuple(r) for r in rows] == [
        (case.county.url(s), s.title, s.body, s.day) for s in sorted(case.county.stories, key=case.county.url)
    ]
    assert case.crawl() == case.county.list_paths()[:OVERLAP]
