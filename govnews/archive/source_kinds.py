"""Table `source_kinds`: every source a site quotes, sorted once. The rules are the registry's and are passed in, since the archive does
not know it. May import: model, its neighbours in this room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from govnews.archive.database import Archive
from govnews.archive.transaction import transaction

Sorter = Callable[[Mapping[str, Any], str], tuple[str, str | None, str]]
"""(row with id, name, division_code, prefecture and province of the site; source as printed) → kind, organisation, via."""
_NEW = (
    "SELECT p.site AS id, p.source, s.name, s.division_code, s.prefecture, s.province "
    "FROM (SELECT DISTINCT site, source FROM articles WHERE source IS NOT NULL) p LEFT JOIN sites s ON s.id = p.site "
    "LEFT JOIN source_kinds k ON k.site = p.site AND k.source = p.source WHERE k.site IS NULL ORDER BY p.site, p.source"
)


def update_source_kinds(archive: Archive, sorter: Sorter, *, again: bool = False) -> int:
    """Sorts the pairs of site and source that have no row yet, and returns how many. again: sort all anew, by the rules of today."""
    with transaction(archive.connection):
        if again:
            archive.connection.execute("DELETE FROM source_kinds")
        rows = archive.connection.execute(_NEW).fetchall()
        archive.connection.executemany(
            "INSERT INTO source_kinds (site, source, kind, organisation, via) VALUES (?, ?, ?, ?, ?)",
            [(row["id"], row["source"], *sorter(row, row["source"])) for row in rows],
        )
    return len(rows)


def counts(archive: Archive, site: str | None = None) -> list[dict[str, Any]]:
    """Articles and different sources of each kind, most articles first; kind null: articles that print no source."""
    articles, sources = Counter[str | None](), Counter[str | None]()
    for row in archive.connection.execute(
        "SELECT k.kind, a.source, count(*) AS n FROM articles a LEFT JOIN source_kinds k ON k.site = a.site AND k.source = a.source "
        "WHERE ?1 IS NULL OR a.site = ?1 GROUP BY a.site, k.kind, a.source",
        (site,),
    ):
        articles[row["kind"]] += row["n"]
        sources[row["kind"]] += row["source"] is not None
    total = sum(articles.values())
    return [
        {"source_kind": kind, "articles": n, "share": round(n / total, 3), "sources": sources[kind]}
        for kind, n in sorted(articles.items(), key=lambda pair: (-pair[1], pair[0] or ""))
    ]
