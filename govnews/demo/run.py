"""`govnews demo` without its printing: serve the counties, crawl them, say what came of it.

May import: crawl, its neighbours in this room.
"""

from __future__ import annotations

from pathlib import Path

from govnews.crawl.run import CrawlOptions, crawl
from govnews.crawl.summary import Summary
from govnews.demo.server import DemoServer
from govnews.demo.sites import demo_sites


def run_demo(db: Path, *, revisit: bool = False, port: int = 0, quiet: bool = False) -> tuple[Summary, DemoServer]:
    """Crawls the counties into `db`; with `revisit` their second day, every known article due. Returns the summary and the
    server with its log, already stopped. Raises Failure as crawl does, and `port_in_use`."""
    server = DemoServer(port=port, day=2 if revisit else 1)
    with server:
        options = CrawlOptions(db=db, revisit=revisit, vantage="this machine (demo)", command="demo")
        summary = crawl(demo_sites(server.address), options, quiet=quiet)
    return summary, server
