"""The docs cannot rot: generated pages equal what makes them, links lead somewhere, the README's Python runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govnews.cli.docs import PAGES

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name](), "run: python -m govnews.cli.docs"


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_python_of_the_readme_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    assert code
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_text(
        "<h1>某县召开春耕生产会议</h1><p>发布时间：2024-03-01 10:00 来源：某县人民政府</p><p>会议部署春耕生产，要求抢抓农时，备足农资。</p>"
    )
    space: dict[str, object] = {}
    exec(code[1], space)  # our own README
    assert space["article"].source == "某县人民政府"  # type: ignore[attr-defined]


def test_the_readme_names_real_targets_and_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", text, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    commands = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for command in re.findall(r"govnews (crawl|search|site show|demo|extract)", text):
        assert f"## govnews {command}\n" in commands
