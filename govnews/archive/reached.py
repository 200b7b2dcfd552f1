"""Which counties an archive has reached: those with articles, and those whose newest run ended well; and how that run ended.

May import: its neighbours in this room.
"""

from __future__ import annotations

import json

from govnews.archive.database import Archive

HEALTHY = ("ok", "nothing_new")
"""Verdicts of the newest run after which nothing needs to be done."""
_SITES = (
    "WITH RECURSIVE met (site) AS (SELECT min(site) FROM articles UNION ALL "
    "SELECT (SELECT min(site) FROM articles WHERE site > met.site) FROM met WHERE met.site IS NOT NULL) "
    "SELECT site FROM met WHERE site IS NOT NULL"
)
"""A step of the index a site: DISTINCT would read as many entries as there are articles."""
_RUNS = "SELECT finished_at, sites FROM runs WHERE sites IS NOT NULL ORDER BY id DESC"


def reached(archive: Archive) -> tuple[set[str], set[str]]:
    """Codes of counties with articles, and of those whose newest runs ended well. A second site (`533423-rmt`) counts for its
    county, which is healthy when all its sites are; a site outside the directory has its own id for a code."""
    rows = archive.connection.execute("SELECT id, division_code FROM sites")
    county = {row["id"]: row["division_code"] or row["id"].partition("-")[0] for row in rows}
    archived = {county.get(row["site"], row["site"]) for row in archive.connection.execute(_SITES)}
    ended: dict[str, set[str]] = {}
    for site, (_, verdict) in newest_runs(archive).items():
        ended.setdefault(county.get(site, site), set()).add(verdict)
    return archived, {code for code, verdicts in ended.items() if verdicts <= set(HEALTHY)}


def newest_runs(archive: Archive) -> dict[str, tuple[str | None, str]]:
    """Site → when the newest run that named it was finished (UTC, null: it was not) and its verdict ("" when the run does not say).

    What view latest_verdicts has, which reads every run: here the runs from before all sites of the archive were met are left alone,
    so that an archive of years answers as one of a day, unless some site was only ever imported."""
    sites = {row[0] for row in archive.connection.execute("SELECT id FROM sites")}
    found: dict[str, tuple[str | None, str]] = {}
    for row in archive.connection.execute(_RUNS):
        for site, said in json.loads(row["sites"]).items():
            found.setdefault(site, (row["finished_at"], said.get("verdict") or ""))
        if sites <= found.keys():
            break
    return found
