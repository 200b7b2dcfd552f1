"""docs/add-a-county.md, followed word by word: every shell line of it is typed, in order, in an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from govnews.demo.server import DemoServer
from govnews.sites import read_site_file

RECIPE = (Path(__file__).resolve().parents[2] / "docs" / "add-a-county.md").read_text("utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", RECIPE, re.DOTALL) for line in block.splitlines()]


def _type(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GOVNEWS_")}
    return subprocess.run(
        [sys.executable, "-m", *shlex.split(line)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, subprocess.CompletedProcess[str]]:
    """Line → what came of it; the county is up as the first line says, on a free port."""
    folder = tmp_path_factory.mktemp("recipe")
    assert LINES[0] == "govnews demo --serve --port 8123"
    out = {}
    with DemoServer() as server:
        for line in LINES[1:]:
            out[line] = _type(line.replace("http://127.0.0.1:8123", server.address), folder)
            assert out[line].returncode == 0, (line, out[line].stderr)
    out["folder"] = subprocess.CompletedProcess([], 0, stdout=str(folder))
    return out


def test_it_does_what_the_page_says(followed: dict[str, subprocess.CompletedProcess[str]]) -> None:
    look = next(done for line, done in followed.items() if "--dry-run" in line)
    assert "政务要闻" in look.stdout and "省内要闻" in look.stdout and "nothing was written" in look.stderr
    assert "1 of 8 steps ask a person" in look.stderr
    folder = Path(followed["folder"].stdout)
    site = read_site_file(folder / "my-sites/99/990201.toml")
    assert [c.name for c in site.columns] == ["政务要闻"]
    pages = tomllib.loads((folder / "my-sites/99/990201.samples/expected.toml").read_text("utf-8"))["pages"]
    assert sum(page["kind"] == "article" for page in pages) == 3
    assert "槐渡" in followed["govnews stats --db practice.db"].stdout


def test_the_file_on_the_page_is_a_site_file(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", RECIPE, re.DOTALL)
    path = tmp_path / "533423.toml"
    path.write_text(text, "utf-8")
    assert read_site_file(path).columns[0].name == "维西要闻"
