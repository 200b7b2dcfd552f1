"""Reprints, leaders and annotations in a real archive: right, the same in any order, kept by a merge and by a new extraction."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from making import rows

from govnews.archive import Archive, Unit, Writer, open_archive, remember_sites
from govnews.archive.annotations import codes, every_annotation, import_annotations
from govnews.archive.leaders import import_leaders, update_mentions
from govnews.archive.merge import merge
from govnews.archive.reprints import pieces, share, update_reprints
from govnews.archive.source_kinds import update_source_kinds
from govnews.extraction import uid
from govnews.model import Article, Failure, Page, Site
from govnews.sites.source_kinds import sorted_source

pytest.importorskip("rensa")
COUNTIES = {"990901": "青杉县", "990902": "白榆县"}
NOW = "2024-06-01T00:00:00Z"
STORY = (
    "3月1日上午，青杉县召开春季森林防火工作会议，县长李明出席并讲话。李明强调，要把责任落实到山头地块，加强巡护值守，做到早发现、早处置、早报告。"
    "会议听取了林草、应急、气象三家单位的汇报，看了防火物资仓库和两个乡镇的瞭望哨，对值班和火源管理中的漏洞逐条提出了改正的时限。"
)
OTHER = (
    "白榆县的茶农这几天忙着采头春茶。合作社今年添了两条加工线，鲜叶当天就能下锅。村里的年轻人开了网店，订单排到了下个月，价钱比去年好一成。"
    "县里的农技员住在村上，教大家识别虫害、控制用药，还请来检测站的人当面抽样，合格的茶叶才贴上地理标志。"
)


def put(
    archive: Archive, number: int, body: str, day: str | None = "2024-03-02", *, site: str = "990901", **more: Any
) -> str:
    """Stores one article and gives its uid."""
    url = f"http://www.{site}.test/{number}.html"
    key = url.removeprefix("http://www.")
    article = Article(
        "article",
        more.get("title", f"第{number}篇"),
        day,
        "day" if day else None,
        day,
        more.get("source"),
        None,
        "absent",
        body,
    )
    at = more.get("at", f"2024-04-{number % 28 + 1:02d}T00:00:00Z")
    unit = Unit(Page(url, f"{url}{body}".encode(), at, site=site), key, uid(key), "x", kind="article", article=article)
    writer = Writer(archive)
    writer.add(unit)
    writer.close()
    return uid(key)


@pytest.fixture
def archive(tmp_path: Path) -> Iterable[Archive]:
    with open_archive(tmp_path / "a.db") as opened:
        know(opened)
        yield opened


def know(archive: Archive) -> None:
    sites = [Site(id, name, f"http://www.{id}.test/", hosts=(f"www.{id}.test",)) for id, name in COUNTIES.items()]
    remember_sites(archive, sites, now=NOW)


def found(archive: Archive, sql: str) -> list[dict[str, Any]]:
    return [dict(row) for row in archive.connection.execute(sql)]


# --- sources ---------------------------------------------------------------------------------------------------------


def test_sources_are_sorted_once_and_anew_when_asked(archive: Archive) -> None:
    put(archive, 1, STORY, source="青杉县融媒体中心")
    put(archive, 2, OTHER, source="青杉县融媒体中心")
    put(archive, 3, OTHER, source="青杉县融媒体中心", site="990902")
    put(archive, 4, OTHER)
    assert update_source_kinds(archive, sorted_source) == 2
    assert update_source_kinds(archive, lambda *_: ("never", None, "asked")) == 0
    kinds = found(archive, "SELECT site, source_kind FROM articles_with_source_kind ORDER BY url")
    assert [(r["site"], r["source_kind"]) for r in kinds] == [
        ("990901", "own-county"), ("990901", "own-county"), ("990901", None), ("990902", "unknown"),
    ]  # fmt: skip
    assert update_source_kinds(archive, sorted_source, again=True) == 2


# --- reprints --------------------------------------------------------------------------------------------------------


def test_a_reprint_by_text_can_be_an_own_piece_by_label(archive: Archive) -> None:
    first = put(archive, 1, STORY, "2024-03-01", source="青杉县融媒体中心", at="2024-05-02T00:00:00Z")
    printed = "本网讯 " + STORY + "（通讯员 段晓）"
    again = put(archive, 2, printed, "2024-03-03", site="990902", source="县融媒体中心", at="2024-05-01T00:00:00Z")
    put(archive, 3, OTHER)
    put(archive, 4, "")
    put(archive, 5, "")
    assert update_reprints(archive) == {"signed": 4, "articles": 2, "clusters": 1}
    update_source_kinds(archive, sorted_source)
    rows = {r["uid"]: r for r in found(archive, "SELECT * FROM reprints_with_source_kind JOIN reprints USING (uid)")}
    assert set(rows) == {first, again}
    assert {r["first_published"] for r in rows.values()} == {first}
    assert {r["earliest_seen"] for r in rows.values()} == {again}
    assert rows[first]["share"] is None
    assert rows[again]["share"] == share(pieces(printed), pieces(STORY)) > 0.9
    assert (rows[again]["reprint_by_text"], rows[again]["own_by_label"]) == (1, 1)
    assert (rows[first]["reprint_by_text"], rows[first]["own_by_label"]) == (0, 1)


def test_only_new_texts_are_signed_and_the_rows_are_those_of_one_go(archive: Archive, tmp_path: Path) -> None:
    put(archive, 1, STORY)
    assert update_reprints(archive) == {"signed": 1, "articles": 0, "clusters": 0}
    put(archive, 2, STORY + "完。", site="990902")
    assert update_reprints(archive) == {"signed": 1, "articles": 2, "clusters": 1}
    before = found(archive, "SELECT * FROM reprints")
    assert update_reprints(archive)["signed"] == 0
    assert found(archive, "SELECT * FROM reprints") == before
    put(archive, 2, OTHER, site="990902", at="2024-05-20T00:00:00Z")  # the page was changed: no reprint any more
    update_reprints(archive)
    assert found(archive, "SELECT * FROM reprints") == []
    assert len(found(archive, "SELECT * FROM text_signatures")) == 2


def test_two_stories_on_one_page_do_not_become_one(archive: Archive) -> None:
    one, two = put(archive, 1, STORY, "2024-03-01"), put(archive, 2, OTHER, "2024-03-01", site="990902")
    both = put(archive, 3, STORY + OTHER, "2024-03-05")
    again = put(archive, 4, OTHER + "（完）", "2024-03-06")
    update_reprints(archive)
    cluster = {r["uid"]: r["cluster"] for r in found(archive, "SELECT uid, cluster FROM reprints")}
    assert cluster[two] == cluster[again]
    assert cluster.get(one) != cluster[two]
    assert cluster.get(both) in (None, cluster[two], cluster.get(one))


def test_the_order_of_work_makes_no_difference(tmp_path: Path) -> None:
    dice = random.Random(7)
    texts = [(n, (STORY, OTHER)[n % 2] + "又讯。" * (n % 5), f"2024-03-{n + 1:02d}") for n in range(10)]
    outcomes = []
    for attempt in range(3):
        with open_archive(tmp_path / f"{attempt}.db") as archive:
            for n, body, day in dice.sample(texts, len(texts)):
                put(archive, n, body, day)
                if attempt == n % 3:
                    update_reprints(archive)
            update_reprints(archive)
            outcomes.append(
                found(archive, "SELECT uid, cluster, earliest_seen, first_published, share FROM reprints ORDER BY uid")
            )
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert len(outcomes[0]) == 10


def test_without_rensa_there_is_one_clear_line(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(Failure, match="needs rensa") as caught:
        update_reprints(archive)
    assert "govnews[near]" in caught.value.hint


# --- leaders ---------------------------------------------------------------------------------------------------------

LEADER = {"county": "青杉县", "name": "李明", "post": "县长", "from": "2024-02", "to": "2024-03"}


def take(archive: Archive, *leaders: dict[str, str], replace: bool = False) -> int:
    ids = {name: id for id, name in COUNTIES.items()}
    out = import_leaders(archive, enumerate(leaders, 2), lambda name: ids[name], replace=replace)
    update_mentions(archive)
    return out


def test_only_the_own_county_within_the_tenure_counts(archive: Archive) -> None:
    inside = put(archive, 1, STORY, "2024-03-31", title="李明主持会议")
    put(archive, 2, STORY, "2024-04-01")
    put(archive, 3, STORY, "2024-01-31")
    put(archive, 4, STORY, None)
    put(archive, 5, STORY, "2024-03-01", site="990902")
    put(archive, 6, STORY.replace("李明", "李明华"), "2024-03-01")
    take(archive, LEADER)
    assert found(archive, "SELECT uid, version, count, in_title FROM mentions") == [
        {"uid": inside, "version": 1, "count": 3, "in_title": 1}
    ]


def test_mentions_follow_the_articles_and_the_list(archive: Archive) -> None:
    uid = put(archive, 1, STORY)
    take(archive, LEADER)
    take(archive, {**LEADER, "to": "2024-12"})  # the same row with a later last day
    assert len(found(archive, "SELECT * FROM leaders")) == 1
    assert update_mentions(archive) == 0
    put(archive, 1, STORY.replace("李明强调", "会议强调"), at="2024-05-20T00:00:00Z")
    assert update_mentions(archive) == 1
    version = rows(archive.path, "SELECT version FROM articles WHERE uid = ?", uid)[0]["version"]
    assert found(archive, "SELECT version, count FROM mentions") == [{"version": version, "count": 1}]
    take(archive, {**LEADER, "name": "王成"}, replace=True)
    assert found(archive, "SELECT * FROM mentions") == []
    assert [r["name"] for r in found(archive, "SELECT name FROM leaders")] == ["王成"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**LEADER, "from": "上月"}, "line 3: '上月' is no day"),
        ({**LEADER, "to": "2023"}, "left the post"),
        ({**LEADER, "name": "李"}, "line 3"),
        ({**LEADER, "post": ""}, "line 3"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_taken(archive: Archive, row: dict[str, str], said: str) -> None:
    with pytest.raises(Failure, match=said):
        take(archive, LEADER, row)
    assert found(archive, "SELECT * FROM leaders") == []


# --- annotations -----------------------------------------------------------------------------------------------------


def code(uid: str, coder: str = "王", value: str = "1", **more: str) -> dict[str, str]:
    return {"coder": coder, "codebook": "tone", "uid": uid, "field": "praise", "value": value, **more}


def test_annotations_go_out_and_come_in_again(archive: Archive, tmp_path: Path) -> None:
    one = put(archive, 1, STORY)
    lines = [(2, code(one)), (3, code(one, "李", "0", made_at="2024-05-01")), (4, code(one, "李", ""))]
    assert import_annotations(archive, lines, now=NOW) == {"read": 2, "new": 2, "assumed": 2}
    out = list(every_annotation(archive))
    assert [r["text_changed"] for r in out] == [0, 0]
    with open_archive(tmp_path / "b.db") as other:
        back = import_annotations(other, enumerate(out, 2), now="2025-01-01T00:00:00Z")
        assert back == {"read": 2, "new": 2, "assumed": 0}
        assert [r["text_changed"] for r in every_annotation(other)] == [None, None]
        assert import_annotations(other, enumerate(out, 2), now=NOW)["new"] == 0
    assert codes(archive, "tone") == {"praise": {one: {"王": "1", "李": "0"}}}


def test_a_text_that_changed_since_is_told_and_the_code_stays(archive: Archive) -> None:
    one = put(archive, 1, STORY)
    import_annotations(archive, [(2, code(one))], now=NOW)
    put(archive, 1, OTHER, at="2024-05-20T00:00:00Z")
    assert found(archive, "SELECT value, text_changed FROM annotations_current") == [{"value": "1", "text_changed": 1}]
    import_annotations(archive, [(2, code(one, value="2"))], now="2024-07-01T00:00:00Z")
    assert found(archive, "SELECT value, text_changed FROM annotations_current") == [{"value": "2", "text_changed": 0}]
    assert len(found(archive, "SELECT * FROM annotations")) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (code("0" * 16), "line 3: no article 0000"),
        (code("x", made_at="gestern"), "no time"),
        ({**code("x"), "coder": ""}, "coder, codebook, uid and field"),
    ],
)
def test_a_bad_annotation_is_named_and_nothing_is_taken(archive: Archive, row: dict[str, str], said: str) -> None:
    one = put(archive, 1, STORY)
    with pytest.raises(Failure, match=said):
        import_annotations(archive, [(2, code(one)), (3, row)], now=NOW)
    assert found(archive, "SELECT * FROM annotations") == []


def test_two_values_of_one_moment_are_refused(archive: Archive) -> None:
    one = put(archive, 1, STORY)
    import_annotations(archive, [(2, code(one))], now=NOW)
    with pytest.raises(Failure, match="another value at the same moment"):
        import_annotations(archive, [(2, code(one, value="2"))], now=NOW)


# --- merge -----------------------------------------------------------------------------------------------------------


def test_a_merge_carries_leaders_and_annotations_whichever_comes_first(tmp_path: Path) -> None:
    for name, number in (("x", 1), ("y", 2)):
        with open_archive(tmp_path / f"{name}.db") as archive:
            know(archive)
            one = put(archive, number, STORY)
            take(archive, LEADER, *([{**LEADER, "name": "王成"}] if number == 2 else []))
            import_annotations(archive, [(2, code(one, f"coder {name}"))], now=NOW)
            update_reprints(archive)
    outcomes = []
    for order in ("xy", "yx", "xyxy"):
        with open_archive(tmp_path / f"{order}.db") as target:
            for name in order:
                with open_archive(tmp_path / f"{name}.db", read_only=True) as source:
                    merge(target, source)
                if name == order[-1]:
                    update_mentions(target)
            update_reprints(target)
            outcomes.append(
                [
                    found(target, "SELECT * FROM leaders ORDER BY leader"),
                    found(target, "SELECT * FROM annotations ORDER BY coder"),
                    found(target, "SELECT uid, leader, count FROM mentions ORDER BY uid"),
                    found(target, "SELECT uid, cluster, share FROM reprints ORDER BY uid"),
                ]
            )
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert [len(table) for table in outcomes[0]] == [2, 2, 2, 2]
