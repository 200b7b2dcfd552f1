"""Series over changes of divisions, dates and counts that a migration has touched, views at a fixed age: each against what is known
of made archives."""

from __future__ import annotations

import re
import sqlite3
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "archive"))

from making import html, rows
from world import World, govnews

from govnews.archive import load_division_changes, load_divisions, open_archive
from govnews.export import Ask, panel, survival
from govnews.export.panel.divisions import Change, Divisions
from govnews.health import examine
from govnews.ingest import Ingest
from govnews.model import Failure, Page, Site
from govnews.sites import directory, division_changes

COVERAGE = "(county, month, name, province, prefecture, listed, archived, status, detail, computed_at)"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "panel.md"


def site(code: str) -> Site:
    return Site(code, f"县{code}", f"http://www.x{code}.test/", hosts=(f"www.x{code}.test",), division_code=code)


def one(code: str, n: int, day: str, at: str, **more: Any) -> Page:
    """The n-th article of a county, printed on a day, fetched at a moment."""
    url = f"http://www.x{code}.test/xw/art/{n}.html"
    return Page(url, html(title=f"第{n}次会议在本县召开", time=day, **more), at, site=code)


def filled(path: Path, pages: list[Page], cover: dict[str, dict[str, str]]) -> Path:
    """An archive with these pages, and what its coverage says: county → month → status."""
    with open_archive(path) as archive:
        with Ingest(archive) as ingest:
            for page in pages:
                ingest.add(page, site(page.site))
        load_divisions(archive, directory().rows())
        load_division_changes(archive, division_changes())
        for county, months in cover.items():
            archive.connection.execute(
                "INSERT INTO sites VALUES (?1, ?1, NULL, '[]', ?1, '某省', '某市', NULL, NULL, '{}', 'x', 'x')",
                (county,),
            )
            for month, status in months.items():
                many = archive.connection.execute(
                    "SELECT count(*) FROM articles WHERE site = ? AND publish_date LIKE ?", (county, f"{month}%")
                ).fetchone()[0]
                archive.connection.execute(
                    f"INSERT INTO coverage_county_month {COVERAGE} VALUES (?, ?, ?, '某省', '某市', ?, ?, ?, '', 'x')",
                    (county, month, f"县{county}", many, many, status),
                )
    return path


def table(path: Path, kind: str = "county-month", **more: Any) -> list[dict[str, Any]]:
    with open_archive(path, read_only=True) as archive:
        chosen = panel(archive, Ask(kind, **more))
        return [dict(zip(chosen.names, row, strict=True)) for row in chosen.rows()]


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """延庆 under both codes, 维西, 崇文 that 东城 took over in 2010, and 铜仁 whose successor is of low confidence."""
    pages = [
        one("110229", 1, "2012-05-03", "2012-06-01T00:00:00Z"),
        one("110229", 2, "2012-05-04", "2012-06-01T00:00:00Z"),
        one("110119", 3, "2012-05-05", "2016-06-01T00:00:00Z"),
        one("110119", 4, "2016-05-05", "2016-06-01T00:00:00Z"),
        one("110101", 5, "2008-05-05", "2009-06-01T00:00:00Z"),
        one("110103", 6, "2008-05-06", "2009-06-01T00:00:00Z"),
        one("110101", 7, "2012-05-06", "2012-06-01T00:00:00Z"),
        one("533423", 8, "2012-05-07", "2012-06-01T00:00:00Z"),
        one("522201", 9, "2008-05-07", "2009-06-01T00:00:00Z"),
    ]
    seen = {"2008-05": "observed", "2012-05": "observed"}
    cover = {
        "110229": {"2012-05": "observed", "2012-06": "observed_zero", "2016-05": "never_tried"},
        "110119": {"2012-05": "partial", "2012-06": "blocked", "2016-05": "observed"},
        "110101": seen,
        "110103": {"2008-05": "observed", "2012-05": "no_site"},
        "533423": {"1984-12": "never_tried", "2012-05": "observed"},
        "522201": {"2008-05": "observed"},
        "990101": {"2012-05": "observed_zero"},
    }
    return filled(tmp_path_factory.mktemp("divided") / "a.db", pages, cover)


def test_the_code_at_the_time_stands_beside_the_code_of_today(divided: Path) -> None:
    then = {(row["county"], row["month"]): (row["code_then"], row["name_then"]) for row in table(divided)}
    assert then["110119", "2012-05"] == ("110229", "延庆县")
    assert then["110119", "2016-05"] == ("110119", "延庆区")
    assert then["533423", "1984-12"] == ("533423", "维西县")
    assert then["533423", "2012-05"] == ("533423", "维西傈僳族自治县")
    assert then["110103", "2008-05"] == ("110103", "崇文区")
    assert then["990101", "2012-05"] == (None, None), "a county outside the directory"


def test_one_series_from_yanqing_county_to_yanqing_district(divided: Path) -> None:
    for base, code, name in ((2024, "110119", "延庆区"), (2012, "110229", "延庆县")):
        series = [row for row in table(divided, base_year=base) if row["county"] in ("110119", "110229")]
        assert [(r["county"], r["name"]) for r in series] == [(code, name)] * 3
        assert [r["month"] for r in series] == ["2012-05", "2012-06", "2016-05"]
        assert [r["articles"] for r in series] == [3, None, 1]
        assert [r["status"] for r in series] == ["partial", "blocked", "partial"]
        assert [(r["county_months"], r["county_months_observed"]) for r in series] == [(2, 1), (2, 1), (2, 1)]
        assert [r["division"] for r in series] == (["same", "same", None] if base == 2024 else [None, None, "same"])


def test_a_county_that_another_took_over_is_added_and_marked(divided: Path) -> None:
    joined = {(r["county"], r["month"]): r for r in table(divided, base_year=2024)}
    assert ("110103", "2008-05") not in joined
    assert (joined["110101", "2008-05"]["articles"], joined["110101", "2008-05"]["division"]) == (2, "merged")
    assert joined["110101", "2008-05"]["code_then"] == "110101,110103"
    apart = {(r["county"], r["month"]): r for r in table(divided, base_year=2008)}
    assert apart["110103", "2008-05"]["articles"] == apart["110101", "2008-05"]["articles"] == 1
    assert apart["110101", "2008-05"]["division"] is None
    assert apart["110101", "2012-05"]["division"] == "split", "it holds what were two counties, and nothing divides it"


def test_a_change_of_low_confidence_is_not_applied_and_is_said(divided: Path) -> None:
    [row] = [r for r in table(divided, base_year=2024) if r["county"] in ("522201", "520600")]
    assert (row["county"], row["articles"], row["division"]) == ("522201", 1, "unclear")
    [change] = rows(divided, "SELECT * FROM division_changes WHERE code = '522201'")
    assert (change["relation"], change["confidence"], change["weight"]) == ("unclear", "low", None)


def test_plain_sql_of_the_page_gives_the_same(divided: Path) -> None:
    """What docs/panel.md shows: articles by county and month, the series of 2024, and what a migration leaves out."""
    shown = re.findall(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    by_month, series, doubtful = shown
    plain = {(r["county"], r["month"]): r["articles"] for r in rows(divided, by_month)}
    assert plain == {(r["county"], r["month"]): r["articles"] for r in table(divided) if r["articles"]}
    plain = {(r["county_2024"], r["month"]): r["articles"] for r in rows(divided, series)}
    based = table(divided, base_year=2024)
    assert plain == {(r["county"], r["month"]): r["articles"] for r in based if r["articles"]}
    for statement in filter(str.strip, doubtful.split(";")):
        rows(divided, statement)


def test_coverage_keeps_a_former_code_and_the_command_joins_it(divided: Path, tmp_path: Path) -> None:
    copy = World(tmp_path)
    with sqlite3.connect(divided) as old, sqlite3.connect(copy.db) as new:
        old.backup(new)
        new.execute("DELETE FROM coverage_county_month")
        new.execute("DELETE FROM sites WHERE id NOT IN ('110229', '110119')")
    old.close()
    new.close()
    govnews(copy, "coverage", "--db", "a.db", "--from", "2012-05", "--to", "2012-05")
    said = govnews(
        copy, *"export --db a.db --panel county-month --fields county,code_then,status,articles --format csv".split()
    )
    assert said.splitlines()[1:] == ['"110119","110229","partial",1', '"110229","110229","partial",2']
    said = govnews(
        copy, *"export --db a.db --panel county-month --base-year 2024 --fields county,division,articles".split()
    )
    assert said.splitlines()[1:] == ['"110119","same",3']
    said = govnews(copy, *"export --db a.db --panel county-week --base-year 2024 --wide articles".split())
    assert said.splitlines()[0].endswith('"2012-W19","2012-W20","2012-W21","2012-W22"')


def test_a_base_year_needs_counties_and_the_directory(divided: Path, tmp_path: Path) -> None:
    with pytest.raises(Failure, match="counties"):
        table(divided, "province-month", base_year=2024)
    bare = filled(tmp_path / "a.db", [], {"110119": {"2012-05": "observed_zero"}})
    with sqlite3.connect(bare) as connection:
        connection.execute("DELETE FROM division_changes")
    connection.close()
    assert table(bare)[0]["code_then"] is None
    with pytest.raises(Failure, match="divisions changed"):
        table(bare, base_year=2024)


def test_marks_by_hand() -> None:
    known = {"1": "甲区", "2": "乙县", "3": "丙县"}
    changes = [
        Change("9", "甲县", 1990, 2004, "1", "same"),
        Change("8", "丁县", 1990, 2009, "1", "merged"),
        Change("7", "戊县", 1990, 2011, "2", "unclear"),
    ]
    divisions = Divisions(known, changes)
    assert divisions.at("1", 2004) == divisions.at("9", 2001) == ("9", "甲县")
    assert divisions.at("8", 2009) == ("8", "丁县") and divisions.at("8", 2010) == ("1", "甲区")
    assert divisions.at("7", 2012) is None is divisions.today("7")
    assert divisions.mark("1", 2010, 2005) == "split" and divisions.mark("1", 2005, 2010) == "merged"
    assert divisions.mark("2", 2010, 2020) == "unclear" and divisions.mark("2", 2013, 2020) is None
    assert divisions.mark("1", 2003, 2006) == "same" and divisions.mark("3", 1990, 2020) is None
    assert divisions.mark("0", 2000, 2020) is None, "outside the directory"


NEW_YEAR = date(2024, 1, 1)


def moved(path: Path, *, redate: int, fall: int, many: int = 9) -> Path:
    """Nine articles of nine days, read again in March after a migration: so many print 1 March, of so many the count fell."""
    pages = []
    for n in range(many):
        day = f"{NEW_YEAR + timedelta(days=n)}"
        pages.append(one("990901", n, day, f"{NEW_YEAR + timedelta(days=n + 30)}T04:00:00Z", views=100 + n))
        now = "2024-03-01" if n < redate else day
        pages.append(one("990901", n, now, "2024-03-02T04:00:00Z", views=5 if n < fall else 200))
    return filled(path, pages, {"990901": {"2024-01": "observed", "2024-03": "observed"}})


def test_mass_redating_is_flagged_and_not_altered(tmp_path: Path) -> None:
    path = moved(tmp_path / "a.db", redate=6, fall=0)
    found = rows(path, "SELECT * FROM redated_articles ORDER BY was")
    assert [r["was"] for r in found] == [f"2024-01-0{n + 1}" for n in range(6)]
    assert {(r["publish_date"], r["evidence"]) for r in found} == {("2024-03-01", "version")}
    assert [(r["month"], r["articles"], r["redated"]) for r in table(path)] == [("2024-01", 3, 0), ("2024-03", 6, 6)]
    with open_archive(path, read_only=True) as archive:
        lives = survival(archive)
        assert sum(dict(zip(lives.names, row, strict=True))["redated"] for row in lives.rows()) == 6
        [health] = examine(archive, now="2024-03-03T00:00:00Z")
    assert [f.sentence for f in health.findings if f.code == "redated"] == [
        "6 articles that were of other days before now print 2024-03-01"
    ]
    assert health.healthy, "a remark"


def test_a_few_corrections_are_no_mass_redating(tmp_path: Path) -> None:
    assert rows(moved(tmp_path / "a.db", redate=4, fall=0), "SELECT * FROM redated_articles") == []


def test_dates_that_fall_on_one_day_against_the_list_are_flagged(tmp_path: Path) -> None:
    pages = [one("990901", n, "2024-03-01", "2024-03-02T04:00:00Z") for n in range(6)]
    path = filled(tmp_path / "a.db", pages, {})
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO sightings (uid, site, column_url, target_url, target_key, list_title, list_date, list_day, first_seen, last_seen) "
            "SELECT uid, site, 'x', url, url_key, title, d, d, 'x', 'x' FROM (SELECT *, date('2024-01-01', id || ' days') AS d FROM articles)"
        )
    connection.close()
    assert {r["evidence"] for r in rows(path, "SELECT * FROM redated_articles")} == {"list"}


def test_a_reset_of_counters_is_flagged(tmp_path: Path) -> None:
    path = moved(tmp_path / "a.db", redate=0, fall=6)
    [reset] = rows(path, "SELECT * FROM counter_resets")
    assert tuple(reset.values()) == ("990901", "inline", "2024-03-02", 6, 9)
    after = rows(path, "SELECT * FROM observations_after_reset")
    assert len(after) == 9 and {r["observed_at"] for r in after} == {"2024-03-02T04:00:00Z"}
    with open_archive(path, read_only=True) as archive:
        [health] = examine(archive, now="2024-03-03T00:00:00Z")
        lives = survival(archive)
        assert sum(dict(zip(lives.names, row, strict=True))["counter_reset"] for row in lives.rows()) == 9
    assert [f.sentence for f in health.findings if f.code == "counts_reset"] == [
        "view counts of 6 of 9 articles that were read again on 2024-03-02 had fallen"
    ]
    assert rows(moved(tmp_path / "b.db", redate=0, fall=4), "SELECT * FROM counter_resets") == [], "most did not fall"


def test_views_are_those_of_the_age_asked_for(tmp_path: Path) -> None:
    path = moved(tmp_path / "a.db", redate=0, fall=6)
    [january, _] = table(path)
    assert (january["views_printed"], january["views_printed_n"]) == (104.0, 9), "read at 30 days: 100 to 108"
    assert january["views_counter"] is january["views_counter_n"] is None, "no counter answered"
    assert january["views_after_reset"] == 0 and january["count_shown"] == 9
    [later, _] = table(path, ages=(50, 61))
    assert (later["views_printed"], later["views_after_reset"]) == (5.0, 9)
    [never, _] = table(path, ages=(300, 400))
    assert never["views_printed"] is never["views_printed_n"] is never["views_after_reset"] is None
