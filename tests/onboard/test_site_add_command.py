"""`govnews site add` as typed: what is asked, what is written, what is left alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govnews.cli.app import cli
from govnews.demo.server import DemoServer, Trouble
from govnews.model import Failure
from govnews.sites import load_site_files

HOME = "www.huaidu.test"


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer(troubles=[Trouble.parse("wall@www.yanbo.test/")]) as running:
        yield running


def _add(server: DemoServer, folder: Path, *words: str, home: str = HOME) -> Result:
    return CliRunner().invoke(cli, ["site", "add", home, "--via", server.address, "--sites", str(folder), *words])


def _failure(result: Result) -> Failure:
    assert isinstance(result.exception, Failure)
    return result.exception


def test_a_dry_run_writes_nothing(server: DemoServer, tmp_path: Path) -> None:
    done = _add(server, tmp_path, "--dry-run", "--json")
    assert done.exit_code == 0 and not list(tmp_path.iterdir())
    said = json.loads(done.stdout)
    assert said["family"] == "vsb" and said["asks"] == 1 and len(said["articles"]) == 3
    assert 'url = "http://www.huaidu.test/xwzx/zwyw.htm"' in said["site_file"]
    assert all(said["articles"][0][name] for name in ("title", "publish_time", "source", "view_count", "body"))


def test_without_yes_and_a_terminal_nothing_is_written(server: DemoServer, tmp_path: Path) -> None:
    assert _failure(_add(server, tmp_path)).code == "not_asked"
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written_whole_is_not_written(server: DemoServer, tmp_path: Path) -> None:
    """Samples that cannot be kept (here: a file stands where their folder belongs) leave no site file, so the same command can be
    given again."""
    path = tmp_path / "99" / "990201.toml"
    path.parent.mkdir()
    blocked = path.with_suffix(".samples")
    blocked.touch()
    assert _failure(_add(server, tmp_path, "--yes")).code == "cannot_write"
    assert not path.exists()
    blocked.unlink()
    assert _add(server, tmp_path, "--yes").exit_code == 0


def test_nothing_is_written_over(server: DemoServer, tmp_path: Path) -> None:
    assert _add(server, tmp_path, "--yes").exit_code == 0
    path = tmp_path / "99" / "990201.toml"
    path.write_text(path.read_text("utf-8") + "# mine\n", "utf-8")
    assert _failure(_add(server, tmp_path, "--yes")).code == "site_file_there"
    assert path.read_text("utf-8").endswith("# mine\n")
    assert {i for i, s in load_site_files(tmp_path).items() if s.origin.startswith(str(tmp_path))} == {"990201"}


def test_a_county_that_is_given_wins(server: DemoServer, tmp_path: Path) -> None:
    done = _add(server, tmp_path, "--county", "维西", "--id", "533423-rmt", "--yes")
    assert done.exit_code == 0
    assert load_site_files(tmp_path)["533423-rmt"].home == f"http://{HOME}/"
    assert "other marks mean" in done.stdout and "990201" in done.stdout


def test_a_wall_writes_nothing_and_gives_a_file_to_fill_in(server: DemoServer, tmp_path: Path) -> None:
    done = _add(server, tmp_path, "--yes", home="www.yanbo.test")
    assert _failure(done).code == "not_understood" and not list(tmp_path.iterdir())
    assert "FILL IN" in done.stdout and "status 403" in done.stdout
