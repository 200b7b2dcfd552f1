"""Runs: what was done, when, by which version, from where, and with what result for each site.

May import: model, its neighbours in this room.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from govnews.archive.database import Archive
from govnews.archive.transaction import transaction
from govnews.model import Site


def start_run(
    archive: Archive, command: str, *, now: str, version: str, vantage: str | None, settings: Mapping[str, Any]
) -> int:
    """Opens a run row and returns its id. vantage: a label the user sets (country and network in words), or null."""
    cursor = archive.connection.execute(
        "INSERT INTO runs (command, started_at, version, vantage, settings) VALUES (?, ?, ?, ?, ?)",
        (command, now, version, vantage, json.dumps(settings, ensure_ascii=False, default=str)),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def finish_run(
    archive: Archive, run: int, *, now: str, reason: str, counts: Mapping[str, Any], sites: Mapping[str, Any]
) -> None:
    """Closes a run row. sites: id → counts and verdict."""
    archive.connection.execute(
        "UPDATE runs SET finished_at = ?, reason = ?, counts = ?, sites = ? WHERE id = ?",
        (now, reason, json.dumps(counts, ensure_ascii=False), json.dumps(sites, ensure_ascii=False), run),
    )


def remember_sites(archive: Archive, sites: Iterable[Site], *, now: str) -> None:
    """Notes the sites of a run and their columns; what was learned of them is kept, and columns they no longer have stay."""
    sites = list(sites)
    archive.connection.execute("BEGIN IMMEDIATE")
    archive.connection.executemany(
        "INSERT INTO sites (id, name, home, hosts, division_code, province, prefecture, family, learned, first_seen, last_seen) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}', ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, home = excluded.home, "
        "hosts = excluded.hosts, division_code = excluded.division_code, province = excluded.province, "
        "prefecture = excluded.prefecture, family = coalesce(sites.family, excluded.family), last_seen = excluded.last_seen",
        [
            (
                s.id,
                s.name,
                s.home,
                json.dumps(s.hosts),
                s.division_code,
                s.province,
                s.prefecture,
                s.family or None,
                now,
                now,
            )
            for s in sites
        ],
    )
    archive.connection.executemany(
        "INSERT INTO site_columns (site, url, name, scope, first_seen, last_seen) VALUES (?1, ?2, ?3, ?4, ?5, ?5) "
        "ON CONFLICT (site, url) DO UPDATE SET name = excluded.name, scope = excluded.scope, last_seen = excluded.last_seen",
        [(s.id, c.url, c.name or None, c.scope or None, now) for s in sites for c in s.columns],
    )
    archive.connection.execute("COMMIT")


def learn_family(archive: Archive, site: str, family: str, points: Mapping[str, int]) -> None:
    """Remembers the family a site was found to be of, with the points of all that were in question."""
    archive.connection.execute(
        "UPDATE sites SET family = ?, family_points = ? WHERE id = ?",
        (family, json.dumps(points, ensure_ascii=False), site),
    )


def learn(archive: Archive, site: str, name: str, value: Any) -> None:
    """Remembers one thing of a site beside its family; null forgets it."""
    archive.connection.execute(
        "UPDATE sites SET learned = CASE WHEN ?2 = 'null' THEN json_remove(learned, ?1) ELSE json_set(learned, ?1, json(?2)) END "
        "WHERE id = ?3",
        (f"$.{name}", json.dumps(value, ensure_ascii=False), site),
    )


def learned(archive: Archive) -> dict[str, dict[str, Any]]:
    """Site id → what is known of it beyond the registry, for `sites.resolve`."""
    rows = archive.connection.execute("SELECT id, family, learned FROM sites")
    return {row["id"]: {"family": row["family"], **json.loads(row["learned"])} for row in rows}


def learned_of(archive: Archive, site: str) -> dict[str, Any]:
    """What was remembered of one site beside its family; empty when the archive has no such site."""
    row = archive.connection.execute("SELECT learned FROM sites WHERE id = ?", (site,)).fetchone()
    return dict(json.loads(row[0])) if row else {}


def load_division_changes(archive: Archive, rows: Iterable[tuple[Any, ...]]) -> None:
    """Fills table division_changes anew, columns in the order of the table; inside a transaction of its own."""
    with transaction(archive.connection):
        archive.connection.execute("DELETE FROM division_changes")
        archive.connection.executemany("INSERT INTO division_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def load_divisions(archive: Archive, rows: Iterable[tuple[str, ...]]) -> None:
    """Fills table divisions (code, name, level, parent_code, province, prefecture, short_name, type) once."""
    archive.connection.execute("BEGIN IMMEDIATE")
    archive.connection.executemany("INSERT OR REPLACE INTO divisions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    archive.connection.execute("COMMIT")
