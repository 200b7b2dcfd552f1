"""Month-day rows get the year that was there before it was left out, and never one in the future."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnews.extraction.row_years import UNTIDY, with_years
from govnews.model import ListItem

FETCHED = "2024-06-12T04:00:00Z"
TODAY = date(2024, 6, 12)


def _rows(*days: str | None, url: str = "http://www.songxi.test/xw/{}.html") -> list[ListItem]:
    return [ListItem(url.format(n), f"第{n}条要闻", day) for n, day in enumerate(days)]


def _days(rows: list[ListItem], newest: str | None = None, fetched_at: str = FETCHED) -> list[str | None]:
    return [day for day, _ in with_years(rows, fetched_at, newest)]


@given(st.lists(st.integers(0, 300), min_size=1, max_size=60), st.data())
def test_newest_first_lists_are_recovered(gaps: list[int], data: st.DataObject) -> None:
    """Rows less than a year apart, the first within a month of the fetching: every year is found again."""
    at, days = TODAY - timedelta(days=gaps[0] % 31), []
    for gap in gaps:
        days.append(at)
        at -= timedelta(days=gap)
    whole = data.draw(st.lists(st.booleans(), min_size=len(days), max_size=len(days)))
    printed = [day.isoformat() if shown else f"--{day:%m-%d}" for day, shown in zip(days, whole, strict=True)]
    if len(set(days)) > 3 or all(not shown for shown in whole):
        found = with_years(_rows(*printed), FETCHED)
        assert [day for day, _ in found] == [day.isoformat() for day in days]
        assert [inferred for _, inferred in found] == [not shown for shown in whole]


@given(
    st.lists(st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))), max_size=40),
    st.booleans(),
    st.dates(date(2005, 1, 1), date(2035, 1, 1)),
)
def test_never_in_the_future_and_idempotent(days: list[date | None], mixed: bool, fetched: date) -> None:
    printed = [day and (day.isoformat() if mixed and n % 3 == 0 else f"--{day:%m-%d}") for n, day in enumerate(days)]
    found = with_years(_rows(*printed), f"{fetched}T00:00:00Z")
    for before, (day, inferred) in zip(printed, found, strict=True):
        assert inferred == (before is not None and before.startswith("--") and day != before)
        if inferred:
            assert day is not None and before is not None
            assert day[4:] == before[1:]
            assert date.fromisoformat(day) <= fetched + timedelta(days=1)
        else:
            assert day == before
    again = with_years(_rows(*(day for day, _ in found)), f"{fetched}T00:00:00Z")
    assert [day for day, _ in again] == [day for day, _ in found]


def test_over_the_turn_of_the_year() -> None:
    days = _days(_rows("--01-03", "--01-01", "--12-30", "--12-30", "--11-02"), fetched_at="2024-01-04T00:00:00Z")
    assert days == ["2024-01-03", "2024-01-01", "2023-12-30", "2023-12-30", "2023-11-02"]


def test_a_row_a_little_out_of_order_is_of_the_same_year() -> None:
    assert _days(_rows("--06-10", "--06-12", "--06-09")) == ["2024-06-10", "2024-06-12", "2024-06-09"]


def test_pinned_rows_do_not_pull_the_list_into_their_year() -> None:
    assert _days(_rows("--09-01", "--11-20", "--06-11", "--06-08")) == [
        "2023-09-01",
        "2023-11-20",
        "2024-06-11",
        "2024-06-08",
    ]


def test_a_quiet_column_stays_in_its_year() -> None:
    assert _days(_rows("--09-01", "--02-11", "--12-08")) == ["2023-09-01", "2023-02-11", "2022-12-08"]


def test_the_address_tells_the_year() -> None:
    rows = [
        ListItem("./202103/t20210302_1.html", "一", "--03-02"),
        ListItem("/art/2020/12/30/art_1_2.html", "二", "--01-02"),
        ListItem("/2019/yw/77.html", "三", "--11-05"),
        ListItem("/yw/78.html", "四", "--12-01"),
    ]
    assert _days(rows) == ["2021-03-02", "2021-01-02", "2019-11-05", "2018-12-01"]


def test_rows_with_years_are_neighbours_to_the_others() -> None:
    rows = _rows("--06-01", "--05-20", "2022-03-01", "--02-20", "--12-24", None)
    assert _days(rows) == ["2024-06-01", "2024-05-20", "2022-03-01", "2022-02-20", "2021-12-24", None]


def test_a_later_page_goes_on_where_the_page_before_ended() -> None:
    rows = _rows("--05-30", "--05-01", "--12-31")
    assert _days(rows, newest="2019-06-02") == ["2019-05-30", "2019-05-01", "2018-12-31"]


def test_oldest_first() -> None:
    assert _days(_rows("--11-20", "--12-30", "2024-01-04", "--02-01", "2024-03-01")) == [
        "2023-11-20",
        "2023-12-30",
        "2024-01-04",
        "2024-02-01",
        "2024-03-01",
    ]
    assert _days(_rows("--01-20", "--02-03", "--03-04", "--05-01", "--06-10"))[0] == "2024-01-20"


def test_a_leap_day_is_of_a_leap_year() -> None:
    assert _days(_rows("--02-29"), fetched_at="2023-05-01T00:00:00Z") == ["2020-02-29"]


@pytest.mark.parametrize("fetched_at", ["2024-06-11T17:00:00Z", "2024-06-12T01:00:00+08:00", "2024-06-12"])
def test_the_day_of_fetching_is_chinas(fetched_at: str) -> None:
    assert _days(_rows("--06-13", "--06-14"), fetched_at=fetched_at) == ["2024-06-13", "2023-06-14"]


def test_no_rows() -> None:
    assert with_years([], FETCHED) == []
    assert timedelta(0) < UNTIDY
