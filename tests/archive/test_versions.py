"""Ingesting: versions, revisions, presence and counts, and that what was ingested once is not ingested twice."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import BODY, address, day, dump, html, ingested, lacking, missing, page, rows

from govnews import extract
from govnews.archive import Observation, Unit, Writer, open_archive
from govnews.archive.articles import FIELDS, VERSIONED
from govnews.extraction import uid, url_key
from govnews.model import Page

STATES = {
    "plain": html(),
    "titled": html(title="青杉县召开春季森林防火工作会议"),
    "rewritten": html(body=[*BODY, "会议还听取了各乡镇的意见。"]),
    "counted": html(views=120, editor="木子"),
    "refurnished": html(notice="网站将于本周末维护", views=360),
    "missing": missing(),
}
ARTICLES = [name for name in STATES if name != "missing"]


def capture(article: int, state: str, at: int) -> Page:
    return page(STATES[state], day(at), address(article))


steps = st.lists(
    st.tuples(st.integers(1, 2), st.sampled_from(list(STATES)), st.integers(0, 5)),
    min_size=1,
    max_size=8,
    unique_by=lambda step: (step[0], step[2]),  # one capture of an article a day
)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(steps, st.data())
def test_ingest_twice_is_once(taken: list[tuple[int, str, int]], data: st.DataObject) -> None:
    """Any of it again, in any order, in any batches: not a row changes."""
    again = data.draw(st.lists(st.sampled_from(taken), max_size=10), label="again")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        ingested(path, [capture(*step) for step in taken], batch=data.draw(st.integers(1, 4)))
        before = dump(path)
        outcomes = ingested(path, [capture(*step) for step in [*again, *taken]], batch=3)
        assert dump(path) == before
        assert not {"new", "changed"} & set(outcomes)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(steps)
def test_whatever_the_order_the_newest_capture_rules(taken: list[tuple[int, str, int]]) -> None:
    """The row is what the newest capture says, every other state is a revision, presence is by the newest evidence."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        ingested(path, [capture(*step) for step in taken])
        held = {row["url"]: row for row in rows(path, "SELECT * FROM articles")}
        revisions = rows(path, "SELECT * FROM revisions")
        assert not lacking(path)
    versions = [row["version"] for row in [*held.values(), *revisions]]
    assert len(versions) == len(set(versions))
    for number in (1, 2):
        mine = sorted((at, state) for article, state, at in taken if article == number)
        shown = [(at, state) for at, state in mine if state != "missing"]
        if not shown:
            assert address(number) not in held
            continue
        row = held[address(number)]
        at, state = shown[-1]
        _is_what_the_bytes_say(row, STATES[state])
        assert (row["fetched_at"], row["last_seen"]) == (day(at), day(at))
        gone = [when for when, state in mine if state == "missing" and when > at]
        assert (row["presence"], row["presence_since"]) == (("suspect", day(gone[0])) if gone else ("alive", None))
        kept = {tuple(r[f] for f in VERSIONED) for r in [row, *revisions] if r["uid"] == row["uid"]}
        assert kept == {_versioned(STATES[state]) for _, state in shown}
        counts = [(at, n) for at, state in shown if (n := extract(STATES[state]).view_count) is not None]
        at, newest = max(counts, default=(None, None))
        assert (row["view_count"], row["view_count_at"]) == (newest, None if at is None else day(at))


def _versioned(body: bytes) -> tuple[Any, ...]:
    article = extract(body)
    return tuple(getattr(article, f) for f in VERSIONED)


def _is_what_the_bytes_say(row: dict[str, Any], body: bytes) -> None:
    article = extract(body, url=row["url"])
    for name in FIELDS:
        if name not in ("view_count", "flags", "via"):
            assert row[name] == getattr(article, name), name


CHANGES = {
    "title": html(title="青杉县部署今春森林防火工作"),
    "publish_time": html(time="2024-03-01 10:30:00"),
    "source": html(source="青杉县林业和草原局"),
    "body": html(body=BODY[:1]),
}


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_makes_a_version_and_keeps_the_old(tmp_path: Path, field: str) -> None:
    path = tmp_path / "a.db"
    assert ingested(path, [page(html(), day(0)), page(html(), day(1)), page(CHANGES[field], day(2))]) == [
        "new",
        "same",
        "changed",
    ]
    [row], [old] = rows(path, "SELECT * FROM articles"), rows(path, "SELECT * FROM revisions")
    assert [f for f in VERSIONED if row[f] != old[f]] == [field]
    _is_what_the_bytes_say({**old, "url": row["url"]}, html())
    _is_what_the_bytes_say(row, CHANGES[field])
    assert old["cause"] == "site" and old["version"] < row["version"]
    assert (old["first_seen"], old["last_seen"]) == (day(0), day(1))
    assert (row["first_seen"], row["last_seen"]) == (day(2), day(2))


@pytest.mark.parametrize(
    "body", [html(notice="温馨提示：本网改版"), html(views=7), html(editor="木子")], ids=["notice", "views", "editor"]
)
def test_changed_furniture_makes_no_version_and_is_not_kept_stale(tmp_path: Path, body: bytes) -> None:
    """The row rests on the newest capture: what is not versioned is as that capture has it."""
    path = tmp_path / "a.db"
    assert ingested(path, [page(html(), day(0)), page(body, day(1))]) == ["new", "same"]
    [row] = rows(path, "SELECT * FROM articles")
    assert not rows(path, "SELECT * FROM revisions")
    assert (row["first_seen"], row["last_seen"], row["fetched_at"]) == (day(0), day(1), day(1))
    _is_what_the_bytes_say(row, body)


def test_pictures_and_files_are_those_of_the_newest_capture(tmp_path: Path) -> None:
    def with_picture(name: str) -> bytes:
        picture = f'<img src="/pic/{name}.jpg" alt="巡护"><p><a href="/f/{name}.pdf">防火方案.pdf</a></p></div>'
        return html().replace(b'</div>\n<div class="footer">', (picture + '\n<div class="footer">').encode())

    path = tmp_path / "a.db"
    ingested(path, [page(with_picture("one"), day(0)), page(with_picture("two"), day(1))])
    assert [r["url"].rsplit("/", 1)[1] for r in rows(path, "SELECT url FROM images")] == ["two.jpg"]
    assert [r["url"].rsplit("/", 1)[1] for r in rows(path, "SELECT url FROM attachments")] == ["two.pdf"]


def test_a_there_and_back_edit_is_three_states_in_time(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    ingested(path, [page(STATES[s], day(n)) for n, s in enumerate(["plain", "titled", "plain"])])
    seen = rows(path, "SELECT title, first_seen FROM revisions UNION SELECT title, first_seen FROM articles ORDER BY 2")
    assert [r["first_seen"] for r in seen] == [day(0), day(1), day(2)]
    assert seen[0]["title"] == seen[2]["title"] != seen[1]["title"]


def test_version_numbers_are_never_given_twice(tmp_path: Path) -> None:
    """Also when rows were taken out between two runs."""
    path = tmp_path / "a.db"
    ingested(path, [page(html(), day(0))])
    with open_archive(path) as archive:
        archive.connection.execute("DELETE FROM articles")
        archive.connection.execute("DELETE FROM captures")
    ingested(path, [page(html(), day(1))])
    assert rows(path, "SELECT version FROM articles") == [{"version": 2}]


def test_counter_replies_the_newest_wins(tmp_path: Path) -> None:
    """Replies in any order of time, the page's own number among them; none is stored twice."""
    path, key = tmp_path / "a.db", url_key(address())

    def reply(value: int, at: str) -> Unit:
        unit = Unit(
            page(b'{"n":1}' + at.encode(), at, f"http://www.qingshan.test/n?at={at}"), f"n{at}", uid(f"n{at}"), "x"
        )
        unit.kind, unit.observations = "other", (Observation(uid(key), value, "vsb"),)
        return unit

    ingested(path, [page(html(views=100), day(1))])
    for _ in range(2):
        with open_archive(path) as archive:
            writer = Writer(archive)
            for value, at in ((300, day(5)), (50, day(0)), (200, day(3))):
                writer.add(reply(value, at))
            writer.close()
    ingested(path, [page(html(title="青杉县部署防火", views=150), day(2))])  # a capture older than the newest reply
    [row] = rows(path, "SELECT * FROM articles")
    assert (row["title"], row["view_count"], row["view_count_at"]) == ("青杉县部署防火", 300, day(5))
    observed = rows(path, "SELECT value, method, observed_at FROM view_observations ORDER BY observed_at")
    assert [(r["value"], r["method"], r["observed_at"]) for r in observed] == [
        (50, "vsb", day(0)),
        (100, "inline", day(1)),
        (150, "inline", day(2)),
        (200, "vsb", day(3)),
        (300, "vsb", day(5)),
    ]


def test_one_miss_is_a_suspicion_and_a_find_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "a.db"

    def presence() -> tuple[str, str | None]:
        [row] = rows(path, "SELECT presence, presence_since FROM articles")
        return row["presence"], row["presence_since"]

    ingested(path, [page(html(), day(0)), page(missing(), day(1)), page(missing(), day(2))])
    assert presence() == ("suspect", day(1))
    ingested(path, [page(html(), day(0))])
    assert presence() == ("suspect", day(1)), "an old capture, imported again, is no news"
    ingested(path, [page(html(), day(3))])
    assert presence() == ("alive", None)
    for error in ("blocked", "timeout", "server_error", "forbidden", "robots"):
        ingested(path, [page(b"", day(4), response_class=error, status=0)])
    assert presence() == ("alive", None), "a wall or a dead server says nothing of the page"
    assert rows(path, "SELECT body FROM articles")[0]["body"] == "\n".join(BODY)
