"""CPU per page of govnews.extract over a named floor, and beside other extractors, in one interleaved run.

    python bench/extract.py [FOLDER] [--rounds N] [--grow]

Floor: what any extractor on Scrapy's own stack must pay: parsel's Selector over the page's text and five plain XPaths. Peers are
measured when they are installed (`pip install -e '.[bench]'`; pip 23 stumbles over what they ask of lxml, 26 does not). FOLDER holds
saved HTML pages; without one the labelled corpus (GOVNEWS_CORPUS, default ../shared/corpus) is read, and without that the golden
pages of the tests. CPU time (process_time), the best of N rounds for each page in changing order, so that a busy machine shifts little.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import random
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from parsel import Selector

from govnews import extract

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("GOVNEWS_CORPUS") or ROOT.parent / "shared" / "corpus")
GOAL, AHEAD = 2.0, 8.0
"""Ratio to the floor that is to hold; how many times a peer that returns several fields must cost more."""
GROW = (1, 2, 4, 8)
"""Sizes in MB of the made page with which the growth of the cost is shown."""

_XPATHS = ("//title/text()", '//meta[@name="PubDate"]/@content', "//h1//text()", "//p//text()", "//a/@href")


def floor(page: bytes) -> None:
    """The least: parse, and ask five things."""
    selector = Selector(text=page.decode("utf-8", "replace"), type="html")
    for path in _XPATHS:
        selector.xpath(path).getall()


def peers() -> dict[str, Callable[[bytes], object]]:
    """Name → a call on one page, for each extractor of several fields that is installed."""
    found: dict[str, Callable[[bytes], object]] = {}
    if importlib.util.find_spec("gne"):
        from gne import GeneralNewsExtractor

        gne = GeneralNewsExtractor()
        found["GNE"] = lambda page: gne.extract(page.decode("utf-8", "replace"))
    if importlib.util.find_spec("trafilatura"):
        from trafilatura import bare_extraction

        found["trafilatura"] = lambda page: bare_extraction(page, with_metadata=True)
    if importlib.util.find_spec("newspaper"):
        from newspaper import Article

        def newspaper(page: bytes) -> None:
            article = Article("http://127.0.0.1/", language="zh", fetch_images=False)
            article.download(input_html=page.decode("utf-8", "replace"))
            article.parse()

        found["newspaper4k"] = newspaper
    return found


def cpu(call: Callable[[bytes], object], page: bytes, failed: list[bytes] | None = None) -> float:
    """Seconds of CPU of one call. failed: takes the pages on which a peer raises; the time until then counts."""
    began = time.process_time()
    try:
        call(page)
    except Exception:
        if failed is None:
            raise
        failed.append(page)
    return time.process_time() - began


def pages(folder: Path | None) -> list[bytes]:
    """The pages that are measured."""
    places = [folder] if folder else [CORPUS / "pages", ROOT / "tests" / "golden"]
    for place in places:
        if files := sorted(p for p in place.rglob("*.htm*") if p.is_file()):
            print(
                f"{len(files)} pages of {place.name}, {sum(p.stat().st_size for p in files) / len(files) / 1024:.0f} KB each"
            )
            return [p.read_bytes() for p in files]
    raise SystemExit("bench: no pages found")


def compare(found: list[bytes], rounds: int) -> bool:
    """Prints the table; whether the goals hold."""
    others = peers()
    calls: dict[str, Callable[[bytes], object]] = {"floor": floor, "govnews": extract, **others}
    best = {name: [float("inf")] * len(found) for name in calls}
    failed: dict[str, list[bytes]] = {name: [] for name in others}
    for name, call in calls.items():  # imports and caches
        cpu(call, found[0], failed.get(name))
    order = [*calls.items()]
    chance = random.Random(0)
    for _ in range(rounds):
        for n, page in enumerate(found):
            chance.shuffle(
                order
            )  # whoever comes after one that has read the page finds it in the caches of the processor
            for name, call in order:
                best[name][n] = min(best[name][n], cpu(call, page, failed.get(name)))
    base = sum(best["floor"])
    ours = sum(best["govnews"])
    print(f"{'extractor':14}{'ms/page':>9}{'median':>9}{'slowest':>9}{'over floor':>12}{'over govnews':>14}")
    for name, times in best.items():
        spent = sum(times)
        print(
            f"{name:14}{1000 * spent / len(times):9.2f}{1000 * statistics.median(times):9.2f}{1000 * max(times):9.1f}"
            f"{spent / base:12.2f}{spent / ours:14.2f}"
        )
    for name, those in failed.items():
        if those:
            print(f"{name} raised on {len(set(those))} of {len(found)} pages")
    behind = [n for n in best if n not in ("floor", "govnews") and sum(best[n]) < AHEAD * ours]
    print(f"goal: ≤ {GOAL} over the floor: {'holds' if ours <= GOAL * base else 'MISSED'}")
    print(f"goal: every peer ≥ {AHEAD:g} times govnews: {'MISSED by ' + ', '.join(behind) if behind else 'holds'}")
    return ours <= GOAL * base and not behind


def grow() -> None:
    """Cost of one long article as it grows: milliseconds a MB must stay flat."""
    paragraph = "<p>　　全县上下一心抓项目，三月以来新开工四十二个，完成投资十三亿元。</p>\n"
    head = (
        "<html><head><title>长文</title></head><body><h1>一篇很长的文章</h1><p>发布时间：2024-05-01 来源：县报</p><div>"
    )
    print(f"{'MB':>4}{'floor ms/MB':>13}{'govnews ms/MB':>15}")
    for size in GROW:
        page = (head + paragraph * (size * 2**20 // len(paragraph.encode())) + "</div></body></html>").encode()
        base = min(cpu(_linear_floor, page) for _ in range(2))
        ours = min(cpu(extract, page) for _ in range(2))
        print(f"{size:4}{1000 * base / size:13.0f}{1000 * ours / size:15.0f}")


def _linear_floor(page: bytes) -> None:
    """The floor without `//p//text()`, which alone is quadratic on a long page."""
    Selector(text=page.decode("utf-8", "replace"), type="html").xpath("//a/@href").getall()


def main() -> int:
    """Exit code: 0 the goals hold, 1 one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--grow", action="store_true", help="also a page of 1, 2, 4 and 8 MB")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.ERROR)
    holds = compare(pages(arguments.folder), arguments.rounds)
    if arguments.grow:
        grow()
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
