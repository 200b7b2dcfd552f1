"""A site of no known vendor whose boxes hold more text than many of its articles: wrong page by page, right once its layout is learned,
also after a redesign between two runs. Real processes, a real server. May import: crawl_run, crawl_site, govnews.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from crawl_run import PYTHON, Archive, crawl, crawl_with, environment
from crawl_site import Reply, Server

from govnews import extract

SITE, HOST = "990977", "www.jianshan-zf.test"
BOXES = (
    "县图书馆延长夜间开放时间，新增阅览座位六十个，周末为孩子们讲故事，凭身份证就能办理借书手续，欢迎大家前来。",
    "城东停车场改造完工，三百个车位重新划线，出入口装上识别设备，前两个小时不收费用，住在附近的居民都说方便。",
    "老年大学秋季班开始报名，书法、太极、合唱各招两个班，名额有限，可在社区登记，也可打电话预约，报满为止。",
)


@dataclass(frozen=True)
class Notice:
    """An article. redesigned: on which of the two designs it is printed."""

    n: int
    day: str
    redesigned: bool = False

    @property
    def title(self) -> str:
        return f"尖山县发布第{self.n}号便民消息"

    @property
    def picture(self) -> bool:
        return self.n % 5 == 3

    @property
    def text(self) -> tuple[str, ...]:
        """Nothing but a picture, two lines, or a report."""
        if self.picture:
            return ()
        if self.n % 5 == 1:
            return (f"第{self.n}路公交车明日起改走北街。", "请大家留意站牌。")
        return tuple(
            f"第{self.n}次巡查从{street}开始，工作人员看了{self.n + k}家店铺，把发现的问题一条一条记下来，约好三天后再来复查。"
            for k, street in enumerate(("东街", "西街", "南街", "北街"))
        )

    def html(self) -> str:
        body = f'<img src="/p/{self.n}.jpg">' if self.picture else "".join(f"<p>{t}</p>" for t in self.text)
        shown = BOXES if self.n % 2 else BOXES[::-1]
        head = f"<title>{self.title}</title><body>"
        if self.redesigned:
            boxes = "".join(f"<section><h5>{text[:6]}</h5><p>{text}</p></section>" for text in shown)
            said = f"<p>日期：{self.day} 稿源：尖山融媒 访问量：{self.n}</p>"
            return f"{head}<main><h3>{self.title}</h3>{said}<div>{boxes}</div><div>{body}</div></main>"
        boxes = "".join(f"<tr><td><b>{text[:6]}</b><br>{text}</td></tr>" for text in shown)
        said = f"[来源：尖山县政府办] [时间：{self.day}] [阅读：{self.n}次]"
        left = f"<table><tr><td><b>{self.title}</b></td></tr><tr><td>{said}</td></tr><tr><td>{body}</td></tr></table>"
        return f"{head}<table><tr><td>{left}</td><td><table>{boxes}</table></td></tr></table>"


@dataclass
class Town:
    """What the server shows."""

    notices: list[Notice] = field(default_factory=list)

    def answer(self, _host: str, path: str, _headers: Mapping[str, str]) -> Reply:
        if path == "/xw/":
            rows = "".join(f'<li><a href="/n/{n.n}.html">{n.title}</a><span>{n.day}</span></li>' for n in self.notices)
            return Reply(f"<title>新闻</title><ul>{rows}</ul>".encode())
        page = next((n.html() for n in self.notices if path == f"/n/{n.n}.html"), None)
        return Reply(page.encode()) if page else Reply(status=404)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Town]]:
    """Two runs: twenty articles of the old design; five days later as many of the new one."""
    folder, town = tmp_path_factory.mktemp("town"), Town()
    with Server(town.answer) as server:
        (folder / "sites").mkdir()
        (folder / "sites" / f"{SITE}.toml").write_text(
            f'id = "{SITE}"\nname = "尖山县"\nhome = "http://{HOST}/"\nvia = "{server.address}"\ndelay = 0\n'
            f'[[columns]]\nname = "新闻"\nurl = "http://{HOST}/xw/"\n',
            "utf-8",
        )
        town.notices = [Notice(n, f"2026-05-{n - 99:02}") for n in range(119, 99, -1)]
        done = crawl(folder, [SITE])
        assert done.returncode == 0, done.stderr
        (folder / "said").write_text(done.stderr, "utf-8")
        (folder / "first.json").write_text(json.dumps(_layouts(folder)), "utf-8")
        town.notices = [Notice(n, f"2026-06-{n - 119:02}", True) for n in range(139, 119, -1)] + town.notices
        done = crawl_with(folder, [SITE], days=5)
        assert done.returncode == 0, done.stderr
    yield folder, town


def _layouts(folder: Path) -> list[dict[str, object]]:
    return list(json.loads(Archive(folder / "a.db").one("SELECT learned FROM sites"))["layouts"])


def _govnews(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [*PYTHON, "-m", "govnews", *words, "--db", "a.db", "--sites", "sites"],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def _wrong(folder: Path, town: Town) -> list[str]:
    """Articles of the archive whose text or picture is not the page's."""
    archive, wrong = Archive(folder / "a.db"), []
    held = {row["url"]: row for row in archive.rows("SELECT * FROM articles")}
    pictures = set(archive.column("SELECT url FROM images"))
    for n in town.notices:
        row = held[f"http://{HOST}/n/{n.n}.html"]
        right = (n.title, n.day, "尖山融媒" if n.redesigned else "尖山县政府办", n.n, "\n".join(n.text))
        read = tuple(row[name] for name in ("title", "publish_date", "source", "view_count", "body"))
        if read != right or (f"http://{HOST}/p/{n.n}.jpg" in pictures) != n.picture:
            wrong.append(f"{read} for {right}")
    return wrong


def test_the_archive_is_right_where_page_by_page_is_not(town: tuple[Path, Town]) -> None:
    folder, shown = town
    alone = [extract(n.html(), url=f"http://{HOST}/n/{n.n}.html").body == "\n".join(n.text) for n in shown.notices]
    assert sum(alone) < len(alone) / 2
    assert _wrong(folder, shown) == []


def test_what_was_learned_is_said_with_its_reasons(town: tuple[Path, Town]) -> None:
    folder, _ = town
    said = (folder / "said").read_text("utf-8")
    assert f"尖山县 ({SITE}): more is known now of where its pages have their text" in said
    shown = _govnews(folder, "site", "show", SITE)
    assert "html > body > main > div[2]" in shown and "texts of 12 of 12 pages" in shown
    [row] = [json.loads(line) for line in _govnews(folder, "site", "show", SITE, "--json").splitlines()]
    assert [layout["body"][-1] for layout in row["learned_layouts"]] == ["div[2]", "td"]


def test_a_redesign_closes_the_layout_and_another_is_learned(town: tuple[Path, Town]) -> None:
    folder, _ = town
    [first] = json.loads((folder / "first.json").read_text("utf-8"))
    new, old = _layouts(folder)
    assert first["until"] is None and new["until"] is None
    assert (old["body"], old["header"], old["since"]) == (first["body"], first["header"], first["since"])
    assert str(first["since"]) < str(old["until"]) <= str(new["since"])


def test_rows_say_by_what_they_were_read_and_changes_are_the_extractors(town: tuple[Path, Town]) -> None:
    folder, _ = town
    archive = Archive(folder / "a.db")
    assert set(archive.column("SELECT cause FROM revisions")) == {"extractor"}
    assert len(archive.column("SELECT DISTINCT extractor FROM articles")) == 1
    assert set(archive.column("SELECT via ->> '$.body' FROM articles")) == {"layout:td", "layout:div"}


def test_old_captures_read_as_they_did(town: tuple[Path, Town]) -> None:
    """Another extractor takes every page again: each is read with the layout of its day."""
    folder, shown = town
    with sqlite3.connect(folder / "a.db") as connection:
        connection.execute("UPDATE articles SET extractor = 'another'")
    connection.close()
    assert "40 pages read" in (done := _govnews(folder, "reextract")) and "0 articles changed" in done
    assert _wrong(folder, shown) == []


def test_a_saved_page_is_read_with_it_when_the_site_is_named(town: tuple[Path, Town]) -> None:
    folder, shown = town
    urls = {n.n: f"http://{HOST}/n/{n.n}.html" for n in shown.notices}
    wrong = (n for n in shown.notices if n.text and extract(n.html(), url=urls[n.n]).body != "\n".join(n.text))
    notice = next(n for n in wrong if not n.redesigned)  # a file of today is of the layout of today
    (folder / "saved.html").write_text(notice.html(), "utf-8")
    asked = ("extract", "saved.html", "--url", urls[notice.n])
    assert "by layout:td" in _govnews(folder, *asked, "--site", SITE, "--explain")
    [row] = [json.loads(line) for line in _govnews(folder, *asked, "--site", SITE, "--json").splitlines()]
    assert row["body"] == "\n".join(notice.text)
