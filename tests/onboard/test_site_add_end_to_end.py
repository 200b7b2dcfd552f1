"""`govnews site add` on every county of the demo from its home address alone, then a crawl with the written files and nothing else."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govnews.cli.app import cli
from govnews.demo import content, families, truth
from govnews.demo.families import truth as families_truth
from govnews.demo.server import DemoServer
from govnews.demo.truth import Truth
from govnews.demo.worlds import FAMILIES, THREE, World
from govnews.sites import read_site_file

FIELDS = "title publish_time publish_time_precision publish_date source view_count view_count_state body".split()
HOMES = {c.id: ((c.host,), [f"http://{c.host}{k.path}" for k in c.columns], c.cms) for c in content.counties()}
HOMES |= {c.id: (c.hosts, [c.column_url()], c.family) for c in families.counties()}
RIGHT = {t.url: t for t in (*truth.truth(), *families_truth.truth())}


@dataclass
class Onboarded:
    """sites: the folder that was written. said: id → what `--json` said. asked: id → the server's log. articles: url → row."""

    sites: Path
    said: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, list[str]] = field(default_factory=dict)
    articles: dict[str, sqlite3.Row] = field(default_factory=dict)


def _crawl(ids: list[str], world: World, folder: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GOVNEWS_")}
    words = ["crawl", *ids, "--sites", "sites", "--db", "a.db", "--counters", world.counters]
    done = subprocess.run(
        [sys.executable, "-m", "govnews", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def onboarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Onboarded]:
    """All counties added, each from its home address, and crawled."""
    folder = tmp_path_factory.mktemp("onboard")
    out = Onboarded(folder / "sites")
    out.sites.mkdir()
    for world, counties in ((THREE, content.counties()), (FAMILIES, families.counties())):
        with DemoServer(world=world) as server:
            for county in counties:
                words = ["site", "add", f"http://{county.host}/", "--via", server.address, "--sites", str(out.sites)]
                words += (
                    ["--id", county.id] if "-" in county.id else []
                )  # a page says whose it is, not that it is the second
                done = CliRunner().invoke(cli, [*words, "--yes", "--json"])
                assert done.exit_code == 0, (county.host, done.output, done.exception)
                out.said[county.id] = json.loads(done.stdout)
                out.asked[county.id] = [a.host + a.target for a in server.log]
                server.log.clear()
            _crawl([c.id for c in counties], world, folder)
    connection = sqlite3.connect(folder / "a.db")
    connection.row_factory = sqlite3.Row
    out.articles = {row["url"]: row for row in connection.execute("SELECT * FROM articles")}
    connection.close()
    yield out


def _is_right(row: sqlite3.Row | None, right: Truth) -> bool:
    return row is not None and all(row[name] == getattr(right, name) for name in FIELDS)


@pytest.mark.parametrize("id", HOMES)
def test_what_was_written_is_the_site(onboarded: Onboarded, id: str) -> None:
    hosts, columns, family = HOMES[id]
    site = read_site_file(onboarded.sites / id[:2] / f"{id}.toml")
    assert (site.id, site.home, site.hosts) == (id, f"http://{hosts[0]}/", hosts)
    assert [c.url for c in site.columns] == columns
    known = {"diqing", "vsb", *(c.family for c in families.counties())} - {"generic"}
    assert site.family == (family if family in known else "")


@pytest.mark.parametrize("id", HOMES)
def test_its_articles_are_as_they_are(onboarded: Onboarded, id: str) -> None:
    right = [t for t in RIGHT.values() if t.site == id and t.kind == "article"]
    good = sum(_is_right(onboarded.articles.get(t.url), t) for t in right)
    assert right and good >= 0.98 * len(right)


def test_nothing_else_was_archived(onboarded: Onboarded) -> None:
    """No notice, nothing of an upper level."""
    assert onboarded.articles.keys() <= {t.url for t in RIGHT.values() if t.kind == "article"}


@pytest.mark.parametrize("id", HOMES)
def test_few_requests_and_one_question(onboarded: Onboarded, id: str) -> None:
    asked, said = onboarded.asked[id], onboarded.said[id]
    assert asked[0].endswith("/robots.txt") and len(asked) == len(set(asked)) == said["requests"] <= 20
    doubtful = [s["name"] for s in said["steps"] if s["state"] != "found"]
    assert doubtful == ([] if "-" in id else ["owner"])  # no county of the directory


def test_the_samples_read_as_expected(onboarded: Onboarded) -> None:
    for id in HOMES:
        folder = onboarded.sites / id[:2] / f"{id}.samples"
        pages = tomllib.loads((folder / "expected.toml").read_text("utf-8"))["pages"]
        assert [p["file"] for p in pages] == sorted(p.name for p in folder.glob("*.html"))
        articles = [p for p in pages if p["kind"] == "article"]
        assert len(articles) >= 3
        for page in articles:
            right = RIGHT[page["url"]]
            assert (page["title"], page.get("source")) == (right.title, right.source)
            assert right.body.startswith(page["body_start"])
