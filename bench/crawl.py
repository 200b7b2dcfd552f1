"""Throughput of the whole way of a page over a bare, download-only Scrapy crawl of the same pages, in one interleaved run.

    python bench/crawl.py [--articles N] [--rounds N]       the table
    python bench/crawl.py --memory N                         resident memory from page 2,000 to page N
    python bench/crawl.py --frontier                         cost of a task with 1,000, 100,000 and 1,000,000 rows queued

Bare: a spider with our event loop and as many connections, whose callback does nothing; it follows no links, the addresses are given.
xpaths: govnews with extraction replaced by five XPaths (bytes kept, rows stored, frontier). whole: with the generic extractor.
later: pages are kept and understood afterwards (`crawl --read-later`). All are
measured from the spider's start to the end of the crawl, archive closed. CPU is of the crawling process alone; the server has its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
GOALS = {"whole": (0.30, 3.5), "xpaths": (0.40, 2.5)}
"""Mode → least pages/s and most CPU a page, over bare."""
GROWTH = 1.10


@contextmanager
def county(articles: int) -> Iterator[int]:
    """The port of a server in a process of its own."""
    words = [sys.executable, str(HERE / "county_server.py"), str(articles)]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline())
    finally:
        server.terminate()
        server.wait()


def run(mode: str, articles: int, port: int, *, watch: bool = False) -> dict[str, Any]:
    """One crawl in a process of its own: pages, seconds, cpu (seconds), memory (MB at some pages)."""
    with tempfile.TemporaryDirectory() as folder:
        config = {"mode": mode, "articles": articles, "port": port, "folder": folder, "watch": watch}
        done = subprocess.run(
            [sys.executable, __file__, "--child", json.dumps(config)], check=True, stdout=subprocess.PIPE, text=True
        )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert result["pages"] >= articles, result
    return result


def compare(articles: int, rounds: int) -> bool:
    """Prints the table; whether the goals hold."""
    modes = ("bare", "xpaths", "whole", "later")
    found: dict[str, list[dict[str, Any]]] = {mode: [] for mode in modes}
    with county(articles) as port:
        for _ in range(rounds):
            for mode in modes:
                found[mode].append(run(mode, articles, port))
    rate = {m: max(r["pages"] / r["seconds"] for r in found[m]) for m in modes}
    cpu = {m: min(1000 * r["cpu"] / r["pages"] for r in found[m]) for m in modes}
    print(f"{articles} articles, best of {rounds}")
    print(f"{'mode':8}{'pages/s':>9}{'of bare':>9}{'CPU ms/page':>13}{'over bare':>11}")
    for m in modes:
        print(f"{m:8}{rate[m]:9.0f}{rate[m] / rate['bare']:9.2f}{cpu[m]:13.2f}{cpu[m] / cpu['bare']:11.2f}")
    holds = True
    for m, (least, most) in GOALS.items():
        good = rate[m] >= least * rate["bare"] and cpu[m] <= most * cpu["bare"]
        holds = holds and good
        print(f"goal {m}: ≥ {least:.2f} of bare at ≤ {most} × its CPU: {'holds' if good else 'MISSED'}")
    return holds


def memory(articles: int) -> bool:
    """Prints how the crawling process grows; whether it stays flat from page 2,000 on."""
    with county(articles) as port:
        seen = run("whole", articles, port, watch=True)["memory"]
    for pages, megabytes in seen:
        print(f"{pages:7} pages {megabytes:7.1f} MB")
    at = dict(seen)
    holds = at[max(at)] <= GROWTH * at[2000] if 2000 in at else True
    print(f"goal: page 2,000 to the end at most {GROWTH:.2f} ×: {'holds' if holds else 'MISSED'}")
    return holds


def frontier() -> bool:
    """Prints the CPU of leasing and closing a task, by how many rows are queued; whether it stays within twice the smallest."""
    from govnews.archive import Frontier, open_archive
    from govnews.archive.frontier import close_task, insert_tasks
    from govnews.model import Task

    now, spent = "2026-01-01T00:00:00Z", {}
    for rows in (1_000, 100_000, 1_000_000):
        with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "a.db") as archive:
            archive.connection.execute("BEGIN")
            made = (Task("article", f"http://{HOST}/info/{n}.html", f"site{n % 50}") for n in range(rows))
            insert_tasks(archive.connection, made, now)
            archive.connection.execute("COMMIT")
            queue = Frontier(archive.connection, [f"site{n}" for n in range(50)])
            began, tasks = time.process_time(), 0
            for turn in range(10):
                leased = [t for n in range(50) for _ in range(2) if (t := queue.next(f"site{n}", now)) is not None]
                archive.connection.execute("BEGIN")
                for n, task in enumerate(leased):
                    assert task.id is not None
                    close_task(archive.connection, task.id, "done", now, None, None)
                    new = Task("article", f"http://{HOST}/new/{turn}-{n}.html", task.site)
                    insert_tasks(archive.connection, [new], now)
                archive.connection.execute("COMMIT")
                for task in leased:
                    queue.release(task)
                queue.refresh()
                tasks += len(leased)
            spent[rows] = (time.process_time() - began) / tasks
            print(f"{rows:9} rows {1e6 * spent[rows]:7.0f} µs a task")
    holds = max(spent.values()) <= 2 * spent[1_000]
    print(f"goal: no more than twice at a million: {'holds' if holds else 'MISSED'}")
    return holds


HOST = "www.ceyan.test"


def child(config: dict[str, Any]) -> None:
    """The crawl that is measured."""
    began, cpu = time.perf_counter(), time.process_time()
    pages, seen = _bare(config) if config["mode"] == "bare" else _ours(config)
    took, spent = seen.pop("span", (time.perf_counter() - began, time.process_time() - cpu))
    print(json.dumps({"pages": pages, "seconds": took, "cpu": spent, "memory": seen.get("memory", [])}))


def _bare(config: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    span: dict[str, Any] = {}

    class Bare(scrapy.Spider):
        name = "bare"
        seen = 0

        async def start(self) -> Any:
            span["began"] = time.perf_counter(), time.process_time()
            for n in range(config["articles"]):
                yield scrapy.Request(f"http://127.0.0.1:{config['port']}/info/{n}.html", dont_filter=True)

        def parse(self, response: Any) -> None:  # noqa: ARG002
            type(self).seen += 1

    settings = {
        "LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False, "ASYNCIO_EVENT_LOOP": _loop(),
    }  # fmt: skip
    process = AsyncCrawlerProcess(settings)
    process.crawl(Bare)
    process.start()
    began = span["began"]
    return Bare.seen, {"span": (time.perf_counter() - began[0], time.process_time() - began[1])}


def _loop() -> str | None:
    from govnews.crawl import settings

    return getattr(settings, "ASYNCIO_EVENT_LOOP", None)


def _ours(config: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    from govnews import ingest
    from govnews.crawl.run import CrawlOptions, crawl
    from govnews.crawl.session import Session
    from govnews.crawl.spiders.site import SiteSpider
    from govnews.model import Column, Site

    if config["mode"] == "xpaths":
        ingest.find, ingest.settle = _five_xpaths, _nothing
    base = f"http://127.0.0.1:{config['port']}"
    site = Site(
        "990001", "测县", f"{base}/", hosts=(f"127.0.0.1:{config['port']}",), private=True, delay=0,
        columns=(Column("要闻", f"{base}/list/1.html"),),
    )  # fmt: skip
    span: dict[str, Any] = {"memory": []}
    added = Session.add
    pages = 0

    def add(self: Session, unit: Any) -> None:
        nonlocal pages
        pages += 1
        if config["watch"] and pages % 1000 == 0:
            span["memory"].append((pages, _resident()))
        added(self, unit)

    begin = SiteSpider.start

    async def start(self: SiteSpider) -> Any:
        span["began"] = time.perf_counter(), time.process_time()
        async for request in begin(self):
            yield request

    Session.add, SiteSpider.start = add, start  # type: ignore[method-assign]
    options = CrawlOptions(Path(config["folder"]) / "a.db", read_later=config["mode"] == "later")
    summary = crawl([site], options, quiet=True)
    began = span.pop("began")
    span["span"] = (time.perf_counter() - began[0], time.process_time() - began[1])
    assert summary.sites[0].verdict == "ok" or config["mode"] == "later", summary
    return summary.total("pages"), span


def _five_xpaths(page: Any, site: Any = None) -> None:  # noqa: ARG001
    """In the place of extraction: a tree, five queries, an article."""
    from parsel import Selector

    from govnews.model import Article
    from govnews.model.reading import Reading

    if page.task is None or page.task.kind != "article":
        return
    selector = Selector(text=page.body.decode("utf-8", "replace"), type="html")
    title = selector.xpath("//h1//text()").get()
    day = selector.xpath('//meta[@name="PubDate"]/@content').get()
    info = selector.xpath('//div[@class="info"]//text()').get()
    body = "\n".join(selector.xpath('//div[@class="text"]//p//text()').getall())
    selector.xpath("//title/text()").get()
    article = Article("article", title, day, "minute", day[:10] if day else None, info, None, body=body)
    page.reading = Reading(article)


def _nothing(page: Any) -> None:  # noqa: ARG001
    return None


def _resident() -> float:
    """MB now."""
    fields = Path("/proc/self/statm").read_text().split() if Path("/proc/self/statm").exists() else []
    if fields:
        return round(int(fields[1]) * resource.getpagesize() / 2**20, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def main() -> int:
    """Exit code: 0 the goals hold, 1 one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, metavar="N")
    parser.add_argument("--frontier", action="store_true")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(json.loads(arguments.child))
        return 0
    if arguments.memory:
        return 0 if memory(arguments.memory) else 1
    if arguments.frontier:
        return 0 if frontier() else 1
    return 0 if compare(arguments.articles, arguments.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
