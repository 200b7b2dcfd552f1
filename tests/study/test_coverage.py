"""Every cell of the coverage of counties that lack something, each for another cause; and the rules by themselves."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from world import CODES, FROM, TO, TRUTH, World, govnews

from govnews.archive import open_archive
from govnews.archive.coverage.facts import site_facts
from govnews.archive.coverage.rules import (
    Attempt,
    Cell,
    Column,
    Read,
    Said,
    Walk,
    days_of,
    month_of_column,
    month_of_county,
    months,
    walks,
)
from govnews.ingest.reach import reach
from govnews.model.codes import codes


def asked(world: World, *more: str) -> list[dict[str, Any]]:
    words = ["coverage", "--db", "a.db", "--sites", "sites", "--from", FROM, "--to", TO, "--json", *more]
    return [json.loads(line) for line in govnews(world, *words).splitlines()]


@pytest.fixture(scope="module")
def covered(world: World) -> list[dict[str, Any]]:
    """What the command says of all counties."""
    return asked(world, *TRUTH)


def test_every_cell_is_right(covered: list[dict[str, Any]]) -> None:
    said = {(row["county"], row["month"]): row for row in covered}
    wrong = []
    for id, (what, letters) in TRUTH.items():
        for month, letter in zip(months(FROM, TO), letters, strict=True):
            row = said[id, month]
            if row["status"] != CODES[letter]:
                wrong.append((id, what, month, CODES[letter], row["status"], row["detail"]))
    assert not wrong, "\n".join(map(str, wrong))
    assert len(covered) == len(TRUTH) * 9, "the codes add up to counties × months"


def test_weeks_are_judged_by_the_same_rules(world: World, covered: list[dict[str, Any]]) -> None:
    by_month = {(row["county"], row["month"]): row["status"] for row in covered}
    rows = world.archive.rows("SELECT * FROM coverage_county_week")
    assert len(rows) == 39 * len(TRUTH), "the Mondays from June to February"
    for row in rows:
        first, last = days_of(row["week"])
        assert (row["monday"], first.weekday(), (last - first).days) == (first.isoformat(), 0, 6)
        around = {by_month.get((row["county"], f"{day:%Y-%m}")) for day in (first, last)}
        if around <= {"observed", "observed_zero"}:
            assert row["status"] == ("observed" if row["archived"] else "observed_zero"), row
        elif around == {"blocked"} and row["week"] < "2025":
            assert row["status"] == "blocked" and row["archived"] is None, row
    cut = {row["week"]: row["status"] for row in rows if row["county"] == "992006"}
    assert (cut["2024-W35"], cut["2024-W36"], cut["2024-W37"]) == ("beyond_list_depth", "partial", "observed_zero")
    held = world.archive.rows(
        "SELECT count(*) AS n FROM articles WHERE site = '992001' AND publish_date BETWEEN '2024-06-03' AND '2025-01-05'"
    )
    assert sum(row["archived"] or 0 for row in rows if row["county"] == "992001") == held[0]["n"] > 5


def test_a_zero_never_stands_for_an_unobserved_month(world: World, covered: list[dict[str, Any]]) -> None:
    for row in covered:
        counted = row["status"] in ("observed", "observed_zero", "partial", "gone_before_first_visit")
        assert (row["archived"] is not None) == counted, row
        if row["archived"] == 0:
            assert row["status"] in ("observed_zero", "gone_before_first_visit") or row["listed"] > 0, row
    for row in world.archive.rows("SELECT * FROM coverage_month WHERE status = 'observed_zero'"):
        assert row["observed_at"] and row["archived"] == row["listed"] == 0


def test_the_result_is_in_the_tables_and_every_code_occurs(world: World, covered: list[dict[str, Any]]) -> None:
    connection = sqlite3.connect(world.db)
    counted = dict(connection.execute("SELECT status, count(*) FROM coverage_county_month GROUP BY status"))
    archived = connection.execute("SELECT sum(archived) FROM coverage_county_month").fetchone()[0]
    stored = connection.execute(
        "SELECT count(*) FROM articles WHERE publish_date BETWEEN '2024-06-01' AND '2025-02-28'"
    ).fetchone()[0]
    connection.close()
    assert set(counted) == set(codes("coverage")) and sum(counted.values()) == 9 * len(TRUTH)
    assert archived == stored


def test_a_sample_keeps_what_cannot_be_crawled(world: World) -> None:
    """The file of a sample decides the rows: drawn ones all, replacements only where they stand in."""
    with (world.folder / "sample.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["role", "replacement_for", "code", "status"])
        out.writerow(["drawn", "", "992001", "crawlable"])
        out.writerow(["drawn", "", "653132", "no_site"])
        out.writerow(["replacement", "653132", "992006", "crawlable"])
        out.writerow(["replacement", "", "992007", "crawlable"])
    rows = asked(world, "--sample", "sample.csv")
    assert Counter(row["county"] for row in rows) == {"992001": 9, "653132": 9, "992006": 9}


def test_the_reasons_are_in_words(covered: list[dict[str, Any]]) -> None:
    said = {(row["county"], row["month"]): row["detail"] for row in covered}
    assert "firewall" in said["992002", "2024-07"] and "robots.txt" in said["992003", "2024-07"]
    assert "ends later" in said["992006", "2024-06"] and "2 listed, none found" in said["992007", "2024-07"]
    assert "0 of 1" in said["992008", "2024-09"] and "further page" in said["992009", "2024-06"]
    assert "nobody looked after 2025-01-0" in said["992001", "2025-02"]


# --- the rules -------------------------------------------------------------------------------------------------------


def test_a_walk_is_a_first_page_and_what_follows_without_a_gap() -> None:
    pages = [Read("2024-03-01T01:00:00Z", 1, "2024-02-20", False), Read("2024-03-01T02:00:00Z", 2, "2024-02-01", False)]
    late = Read("2024-03-05T02:00:00Z", 3, "2024-01-10", True)
    assert walks([*pages, late]) == (Walk("2024-03-01T01:00:00Z", "2024-01-10", True),)
    assert walks([pages[0], late]) == (Walk("2024-03-01T01:00:00Z", "2024-02-20", False),), "page two was not read"
    assert walks([late]) == (), "without its first page it proves nothing"


def test_known_ground_joins_only_when_it_meets() -> None:
    first = Walk("2024-03-10T04:00:00Z", "2024-01-31", False)
    meets, leaves_a_gap = (
        Walk("2024-06-10T04:00:00Z", "2024-03-08", False),
        Walk("2024-06-10T04:00:00Z", "2024-03-15", False),
    )
    assert month_of_column("2024-03", Cell(), Column((first, meets))).status == "observed_zero"
    assert month_of_column("2024-03", Cell(), Column((first, leaves_a_gap))).status == "never_tried"
    assert month_of_column("2024-05", Cell(), Column((first, leaves_a_gap))).status == "observed_zero"


def test_the_first_page_proves_only_down_to_its_reach_and_the_month_of_the_visit_is_open() -> None:
    column = Column((Walk("2024-06-10T04:00:00Z", "2024-04-30", False),))
    said = [month_of_column(month, Cell(), column).status for month in months("2024-03", "2024-07")]
    assert said == ["never_tried", "never_tried", "observed_zero", "never_tried", "never_tried"]


def test_an_attempt_explains_only_what_it_could_have_seen() -> None:
    column = Column((), (Attempt("2024-06-10T04:00:00Z", "blocked"),))
    assert [month_of_column(m, None, column).status for m in ("2024-05", "2024-06", "2024-07")] == [
        "blocked", "blocked", "never_tried",
    ]  # fmt: skip


def test_a_silent_column_does_not_speak_for_one_that_was_shut() -> None:
    zero, shut, seen = Said("observed_zero", ""), Said("blocked", "x"), Said("observed", "")
    assert month_of_county([zero, shut], 0, 0).status == "blocked"
    assert month_of_county([seen, shut], 3, 3).status == "partial"
    assert month_of_county([zero, seen], 3, 3).status == "observed"
    assert month_of_county([shut], 0, 2).status == "partial", "imported articles stand in a month that was shut"


def test_rows_without_a_day_that_are_not_archived_leave_every_month_open() -> None:
    walk = Walk("2024-06-10T04:00:00Z", "2024-02-20", True)
    assert month_of_column("2024-04", Cell(), Column((walk,))).status == "observed_zero"
    assert month_of_column("2024-04", Cell(), Column((walk,), undated=1)).status == "partial"


REACHES = {
    "in order": (["2024-03-05", "2024-03-04", "2024-03-02", "2024-03-01"], False, "2024-03-02"),
    "in order, ended": (["2024-03-05", "2024-03-04", "2024-03-02", "2024-03-01"], True, "2024-03-01"),
    "pinned": (["2019-01-01", "2024-03-05", "2024-03-04", "2024-03-02"], False, "2024-03-04"),
    "a stray old row at the end": (["2024-03-05", "2024-03-04", "2024-03-02", "2011-01-01"], False, "2024-03-02"),
    "oldest first": (["2024-03-01", "2024-03-02", "2024-03-04", "2024-03-05"], False, "2024-03-05"),
    "no days": ([None, None], False, None),
    "no year": (["--03-05", "--03-04"], True, None),
}


@pytest.mark.parametrize(("days", "ended", "expected"), REACHES.values(), ids=REACHES)
def test_the_reach_of_a_page(days: list[str | None], ended: bool, expected: str | None) -> None:
    assert reach(days, ended=ended) == expected


def test_a_list_without_years_that_was_quiet_for_years_is_read_by_its_articles(demo: Path, tmp_path: Path) -> None:
    """A county whose list prints month and day only, and whose newest article is years old: no cell of a later year but zeros; a row
    that could not be had stands in the year of its neighbours. Sites of no site file are taken from the archive itself."""
    db = tmp_path / "a.db"
    for name in ("demo.db", "demo.pages.db"):
        shutil.copy(demo.with_name(name), db.with_name(name.replace("demo", "a")))
    for asked in (["砚泊县"], ["990301"], []):
        words = [
            sys.executable,
            "-m",
            "govnews",
            "coverage",
            *asked,
            "--db",
            str(db),
            "--from",
            "2024-03",
            "--to",
            "2026-10",
            "--json",
        ]
        found = subprocess.run(words, capture_output=True, encoding="utf-8", cwd=tmp_path, check=False)
        rows = [json.loads(line) for line in found.stdout.splitlines()]
        said = {row["month"]: row for row in rows if row["county"] == "990301"}
        assert len(said) == 32 and found.returncode == 0, found.stderr
        assert [said[f"2024-0{n}"]["status"] for n in (3, 4, 6)] == ["beyond_list_depth", "partial", "observed"]
        assert {row["status"] for month, row in said.items() if month > "2024-06"} == {"observed_zero"}
        assert sum(row["archived"] or 0 for row in said.values()) == 8


def test_the_columns_of_a_site_stand_in_one_order(tmp_path: Path) -> None:
    """The reason that is told of a county is that of its first column: the order may not be that of a set, which is another one in
    each process."""
    urls = [f"http://www.a.test/{name}/" for name in "hbgcfdea"]
    with open_archive(tmp_path / "a.db") as archive:
        for url in urls:
            archive.connection.execute(
                "INSERT INTO list_reads VALUES ('a', ?, '2024-06-01T00:00:00Z', 1, 20, '2024-05-01', NULL, 0)", (url,)
            )
        assert list(site_facts(archive.connection, "a", ()).columns) == sorted(urls)
