"""docs/whose-words.md as a reader types it: every command gives what the page shows, and its figures are those of the benchmarks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "whose-words.md").read_text("utf-8")
FILES = re.findall(r"```csv (\S+)\n(.*?)```", TEXT, re.DOTALL)
SHOWN = re.findall(r"```sh\n(.*?)```\n```text\n(.*?)```", TEXT, re.DOTALL)
QUERIES = re.findall(r"```sql\n(.*?)```", TEXT, re.DOTALL)


def test_every_command_gives_what_the_page_shows(tmp_path: Path) -> None:
    pytest.importorskip("rensa")
    if not shutil.which("sqlite3"):
        pytest.skip("no sqlite3 shell here")
    subprocess.run([sys.executable, "-m", "govnews", "demo"], cwd=tmp_path, check=True, capture_output=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GOVNEWS_")}
    environment |= {"GOVNEWS_DB": "data/demo.db", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for name, content in FILES:
        (tmp_path / name).write_text(content, "utf-8")
    for commands, shown in SHOWN:
        done = subprocess.run(
            f"set -e\n{commands}",
            shell=True,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, (commands, done.stderr)
        assert done.stdout == shown, commands
    for query in QUERIES:
        subprocess.run(["sqlite3", "data/demo.db", query], cwd=tmp_path, check=True)
    assert len(SHOWN) >= 5 and len(FILES) == 2 and QUERIES
