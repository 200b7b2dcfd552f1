"""The circuit of a site: after walls or a dead host it is left alone for hours, longer each time, also by later runs.

Kept in `sites.learned` under `circuit`. A run from elsewhere (another --vantage) does not inherit it: a wall is often a wall for
one network only. May import: archive, the standard library.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from govnews.archive import Archive, learn
from govnews.crawl.revisit import later

HOURS = {
    "blocked": (1.0, 3.0, 8.0, 24.0),
    "throttled": (1.0, 3.0, 8.0, 24.0),
    "unreachable": (0.0, 1.0, 4.0, 24.0),
    "server_error": (0.0, 1.0, 4.0, 24.0),
}
"""Verdict → hours until the next try, for the first time, the second, … An outage may be ours: the next run tries again."""


@dataclass(frozen=True, slots=True)
class Circuit:
    """Why a site is left alone, until when, after how many times in a row, and from where it looked so."""

    verdict: str
    until: str
    times: int = 1
    vantage: str | None = None


def read(archive: Archive) -> dict[str, Circuit]:
    """Site id → its circuit; sites without one are left out."""
    rows = archive.connection.execute(
        "SELECT id, json_extract(learned, '$.circuit') FROM sites WHERE learned LIKE '%circuit%'"
    )
    return {id: Circuit(**json.loads(text)) for id, text in rows if text}


def opened(verdict: str, now: str, before: Circuit | None, vantage: str | None, *, wait: float = 0.0) -> Circuit:
    """The circuit after one more failure. wait: seconds the server asked for."""
    times = before.times + 1 if before is not None else 1
    steps = HOURS[verdict]
    hours = max(steps[min(times, len(steps)) - 1], wait / 3600)
    return Circuit(verdict, later(now, hours), times, vantage)


def write(archive: Archive, site: str, circuit: Circuit | None) -> None:
    """Remembers a site's circuit, or with null that it is closed."""
    learn(archive, site, "circuit", asdict(circuit) if circuit else None)
