"""Alive, suspect, gone: what counts as evidence, what never does, and that the order of arrival makes no difference."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import SITE, address, day, html, missing, page, rows

from govnews.archive import find, finish_run, open_archive, start_run
from govnews.archive.presence import _OFF_LIST, Event, decide
from govnews.extraction import read_list
from govnews.ingest import Ingest
from govnews.model import Page, Task


def gone(at: str) -> Page:
    return page(missing(), at, status=404, response_class="gone")


def beside(at: str) -> Page:
    """Another article of the site, served around then."""
    return page(html(title="青杉县另一则消息"), at, address(2))


def crawl(path: Path, *pages: Page, vantage: str | None = None) -> None:
    """A run of its own over some pages."""
    with open_archive(path) as archive:
        run = start_run(archive, "crawl", now=pages[0].fetched_at, version="x", vantage=vantage, settings={})
        with Ingest(archive, run) as ingest:
            for each in pages:
                ingest.add(each, SITE)
        finish_run(archive, run, now=pages[-1].fetched_at, reason="finished", counts={}, sites={})


def state(path: Path) -> tuple[str, str | None]:
    [row] = rows(path, "SELECT presence, presence_since FROM articles WHERE url = ?", address())
    return row["presence"], row["presence_since"]


def test_gone_takes_three_days_with_a_witness(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    crawl(path, page(html(), day(0)), beside(day(0)))
    for n, expected in ((1, "suspect"), (3, "suspect"), (5, "gone")):
        crawl(path, gone(day(n)), beside(day(n)))
        assert state(path) == (expected, day(1))
    with open_archive(path, read_only=True) as archive:
        [lost] = find.gone(archive)
    assert (lost["last_seen"], lost["presence_since"]) == (day(0), day(1)), "a life is an interval"
    assert {(e["kind"], e["witness"]) for e in lost["evidence"]} == {
        ("http_404", "qingshan.test/xwzx/202403/20240301_2.html")
    }


def test_without_a_witness_it_is_never_gone(tmp_path: Path) -> None:
    """The whole site may be down: many answers of 404, and nothing that was served."""
    path = tmp_path / "a.db"
    crawl(path, page(html(), day(0)))
    for n in range(1, 12):
        crawl(path, gone(day(n)))
    assert state(path) == ("suspect", day(1))


def test_a_witness_elsewhere_is_none(tmp_path: Path) -> None:
    """Served to another vantage, or to another run without a label: it may be this place that is shut out."""
    path = tmp_path / "a.db"
    crawl(path, page(html(), day(0)))
    for n in range(1, 8):
        crawl(path, gone(day(n)), vantage="云南" if n % 2 else None)
        crawl(path, beside(day(n)), vantage="北京" if n % 2 else None)
    assert state(path)[0] == "suspect"


def test_a_witness_with_the_same_label_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    crawl(path, page(html(), day(0)), vantage="云南")
    for n in (1, 3, 5):
        crawl(path, beside(day(n)), vantage="云南")
        crawl(path, gone(day(n)), vantage="云南")
    assert state(path) == ("gone", day(1))


def test_a_vantage_that_never_saw_the_page_confirms_nothing(tmp_path: Path) -> None:
    """Seen from Yunnan; Frankfurt gets other pages of the site, and never this one. Once Frankfurt has seen it, its word counts."""
    path = tmp_path / "a.db"
    crawl(path, page(html(), day(0)), vantage="云南")
    for n in (1, 3, 5):
        crawl(path, gone(day(n)), beside(day(n)), vantage="Frankfurt; DE; Hetzner")
    assert state(path) == ("suspect", day(1))
    assert {r["witness"] for r in rows(path, "SELECT witness FROM presence_events")} == {None}
    crawl(path, page(html(), day(6)), vantage="Frankfurt; DE; Hetzner")
    for n in (7, 9, 11):
        crawl(path, gone(day(n)), beside(day(n)), vantage="Frankfurt; DE; Hetzner")
    assert state(path) == ("gone", day(7))


@pytest.mark.parametrize(
    "failed", ["blocked", "throttled", "timeout", "dns", "refused", "server_error", "unreachable", "robots"]
)
def test_what_says_nothing_of_the_page_never_counts(tmp_path: Path, failed: str) -> None:
    path = tmp_path / "a.db"
    crawl(path, page(html(), day(0)))
    for n in range(1, 9):
        nothing = Page(None, b"", day(n), 0, site=SITE.id, requested_url=address(), response_class=failed, error=failed)
        crawl(path, nothing, beside(day(n)))
    assert state(path) == ("alive", None)
    assert not rows(path, "SELECT * FROM presence_events")


def test_coming_back_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    crawl(path, page(html(), day(0)), beside(day(0)))
    for n in (1, 3, 5):
        crawl(path, gone(day(n)), beside(day(n)))
    crawl(path, page(html(), day(9)))
    assert state(path) == ("alive", None)
    kinds = [r["kind"] for r in rows(path, "SELECT kind FROM presence_events ORDER BY at")]
    assert kinds == ["http_404"] * 3 + ["back"]


KINDS = {
    "http_404": {"status": 404, "response_class": "gone"},
    "http_410": {"status": 410, "response_class": "gone"},
    "soft_404": {"response_class": "soft_404"},
    "redirect": {"response_class": "soft_404", "requested_url": address(), "redirects": (address(),)},
}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_evidence_are_told_apart(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.db"
    url = "http://www.qingshan.test/" if kind == "redirect" else address()
    crawl(path, page(html(), day(0)), page(missing(), day(1), url, **KINDS[kind]))
    assert [r["kind"] for r in rows(path, "SELECT kind FROM presence_events")] == [kind]


def test_the_order_of_arrival_makes_no_difference(tmp_path: Path) -> None:
    """Twelve orders of the same captures, within the run they belong to."""
    taken = [page(html(), day(0)), *(gone(day(n)) for n in (1, 3, 5)), *(beside(day(n)) for n in (1, 3, 5))]
    results = set()
    for n in range(12):
        random.Random(n).shuffle(taken)
        path = tmp_path / f"{n}.db"
        crawl(
            path, *[page(p.body, p.fetched_at, p.url, status=p.status, response_class=p.response_class) for p in taken]
        )
        results.add(
            (state(path), tuple(tuple(r.values()) for r in rows(path, "SELECT * FROM presence_events ORDER BY at")))
        )
    assert len(results) == 1 and state(path) == ("gone", day(1))


COLUMN = f"{SITE.home}xwzx/"


def listed(at: str, *days: int, number: int = 1) -> Page:
    """A page of the column: one article for each day of March, its address numbered by the day."""
    items = "".join(
        f'<li><a href="{address(d)}">青杉县第{d}日的消息要点</a><span>2024-03-{d:02d}</span></li>' for d in days
    )
    text = f"<html><head><meta charset=utf-8><title>要闻</title></head><body><ul>{items}</ul></body></html>"
    url = COLUMN if number == 1 else f"{COLUMN}index_{number}.html"
    out = page(text.encode(), at, url, task=Task("list", url, SITE.id, column=COLUMN, page_number=number))
    out.listing = read_list(out, SITE)
    return out


def kinds(path: Path) -> list[str]:
    return [r["kind"] for r in rows(path, "SELECT kind FROM presence_events ORDER BY at, kind")]


def test_a_list_that_shows_both_neighbours_has_lost_the_row(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    crawl(path, listed(day(9), 9, 8, 7, 6), page(html(), day(9), address(7)))
    crawl(
        path,
        listed(day(11), 11, 10, 9, 8, 6, 5),
        page(missing(), day(11), address(7), status=404, response_class="gone"),
    )
    assert kinds(path) == ["http_404", "off_list"]
    [row] = rows(path, "SELECT at FROM presence_events WHERE kind = 'off_list'")
    assert row["at"] == day(11)
    crawl(path, listed(day(12), 9, 8), listed(day(12), 6, 5, number=2))
    crawl(path, page(missing(), day(13), address(7), status=404, response_class="gone"))
    assert "off_list" in kinds(path), "what was seen stays seen when the neighbours part"


def test_a_missed_article_costs_the_rows_around_it_and_not_its_whole_list(tmp_path: Path) -> None:
    """Counted in steps of SQLite's machine: the rows are compared with each other otherwise, hours for a list of ten years."""
    path, steps = tmp_path / "a.db", []
    crawl(path, page(html(), day(0)), listed(day(0), 3, 1))
    with open_archive(path) as archive:
        archive.connection.executemany(
            "INSERT INTO sightings (site, column_url, target_url, target_key, list_day, first_seen, last_seen) "
            "SELECT site, column_url, ?1, ?1, date('2024-03-01', '-' || ?1 || ' days'), first_seen, ?2 FROM sightings LIMIT 1",
            ((n, day(1)) for n in range(1, 400)),
        )
        archive.connection.set_progress_handler(lambda: steps.append(1), 1000)
        archive.connection.execute(_OFF_LIST, (rows(path, "SELECT uid FROM articles")[0]["uid"],)).fetchall()
    assert len(steps) < 5


@pytest.mark.parametrize(
    "again",
    [
        [
            listed(day(10), 6, 5, 4, number=2)
        ],  # the next page of the same reading, or of the one that went on after a stop
        [listed(day(10), 3, 13, 12, 11, 10)],  # an old row is pinned above the new ones
        [listed(day(10), 12, 11, 10, 9)],  # the list was not read so far down
        [],
    ],
)
def test_a_list_that_was_not_read_where_the_row_stood_says_nothing(tmp_path: Path, again: list[Page]) -> None:
    path = tmp_path / "a.db"
    crawl(path, listed(day(9), 9, 8, 7), listed(day(9), 3, number=3), page(html(), day(9), address(7)))
    crawl(path, *again, page(missing(), day(10), address(7), status=404, response_class="gone"))
    assert kinds(path) == ["http_404"]


events = st.lists(
    st.builds(
        Event,
        st.integers(0, 20).map(day),
        st.sampled_from(["http_404", "soft_404", "off_list", "back"]),
        st.sampled_from([None, "key"]),
    )
)


@given(events, st.integers(0, 20))
def test_the_rule(taken: list[Event], last: int) -> None:
    """Gone needs three witnessed days after the last good capture, three days apart in all; off_list and back confirm nothing."""
    verdict = decide(taken, day(last))
    answers = [e for e in taken if e.at > day(last) and e.kind in ("http_404", "soft_404")]
    witnessed = sorted({e.at for e in answers if e.witness})
    assert (verdict.state == "alive") == (not answers) == (verdict.since is None)
    span = sum((int(b[8:10]) - int(a[8:10])) for a, b in pairwise(witnessed))
    assert (verdict.state == "gone") == (len(witnessed) >= 3 and span >= 3)
    assert decide(reversed(taken), day(last)) == verdict
