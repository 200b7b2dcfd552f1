"""An index of the pages that were read and are no articles: one site's are read again when its layout is learned."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Some twenty bytes such a page. Without it every page of the archive is looked at for each such site."""
    db.execute(
        "CREATE INDEX captures_no_article ON captures (site) WHERE response_class = 'ok' AND kind IS NOT 'article' "
        "AND coalesce(task, 'article') = 'article'"
    )
