"""What coverage and a panel cost on a national archive: made counties × 24 months × 2 columns, lists read every week.

    python bench/panel.py [--counties 2000] [--articles 5]

The floor is the plain count any analyst would write, over the same file: articles and characters by site and month, one GROUP BY.
CPU time in one process, best of two, file in the page cache. A county has `--articles` a month and column, with a text of 300
characters, a list row each, two readings of a view count, and 104 weekly readings of each list; a run names every site.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from govnews.archive import Archive, coverage, load_division_changes, load_divisions, open_archive
from govnews.export import Ask, panel
from govnews.sites import directory, division_changes

HOLD = {"coverage": 25.0, "county-month": 8.0, "county-week": 10.0, "province-year": 8.0}
"""Times the floor."""
FIRST, MONTHS, WEEKS, COLUMNS = date(2023, 1, 2), 24, 104, 2
FLOOR = (
    "SELECT site, substr(publish_date, 1, 7) AS month, count(*), sum(length(body)) FROM articles GROUP BY site, month"
)
_BODY = "各乡镇要把责任落实到人，确保各项措施落到实处。" * 13
_ARTICLE = (
    "INSERT INTO articles (uid, version, site, url, url_key, title, publish_time, publish_time_precision, publish_date, source, "
    "view_count_state, body, flags, via, presence, first_seen, last_seen, fetched_at, sha256, text_sha256, family, extractor) "
    "VALUES (?1, ?2, ?3, ?4, ?4, '一则消息', ?5, 'day', ?5, '本站', 'shown', ?6, '[]', '{}', 'alive', ?7, ?7, ?7, ?1, ?1, 'vsb', 'x')"
)
_SIGHTING = (
    "INSERT INTO sightings (uid, site, column_url, target_url, target_key, list_title, list_date, list_day, first_seen, last_seen) "
    "VALUES (?1, ?2, ?3, ?4, ?4, '一则消息', ?5, ?5, ?6, ?6)"
)


def make(path: Path, counties: int, articles: int) -> None:
    """The archive, county by county, as a crawl of two years would leave it."""
    codes = sorted(code for code, d in directory().divisions.items() if d.level == "county")[:counties]
    with open_archive(path) as archive:
        load_divisions(archive, directory().rows())
        load_division_changes(archive, division_changes())
        sql = archive.connection
        sql.execute("BEGIN")
        names = json.dumps({code: {"verdict": "ok" if n % 9 else "blocked"} for n, code in enumerate(codes)})
        for week in range(WEEKS):
            at = _at(week)
            sql.execute(
                "INSERT INTO runs (command, started_at, finished_at, version, settings, sites) VALUES ('crawl', ?, ?, 'x', '{}', ?)",
                (at, at, names),
            )
        for n, code in enumerate(codes):
            division = directory().divisions[code]
            sql.execute(
                "INSERT INTO sites VALUES (?1, ?2, NULL, '[]', ?1, ?3, ?4, NULL, NULL, '{}', 'x', 'x')",
                (code, division.name, division.province, division.prefecture),
            )
            sql.execute("INSERT INTO source_kinds VALUES (?, '本站', 'own-county', NULL, 'self')", (code,))
            rows = list(_articles(n, code, articles))
            sql.executemany(_ARTICLE, [row[:7] for row in rows])
            sql.executemany(_SIGHTING, [(r[0], code, r[7], r[3], r[4], r[6]) for r in rows])
            views = [(r[0], _later(r[4], age), "inline", 100 + age, 0, r[0]) for r in rows for age in (28, 90)]
            sql.executemany("INSERT INTO view_observations VALUES (?, ?, ?, ?, ?, ?)", views)
            reads = [
                (
                    code,
                    f"http://{code}.test/{c}/",
                    _at(week),
                    1,
                    20,
                    (FIRST + timedelta(days=7 * (week - 2))).isoformat(),
                    None,
                    0,
                )
                for week in range(WEEKS)
                for c in range(COLUMNS)
            ]
            sql.executemany("INSERT INTO list_reads VALUES (?, ?, ?, ?, ?, ?, ?, ?)", reads)
        sql.execute("COMMIT")


def _articles(n: int, code: str, many: int) -> Iterator[tuple[Any, ...]]:
    for k in range(MONTHS * COLUMNS * many):
        day = (FIRST + timedelta(days=k * 728 // (MONTHS * COLUMNS * many))).isoformat()
        number = n * 100_000 + k
        column = f"http://{code}.test/{k % COLUMNS}/"
        yield f"{number:016x}", number, code, f"{code}.test/{k}", day, f"{k}{_BODY}", _later(day, 2), column


def _at(week: int) -> str:
    return _later(FIRST.isoformat(), 7 * week + 1)


def _later(day: str, days: int) -> str:
    return f"{date.fromisoformat(day) + timedelta(days=days)}T04:00:00Z"


def spent(do: Callable[[], object]) -> float:
    """CPU seconds, the better of two."""
    times = []
    for _ in range(2):
        began = time.process_time()
        do()
        times.append(time.process_time() - began)
    return min(times)


def cover(archive: Archive) -> None:
    """`govnews coverage` of all counties."""
    rows = archive.connection.execute("SELECT id, name, province, prefecture FROM sites ORDER BY id").fetchall()
    places = [
        coverage.Place(
            r["id"],
            r["name"],
            r["province"],
            r["prefecture"],
            sites={r["id"]: tuple(f"http://{r['id']}.test/{c}/" for c in range(COLUMNS))},
        )
        for r in rows
    ]
    coverage.compute(archive.connection, places, coverage.months("2023-01", "2024-12"), now="2025-01-05T00:00:00Z")


def drawn(archive: Archive, kind: str) -> int:
    """All rows of a panel."""
    return sum(1 for _ in panel(archive, Ask(kind)).rows())


def main() -> int:
    """Prints the costs; 1 when one does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", type=int, default=300)
    parser.add_argument("--articles", type=int, default=5)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        make(path, told.counties, told.articles)
        with open_archive(path) as archive:
            many = archive.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
            print(f"{told.counties:,} counties, {many:,} articles, {path.stat().st_size / 1e6:,.0f} MB")
            floor = spent(lambda: archive.connection.execute(FLOOR).fetchall())
            print(f"{'floor':14}{floor:9.2f} s")
            bad = False
            for name, hold in HOLD.items():
                cost = spent(lambda name=name: cover(archive) if name == "coverage" else drawn(archive, name))  # type: ignore[misc]
                bad |= cost > hold * floor
                print(f"{name:14}{cost:9.2f} s {cost / floor:6.1f} × the floor, to hold {hold:.0f}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
