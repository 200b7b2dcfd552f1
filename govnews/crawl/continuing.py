"""Whether a run goes on where one was broken off: killed, stopped with Ctrl-C, or out of disk space.

Such a run does not read again what the broken one had read; a new run begins with the first page of every list. May import: archive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from govnews.archive import Archive

FRESH = 6.0
"""Hours for which the first page of a list counts as just read."""
LOOKED_AT = 50
"""Runs looked back on."""
_SAME = ("since", "limit", "full", "revisit", "counters")


def broken_off(
    archive: Archive, run: int, sites: Iterable[str], settings: Mapping[str, Any], not_before: str
) -> dict[str, str]:
    """Site id → when the chain of broken runs began that this run goes on with; sites with which it begins anew are left out.
    A run asked for something else (`--full`, another `--since`) begins anew."""
    rows = archive.connection.execute(
        "SELECT started_at, reason, settings FROM runs WHERE id < ? ORDER BY id DESC LIMIT ?", (run, LOOKED_AT)
    ).fetchall()
    asked = {name: settings.get(name) for name in _SAME}
    open_sites, since = set(sites), dict[str, str]()
    for row in rows:
        known = json.loads(row["settings"])
        of_run = open_sites & set(known.get("sites", ()))
        if not of_run:
            continue
        if row["reason"] == "finished" or row["started_at"] < not_before or {n: known.get(n) for n in _SAME} != asked:
            open_sites -= of_run
        else:
            since |= dict.fromkeys(of_run, row["started_at"])
    return since
