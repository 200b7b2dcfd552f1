"""What is learned of a site decides between elements of a page and gives nothing of its own.

May import: govnews, hypothesis.
"""

from __future__ import annotations

import random
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from govnews import extract
from govnews.archive import open_archive, remember_sites
from govnews.extraction import find
from govnews.extraction.learning import ENOUGH, Seen, layout_at, learn, relearn
from govnews.ingest import Ingest, extractor_version
from govnews.ingest.layouts import AGAIN, learn_layout
from govnews.model import Article, LearnedLayout, Page, Site

BOXES = (
    "县图书馆延长夜间开放时间，新增阅览座位六十个，周末为孩子们讲故事，凭身份证就能办理借书手续，欢迎大家前来。",
    "城东停车场改造完工，三百个车位重新划线，出入口装上识别设备，前两个小时不收费用，住在附近的居民都说方便。",
    "老年大学秋季班开始报名，书法、太极、合唱各招两个班，名额有限，可在社区登记，也可打电话预约，报满为止。",
)
SITE = Site("990978", "尖山县", "http://www.jianshan-zf.test/")
PLACE = ("html", "body", "div", "div[3]")


def text(n: int, lines: int = 4) -> list[str]:
    return [
        f"第{n}次巡查走到第{n + k}条街，工作人员把看到的{n * k + 7}个问题一条一条记下来，约好三天后再来复查。"
        for k in range(lines)
    ]


def page(n: int, paragraphs: list[str], *, said: str = "", between: str = "", beside: tuple[str, ...] = BOXES) -> str:
    """An article of the town: headline, header line, text and boxes, none of them named."""
    said = said or f"发布时间：2026-05-{n % 28 + 1:02} 来源：尖山融媒 浏览次数：{n}"
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    boxes = "".join(f"<div><p>{b}</p></div>" for b in beside)
    return (
        f"<title>尖山县第{n}号便民消息</title><body><div><h2>尖山县第{n}号便民消息</h2><div>{said}</div><div></div>"
        f"<div>{body}</div>{between}<div>{boxes}</div></div>"
    )


def seen(pages: list[str], first: int = 0, *, fetched_at: str = "2026-06-01T00:00:{:02}Z") -> list[Seen]:
    out: list[Seen] = []
    for n, html in enumerate(pages):
        find(Page(f"http://www.jianshan-zf.test/{first + n}.html", html.encode(), fetched_at.format(n)), SITE, out)
    return out


TOWN = seen([page(n, text(n)) for n in range(20)])
LAYOUT = learn(TOWN)
assert LAYOUT is not None
LEARNED = replace(SITE, learned_layouts=(LAYOUT,))


def read(html: str, site: Site | None = LEARNED) -> Article:
    return extract(html, url="http://www.jianshan-zf.test/1.html", fetched_at="2026-06-02T00:00:00Z", site=site)


def test_it_is_the_same_in_any_order() -> None:
    shuffled = TOWN.copy()
    random.Random(4).shuffle(shuffled)
    assert learn(shuffled) == LAYOUT
    assert LAYOUT is not None and (LAYOUT.body, LAYOUT.pages, LAYOUT.agree, LAYOUT.rival) == (PLACE, 20, 20, 0)
    assert LearnedLayout.from_dict(asdict(LAYOUT)) == LAYOUT


def test_too_few_pages_and_pages_that_differ_teach_nothing() -> None:
    assert learn(TOWN[: ENOUGH - 1]) is None
    one_place, another = (
        [page(n, text(n)) for n in range(10)],
        [page(n, [], between="".join(text(n))) for n in range(10)],
    )
    assert learn(seen(one_place + another)) is None


def test_a_short_text_is_found_among_the_boxes_and_a_picture_has_no_text() -> None:
    short = ["五路公交车明日起改走北街。"]
    assert read(page(50, short), SITE).body != short[0]
    assert (read(page(50, short)).body, read(page(50, short)).via["body"]) == (short[0], "layout:div")
    assert (read(page(51, ['<img src="/p/51.jpg">'])).body, len(read(page(51, ['<img src="/p/51.jpg">'])).images)) == (
        "",
        1,
    )


def test_text_at_a_place_that_nobody_knows_is_another_kind_of_page() -> None:
    """Where the text stands on the other pages, this one has an introduction."""
    long = "".join(f"<p>{p}</p>" for p in text(60, 12))
    html = page(60, ["导读：三天后再来复查。"], between=f"<section>{long}</section>")
    assert read(html) == read(html, SITE)
    elsewhere = page(61, text(61)).replace("<div><h2>", "<section><h2>")
    elsewhere = elsewhere.replace(
        "<div></div>", "</section><div><div></div><div></div>"
    )  # neither headline nor header line are there
    assert read(elsewhere) == read(elsewhere, SITE)


def test_a_redesign_keeps_the_layout_for_the_captures_before_it() -> None:
    new = [page(n, text(n)).replace("<div></div>", "") for n in range(100, 115)]
    after = relearn((LAYOUT,) if LAYOUT else (), TOWN + seen(new, 100, fetched_at="2026-07-01T00:00:{:02}Z"))
    assert [(layout.until, layout.since) for layout in after] == [
        (None, "2026-07-01T00:00:00Z"),
        ("2026-07-01T00:00:00Z", "2026-06-01T00:00:00Z"),
    ]
    site = replace(SITE, learned_layouts=after)
    assert [layout_at(site, day) for day in ("2026-05-01", "2026-06-30", "2026-07-01T00:00:00Z", "")] == [
        after[1],
        after[1],
        after[0],
        after[0],
    ]
    few = TOWN + seen(new[:5], 100, fetched_at="2026-07-01T00:00:{:02}Z")
    assert [layout.until for layout in relearn((LAYOUT,) if LAYOUT else (), few)] == [None]


def test_the_version_says_by_which_layout_and_not_by_how_many_pages() -> None:
    assert LAYOUT is not None
    more = replace(LEARNED, learned_layouts=(replace(LAYOUT, pages=39, agree=38, rival=1),))
    assert extractor_version(more) == extractor_version(LEARNED)
    closed = replace(LEARNED, learned_layouts=(replace(LAYOUT, until="2026-07-01T00:00:00Z"),))
    versions = [extractor_version(site) for site in (SITE, LEARNED, closed)]
    assert all(a != b for a, b in pairwise(versions)) and all(v.startswith(versions[0]) for v in versions)


TEXTS = [
    "",
    "128",
    "打印 关闭",
    '<img src="/p/1.jpg">',
    "<table><tr><td>一</td><td>二</td></tr></table>",
    *BOXES,
    *text(70),
]
INSIDE = st.sampled_from([*TEXTS, "2026-05-03", "2026-05-03 09:30", "尖山县融媒体中心", "五路公交车明日起改走北街。"])
ELSEWHERE = st.sampled_from(
    [
        *TEXTS,
        "2026-04-04",
        "2026-04-04 10:20",
        "石磴县融媒体中心",
        "来源地",
        "点击排行",
        '<a href="/2.html">下一篇：第2号便民消息</a>',
    ]
)


@given(st.lists(INSIDE, max_size=4), st.lists(ELSEWHERE, max_size=4), st.sampled_from(["", "2026-05-03", "尖山县"]))
@example([], [], "2026-05-03")
@example([], ["2026-04-04 10:20", "石磴县融媒体中心"], "2026-05-03")
def test_it_invents_nothing(inside: list[str], elsewhere: list[str], said: str) -> None:
    """On pages without a label and its value: what stands below the text becomes no field that it was not without what was learned; the
    title is the same; the text is text of the page."""
    html = page(1, inside, said=said or "<br>", between="".join(f"<section>{p}</section>" for p in elsewhere))
    alone, learned = read(html, SITE), read(html)
    assert (learned.title, learned.author, learned.editor, learned.view_count) == (alone.title, None, None, None)
    assert learned.source in (alone.source, None, "尖山县", "尖山县融媒体中心")
    assert learned.publish_date in (alone.publish_date, None, "2026-05-03")
    for line in filter(None, learned.body.split("\n")):
        assert all(cell in html for cell in line.split("\t"))


def test_a_layout_is_looked_for_when_there_are_pages_and_kept_when_it_decides(tmp_path: Path) -> None:
    """Twelve articles with nothing beside them need none; when boxes come, it is learned."""
    long, short = ([page(n, text(n), beside=beside) for n in range(12)] for beside in ((), BOXES))
    with open_archive(tmp_path / "a.db") as archive:
        remember_sites(archive, [SITE], now="2026-06-01T00:00:00Z")

        def taken(first: int, pages: list[str]) -> Site | None:
            with Ingest(archive) as ingest:
                for n, html in enumerate(pages, first):
                    at = f"2026-06-01T00:{n:02}:00Z"
                    ingest.add(Page(f"http://www.jianshan-zf.test/{n}.html", html.encode(), at, site=SITE.id), SITE)
            return learn_layout(archive, SITE, len(pages))

        assert taken(0, long[:6]) is None
        assert archive.connection.execute("SELECT learned ->> '$.pages_since_layouts' FROM sites").fetchone()[0] == 6
        assert taken(6, long[6:]) is None
        assert archive.connection.execute("SELECT learned FROM sites").fetchone()[0] == '{"layouts":[]}'
        assert taken(12, short) is None, "it is not looked for at once again"
        learned = learn_layout(archive, SITE, AGAIN)
        assert learned is not None and learned.learned_layouts[0].body == PLACE
