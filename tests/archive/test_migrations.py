"""Archives of every released schema open, keep every row and are whole afterwards; what was before stays as a copy.

`schemas/<last migration>/` holds a small archive as SQL. `python tests/archive/test_migrations.py` writes the one of the present
schema, before a release; released ones are never written again.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from making import address, day, html, ingested, page, rows

from govnews.archive import open_archive
from govnews.archive.check import verify
from govnews.archive.database import APPLICATION_ID
from govnews.archive.migrations import known
from govnews.archive.pages import pages_path

SCHEMAS = Path(__file__).parent / "schemas"
RELEASED = sorted(p.name for p in SCHEMAS.iterdir() if p.is_dir()) if SCHEMAS.exists() else []


def restored(name: str, folder: Path) -> Path:
    """The archive of a released schema as a file."""
    path = folder / "a.db"
    for file, dump in ((path, "main.sql"), (pages_path(path), "pages.sql")):
        connection = sqlite3.connect(file)
        connection.executescript((SCHEMAS / name / dump).read_text("utf-8"))
        if file == path:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.close()
    return path


def content(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every table with its rows, but the book of migrations."""
    names = [
        r["name"]
        for r in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'")
    ]
    return {name: rows(path, f"SELECT * FROM [{name}]") for name in names if name != "sqlite_sequence"}


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_schema_opens_and_keeps_its_rows(name: str, tmp_path: Path) -> None:
    path = restored(name, tmp_path)
    before = content(path)
    assert before["articles"] and before["revisions"] and before["captures"]
    with open_archive(path) as archive:
        assert list(verify(archive)) == []
        assert archive.connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    after = content(path)
    for table, held in before.items():
        assert [{k: row[k] for k in old} for old, row in zip(held, after[table], strict=True)] == held, table
    assert [r["name"] for r in rows(path, "SELECT name FROM _sqlite_migrations ORDER BY name")] == list(known())


@pytest.mark.parametrize("name", RELEASED)
def test_what_was_before_stays_as_a_copy(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = restored(name, tmp_path)
    before = content(path)
    owed = next(m for m in known() if m > name)
    open_archive(path).close()
    assert content(tmp_path / f"a.before-{owed}.db") == before
    monkeypatch.setenv("GOVNEWS_BACKUP", "0")
    (tmp_path / "without").mkdir()
    open_archive(restored(name, tmp_path / "without")).close()
    assert not list((tmp_path / "without").glob("*before*"))


def test_a_number_that_was_filled_in_later_is_made_up_for(tmp_path: Path) -> None:
    """Migrations were built side by side: an archive may have had m0017 and not m0016; and a person may have dropped an index."""
    path = tmp_path / "a.db"
    open_archive(path).close()
    indexes = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
    whole = rows(path, indexes)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "DELETE FROM _sqlite_migrations WHERE name IN ('m0016_lists', 'm0018_newest_first', 'm0019_rows_by_day', 'm0020_what_moved', 'm0021_no_articles')"
        )
        for index in (
            "captures_of_lists",
            "articles_by_date",
            "sightings_by_column",
            "articles_lost",
            "bridges_back",
            "captures_no_article",
        ):
            connection.execute(f"DROP INDEX {index}")
    connection.close()
    open_archive(path).close()
    assert rows(path, indexes) == whole


def test_a_migration_that_fails_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    """The last one meets a table that is in its way: none of them is applied."""
    path = restored(RELEASED[0], tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE presence_events (x)")
    connection.close()
    before = content(path)
    with pytest.raises(Exception, match="presence_events"):
        open_archive(path)
    assert content(path) == before
    assert [r["name"] for r in rows(path, "SELECT name FROM _sqlite_migrations")] == [RELEASED[0]]


def _write(folder: Path, name: str) -> None:
    path = folder / "a.db"
    ingested(path, [page(html(views=3), day(0)), page(html(title="青杉县部署防火工作（更正）", views=8), day(1))])
    ingested(path, [page(html(title="青杉县另一则消息"), day(1), address(2))])
    (SCHEMAS / name).mkdir(parents=True)
    for file, dump in ((path, "main.sql"), (pages_path(path), "pages.sql")):
        with sqlite3.connect(file) as connection:
            (SCHEMAS / name / dump).write_text("\n".join(connection.iterdump()) + "\n", "utf-8")
        connection.close()


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        _write(Path(temporary), sys.argv[1] if len(sys.argv) > 1 else known()[-1])
