"""What `govnews demo` does, without its printing: serve the counties, crawl them, look into the archive for what came of it.

May import: crawl, archive, its neighbours in this room.
"""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from govnews.archive import Archive
from govnews.crawl.run import CrawlOptions, crawl
from govnews.crawl.summary import Summary
from govnews.demo import study
from govnews.demo.server import DemoServer, Trouble
from govnews.demo.worlds import THREE, World


def run_demo(
    db: Path,
    *,
    revisit: bool = False,
    port: int = 0,
    troubles: Sequence[Trouble] = (),
    quiet: bool = False,
    world: World = THREE,
) -> tuple[Summary, DemoServer]:
    """Crawls the counties of a world into `db`; with `revisit` their second day, every known article due. Returns the summary and the
    server with its log, already stopped. Once a process, as crawl. Raises Failure as crawl does, and `port_in_use`."""
    with DemoServer(port, 2 if revisit else 1, troubles, world) as server, tempfile.TemporaryDirectory() as folder:
        sites = world.write_site_files(Path(folder), server.address)
        vantage = "this machine (demo)"
        options = CrawlOptions(db=db, revisit=revisit, counters=world.counters, vantage=vantage, command="demo")
        summary = crawl(sites, options, quiet=quiet)
    return summary, server


@contextmanager
def serve_study(folder: Path) -> Iterator[dict[str, DemoServer]]:
    """Serves the counties of docs/worked-study.md as each place sees them, while it is entered: place → its server. Writes into the
    folder a folder of site files for each place, and frame.csv. Raises Failure `port_in_use`."""
    with ExitStack() as stack:
        closed = stack.enter_context(socket.socket())
        closed.bind(("127.0.0.1", 0))  # bound and not listening: refused
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"
        servers = {}
        for place in study.PLACES:
            world = study.world(place, nobody)
            servers[place] = stack.enter_context(DemoServer(world=world))
            world.write_site_files(folder / place, servers[place].address)
        study.write_frame(folder / "frame.csv")
        yield servers


def rows_of_run(archive: Archive, run: int) -> dict[str, int]:
    """What the list rows that a run saw are: `archived`, `off_site` (kept as sightings only), `no_article` (fetched before, and no
    article then: a soft 404, a wall)."""
    row = archive.connection.execute(
        "SELECT count(a.uid) AS archived, sum(s.uid IS NULL) AS off_site, sum(s.uid IS NOT NULL AND a.uid IS NULL) AS no_article "
        "FROM sightings s LEFT JOIN articles a USING (uid) WHERE s.last_seen >= (SELECT started_at FROM runs WHERE id = ?)",
        (run,),
    ).fetchone()
    return {name: row[name] or 0 for name in ("archived", "off_site", "no_article")}


def second_day(archive: Archive) -> tuple[list[str], list[str]]:
    """uids of the articles that were edited since they were first seen, and of those no longer found."""
    query = archive.connection.execute
    edited = [row["uid"] for row in query("SELECT DISTINCT uid FROM edits WHERE cause = 'site' ORDER BY uid")]
    missing = [row["uid"] for row in query("SELECT uid FROM no_longer_found ORDER BY uid")]
    return edited, missing


def new_addresses(archive: Archive) -> dict[str, str]:
    """uid of an article that is no longer found → where the same one stands now, if that is known."""
    rows = archive.connection.execute("SELECT uid, new_url FROM no_longer_found WHERE new_url IS NOT NULL")
    return {row["uid"]: row["new_url"] for row in rows}
