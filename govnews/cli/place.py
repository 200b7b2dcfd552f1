"""Which site of an archive a person means. May import: archive, sites, model."""

from __future__ import annotations

from pathlib import Path

from govnews.archive import Archive
from govnews.model import Failure
from govnews.sites import resolve
from govnews.sites.directory import stem


def site_id(archive: Archive, name: str | None, sites_dir: Path | None = None) -> str | None:
    """A site id: one the archive has by id, name or stem, else by the registry (whose county may have nothing here)."""
    if name is None:
        return None
    known = {row["id"]: row["name"] for row in archive.connection.execute("SELECT id, name FROM sites")}
    hits = [id for id, n in known.items() if name in (id, n)] or [id for id, n in known.items() if stem(n) == name]
    if len(hits) == 1:
        return str(hits[0])
    try:
        return resolve(name, sites_dir=sites_dir).id
    except Failure:
        if not hits:
            raise
        several = ", ".join(f"{known[id]} ({id})" for id in hits)
        raise Failure("several_sites", f"{name} means several: {several}", hint="use the id", exit_code=2) from None


def archived_site(archive: Archive, name: str, sites_dir: Path | None = None) -> str:
    """The same of a site that must be in the archive. Raises Failure, also `never_crawled`."""
    site = str(site_id(archive, name, sites_dir))
    if not archive.connection.execute("SELECT 1 FROM sites WHERE id = ?", (site,)).fetchone():
        raise Failure("never_crawled", f"{name} ({site}) is not in {archive.path}", hint=f"first: govnews crawl {site}")
    return site
