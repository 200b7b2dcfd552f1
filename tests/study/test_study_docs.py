"""docs/study.md, then docs/panel.md, as a reader follows them: every command with `$` is run on a copy of the world, and its output compared.

`python tests/study/test_study_docs.py` writes the outputs anew.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

from world import World, build, govnews

PAGE = Path(__file__).resolve().parents[2] / "docs" / "study.md"
PANEL = PAGE.with_name("panel.md")
BLOCK = re.compile(r"```console\n\$ govnews ([^\n]+)\n(.*?)```", re.DOTALL)
SAMPLE = "role,replacement_for,code,status\ndrawn,,992002,crawlable\ndrawn,,992006,crawlable\n"


def written(world: World, page: Path = PAGE) -> str:
    """A page with what its commands say now."""
    (world.folder / "sample.csv").write_text(SAMPLE, "utf-8")

    def block(found: re.Match[str]) -> str:
        said = govnews(world, *found[1].split()).replace("\r\n", "\n").strip()
        return f"```console\n$ govnews {found[1]}\n{said}\n```"

    return BLOCK.sub(block, page.read_text("utf-8"))


def test_every_output_is_the_one_shown(world: World, tmp_path: Path) -> None:
    copy = World(Path(shutil.copytree(world.folder, tmp_path / "copy")))
    with sqlite3.connect(copy.db) as connection:
        connection.execute("DELETE FROM coverage_month")
        connection.execute("DELETE FROM coverage_county_month")
    connection.close()
    assert written(copy) == PAGE.read_text("utf-8"), "run: python tests/study/test_study_docs.py"
    assert len(BLOCK.findall(PAGE.read_text("utf-8"))) == 3
    assert written(copy, PANEL) == PANEL.read_text("utf-8"), "run: python tests/study/test_study_docs.py"
    assert len(BLOCK.findall(PANEL.read_text("utf-8"))) == 2


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        made = build(Path(temporary))
        for each in (PAGE, PANEL):
            each.write_text(written(made, each), "utf-8")
