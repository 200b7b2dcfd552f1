"""The panel equals plain SQL on the tables, is null where nobody observed, and goes into every format; lives are intervals."""

from __future__ import annotations

import csv
import random
import sqlite3
import statistics
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pyarrow.parquet
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


@pytest.fixture(scope="module")
def rich(db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which everything that is counted occurs: sources, reprints, edits, losses, readings of view counts, doubtful days."""
    path = tmp_path_factory.mktemp("rich") / "a.db"
    with sqlite3.connect(db) as old, sqlite3.connect(path) as new:
        old.backup(new)
        new.executescript(RICH)
        seed = random.Random(7)
        for uid, day in new.execute("SELECT uid, publish_date FROM articles").fetchall():
            for age in seed.sample(range(20, 41), 3):
                at = f"{date.fromisoformat(day) + timedelta(days=age)}T0{seed.randrange(8)}:00:00Z"
                row = (uid, at, seed.choice(("inline", "vsb")), seed.randrange(900), 0, "")
                new.execute("INSERT OR IGNORE INTO view_observations VALUES (?, ?, ?, ?, ?, ?)", row)
    old.close()
    new.close()
    return path


RICH = """
UPDATE articles SET last_seen = '2025-02-01T00:00:00Z' WHERE id % 3 = 0;
UPDATE articles SET presence = 'gone' WHERE id % 7 = 0;
UPDATE articles SET text_sha256 = 'same' WHERE id % 4 = 1;
UPDATE articles SET source = NULL WHERE id % 5 = 0;
UPDATE articles SET source = 'S' || (id % 4) WHERE id % 5 > 0;
UPDATE articles SET publish_date = '2024-09-02' WHERE site = '992001' AND publish_date < '2024-09-02';
DELETE FROM source_kinds;
INSERT INTO source_kinds SELECT DISTINCT site, source, CASE source WHEN 'S0' THEN 'own-county' WHEN 'S1' THEN 'central'
    WHEN 'S2' THEN 'commercial' ELSE 'unknown' END, NULL, 'test' FROM articles WHERE source IS NOT NULL AND site <> '992008';
INSERT INTO text_signatures SELECT DISTINCT text_sha256, '', iif(id % 2, x'00', NULL) FROM articles WHERE site <> '992007' GROUP BY 1;
INSERT INTO reprints SELECT uid, version, uid, uid, NULL, NULL FROM articles WHERE id % 6 = 1;
INSERT INTO revisions SELECT 100000 + 10 * id + n, uid, iif(n = 2, 'extractor', 'site'), extractor, first_seen, last_seen, fetched_at,
    title, publish_time, publish_time_precision, publish_date, source, view_count, view_count_state, body, author, editor, section, issuer,
    document_number, index_number, keywords, flags, via, title_raw, publish_time_raw, source_raw, view_count_raw, sha256, text_sha256
    FROM articles, (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2) WHERE id % 4 = 0;
"""
_AGAIN = "SELECT uid FROM articles WHERE presence <> 'alive' OR last_seen > first_seen OR uid IN (SELECT uid FROM revisions WHERE cause = 'site')"
_KIND = "(SELECT kind FROM source_kinds k WHERE k.site = a.site AND k.source = a.source)"
_SORTED = f"NOT EXISTS (SELECT 1 FROM cell JOIN articles a USING (uid) WHERE a.source IS NOT NULL AND {_KIND} IS NULL)"
_SIGNED = "NOT EXISTS (SELECT 1 FROM cell JOIN articles a USING (uid) WHERE text_sha256 NOT IN (SELECT text_sha256 FROM text_signatures))"
_OLD = "EXISTS (SELECT 1 FROM cell WHERE uid IN (" + _AGAIN + "))"
PLAIN = {
    "articles": "SELECT count(*) FROM cell",
    "hits": "SELECT count(*) FROM cell JOIN articles USING (uid) WHERE title || body LIKE '%夏%'",
    "different_texts": "SELECT count(DISTINCT text_sha256) FROM cell JOIN articles USING (uid)",
    "characters": "SELECT sum(length(body)) FROM cell JOIN articles USING (uid)",
    "asked_again": f"SELECT count(*) FROM cell WHERE uid IN ({_AGAIN})",
    "edited": f"SELECT count(DISTINCT uid) FROM cell JOIN revisions USING (uid) WHERE cause = 'site' HAVING {_OLD}",
    "edits": f"SELECT count(*) FROM cell JOIN revisions USING (uid) WHERE cause = 'site' HAVING {_OLD}",
    "no_longer_found": f"SELECT count(*) FROM cell JOIN articles USING (uid) WHERE presence = 'gone' HAVING {_OLD}",
    "own_words": f"SELECT count(*) FROM cell JOIN articles a USING (uid) WHERE {_KIND} = 'own-county' HAVING {_SORTED}",
    "from_above": f"SELECT count(*) FROM cell JOIN articles a USING (uid) WHERE {_KIND} = 'central' HAVING {_SORTED}",
    "other_source": f"SELECT count(*) FROM cell JOIN articles a USING (uid) WHERE {_KIND} = 'commercial' HAVING {_SORTED}",
    "unknown_source": f"SELECT count(*) FROM cell JOIN articles a USING (uid) WHERE {_KIND} = 'unknown' HAVING {_SORTED}",
    "no_source": "SELECT count(*) FROM cell JOIN articles USING (uid) WHERE source IS NULL",
    "own_share": f"SELECT avg({_KIND} = 'own-county') FROM cell JOIN articles a USING (uid) WHERE source IS NOT NULL HAVING {_SORTED}",
    "above_share": f"SELECT avg({_KIND} = 'central') FROM cell JOIN articles a USING (uid) WHERE source IS NOT NULL HAVING {_SORTED}",
    "texts_compared": "SELECT count(*) FROM cell JOIN articles USING (uid) JOIN text_signatures USING (text_sha256) "
    f"WHERE signature IS NOT NULL HAVING {_SIGNED}",
    "text_elsewhere": f"SELECT count(*) FROM cell JOIN reprints USING (uid) HAVING {_SIGNED}",
    "count_shown": "SELECT count(*) FROM cell JOIN articles USING (uid) WHERE view_count_state = 'shown'",
    "count_label_only": "SELECT count(*) FROM cell JOIN articles USING (uid) WHERE view_count_state = 'label-without-number'",
    "count_absent": "SELECT count(*) FROM cell JOIN articles USING (uid) WHERE view_count_state = 'absent'",
    "redated": "SELECT count(*) FROM cell JOIN redated_articles USING (uid)",
}
"""Measure → plain SQL over the articles of one cell (table cell)."""
_READ = (
    "SELECT o.uid, o.value, abs(julianday(date(o.observed_at, '+8 hours')) - julianday(a.publish_date) - 30) AS off, o.observed_at "
    "FROM cell JOIN articles a USING (uid) JOIN view_observations o USING (uid) WHERE off <= 5 AND (o.method = 'inline') = ? "
    "ORDER BY off DESC, o.observed_at DESC, o.value DESC"
)
SPANS = {
    "week": ("coverage_county_week", "week", "monday", "date(monday, '+6 days')"),
    "month": ("coverage_county_month", "month", "month || '-01'", "month || '-31'"),
    "year": ("coverage_county_month", "substr(month, 1, 4)", "month || '-01'", "month || '-31'"),
}


@pytest.mark.parametrize("kind", ["county-week", "county-month", "county-year", "prefecture-week", "province-month"])
def test_every_measure_equals_plain_sql(rich: Path, kind: str) -> None:
    unit, _, period = kind.partition("-")
    source, label, first, last = SPANS[period]
    connection = sqlite3.connect(rich)
    connection.execute("CREATE TEMP TABLE cell (uid TEXT PRIMARY KEY)")
    met = set[str]()
    for row in table(rich, kind, hits=(TERM,)):
        place = {"county": "county = :county", "prefecture": "province IS :province AND prefecture IS :prefecture"}
        of = f"FROM {source} WHERE {label} = :period AND {place.get(unit, 'province IS :province')}"
        values = {**{name: row.get(name) for name in ("county", "province", "prefecture")}, "period": row[period]}
        connection.execute("DELETE FROM cell")
        connection.execute(
            f"INSERT INTO cell SELECT a.uid FROM (SELECT county, {first} AS first, {last} AS last {of} AND archived > 0 "
            "AND status IN ('observed', 'partial')) c JOIN articles a ON a.site = c.county AND a.publish_date BETWEEN c.first AND c.last",
            values,
        )
        [(parts, zeros, listed)] = connection.execute(
            f"SELECT count(*), sum(status = 'observed_zero'), sum(listed) {of}", values
        )
        assert row["listed"] == listed and row.get(f"county_{'week' if period == 'week' else 'month'}s", 1) == parts
        empty = not connection.execute("SELECT count(*) FROM cell").fetchone()[0]
        for name, sql in PLAIN.items():
            [plain] = connection.execute(sql).fetchone() or (None,)
            if empty:
                plain = 0 if zeros and not name.endswith("share") else None
            assert row[name] == (round(plain, 4) if isinstance(plain, float) else plain), (row, name)
            met |= {name} if plain else set()
        for name, inline in (("views_printed", True), ("views_counter", False)):
            nearest = {uid: value for uid, value, *_ in connection.execute(_READ, (inline,))}
            assert row[name] == (statistics.median(nearest.values()) if nearest else None), name
            assert row[f"{name}_n"] == (len(nearest) or None)
            met |= {name} if nearest else set()
    connection.close()
    assert met >= {*PLAIN, "views_printed", "views_counter"} - {"count_shown", "count_label_only"}, (
        "each occurs somewhere"
    )


def test_a_zero_stands_for_nothing_but_silence(db: Path) -> None:
    rows = table(db, "county-month", hits=(TERM,))
    assert len(rows) == 9 * len(TRUTH)
    for row in rows:
        counts = {row[name] for name in ("articles", "characters", "hits", "edited", "no_longer_found", "own_words")}
        if row["status"] == "observed_zero":
            assert counts == {0}
        elif row["status"] not in ("observed", "partial"):
            assert counts == {None}
        else:
            assert row["articles"] != 0
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
    goal, wide = tmp_path / f"panel.{format}", tmp_path / f"wide.{format}"
    with open_archive(db, read_only=True) as archive:
        assert export(panel(archive, Ask("county-month")), format, goal).rows == 9 * len(TRUTH)
        assert export(panel(archive, Ask("county-month", wide="articles")), format, wide).rows == len(TRUTH)
    if format == "csv":
        with goal.open(encoding="utf-8-sig", newline="") as file:
            by = {(row["county"], row["month"]): row for row in csv.DictReader(file)}
        assert (by["992001", "2024-08"]["articles"], by["992002", "2024-08"]["articles"]) == ("0", "")
        with wide.open(encoding="utf-8-sig", newline="") as file:
            across = {row["county"]: row for row in csv.DictReader(file)}
        assert {(c, m): across[c][m] for c, m in by} == {key: row["articles"] for key, row in by.items()}
    elif format == "parquet":
        table = pyarrow.parquet.read_table(goal)
        assert str(table.schema.field("views_counter").type) == "double", "the type does not hang on what was read"
        assert str(pyarrow.parquet.read_table(wide).schema.field("2024-08").type) == "int64"
    elif format == "stata":
        with pandas.io.stata.StataReader(goal) as file:
            assert file.variable_labels()["articles"] == "articles archived; a lower bound where partial"
            frame = file.read()
        assert frame["articles"].isna().sum() > 40 and (frame["articles"] == 0).sum() > 5
        assert "_2024_08" in pandas.read_stata(wide)
    else:
        sheet = openpyxl.load_workbook(goal)["data"]
        heads = {sheet.cell(1, n).value: n for n in range(1, sheet.max_column + 1)}
        assert sheet.cell(2, heads["articles"]).value == "篇数"
        assert sheet.cell(3, heads["begins"]).value == datetime(2024, 6, 1), "a date, not a text"


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
