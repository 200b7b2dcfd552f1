"""What `site health` and `site coverage` cost on a national archive, and that a site costs the same among many as among few.

    python bench/health.py [--counties 300] [--articles 5]

The archive is that of bench/panel.py (24 months, 2 columns, a run a week that names every site), with a capture of every article
and its place in the frontier. The floor is the plain count any analyst would write over the same file: captures by site and month,
one GROUP BY. CPU time in one process, best of two, file in the page cache; then the same of a third of the counties.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from panel import make, spent

from govnews.archive import open_archive, reached
from govnews.health import examine
from govnews.sites import load_site_files, steps

HOLD = {"health": 60.0, "health, one site": 0.5, "coverage": 3.0}
"""Times the floor."""
GROWS = 1.5
"""Times that a site may cost more in an archive of three times as many."""
NOW = "2025-01-05T00:00:00Z"
FLOOR = "SELECT site, substr(fetched_at, 1, 7) AS month, count(*), sum(size) FROM captures GROUP BY site, month"
_CAPTURES = (
    "INSERT INTO captures (url_key, fetched_at, sha256, url, redirects, site, run, task, status, response_class, kind, headers, size, "
    "truncated, origin) SELECT url_key, fetched_at, sha256, url, '[]', site, 1 + id % 104, 'article', 200, 'ok', 'article', '{}', 9000, 0, "
    "'crawl' FROM articles"
)
_FRONTIER = (
    "INSERT INTO frontier (kind, key, site, state, method, url, headers, page_number, priority, attempts, added_at, done_at) "
    "SELECT 'article', url_key, site, 'done', 'GET', url, '[]', 1, 0, 1, fetched_at, fetched_at FROM articles UNION ALL "
    "SELECT 'list', column_url, site, 'done', 'GET', column_url, '[]', 1, 0, 1, min(read_at), max(read_at) FROM list_reads GROUP BY site, column_url"
)

_LOST = (
    "UPDATE articles SET presence = 'gone', presence_since = '2024-12-01T00:00:00Z' WHERE id % 5 = 0",
    "INSERT INTO bridges (uid, new_uid, at, evidence) SELECT o.uid, n.uid, '2024-12-02T00:00:00Z', 'text' FROM articles o "
    "JOIN articles n ON n.id = o.id + 1 AND n.site = o.site WHERE o.id % 5 = 0",
)
"""A redesign behind every site: a fifth of what it had is found at another address."""


def measure(path: Path, counties: int, articles: int) -> dict[str, float]:
    """CPU seconds of each, and of the floor."""
    make(path, counties, articles)
    with open_archive(path) as archive:
        for statement in (_CAPTURES, _FRONTIER, *_LOST, "UPDATE sites SET first_seen = '2023-01-02T00:00:00Z'"):
            archive.connection.execute(statement)
        many = archive.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        [site] = archive.connection.execute("SELECT id FROM sites LIMIT 1").fetchone()
        print(f"{counties:,} counties, {many:,} articles, {path.stat().st_size / 1e6:,.0f} MB")
        return {
            "floor": spent(lambda: archive.connection.execute(FLOOR).fetchall()),
            "health": spent(lambda: examine(archive, now=NOW)),
            "health, one site": spent(lambda: examine(archive, now=NOW, sites=[site])),
            "coverage": spent(lambda: steps(load_site_files(), *reached(archive))),
        }


def main() -> int:
    """Prints the costs; 1 when one does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counties", type=int, default=300)
    parser.add_argument("--articles", type=int, default=5)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few = measure(Path(folder) / "few.db", told.counties // 3, told.articles)
        cost = measure(Path(folder) / "many.db", told.counties, told.articles)
    bad = False
    print(f"{'floor':18}{1000 * cost['floor']:9.0f} ms")
    for name, hold in HOLD.items():
        ratio = cost[name] / cost["floor"]
        bad |= ratio > hold
        print(f"{name:18}{1000 * cost[name]:9.0f} ms{ratio:7.2f} × the floor, to hold {hold:g}")
    growth = cost["health"] / few["health"] / 3
    bad |= growth > GROWS
    print(f"a site costs {growth:.2f} × what it costs among a third as many, to hold {GROWS:g}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
