"""docs/import-export.md as a reader follows it: every command typed, every line of output compared, the Python run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "import-export.md"


def blocks(kind: str) -> list[str]:
    """The code blocks of a kind."""
    return re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def test_what_the_page_shows_is_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [console] = blocks("console")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GOVNEWS_")}
    steps = [step.splitlines() for step in re.split(r"^\$ ", console, flags=re.MULTILINE) if step]
    for command, *shown in steps:
        words = shlex.split(command)
        assert words[0] == "govnews"
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        if shown:
            assert done.stdout.splitlines() == shown
    monkeypatch.chdir(tmp_path)
    space: dict[str, Any] = {}
    for code in blocks("python"):
        exec(code, space)  # our own page
    assert len(space["frame"]) == 30 and space["views"].isna().any() and space["times"].notna().all()
    assert sum(row[2] for row in space["rows"]) == 30
    assert space["by_month"].sum() == space["frame"]["publish_date"].notna().sum()
