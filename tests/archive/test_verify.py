"""`verify`: a whole archive is whole; every kind of damage is found and the row named, a single flipped byte too."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from making import address, day, html, ingested, missing, page

from govnews.archive import open_archive
from govnews.archive.check import Fault, verify
from govnews.archive.compact import compact
from govnews.archive.pages import digest, pages_path


def filled(path: Path, articles: int = 8) -> Path:
    """An archive with versions, a missed article and counts; its pages compacted in part."""
    pages = [page(html(title=f"青杉县第{n}号通报", views=n + 1), day(0), address(n)) for n in range(articles)]
    pages.append(page(html(title="青杉县第0号通报（更正）", views=9), day(1), address(0)))
    pages.append(page(missing(), day(2), address(1), status=404, response_class="gone"))
    ingested(path, pages)
    with open_archive(path) as archive:
        compact(archive, now=day(3))
    ingested(path, [page(html(title="青杉县最后一则消息"), day(4), address(99))])
    return path


def faults(path: Path) -> list[Fault]:
    with open_archive(path, read_only=True) as archive:
        return list(verify(archive))


def test_what_a_crawl_leaves_is_whole(tmp_path: Path) -> None:
    assert faults(filled(tmp_path / "a.db")) == []


def test_a_flipped_byte_is_found_and_its_row_named(tmp_path: Path) -> None:
    """Any bit of any stored page or dictionary: 60 trials."""
    path, chance = filled(tmp_path / "a.db"), random.Random(7)
    pages = pages_path(path)
    for _ in range(60):
        with sqlite3.connect(pages) as connection:
            table = chance.choice(["pages", "pages", "dictionaries"])
            name, data = chance.choice(connection.execute(f"SELECT sha256, data FROM {table}").fetchall())
            damaged = bytearray(data)
            damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            connection.execute(f"UPDATE {table} SET data = ? WHERE sha256 = ?", (bytes(damaged), name))
        assert (table, name) in {(f.table, f.row) for f in faults(path)}
        with sqlite3.connect(pages) as connection:
            connection.execute(f"UPDATE {table} SET data = ? WHERE sha256 = ?", (data, name))
    connection.close()
    assert faults(path) == []


DAMAGE = {
    "captures": "UPDATE captures SET run = 4711 WHERE id = 1",
    "articles": "UPDATE articles SET uid = '0123456789abcdef' WHERE id = 3",
    "articles: text": "UPDATE articles SET body = body || '。' WHERE id = 3",
    "articles: capture": "DELETE FROM captures WHERE id = 4",
    "articles: version": "UPDATE articles SET version = (SELECT version FROM revisions) WHERE id = 2",
    "articles: presence": "UPDATE articles SET presence = 'gone' WHERE id = 5",
    "revisions": "UPDATE revisions SET uid = '0123456789abcdef'",
    "revisions: text": "UPDATE revisions SET body = ''",
    "view_observations": "UPDATE view_observations SET uid = '0123456789abcdef' WHERE value = 2",
    "presence_events": "UPDATE presence_events SET uid = '0123456789abcdef'",
    "sightings": "INSERT INTO sightings (uid, site, column_url, target_url, target_key, first_seen, last_seen) VALUES "
    "('0123456789abcdef', '', '', '', 'x', '', '')",
    "frontier": "INSERT INTO frontier (kind, key, site, state, method, url, headers, page_number, uid, priority, attempts, added_at) "
    "VALUES ('counter', 'x', '', 'done', 'GET', '', '[]', 1, '0123456789abcdef', 0, 0, '')",
    "images": "INSERT INTO images VALUES ('0123456789abcdef', 0, '', '')",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_broken_reference_is_named(tmp_path: Path, damage: str) -> None:
    path = filled(tmp_path / "a.db")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(DAMAGE[damage])
    connection.close()
    assert damage.split(":")[0] in {f.table for f in faults(path)}


def test_lost_bytes_are_named_by_every_row_that_needs_them(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    lost = digest(html(title="青杉县最后一则消息"))
    with sqlite3.connect(pages_path(path)) as connection:
        connection.execute("DELETE FROM pages WHERE sha256 = ?", (lost,))
    connection.close()
    found = faults(path)
    assert {f.table for f in found} == {"captures", "articles"} and all(lost in f.fault for f in found)


def test_a_file_with_a_torn_block_is_no_traceback(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    with pages_path(path).open("r+b") as file:
        block = int.from_bytes(file.read(18)[16:], "big")
        file.seek(block)  # the root of table pages
        file.write(b"\xff" * block)
    assert any(f.file == "pages" for f in faults(path))
