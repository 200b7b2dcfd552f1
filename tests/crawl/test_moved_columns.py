"""What a crawl meets of redirects is proposed by `site refresh`, line by line, and nothing is changed in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from crawl_run import crawl
from crawl_site import County, Reply, Server, Story, days, write_site

from govnews.cli.app import cli

SITE = "990101"
OLD = "http://www.jianshan.test/xw.htm"


def _refreshed(folder: Path, target: str, status: int = 301) -> tuple[list[dict[str, Any]], str]:
    """What is proposed after a crawl of a site whose only column redirects; and its file, which must stay as it is."""
    county = County(stories=[Story(1000 - n, day) for n, day in enumerate(days(8))])
    county.special["/xw.htm"] = Reply(status=status, headers={"Location": target})
    county.special["/news/xw.htm"] = Reply(county.list_html("xw", 1).encode())
    with Server(county.answer) as server:
        write_site(folder / "sites", SITE, county, via=server.address)
        written = (folder / "sites" / "99" / f"{SITE}.toml").read_text("utf-8")
        crawl(folder, [SITE])
    words = ["site", "refresh", "--sites", str(folder / "sites"), "--db", str(folder / "a.db"), "--json"]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    assert (folder / "sites" / "99" / f"{SITE}.toml").read_text("utf-8") == written
    return [json.loads(line) for line in done.stdout.splitlines()], written


@pytest.mark.parametrize("status", [301, 302, 308])
def test_a_column_that_leads_to_another_host_proposes_its_new_home_and_address(tmp_path: Path, status: int) -> None:
    target = "https://www.newhost.test/news/xw.htm"
    [home, column], written = _refreshed(tmp_path, target, status)
    assert (home["site"], home["what"], home["old"]) == (SITE, "host", 'home = "http://www.jianshan.test/"')
    assert home["new"] == 'home = "https://www.newhost.test/"'
    assert written.splitlines()[home["line"] - 1] == home["old"]
    assert (column["what"], target in column["new"]) == ("host", True)


def test_a_redirect_to_another_countys_host_proposes_nothing(tmp_path: Path) -> None:
    assert _refreshed(tmp_path, "http://www.weixi.gov.cn/xw.htm")[0] == []


def test_a_column_that_moved_on_its_host_proposes_its_new_address(tmp_path: Path) -> None:
    [found], _ = _refreshed(tmp_path, "/news/xw.htm")
    assert (found["what"], found["old"].count(OLD)) == ("path", 1)
    assert "http://www.jianshan.test/news/xw.htm" in found["new"]


def test_a_column_that_leads_nowhere_else_proposes_nothing(tmp_path: Path) -> None:
    assert _refreshed(tmp_path, OLD)[0] == []
