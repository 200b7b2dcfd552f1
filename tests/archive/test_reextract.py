"""`reextract`: what a better extractor reads becomes a revision that is told apart; the second run changes nothing.

An older extractor is played by rows as it would have left them: another reading, under another version.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import clean_environment
from making import SITE, address, day, dump, html, ingested, page, rows

from govnews.archive import open_archive
from govnews.archive.check import verify
from govnews.ingest import extractor_version
from govnews.ingest.again import Reread, reextract


def filled(path: Path, articles: int = 4) -> Path:
    """Articles whose source an older extractor took with its label, and whose titles it cut in the odd ones."""
    ingested(path, [page(html(title=f"青杉县第{n}号通报", views=n + 5), day(0), address(n)) for n in range(articles)])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE articles SET extractor = '0.0.1+old', author = '作者未详'")
        connection.execute("UPDATE articles SET source = '来源：' || source WHERE id % 2 = 0")
    connection.close()
    return path


def again(path: Path, **how: Any) -> Reread:
    with open_archive(path) as archive:
        return reextract(archive, {SITE.id: SITE}, **how)


def test_a_better_reading_is_a_revision_of_its_own_cause(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    observed = rows(path, "SELECT * FROM view_observations")
    done = again(path)
    assert (done.pages, done.changed, done.versions, done.fields) == (4, 4, 2, {"author": 4, "source": 2})
    assert done.examples["source"][0][1:] == ("来源：青杉县融媒体中心", "青杉县融媒体中心")
    revisions = rows(path, "SELECT cause, source, extractor, first_seen FROM revisions")
    assert [tuple(r.values()) for r in revisions] == [("extractor", "来源：青杉县融媒体中心", "0.0.1+old", day(0))] * 2
    held = rows(path, "SELECT source, author, extractor, first_seen, last_seen, presence FROM articles")
    assert {tuple(r.values()) for r in held} == {
        ("青杉县融媒体中心", None, extractor_version(SITE), day(0), day(0), "alive")
    }
    assert rows(path, "SELECT * FROM view_observations") == observed
    with open_archive(path, read_only=True) as archive:
        assert list(verify(archive)) == []


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    again(path)
    before = dump(path)
    assert again(path) == Reread()
    assert dump(path) == before


def test_a_dry_run_says_the_same_and_changes_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    before = dump(path)
    said = again(path, dry_run=True)
    assert dump(path) == before
    assert said == again(path)


def test_only_some(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    assert again(path, site="990999").pages == again(path, since="2024-03-02").pages == 0
    assert again(path, fields=["source"]).changed == 2
    assert [r["n"] for r in rows(path, "SELECT count(*) AS n FROM articles WHERE author IS NOT NULL")] == [2]


def test_a_page_that_was_not_understood_becomes_an_article(tmp_path: Path) -> None:
    """With its two states, and once."""
    path = tmp_path / "a.db"
    ingested(path, [page(html(), day(0)), page(html(source="青杉县林业局"), day(1))])
    with sqlite3.connect(path) as connection:
        for table in ("articles", "revisions", "view_observations"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE captures SET kind = 'other'")
    connection.close()
    again(path)
    before = dump(path)
    assert [r["source"] for r in rows(path, "SELECT source FROM articles")] == ["青杉县林业局"]
    assert [r["cause"] for r in rows(path, "SELECT cause FROM revisions")] == ["site"]
    again(path)
    assert dump(path) == before


def test_workers_read_the_same(tmp_path: Path) -> None:
    one, two = filled(tmp_path / "1.db", 60), filled(tmp_path / "2.db", 60)
    assert again(one, workers=1) == again(two, workers=2)
    assert dump(one) == dump(two)


def test_bytes_that_are_damaged_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    with open_archive(path) as archive:
        archive.pages.connection.execute("UPDATE pages SET data = substr(data, 1, 20) WHERE rowid = 1")
    done = again(path)
    assert len(done.damaged) == 1 and done.changed == 3


CHILD = """
import sys
sys.path.insert(0, sys.argv[2])
from govnews.archive import open_archive
from govnews.ingest import again
from making import SITE
again.BATCH = 5
if __name__ == "__main__":
    print("ready", flush=True)
    with open_archive(sys.argv[1]) as archive:
        again.reextract(archive, {SITE.id: SITE}, workers=1)
    print("done", flush=True)
"""


def _killed(path: Path, rounds: int) -> int:
    filled(path, 120)
    cut = 0
    for number in range(rounds):
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, path, Path(__file__).parent],
            stdout=subprocess.PIPE,
            env=clean_environment(),
            text=True,
        ) as child:
            assert child.stdout is not None and child.stdout.readline() == "ready\n"
            time.sleep(0.02 * number)
            child.kill()
            cut += "done" not in child.stdout.read()
        with open_archive(path) as archive:
            assert list(verify(archive)) == []
    again(path)
    assert len(rows(path, "SELECT * FROM revisions")) == 60 and not again(path).pages
    return cut


def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    assert _killed(tmp_path / "a.db", 6)


@pytest.mark.soak
def test_a_run_killed_forty_times(tmp_path: Path) -> None:
    assert _killed(tmp_path / "a.db", 40) >= 4
