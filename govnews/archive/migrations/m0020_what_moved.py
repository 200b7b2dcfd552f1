"""Indexes of what a site has lost and where it stands now: health asks for both site by site."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Some fifty bytes an article that is lost or moved, none for others. Without them those of all sites are read for each."""
    db.execute("CREATE INDEX articles_lost ON articles (site, uid) WHERE presence <> 'alive'")
    db.execute("CREATE INDEX bridges_back ON bridges (new_uid, uid)")
