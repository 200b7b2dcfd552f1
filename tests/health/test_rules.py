"""The rules over numbers: what is said, what is not, and where a share breaks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnews.health.change import find_break
from govnews.health.numbers import Finding, Numbers, Reading
from govnews.health.query import FIELDS
from govnews.health.rules import judge
from govnews.model import Expect

NOW = "2024-06-30T04:00:00Z"
ALL = frozenset(FIELDS)
NOTHING = Expect()


def read(run: int, day: str, n: int = 0, **other: object) -> Reading:
    """A page published and fetched on a day, with everything but what is told."""
    values: dict[str, object] = {
        "uid": f"{run:02d}{n:014d}",
        "at": f"{day}T02:00:{n % 60:02d}Z",
        "fresh": True,
        "run": run,
        "published": day,
        "family": "trs",
        "fields": ALL,
        "labelled": frozenset({"source"}),
        "length": 500,
    }
    return Reading(**{**values, **other})  # type: ignore[arg-type]


def site(*readings: Reading, **other: object) -> Numbers:
    values: dict[str, object] = {"known_since": "2023-01-01T00:00:00Z", "readings": readings}
    return Numbers("990901", "青杉县", **{**values, **other})  # type: ignore[arg-type]


def said(numbers: Numbers, expect: Expect = NOTHING, now: str = NOW) -> list[str]:
    return [finding.code for finding in judge(numbers, expect, now)]


def only(numbers: Numbers, code: str, expect: Expect = NOTHING, now: str = NOW) -> Finding:
    [found] = [finding for finding in judge(numbers, expect, now) if finding.code == code]
    return found


BEFORE = [read(1, "2024-06-01", n) for n in range(40)]


def test_a_lost_field_is_named_with_its_numbers() -> None:
    after = [read(2, "2024-06-20", n, fields=ALL - {"source"}, labelled=frozenset()) for n in range(40)]
    found = only(site(*BEFORE, *after), "layout_changed")
    assert found.sentence == (
        "layout changed since 2024-06-20: source lost on 40 of 40 pages, before it was on 40 of 40"
    )
    assert found.zh == "自 2024-06-20 起，40 页中有 40 页缺来源；此前 40 页中 40 页有"
    assert found.look == f"show {after[-1].uid}" and found.severity == "error"
    assert said(site(*BEFORE, *after)) == ["layout_changed"]


def test_what_came_back_is_no_news() -> None:
    lost = [read(2, "2024-06-10", n, fields=ALL - {"source"}) for n in range(20)]
    back = [read(3, "2024-06-20", n) for n in range(20)]
    assert said(site(*BEFORE, *lost, *back)) == []


def test_history_that_is_filled_in_says_nothing() -> None:
    """The second run reads on into the past, where no source was printed; a page that was known and lost it counts."""
    old = [
        read(2, "2024-06-20", n, published="2015-03-01", fields=ALL - {"source"}, labelled=frozenset())
        for n in range(40)
    ]
    assert said(site(*BEFORE, *old)) == []
    again = [read(2, "2024-06-20", n, published="2015-03-01", fresh=False, fields=ALL - {"source"}) for n in range(40)]
    assert said(site(*BEFORE, *again)) == ["layout_changed"]


def test_within_one_run_there_is_no_before() -> None:
    assert said(site(*BEFORE, *[read(1, "2024-06-20", n, fields=ALL - {"source"}) for n in range(40)])) == []


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ({"fields": ALL - {"view_count"}}, ["counts_stopped"]),
        ({"labelled": frozenset()}, ["label_lost"]),
        ({"disagree": True}, ["dates_disagree"]),
        ({"length": 40}, ["lengths_changed"]),
        ({"length": 2000}, ["lengths_changed"]),
        ({"length": 700}, []),
        ({"family": "vsb"}, ["redesigned"]),
        ({}, []),
    ],
)
def test_every_break_has_its_code(other: dict[str, object], codes: list[str]) -> None:
    assert said(site(*BEFORE, *[read(2, "2024-06-20", n, **other) for n in range(12)])) == codes


def test_a_wall_since_its_first_run() -> None:
    verdicts = (
        ("2024-06-29T18:00:00Z", "blocked"),
        ("2024-06-28T18:00:00Z", "blocked"),
        ("2024-06-27T18:00:00Z", "ok"),
    )
    found = only(site(verdicts=verdicts, wall="瑞数"), "blocked")
    assert found.sentence == "blocked by 瑞数 since 2024-06-29 (2 runs)"
    assert found.zh == "自 2024-06-29 起被拦截（瑞数）（2 次抓取）"
    assert said(site(verdicts=(("2024-06-29T18:00:00Z", "interrupted"), *verdicts[2:]))) == []
    assert said(site(verdicts=verdicts[2:])) == []


def days(last: str, step: int, n: int = 30) -> tuple[str, ...]:
    return tuple((date.fromisoformat(last) - timedelta(days=k * step)).isoformat() for k in range(n))


def test_quiet_goes_by_the_usual_gap() -> None:
    visited = "2024-06-29T20:00:00Z"  # the 30th in China
    assert only(site(visited=visited, days=days("2024-05-01", 3)), "quiet").sentence == "quiet for 60 days, usual gap 3"
    assert said(site(visited=visited, days=days("2024-05-01", 25))) == []
    assert said(site(visited=visited, days=days("2024-06-20", 1))) == []
    assert said(site(visited=None, days=days("2024-05-01", 3))) == [], "nobody looked"
    columns = (("http://a/", days("2024-06-29", 1)), ("http://b/", days("2024-04-01", 2)))
    found = only(site(visited=visited, days=days("2024-06-29", 1), columns=columns), "list_quiet")
    assert found.sentence == "quiet for 90 days, usual gap 2: http://b/"


def test_promises_and_usual_months() -> None:
    base = {"visited": "2024-06-29T20:00:00Z", "days": days("2024-06-29", 1)}
    months = tuple((f"2024-{m:02d}", 40) for m in range(1, 5))
    few = site(**base, months=(*months, ("2024-05", 3)))
    assert only(few, "fewer").sentence == "3 articles in 2024-05, usual are 40 a month"
    promised = Expect(per_month=(5, 300))
    assert only(few, "off_promise", promised).sentence == "3 articles in 2024-05, promised are 5 to 300"
    assert said(site(**base, months=(*months, ("2024-05", 30))), promised) == []
    assert said(site(**base, months=(*months, ("2024-05", 3)), known_since="2024-05-20T00:00:00Z"), promised) == [], (
        "a month that was not seen whole"
    )


def test_nobody_came_for_long() -> None:
    verdicts = tuple((f"2024-05-{d:02d}T01:00:00Z", "ok") for d in range(10, 0, -1))
    assert only(site(verdicts=verdicts), "not_visited").sentence == "last crawled 51 days ago, usually every 1"
    assert said(site(verdicts=verdicts), now="2024-05-12T01:00:00Z") == []


def test_the_worst_comes_first() -> None:
    after = [read(2, "2024-06-20", n, family="vsb", fields=ALL - {"source", "view_count"}) for n in range(12)]
    numbers = site(
        *BEFORE, *after, verdicts=(("2024-06-29T18:00:00Z", "list_failed"),), articles=50, lost=25, bridged=20
    )
    assert said(numbers) == ["list_failed", "redesigned", "layout_changed", "counts_stopped", "many_lost"]


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 59))
def test_a_break_says_what_is_there(had: list[bool], at: int) -> None:
    found = find_break(had, [at])
    if found is not None:
        assert found.at == at and found.before == at and found.after == len(had) - at
        assert found.had == sum(had[:at]) and found.lost == had[at:].count(False)
        assert found.had / found.before > 1 - found.lost / found.after
    assert find_break([True] * len(had), [at]) is None and find_break([not one for one in had], []) is None


@given(st.integers(8, 60), st.integers(5, 60))
def test_a_clean_loss_is_found(before: int, after: int) -> None:
    found = find_break([True] * before + [False] * after, range(1, before + after))
    assert found is not None and (found.at, found.lost) == (before, after)
