"""`site coverage`: how many counties of each province are known, crawlable, onboarded, archived, healthy."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from govnews.cli.app import cli
from govnews.cli.site_coverage import COUNTS, coverage
from govnews.model import Column, Site
from govnews.sites import directory

OWN = Site("533423-rmt", "维西县", "http://rm.weixi.test/", columns=(Column("要闻", "http://rm.weixi.test/xw/"),))


def test_each_step_counts_counties_and_none_counts_twice() -> None:
    before = coverage({}, set(), set())["云南省"]
    after = coverage({OWN.id: OWN}, {"533423", "533422"}, {"533423"})["云南省"]
    assert after == {**before, "onboarded": 1, "archived": 2, "healthy": 1}
    assert before["counties"] >= before["known"] >= before["crawlable"] > 80


def test_all_counties_of_the_directory_are_counted_once() -> None:
    table = coverage({}, set(), set())
    counties = [d for d in directory().divisions.values() if d.level == "county"]
    assert sum(row["counties"] for row in table.values()) == len(counties) == 2847
    assert sum(row["crawlable"] for row in table.values()) >= 2149


def test_a_county_that_is_healthy_without_an_article_is_not() -> None:
    assert coverage({}, set(), {"533423"})["云南省"]["healthy"] == 0


def test_the_command_says_one_province_as_json(tmp_path: Path) -> None:
    words = ["site", "coverage", "--province", "云南", "--db", str(tmp_path / "none.db"), "--json"]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    [row] = [json.loads(line) for line in done.stdout.splitlines()]
    assert row["province"] == "云南省" and set(row) == {"province", *COUNTS}
