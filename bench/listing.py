"""CPU per list page of govnews.listing over the floor of bench/extract.py, in one interleaved run, and its growth on a long list.

    python bench/listing.py [FOLDER] [--rounds N] [--grow]

FOLDER holds saved list pages; without one the labelled lists (GOVNEWS_CORPUS, default ../shared/corpus) are read, and without those
the golden lists of the tests. Endpoint replies are left out: the floor parses HTML.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from functools import partial
from pathlib import Path

from extract import CORPUS, GROW, ROOT, cpu, floor

from govnews import listing

GOAL = 7.0
"""Ratio to the floor that is to hold. A list page is read once for the ten or twenty articles it names."""

ours = partial(listing, url="http://www.songxi.test/xw/index.html")

_ROW = '<li><a href="./202405/t20240501_{n}.html" title="全县项目建设推进会召开第{n}次会议">全县项目建设推进会召开第{n}次会议</a><span>2024-05-01</span></li>\n'


def pages(folder: Path | None) -> list[bytes]:
    """The list pages that are measured."""
    for place in [folder] if folder else [CORPUS / "lists" / "pages", ROOT / "tests" / "golden" / "lists"]:
        if files := sorted(p for p in place.rglob("*.htm*") if p.is_file()):
            print(f"{len(files)} lists, {sum(p.stat().st_size for p in files) / len(files) / 1024:.0f} KB each")
            return [p.read_bytes() for p in files]
    raise SystemExit("bench: no list pages found")


def compare(found: list[bytes], rounds: int) -> bool:
    """Prints the table; whether the goal holds."""
    calls = {"floor": floor, "govnews": ours}
    best = {name: [float("inf")] * len(found) for name in calls}
    for call in calls.values():  # imports and caches
        cpu(call, found[0])
    for _ in range(rounds):
        for n, page in enumerate(found):
            for name, call in calls.items():
                best[name][n] = min(best[name][n], cpu(call, page))
    base = sum(best["floor"])
    print(f"{'':10}{'ms/page':>9}{'median':>9}{'slowest':>9}{'over floor':>12}")
    for name, times in best.items():
        print(
            f"{name:10}{1000 * sum(times) / len(times):9.2f}{1000 * statistics.median(times):9.2f}{1000 * max(times):9.1f}"
            f"{sum(times) / base:12.2f}"
        )
    holds = sum(best["govnews"]) <= GOAL * base
    print(f"goal: ≤ {GOAL:g} over the floor: {'holds' if holds else 'MISSED'}")
    return holds


def grow() -> None:
    """Cost of one list as it grows: milliseconds a MB must stay flat."""
    print(f"{'MB':>4}{'rows':>8}{'ms/MB':>8}")
    for size in GROW:
        count = size * 2**20 // len(_ROW.encode())
        page = ("<html><body><ul>" + "".join(_ROW.format(n=n) for n in range(count)) + "</ul></body></html>").encode()
        print(f"{size:4}{count:8}{1000 * min(cpu(ours, page) for _ in range(2)) / size:8.0f}")


def main() -> int:
    """Exit code: 0 the goal holds, 1 it is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--grow", action="store_true", help="also a list of 1, 2, 4 and 8 MB")
    arguments = parser.parse_args()
    holds = compare(pages(arguments.folder), arguments.rounds)
    if arguments.grow:
        grow()
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
