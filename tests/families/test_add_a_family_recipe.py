"""docs/add-a-family.md, followed word by word in a copy of the tree: its files are written, its lines are typed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECIPE = (ROOT / "docs" / "add-a-family.md").read_text("utf-8")
FILES = re.findall(r"[Ii]n `([^`\s]+)`:\n\n```\w+\n(.*?)```", RECIPE, re.DOTALL)
LINES = re.findall(r"```sh\n(.*?)```", RECIPE, re.DOTALL)[-1].splitlines()


def test_the_example_is_a_family_with_all_that_one_must_have(tmp_path: Path) -> None:
    assert {Path(name).parts[0] for name, _ in FILES} == {"govnews", "tests"} and len(FILES) == 8
    for name in ("govnews", "docs", "tests", "pyproject.toml", "scrapy.cfg"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("*.db*"))
    for name, text in FILES:
        (tmp_path / name).write_text(text, "utf-8")
    for line in LINES:
        program, *words = shlex.split(line)
        assert program == "python"
        done = subprocess.run(
            [sys.executable, *words, *(["-n", "0", "-p", "no:cacheprovider"] if "pytest" in words else [])],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert "| `mailang` | 麦浪 MLCMS |" in (tmp_path / "docs" / "families.md").read_text("utf-8")
    assert "麦浪" not in (ROOT / "docs" / "families.md").read_text("utf-8"), "the copy was written to, not the tree"
