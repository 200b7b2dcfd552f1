"""What `govnews demo` does, without its printing: serve the counties, crawl them, look into the archive for what came of it.

May import: crawl, archive, its neighbours in this room.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from govnews.crawl.run import CrawlOptions, crawl
from govnews.crawl.summary import Summary
from govnews.demo.server import DemoServer, Trouble
from govnews.demo.site_files import write_site_files


def run_demo(
    db: Path, *, revisit: bool = False, port: int = 0, troubles: Sequence[Trouble] = (), quiet: bool = False
) -> tuple[Summary, DemoServer]:
    """Crawls the counties into `db`; with `revisit` their second day, every known article due. Returns the summary and the
    server with its log, already stopped. Once a process, as crawl. Raises Failure as crawl does, and `port_in_use`."""
    with DemoServer(port, 2 if revisit else 1, troubles) as server, tempfile.TemporaryDirectory() as folder:
        sites = write_site_files(Path(folder), server.address)
        options = CrawlOptions(db=db, revisit=revisit, vantage="this machine (demo)", command="demo")
        summary = crawl(sites, options, quiet=quiet)
    return summary, server
