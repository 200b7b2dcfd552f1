"""`merge`: in any order and however often, the same rows; nothing of either archive is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from conftest import clean_environment
from hypothesis import given, settings
from hypothesis import strategies as st
from making import BODY, SITE, address, day, html, ingested, lacking, missing, page, rows

from govnews.archive import Sighting, Unit, finish_run, open_archive, start_run
from govnews.archive.check import verify
from govnews.archive.merge import merge, united_states
from govnews.archive.pages import pages_path
from govnews.extraction import uid
from govnews.ingest import Ingest
from govnews.model import Failure, Issue, Page

STATES = {
    "plain": html(views=3),
    "titled": html(title="青杉县召开春季森林防火工作会议"),
    "rewritten": html(body=[*BODY, "会议还听取了各乡镇的意见。"], views=90),
    "missing": missing(),
}
PRIVATE = {"id", "version", "run"}


def crawl(path: Path, steps: Sequence[tuple[int, str, int]]) -> None:
    """Some captures: a run a day, each with a list that showed the articles and an issue."""
    with open_archive(path) as archive:
        for at in sorted({s[2] for s in steps}):
            run = start_run(archive, "crawl", now=day(at), version="x", vantage="云南", settings={"day": at})
            with Ingest(archive, run) as ingest:
                for article, state, _ in (s for s in steps if s[2] == at):
                    gone = {"status": 404, "response_class": "gone"} if state == "missing" else {}
                    ingest.add(page(STATES[state], day(at), address(article), **gone), SITE)
                    ingest.writer.add(_listed(article, at))
            finish_run(archive, run, now=day(at), reason="finished", counts={}, sites={})


def _listed(article: int, at: int) -> Unit:
    column = f"http://www.qingshan.test/xwzx/list{article}.html"
    unit = Unit(Page(column, f"list {article}".encode(), day(at), site=SITE.id), column, uid(column), "x", kind="list")
    key = address(article).removeprefix("http://www.")
    unit.sightings = (Sighting(column, address(article), key, uid(key), "一行", None),)
    unit.issues = (Issue("list_empty", "trial"),)
    return unit


def merged(into: Path, *sources: Path) -> Path:
    with open_archive(into) as target:
        for source in sources:
            with open_archive(source, read_only=True) as other:
                merge(target, other)
    return into


def content(path: Path) -> dict[str, list[Any]]:
    """All rows of all tables without the numbers that are private to a file; a capture's run by what it is."""
    out: dict[str, list[Any]] = {}
    for table in "articles revisions view_observations sightings issues images attachments sites divisions frontier presence_events runs".split():
        own = [{k: v for k, v in r.items() if k not in PRIVATE} for r in rows(path, f"SELECT * FROM {table}")]
        out[table] = sorted(map(repr, own))
    captures = rows(path, "SELECT c.*, r.started_at, r.settings FROM captures c LEFT JOIN runs r ON r.id = c.run")
    out["captures"] = sorted(repr({k: v for k, v in r.items() if k not in PRIVATE}) for r in captures)
    out["pages"] = sorted(r["sha256"] for r in rows(pages_path(path), "SELECT sha256 FROM pages"))
    return out


steps = st.lists(
    st.tuples(st.integers(1, 2), st.sampled_from(list(STATES)), st.integers(0, 7)),
    min_size=1,
    max_size=6,
    unique_by=lambda s: (s[0], s[2]),
)


MEMORY = next((d for d in ("/dev/shm",) if os.access(d, os.W_OK)), None)
"""Where files need no disk: each example writes half a dozen archives, and waiting for the disk would be nearly all of its time."""


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(steps, min_size=2, max_size=3))
def test_any_order_and_any_number_of_times(crawls: list[list[tuple[int, str, int]]]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        folder = Path(name)
        sources = [folder / f"{n}.db" for n in range(len(crawls))]
        for source, taken in zip(sources, crawls, strict=True):
            crawl(source, taken)
        orders = list(permutations(sources))
        first = content(merged(folder / "first.db", *orders[0]))
        assert content(merged(folder / "first.db", *orders[0])) == first, "merging twice"
        assert content(merged(folder / "last.db", *orders[-1])) == first, "another order"
        assert content(merged(sources[1], sources[0], *sources[2:])) == first, "into one of them"
        _nothing_lost(folder / "first.db", sources)


def _nothing_lost(result: Path, sources: list[Path]) -> None:
    with open_archive(result, read_only=True) as archive:
        assert list(verify(archive)) == []
    assert not lacking(result)
    states = "SELECT uid, title, publish_time, source, body FROM articles UNION SELECT uid, title, publish_time, source, body FROM revisions"
    for source in sources:
        for sql in (
            states,
            "SELECT url_key, fetched_at, sha256 FROM captures",
            "SELECT uid, observed_at, method, value FROM view_observations",
        ):
            assert {tuple(r.values()) for r in rows(source, sql)} <= {tuple(r.values()) for r in rows(result, sql)}


def test_an_edit_that_each_saw_half_of(tmp_path: Path) -> None:
    """One archive holds the text before, the other after: together they hold a revision, and the newer text is the article."""
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    ingested(old, [page(STATES["plain"], day(0))])
    ingested(new, [page(STATES["rewritten"], day(3))])
    into = merged(tmp_path / "c.db", new, old)
    [article], [revision] = rows(into, "SELECT * FROM articles"), rows(into, "SELECT * FROM revisions")
    assert "各乡镇的意见" in article["body"] and article["view_count"] == 90
    assert (revision["cause"], revision["last_seen"], revision["view_count"]) == ("merge", day(0), 3)


def test_states_seen_at_overlapping_times_are_one(tmp_path: Path) -> None:
    one, two = tmp_path / "1.db", tmp_path / "2.db"
    ingested(one, [page(STATES["plain"], day(n)) for n in (0, 3)])
    ingested(two, [page(STATES["plain"], day(n)) for n in (2, 5)])
    into = merged(tmp_path / "c.db", one, two)
    assert rows(into, "SELECT first_seen, last_seen, fetched_at FROM articles") == [
        {"first_seen": day(0), "last_seen": day(5), "fetched_at": day(5)}
    ]
    assert not rows(into, "SELECT * FROM revisions")


def test_two_counts_of_one_second_are_both_kept(tmp_path: Path) -> None:
    one, two = tmp_path / "1.db", tmp_path / "2.db"
    ingested(one, [page(html(views=90), day(0))])
    ingested(two, [page(html(views=3), day(0))])
    counts = "SELECT observed_at, value FROM view_observations ORDER BY value"
    for into in (merged(tmp_path / "a.db", one, two), merged(tmp_path / "b.db", two, one)):
        assert [tuple(r.values()) for r in rows(into, counts)] == [(day(0), 3), (day(0), 90)]
        assert rows(into, "SELECT view_count FROM articles") == [{"view_count": 90}]


def test_uniting_nothing_is_nothing() -> None:
    assert united_states([]) == []


def test_an_archive_is_not_merged_into_itself(tmp_path: Path) -> None:
    ingested(tmp_path / "a.db", [page(STATES["plain"], day(0))])
    with pytest.raises(Failure, match="itself"):
        merged(tmp_path / "a.db", tmp_path / "a.db")


CHILD = """
import sys
from govnews.archive import open_archive
from govnews.archive.merge import merge
print("ready", flush=True)
with open_archive(sys.argv[1]) as into:
    for source in sys.argv[2:]:
        with open_archive(source, read_only=True) as other:
            merge(into, other)
print("done", flush=True)
"""


def _killed(tmp_path: Path, rounds: int) -> int:
    sources, into, cut = [tmp_path / "1.db", tmp_path / "2.db"], tmp_path / "c.db", 0
    for number, source in enumerate(sources):
        ingested(source, [page(html(title=f"第{n}期", views=n), day(number), address(n)) for n in range(60)])
    for number in range(rounds):
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, into, *sources], stdout=subprocess.PIPE, env=clean_environment(), text=True
        ) as child:
            assert child.stdout is not None and child.stdout.readline() == "ready\n"
            time.sleep(0.003 * number)  # it takes some fifty milliseconds
            child.kill()
            cut += "done" not in child.stdout.read()
        if into.exists():
            with open_archive(into) as archive:
                assert list(verify(archive)) == []
    assert content(merged(into, *sources)) == content(merged(tmp_path / "whole.db", *sources))
    return cut


def test_a_killed_merge_is_completed_by_the_next(tmp_path: Path) -> None:
    assert _killed(tmp_path, 8)


@pytest.mark.soak
def test_a_merge_killed_sixty_times(tmp_path: Path) -> None:
    assert _killed(tmp_path, 60) >= 10
