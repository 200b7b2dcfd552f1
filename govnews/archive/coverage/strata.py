"""The first table of a paper's appendix: strata of a sample by status of coverage, what is included against what is not. Pure.

May import: rules.py, model, the standard library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from govnews.archive.coverage.rules import SEEN
from govnews.model.codes import codes


def by_stratum(rows: Sequence[Mapping[str, Any]], strata: Mapping[str, str]) -> list[dict[str, Any]]:
    """A line for each stratum and one for `all`, last. rows: of coverage_county_month. strata: county → stratum.

    counties: of the stratum. whole: those of which every month was observed; some: a month at least was, or a part of one; none: the
    others. county_months, and of them each status; the statuses add up to them. observed_percent: of county-months, with one decimal;
    null without any."""
    groups: dict[str, list[Mapping[str, Any]]] = {name: [] for name in sorted(set(strata.values()))}
    for row in rows:
        groups.setdefault(strata.get(row["county"], "-"), []).append(row)
    return [_line(name, inside) for name, inside in [*groups.items(), ("all", list(rows))]]


def _line(name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    statuses = Counter(row["status"] for row in rows)
    of_county: dict[str, set[str]] = {}
    for row in rows:
        of_county.setdefault(row["county"], set()).add(row["status"])
    whole = sum(seen <= set(SEEN) for seen in of_county.values())
    none = sum(not seen & {*SEEN, "partial"} for seen in of_county.values())
    observed = sum(statuses[status] for status in SEEN)
    return {
        "stratum": name,
        "counties": len(of_county),
        "whole": whole,
        "some": len(of_county) - whole - none,
        "none": none,
        "county_months": len(rows),
        **{status: statuses[status] for status in codes("coverage")},
        "observed_percent": round(100 * observed / len(rows), 1) if rows else None,
    }
