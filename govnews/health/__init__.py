"""Is a site as it was? Its newest pages and days against its own past and the promises of its site file, from the archive alone.

Lives here: what is measured (numbers.py), the queries (query.py), where a share breaks (change.py), the rules (rules.py). Numbers and rules
are pure. May import: archive, model. May not: the network, Scrapy, the command line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govnews.archive import Archive
from govnews.health.numbers import Finding, Health
from govnews.health.query import measure
from govnews.health.rules import judge
from govnews.model import Expect

__all__ = ["Finding", "Health", "examine"]


def examine(
    archive: Archive, *, now: str, promises: Mapping[str, Expect] | None = None, sites: Sequence[str] | None = None
) -> list[Health]:
    """Every site of the archive (or those of `sites`), the worst first. now: UTC. promises: site id → its site file's. Raises
    sqlite3.Error."""
    out = [
        Health(numbers.site, numbers.name, tuple(judge(numbers, (promises or {}).get(numbers.site, Expect()), now)))
        for numbers in measure(archive, sites)
    ]
    return sorted(out, key=lambda health: (health.rank, health.site))
