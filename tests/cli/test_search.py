"""govnews search as typed: what is shown, counted and said."""

from __future__ import annotations

import csv
import io
import json
import socket
import sqlite3
from pathlib import Path

import pytest
from typed import one_line, page, rows, typed


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for n, title in enumerate(("青杉县部署防汛工作", "青杉县开展抗旱浇灌", "青杉縣政府召开防汛抗旱会议")):
        (tmp_path / f"{n}.html").write_bytes(page(title, f"3月{n + 1}日，青杉县召开会议，编号A{n}。" * 4))
    assert "3 new" in typed("import", ".", "--db", "a.db", cwd=tmp_path).stdout
    return tmp_path


def test_an_import_ends_with_everything_in_the_index(archive: Path) -> None:
    [state] = rows(
        archive / "a.db", "SELECT watermark, (SELECT max(version) FROM articles) AS newest FROM search_state"
    )
    assert state["watermark"] == state["newest"] == 3


def test_hits_are_marked_also_when_they_are_written_otherwise(archive: Path) -> None:
    done = typed("search", "青杉县政府", "--db", "a.db", cwd=archive)
    assert "【青杉縣政府】召开防汛抗旱会议" in done.stdout and done.stderr == "1 of 1 shown\n"
    done = typed("search", "青杉县政府", "--exact", "--db", "a.db", cwd=archive)
    assert done.returncode == 0 and done.stdout == "" and done.stderr == "nothing found for 青杉县政府\n"


def test_operators_filters_and_forms(archive: Path) -> None:
    found = typed("search", "(防汛 OR 抗旱) NOT ａ0", "--json", "--order", "relevance", "--db", "a.db", cwd=archive)
    titles = [json.loads(line)["title"] for line in found.stdout.splitlines()]
    assert sorted(titles) == ["青杉县开展抗旱浇灌", "青杉縣政府召开防汛抗旱会议"]
    counted = typed("search", "防汛", "--count-by", "month", "--csv", "--db", "a.db", cwd=archive)
    assert list(csv.DictReader(io.StringIO(counted.stdout))) == [{"month": "2024-03", "articles": "2"}]
    none = typed("search", "防汛", "--since", "2025", "--count-by", "source", "--json", "--db", "a.db", cwd=archive)
    assert none.returncode == 0 and none.stdout == "" and none.stderr == "nothing found for 防汛\n"


def test_signs_left_out_are_said(archive: Path) -> None:
    done = typed("search", "《防汛》", "--db", "a.db", cwd=archive)
    assert "signs around words are not searched: 《》" in done.stderr and "2 of 2 shown" in done.stderr


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("，", "，"),
        ("(防汛", "never closed"),
        ("NOT 防汛", "NOT"),
        ("防汛 OR", "after OR"),
        ('"防汛', "quote"),
        ("防汛 )", "closing"),
        ("。" * 3000, "signs alone are not searched: 。。。"),
        ("防汛\udce5\udc8e", "is no text"),
    ],
)
def test_a_query_that_cannot_be_read_is_one_line(archive: Path, query: str, said: str) -> None:
    done = typed("search", query, "--db", "a.db", cwd=archive)
    one_line(done, 2, said)
    assert len(done.stderr) < 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--prefecture", "无此州"], "无此州"),
        (["--source", ""], "--source is empty"),
        (["--since", "2024-06", "--until", "2024-01"], "is after"),
    ],
)
def test_a_filter_that_cannot_be_is_one_line(archive: Path, words: list[str], said: str) -> None:
    one_line(typed("search", "防汛", *words, "--db", "a.db", cwd=archive), 2, said)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("青杉" * 500 + " or 抗旱", "nothing found for 青杉青杉"),
        ("没有 or 抗旱", "the operator is OR"),
        ("防汛 -抗旱", "to leave a word out: NOT before it"),
    ],
)
def test_what_was_taken_otherwise_than_meant_is_said(archive: Path, query: str, said: str) -> None:
    done = typed("search", query, "--db", "a.db", cwd=archive)
    assert done.returncode == 0 and said in done.stderr and len(done.stderr) < 200


def test_an_index_that_was_taken_out_is_said_and_made_anew(archive: Path) -> None:
    with sqlite3.connect(archive / "a.db") as connection:
        connection.execute("DROP TABLE search_index")
    connection.close()
    one_line(typed("search", "防汛", "--db", "a.db", cwd=archive), 1, "has no search index", "govnews index --rebuild")
    one_line(typed("index", "--db", "a.db", cwd=archive), 1, "has no search index")
    assert typed("index", "--rebuild", "--db", "a.db", cwd=archive).stdout.startswith("3 articles indexed")
    assert typed("search", "防汛", "--db", "a.db", cwd=archive).stderr == "2 of 2 shown\n"


def test_a_search_answers_while_somebody_writes(archive: Path) -> None:
    """Also what is committed and not in the index yet."""
    writing = sqlite3.connect(archive / "a.db", isolation_level=None)
    writing.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    writing.execute("UPDATE search_state SET watermark = 0")
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("UPDATE articles SET title = 'x'")
    assert typed("search", "防汛", "--db", "a.db", cwd=archive).stderr == "2 of 2 shown\n"
    writing.close()


def five_hundred_more(db: Path) -> None:
    """Copies of the first article, above the index's watermark."""
    with sqlite3.connect(db) as connection:
        columns = [
            r[1]
            for r in connection.execute("PRAGMA table_info(articles)")
            if r[1] not in ("id", "uid", "version", "url_key")
        ]
        same = ", ".join(columns)
        connection.execute(
            f"INSERT INTO articles (uid, version, url_key, {same}) WITH RECURSIVE n(v) AS (SELECT 10 UNION ALL SELECT v + 1 FROM n WHERE v < 509) "
            f"SELECT printf('%016x', v), v, 'x/' || v, {same} FROM n, articles WHERE articles.id = 1"
        )
    connection.close()


def test_a_search_catches_up_when_much_is_not_in_the_index(archive: Path) -> None:
    with sqlite3.connect(archive / "a.db") as connection:
        connection.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
        connection.execute("UPDATE search_state SET watermark = 0")
    connection.close()
    few = typed("search", "防汛", "--db", "a.db", cwd=archive)
    assert few.stderr == "2 of 2 shown\n" and rows(archive / "a.db", "SELECT watermark FROM search_state") == [
        {"watermark": 0}
    ]
    five_hundred_more(archive / "a.db")
    many = typed("search", "浇灌", "--db", "a.db", cwd=archive)
    assert many.stderr.splitlines()[0].startswith("indexing 503 articles") and "1 of 1 shown" in many.stderr
    assert rows(archive / "a.db", "SELECT watermark FROM search_state") == [{"watermark": 509}]


def test_the_desk_catches_up_before_it_opens(archive: Path) -> None:
    pytest.importorskip("datasette")
    five_hundred_more(archive / "a.db")
    with socket.create_server(("127.0.0.1", 0)) as taken:  # so that it ends by itself
        done = typed("serve", "--db", "a.db", "--port", str(taken.getsockname()[1]), cwd=archive)
    assert done.stderr.splitlines()[0].startswith("indexing 500 articles") and "is in use" in done.stderr
    assert rows(archive / "a.db", "SELECT watermark FROM search_state") == [{"watermark": 509}]


def test_the_index_is_made_small_and_full_again(archive: Path) -> None:
    asked = ("search", "防汛抗旱会议", "--db", "a.db", "--json")
    before = typed(*asked, cwd=archive).stdout
    assert before.count("\n") == 1
    made = typed("index", "--db", "a.db", "--form", "small", cwd=archive)
    assert made.stdout == "3 articles indexed; the index has the small form\n"
    assert typed(*asked, cwd=archive).stdout == before
    one_line(typed(*asked, "--order", "relevance", cwd=archive), 2, "cannot rank")
    full = typed("index", "--db", "a.db", "--form", "full", "--json", cwd=archive)
    assert json.loads(full.stdout) == {"articles": 3, "form": "full"}
    assert typed("index", "--db", "a.db", cwd=archive).stdout == "0 articles indexed; the index has the full form\n"
    assert typed(*asked, cwd=archive).stdout == before
