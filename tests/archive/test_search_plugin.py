"""The SQL functions, on a bare connection and as sqlite-utils and Datasette load them."""

from __future__ import annotations

import sqlite3
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from searching import archive_of
from sqlite_utils import Database

from govnews.archive.search.index import update_index
from govnews.archive.search.plugin import prepare_connection


def test_functions_on_a_database_without_a_table_of_ours() -> None:
    connection = sqlite3.connect(":memory:")
    prepare_connection(connection)
    row = connection.execute(
        "SELECT govnews_bigrams('維西縣，A1'), govnews_query('縣 OR 县委'), govnews_query('')"
    ).fetchone()
    assert row == ("维西 西县 县 a1 1", '("县"* OR "县委")', None)
    connection.close()


def test_the_table_of_the_database_rules(tmp_path: Path) -> None:
    with archive_of(tmp_path / "a.db", [(None, "甲县")]) as archive:
        archive.connection.execute("INSERT OR REPLACE INTO folding VALUES ('甲', '乙')")
        prepare_connection(archive.connection)
        assert archive.connection.execute("SELECT govnews_bigrams('甲县')").fetchone()[0] == "乙县 县"


@pytest.mark.parametrize("group", ["sqlite_utils", "datasette"])
def test_both_find_the_plugin(group: str) -> None:
    [point] = [p for p in entry_points(group=group) if p.name == "govnews"]
    assert point.load().prepare_connection is prepare_connection


def test_sqlite_utils_has_the_functions(tmp_path: Path) -> None:
    with archive_of(tmp_path / "a.db", [(None, "防汛演练"), (None, "防汛会议")]) as archive:
        update_index(archive)
    db = Database(tmp_path / "a.db")
    sql = "SELECT rowid FROM search_index WHERE search_index MATCH govnews_query(?)"
    assert [row["rowid"] for row in db.query(sql, ["防汛 NOT 演练"])] == [2]
    db.close()
