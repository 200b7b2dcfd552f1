"""The panel equals plain SQL on the tables, is null where nobody observed, and goes into every format; lives are intervals."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from world import FROM, TO, TRUTH, World, govnews

from govnews.archive import coverage, open_archive
from govnews.cli.commands.coverage import _place
from govnews.export import Ask, export, panel, survival
from govnews.model import Failure
from govnews.sites import counties

TERM = "夏"


@pytest.fixture(scope="module")
def db(world: World) -> Path:
    """The world's archive with its coverage."""
    with open_archive(world.db) as archive:
        for county in counties(TRUTH, world.sites):
            place = _place(archive, county)
            coverage.compute(archive.connection, [place], coverage.months(FROM, TO), now="2025-01-06T00:00:00Z")
    return world.db


def table(db: Path, kind: str, **more: Any) -> list[dict[str, Any]]:
    with open_archive(db, read_only=True) as archive:
        chosen = panel(archive, Ask(kind, **more))
        return [dict(zip(chosen.names, row, strict=True)) for row in chosen.rows()]


def test_it_equals_plain_sql(db: Path) -> None:
    connection = sqlite3.connect(db)
    rows = table(db, "county-month", hits=(TERM,))
    assert len(rows) == 9 * len(TRUTH)
    for row in rows:
        where = (row["county"], row["month"])
        counts = connection.execute(
            "SELECT count(*), sum(length(body)), sum(title || body LIKE ?) FROM articles WHERE site = ? AND substr(publish_date, 1, 7) = ?",
            (f"%{TERM}%", *where),
        ).fetchone()
        if row["status"] == "observed_zero":
            assert counts[0] == row["articles"] == row["characters"] == row["hits"] == 0
        elif row["status"] in ("observed", "partial") and counts[0]:
            assert (row["articles"], row["characters"], row["hits"]) == counts
        else:
            assert row["articles"] is row["characters"] is row["hits"] is row["edited"] is None
    connection.close()
    assert sum(row["hits"] or 0 for row in rows) > 3, "the term occurs"


def test_whose_words_and_texts_elsewhere_are_null_until_they_were_looked_for(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "a.db"
    with sqlite3.connect(db) as old, sqlite3.connect(copy) as new:
        old.backup(new)
    within = (
        "WHERE site = '992001' AND publish_date LIKE '2024%' "
        "AND substr(publish_date, 1, 7) IN (SELECT month FROM coverage_county_month WHERE county = '992001')"
    )
    [(uid, source)] = new.execute(f"SELECT uid, source FROM articles {within} AND source IS NOT NULL LIMIT 1")
    new.execute("DELETE FROM source_kinds")
    new.commit()

    def row() -> dict[str, Any]:
        return next(row for row in table(copy, "county-year", counties=["992001"]) if row["year"] == "2024")

    assert row()["own_words"] is row()["from_above"] is row()["text_elsewhere"] is None
    new.execute("INSERT INTO source_kinds VALUES ('992001', ?, 'central', NULL, 'test')", (source,))
    new.execute("INSERT INTO text_signatures SELECT DISTINCT text_sha256, '', x'00' FROM articles")
    new.execute("INSERT INTO reprints SELECT uid, version, uid, uid, NULL, NULL FROM articles WHERE uid = ?", (uid,))
    new.commit()
    same = new.execute(f"SELECT count(*) FROM articles {within} AND source = ?", (source,)).fetchone()[0]
    assert (row()["from_above"], row()["own_words"], row()["text_elsewhere"]) == (same, 0, 1)
    old.close()
    new.close()


def test_sums_over_places_and_years_say_how_much_was_observed(db: Path) -> None:
    [all_of_2024] = [row for row in table(db, "province-year") if row["year"] == "2024" and row["province"] is None]
    months = [row for row in table(db, "county-month") if row["month"] < "2025" and row["county"] != "653132"]
    assert all_of_2024["county_months"] == len(months) == 7 * 12
    assert all_of_2024["county_months_observed"] == sum(r["status"] in ("observed", "observed_zero") for r in months)
    assert all_of_2024["articles"] == sum(row["articles"] or 0 for row in months)
    [shut] = [row for row in table(db, "county-year") if row["county"] == "992002" and row["year"] == "2024"]
    assert shut["articles"] is None and shut["county_months_observed"] == 0


def test_only_the_counties_of_a_sample(db: Path) -> None:
    assert {row["county"] for row in table(db, "county-month", counties=["992001", "653132"])} == {"992001", "653132"}


@pytest.mark.parametrize("format", ["csv", "parquet", "stata", "xlsx"])
def test_every_format_takes_it(db: Path, tmp_path: Path, format: str) -> None:
    goal = tmp_path / f"panel.{format}"
    with open_archive(db, read_only=True) as archive:
        assert export(panel(archive, Ask("county-month")), format, goal).rows == 9 * len(TRUTH)
    if format == "csv":
        with goal.open(encoding="utf-8-sig", newline="") as file:
            by = {(row["county"], row["month"]): row for row in csv.DictReader(file)}
        assert (by["992001", "2024-08"]["articles"], by["992002", "2024-08"]["articles"]) == ("0", "")


def test_without_coverage_it_is_refused(tmp_path: Path) -> None:
    open_archive(tmp_path / "a.db").close()
    with open_archive(tmp_path / "a.db", read_only=True) as archive, pytest.raises(Failure, match="no coverage"):
        panel(archive, Ask("county-month"))


def test_a_life_is_an_interval(db: Path) -> None:
    with open_archive(db, read_only=True) as archive:
        chosen = survival(archive)
        lives = [dict(zip(chosen.names, row, strict=True)) for row in chosen.rows()]
    assert len(lives) == len({life["uid"] for life in lives}) > 40
    for life in lives:
        assert life["first_listed"] <= life["first_good"] <= life["last_good"] and life["first_failed"] is None
        assert life["left_truncated"] == 0


def test_the_command_writes_it(db: Path, world: World) -> None:
    said = govnews(world, "export", "--db", "a.db", "--panel", "prefecture-month", "--format", "csv")
    assert said.splitlines()[0].startswith('"province","prefecture","month","begins","county_months"')
