"""`site coverage`: how many counties of each province are known, crawlable, onboarded, archived, healthy."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from govnews.archive import open_archive, reached
from govnews.cli.app import cli
from govnews.model import Column, Site
from govnews.sites import STEPS, directory, steps

OWN = Site("533423-rmt", "维西县", "http://rm.weixi.test/", columns=(Column("要闻", "http://rm.weixi.test/xw/"),))


def test_each_step_counts_counties_and_none_counts_twice() -> None:
    before = steps({}, set(), set())["云南省"]
    after = steps({OWN.id: OWN}, {"533423", "533422"}, {"533423"})["云南省"]
    assert after == {**before, "onboarded": 1, "archived": 2, "healthy": 1}
    assert before["counties"] >= before["known"] >= before["crawlable"] > 80


def test_all_counties_of_the_directory_are_counted_once() -> None:
    table = steps({}, set(), set())
    counties = [d for d in directory().divisions.values() if d.level == "county"]
    assert sum(row["counties"] for row in table.values()) == len(counties) == 2847
    assert sum(row["crawlable"] for row in table.values()) >= 2149


def test_a_county_that_is_healthy_without_an_article_is_not() -> None:
    assert steps({}, set(), {"533423"})["云南省"]["healthy"] == 0


def test_the_command_says_one_province_as_json(tmp_path: Path) -> None:
    words = ["site", "coverage", "--province", "云南", "--db", str(tmp_path / "none.db"), "--json"]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    [row] = [json.loads(line) for line in done.stdout.splitlines()]
    assert row["province"] == "云南省" and set(row) == {"province", *STEPS}


def test_an_archive_has_reached_a_county_by_any_of_its_sites(tmp_path: Path) -> None:
    """One that is of two sites is well when both are; the newest run that visited a site counts, however long ago."""
    with open_archive(tmp_path / "a.db") as archive:
        sql = archive.connection
        for id, code in (
            ("533423", "533423"),
            ("533423-rmt", "533423"),
            ("533422", None),
            ("530102", "530102"),
            ("x", None),
        ):
            sql.execute(
                "INSERT INTO sites VALUES (?, 'x', NULL, '[]', ?, NULL, NULL, NULL, NULL, '{}', 'x', 'x')", (id, code)
            )
            if id != "530102":
                sql.execute(
                    "INSERT INTO articles (uid, version, site, url_key, view_count_state, body, flags, via, presence, first_seen, "
                    "last_seen, fetched_at, sha256, text_sha256, family, extractor) SELECT ?1, (SELECT count(*) FROM articles), ?1, ?1, "
                    "'absent', '', '[]', '{}', 'alive', 'x', 'x', 'x', 'x', 'x', 'x', 'x'",
                    (id,),
                )
        sql.execute("DELETE FROM articles WHERE site = '533423'")
        for at, sites in enumerate(
            ({"533422": {"verdict": "ok"}, "533423": {"verdict": "blocked"}}, {"533423": {"verdict": "ok"}}, None)
        ):
            said = json.dumps(sites) if sites else None
            sql.execute(
                "INSERT INTO runs (command, started_at, version, settings, sites) VALUES ('crawl', ?, 'x', '{}', ?)",
                (at, said),
            )
        assert reached(archive) == ({"533423", "533422", "x"}, {"533423", "533422"})
        said = json.dumps({"533423-rmt": {"verdict": "list_failed"}})
        sql.execute("UPDATE runs SET sites = ? WHERE sites IS NULL", (said,))
        assert reached(archive)[1] == {"533422"}
        assert reached(archive)[1] == {
            row["site"][:6] for row in sql.execute("SELECT site FROM latest_verdicts WHERE verdict = 'ok'")
        } - {"533423"}
