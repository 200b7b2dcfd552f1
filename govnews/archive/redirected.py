"""Where the columns of sites led when they were last asked for. May import: its neighbours in this room."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnews.archive.database import Archive

_NEWEST = (
    "SELECT site, requested_url, url, response_class, error, status, max(fetched_at) AS at FROM captures "
    "WHERE task = 'list' AND requested_url IS NOT NULL AND (status BETWEEN 200 AND 299 OR response_class = 'off_site') "
    "GROUP BY site, requested_url"
)
_LEFT = re.compile(r"OffSite: (\S+) is not a host of the site(?:: (\S+))?")


def redirected(archive: Archive) -> Iterator[tuple[str, str, str, str]]:
    """(site, asked, where it ended, when, UTC) of the newest answer to each address of a list. Of a redirect to a host that is not the
    site's nothing was fetched, so it ends where it led to; archives from before that was noted know only the host: `//host/`."""
    for row in archive.connection.execute(_NEWEST):
        left = _LEFT.match(row["error"] or "")
        ended = (left[2] or f"//{left[1]}/") if left else row["url"]
        if ended:
            yield row["site"], row["requested_url"], ended, row["at"]
