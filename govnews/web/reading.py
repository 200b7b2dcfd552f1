"""What the pages show: questions to an open archive, each answered with plain rows. Names of counties come with their province.

May import: archive, model.
"""

from __future__ import annotations

import json
from typing import Any

from govnews.archive import HEALTHY, Archive, newest_runs

Row = dict[str, Any]
SHORT = 15
"""Rows of a list that is there for a first look."""

_ARTICLES = "SELECT * FROM articles_with_place"


def rows(archive: Archive, sql: str, *values: Any) -> list[Row]:
    """The rows of a query, as dicts."""
    return [dict(row) for row in archive.connection.execute(sql, values)]


def place(row: Row) -> str:
    """Province, prefecture and county of a row, each once; the site's id when nothing is known."""
    parts = dict.fromkeys((row.get("province"), row.get("prefecture"), row.get("county")))
    return " ".join(p for p in parts if p) or str(row.get("site") or "")


def freshness(archive: Archive) -> Row | None:
    """time (UTC, the newest finished run), total sites, current (their last visit went well), blocked; null before any run."""
    ended = newest_runs(archive).values()
    time = max((finished for finished, _ in ended if finished), default=None)
    if time is None:
        return None
    verdicts = [verdict for _, verdict in ended]
    current = sum(verdict in HEALTHY for verdict in verdicts)
    return {"time": time, "total": len(verdicts), "current": current, "blocked": verdicts.count("blocked")}


def totals(archive: Archive) -> Row:
    """Counts of what the archive holds."""
    return rows(
        archive,
        "SELECT count(*) AS n_articles, (SELECT count(*) FROM sites) AS n_counties, (SELECT count(*) FROM captures) AS n_captures, "
        "(SELECT count(*) FROM revisions WHERE cause = 'site') AS n_edits, (SELECT count(*) FROM articles WHERE presence <> 'alive') AS n_missing, "
        "min(publish_date) AS first, max(publish_date) AS last FROM articles",
    )[0]


def counties(archive: Archive, site: str | None = None) -> list[Row]:
    """Every site with its number of articles, span, and how its last visit ended; or that one, if it is there."""
    of, whose, values = ("", "", ()) if site is None else ("WHERE site = ?", "WHERE s.id = ?", (site, site))
    ended = newest_runs(archive)
    found = rows(
        archive,
        "SELECT s.id AS site, s.name AS county, s.province, s.prefecture, a.articles, a.first, a.last "
        "FROM sites s LEFT JOIN (SELECT site, count(*) AS articles, min(publish_date) AS first, max(publish_date) AS last "
        f"FROM articles {of} GROUP BY site) a ON a.site = s.id {whose} ORDER BY s.province, s.prefecture, s.id",
        *values,
    )
    for row in found:
        row["finished_at"], row["verdict"] = ended.get(row["site"], (None, None))
    return found


def months(archive: Archive, where: str = "1", *values: Any) -> list[Row]:
    """Articles a month, newest first, under a condition of ours; without one an index has the answer."""
    return rows(
        archive,
        f"SELECT substr(publish_date, 1, 7) AS month, count(*) AS articles FROM articles WHERE {where} GROUP BY month ORDER BY month DESC",
        *values,
    )


def newest(archive: Archive, where: str = "1", *values: Any, limit: int = SHORT) -> list[Row]:
    """The newest articles under a condition of ours."""
    return rows(archive, f"{_ARTICLES} WHERE {where} ORDER BY publish_date DESC, uid LIMIT {int(limit)}", *values)


def spread(archive: Archive, what: str, where: str, *values: Any) -> list[Row]:
    """Articles by `county` or `source` under a condition of ours, most first."""
    columns = {"county": "site, county, province, prefecture", "source": "source"}[what]
    key = "site" if what == "county" else "source"
    return rows(
        archive,
        f"SELECT {columns}, count(*) AS articles FROM articles_with_place WHERE {where} GROUP BY {key} ORDER BY articles DESC LIMIT 50",
        *values,
    )


def county(archive: Archive, site: str) -> Row | None:
    """One site with what a county page says, or null."""
    found = counties(archive, site)
    if not found:
        return None
    fields = rows(archive, "SELECT * FROM field_completeness_by_year WHERE site = ? ORDER BY year DESC", site)
    return {
        **found[0],
        **rows(archive, "SELECT home, family FROM sites WHERE id = ?", site)[0],
        "fields": fields,
        "calendar": calendar(archive, site),
        "months": months(archive, "site = ?", site),
        "sources": spread(archive, "source", "site = ?", site),
        "newest": newest(archive, "site = ?", site),
        "missing": newest(archive, "site = ? AND presence <> 'alive'", site, limit=100),
        "edits": rows(archive, "SELECT DISTINCT uid, title FROM edits WHERE site = ? AND cause = 'site'", site),
        "gaps": rows(archive, "SELECT * FROM gaps WHERE site = ? ORDER BY last_before DESC LIMIT 50", site),
        "issues": rows(
            archive,
            "SELECT code, severity, sum(times) AS times, max(last_seen) AS last_seen FROM issues WHERE site = ? "
            "GROUP BY code ORDER BY times DESC",
            site,
        ),
    }


def coverage(archive: Archive) -> list[Row]:
    """County-months by status, most first; empty before `govnews coverage` was run."""
    return rows(
        archive,
        "SELECT status, count(*) AS months FROM coverage_county_month GROUP BY status ORDER BY months DESC, status",
    )


def calendar(archive: Archive, site: str) -> list[Row]:
    """The covered years of a county, newest first, each with its twelve months in order; a month outside the table is null."""
    found = rows(
        archive,
        "SELECT month, status, archived, listed, detail FROM coverage_county_month "
        "WHERE county = (SELECT coalesce(division_code, id) FROM sites WHERE id = ?)",
        site,
    )
    months = {row["month"]: row for row in found}
    years = sorted({month[:4] for month in months}, reverse=True)
    return [{"year": year, "months": [months.get(f"{year}-{n:02}") for n in range(1, 13)]} for year in years]


def elsewhere(archive: Archive, uid: str) -> list[Row]:
    """The articles whose text is like this one's, the earliest dated first; empty when there is none, or nobody looked."""
    return rows(
        archive,
        "SELECT a.uid, a.title, a.publish_date, a.presence, a.source, a.site, a.county, a.province, a.prefecture, "
        "a.uid = o.first_published AS is_first, o.share FROM reprints r JOIN reprints o ON o.cluster = r.cluster "
        "JOIN articles_with_place a ON a.uid = o.uid WHERE r.uid = ?1 AND o.uid <> ?1 ORDER BY is_first DESC, a.publish_date, a.uid LIMIT 100",
        uid,
    )


def about(archive: Archive, found: Row) -> Row:
    """What later steps found out of an article: kind of its source, texts like it, leaders it names, its other address."""
    uid = found["uid"]
    kind = rows(
        archive,
        "SELECT kind, organisation FROM source_kinds WHERE site = ? AND source = ?",
        found["site"],
        found["source"],
    )
    return {
        "source_kind": kind[0] if kind else None,
        "elsewhere": elsewhere(archive, uid),
        "leaders": rows(
            archive,
            "SELECT l.name, l.post FROM mentions m JOIN leaders l USING (leader) WHERE m.uid = ? ORDER BY l.name",
            uid,
        ),
        "moved": rows(
            archive,
            "SELECT new_uid AS uid, 1 AS later FROM bridges WHERE uid = ?1 UNION ALL SELECT uid, 0 FROM bridges WHERE new_uid = ?1",
            uid,
        ),
    }


def places(archive: Archive) -> Row:
    """What the search form offers: provinces and sites."""
    found = counties(archive)
    return {"provinces": sorted({r["province"] for r in found if r["province"]}), "sites": found}


def as_json(value: Any) -> str:
    """JSON for a download: Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)
