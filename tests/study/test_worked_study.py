"""docs/worked-study.md from the sample to the release, as it stands; every cell of its coverage against what the counties lack.

`python tests/study/test_worked_study.py` writes the outputs anew.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page import Reader
from world import CODES

from govnews.demo.run import serve_study
from govnews.demo.study import COUNTIES, Lacking
from govnews.model.codes import codes

PAGE = Path(__file__).resolve().parents[2] / "docs" / "worked-study.md"
MONTHS = ["2024-03", "2024-04", "2024-05", "2024-06", "2024-07", "2024-08"]
TRUTH = {
    "990701": "OOZOOO",
    "990702": "OOZZZZ",
    "990703": "BBBBBB",
    "990704": "OOZOOO",  # Kunming saw it
    "990705": "UUUUUU",
    "990706": "RRRRRR",
    "990707": "CCCCCC",
    "990708": "DDDDPO",
    "990709": "OGZOOO",
    "990710": "OOZPOO",
    "990711": "OOZOOO",  # Frankfurt saw it
    "990712": "NNNNNN",
    "990713": "SSSSSS",
}
"""County → a letter for each month, by what it lacks (demo/study.py); all of the sample and nothing else."""


@contextlib.contextmanager
def followed(folder: Path) -> Iterator[tuple[str, Reader]]:
    """The page with its outputs, and the folder full of what it made."""
    before, kept = Path.cwd(), {k: os.environ.pop(k) for k in list(os.environ) if k.startswith("GOVNEWS_")}
    os.chdir(folder)
    try:
        with serve_study(folder / "places"):
            reader = Reader(folder / "study.db")
            yield reader.follow(PAGE.read_text("utf-8")), reader
    finally:
        os.chdir(before)
        os.environ.update(kept)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, Reader]]:
    folder = tmp_path_factory.mktemp("worked")
    with followed(folder) as (text, reader):
        yield folder, text, reader


def test_every_output_is_the_one_shown(study: tuple[Path, str, Reader]) -> None:
    _, text, reader = study
    assert text == PAGE.read_text("utf-8"), "run: python tests/study/test_worked_study.py"
    kinds = ("sh", "console", "sql", "python")
    assert [reader.kinds.count(kind) for kind in kinds] == [6, 2, 2, 1]


def rows(path: Path, sql: str) -> list[dict[str, Any]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


def test_every_cell_of_the_coverage_is_what_the_counties_lack(study: tuple[Path, str, Reader]) -> None:
    said = {(r["county"], r["month"]): r for r in rows(study[0] / "study.db", "SELECT * FROM coverage_county_month")}
    assert said.keys() == {(id, month) for id in TRUTH for month in MONTHS}
    wrong = [
        (id, month, said[id, month]["status"], said[id, month]["detail"])
        for id, letters in TRUTH.items()
        for month, letter in zip(MONTHS, letters, strict=True)
        if said[id, month]["status"] != CODES[letter]
    ]
    assert not wrong
    assert {row["status"] for row in said.values()} == set(codes("coverage")), "each status occurs"


def test_every_count_is_what_the_counties_served(study: tuple[Path, str, Reader]) -> None:
    """Listed and archived of each cell, from the stories themselves: what some place was shown and what some place was given."""
    counties = {county.id: county for county in COUNTIES}
    for row in rows(study[0] / "study.db", "SELECT * FROM coverage_county_month"):
        shown, given = _served(counties[row["county"]], row["month"])
        if CODES[TRUTH[row["county"]][MONTHS.index(row["month"])]] in (
            "observed",
            "observed_zero",
            "partial",
            "gone_before_first_visit",
        ):
            assert (row["listed"], row["archived"]) == (shown, given), row
        else:
            assert row["listed"] is row["archived"] is None, row


def _served(county: Lacking, month: str) -> tuple[int, int]:
    stories = [story for story in county.stories if story.day.startswith(month)]
    return len(stories), sum(story.status == 200 for story in stories)


def test_one_place_alone_knows_less(study: tuple[Path, str, Reader]) -> None:
    verdict = "SELECT j.key AS site, j.value ->> '$.verdict' AS verdict FROM runs, json_each(sites) j"
    seen = {
        place: {r["site"]: r["verdict"] for r in rows(study[0] / f"{place}.db", verdict)}
        for place in ("kunming", "frankfurt")
    }
    assert (seen["kunming"]["990704"], seen["frankfurt"]["990704"]) == ("ok", "blocked")
    assert (seen["kunming"]["990711"], seen["frankfurt"]["990711"]) == ("unreachable", "ok")


def test_the_strata_add_up(study: tuple[Path, str, Reader]) -> None:
    from govnews.archive.coverage import by_stratum

    said = rows(study[0] / "study.db", "SELECT county, status FROM coverage_county_month")
    terrain = {county.id: county.terrain for county in COUNTIES if county.id in TRUTH}
    *strata, whole = by_stratum(said, terrain)
    assert [line["stratum"] for line in strata] == ["hill", "plain"]
    for name in ("counties", "whole", "some", "none", "county_months", *codes("coverage")):
        assert whole[name] == sum(line[name] for line in strata), name
    assert sum(whole[status] for status in codes("coverage")) == whole["county_months"] == 13 * 6


def test_the_panel_is_null_exactly_where_nobody_observed(study: tuple[Path, str, Reader]) -> None:
    table = study[2].space["panel"]
    for row in table.to_dict("records"):
        letter = TRUTH[row["county"]][MONTHS.index(row["month"])]
        assert (row["hits"] == row["hits"] and row["hits"] is not None and str(row["hits"]) != "<NA>") == (
            letter in "OZP"
        ), row


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary, followed(Path(temporary)) as (text, _):
        PAGE.write_text(text, "utf-8")
