"""docs/search.md as a reader types it: every command runs on a demo archive and answers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "search.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with data/demo.db."""
    folder = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, "-m", "govnews", "demo"], cwd=folder, check=True, capture_output=True)
    return folder


def test_every_command_answers(folder: Path) -> None:
    if not shutil.which("sqlite3"):
        pytest.skip("no sqlite3 shell here")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GOVNEWS_")}
    environment |= {"GOVNEWS_DB": "data/demo.db", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for command in COMMANDS:
        done = subprocess.run(
            command, shell=True, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, (command, done.stderr)
        assert "Error" not in done.stderr, (command, done.stderr)
        if ">" not in command:
            assert done.stdout.strip(), command
    assert len(COMMANDS) >= 10


def test_the_python_runs_and_all_ways_agree(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert code
    monkeypatch.chdir(folder)
    space: dict[str, list[dict[str, object]]] = {}
    exec(code[1], space)  # our own page
    months = [(row["month"], row["articles"]) for row in space["months"]]
    assert months == space["by_month"] != []
    assert sum(int(str(n)) for _, n in months) == space["total"] == len(space["rows"])  # type: ignore[comparison-overlap]
