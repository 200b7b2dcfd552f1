"""govnews demo. May import: demo, archive, click."""

from __future__ import annotations

import shlex
import shutil
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import click

from govnews.archive import Archive, find, open_archive
from govnews.cli import show
from govnews.cli.article import print_article, print_history
from govnews.cli.summary import print_summary
from govnews.crawl.summary import Summary
from govnews.demo.history import DB as HISTORY
from govnews.demo.history import build as history_of
from govnews.demo.run import new_addresses, rows_of_run, run_demo, second_day, serve_study
from govnews.demo.server import TROUBLES, DemoServer, Trouble
from govnews.demo.worlds import FAMILIES, THREE, World
from govnews.model import Failure, Site

GROUP = "Start"
_HEADS = {
    "publish_date": "date",
    "county": "county",
    "title": "title",
    "source": "source",
    "view_count": "views",
    "uid": "uid",
}


@click.command()
@click.option(
    "--db",
    type=click.Path(path_type=Path),
    help=f"The archive the demo writes.  [default: {THREE.db}, with --families {FAMILIES.db}, with --history {HISTORY}]",
)
@click.option("--families", is_flag=True, help="Other counties: one for every family, and some of unknown vendors.")
@click.option("--revisit", is_flag=True, help="The counties' second day: every known article is visited again.")
@click.option(
    "--serve", is_flag=True, help="Keep the counties up and print a --sites folder to use from another terminal."
)
@click.option(
    "--study",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Keep the counties of docs/worked-study.md up instead; writes their site files and frame.csv into DIR.",
)
@click.option(
    "--history", is_flag=True, help="Write the archive of docs/questions-study.md instead: two years, no crawl."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port of the counties' server; 0 takes a free one."
)
@click.option(
    "--trouble",
    multiple=True,
    metavar="KIND[@WHERE][*TIMES]",
    help=f"Let a site id or an address misbehave ({', '.join(TROUBLES)}), as in wall@990201.",
)
def command(
    db: Path | None,
    families: bool,
    revisit: bool,
    serve: bool,
    study: Path | None,
    history: bool,
    port: int,
    trouble: tuple[str, ...],
) -> None:
    """Crawl small invented counties served on this machine: three, or with --families one for every family.

    \b
    govnews demo                 new: everything is archived
    govnews demo                 again: only the lists are read
    govnews demo --revisit       their second day: one edit, one article no longer there
    govnews demo --families      one county for every family, and five of unknown vendors; one is redesigned on its second day
    govnews demo --study places  counties that each lack something, for docs/worked-study.md
    govnews demo --history       data/history.db, for docs/questions-study.md
    """
    if study is not None:
        if db or families or revisit or serve or history or port or trouble:
            raise click.UsageError("--study goes alone", click.get_current_context())
        _serve_study(study)
        return
    if history:
        if families or revisit or serve or port or trouble:
            raise click.UsageError("--history goes with --db only", click.get_current_context())
        history_of(db or HISTORY)
        show.say(f"five counties, two years: {db or HISTORY}")
        return
    world = FAMILIES if families else THREE
    db = db or world.db
    troubles = [Trouble.parse(text) for text in trouble]
    if serve:
        _serve(port, 2 if revisit else 1, troubles, world)
        return
    if revisit and not db.exists():
        raise Failure("no_archive", f"there is no {db} to visit again", hint=f"first: {_shell('demo', db)}")
    show.say(f"serving {world.title} on this machine and crawling them …")
    summary, _ = run_demo(db, revisit=revisit, port=port, troubles=troubles, world=world)
    print_summary(summary)
    if summary.interrupted:
        raise KeyboardInterrupt
    with open_archive(db, read_only=True) as archive:
        click.echo()
        following = _revisited(archive, db) if revisit else _visited(archive, db, summary, world)
    click.echo("\nnext:")
    for line in following:
        click.echo(f"  {line}")


def _visited(archive: Archive, db: Path, summary: Summary, world: World) -> list[str]:
    """The first day: what is new, one article in full; or that nothing is. Gives the commands to try next."""
    rows = find.search(archive, find.Query(limit=1000))
    if summary.total("new"):
        show.table(_some(rows, world.each), headers=_HEADS, cut=40)
        click.echo()
        best = max(
            rows,
            key=lambda row: (row["view_count"] is not None and row["source"] is not None, row["publish_date"] or ""),
        )
        print_article(find.get(archive, best["uid"]))
    elif any((seen := rows_of_run(archive, summary.run)).values()):
        click.echo(
            f"nothing new: {summary.total('lists')} list pages were read and no more, because every row on them was known already: "
            f"{seen['archived']} archived, {seen['off_site']} off-site (kept as a sighting), {seen['no_article']} known to be no article"
        )
    read = [_shell(f"search {world.word}", db), _shell(f"show {rows[0]['uid']}", db)] if rows else []
    return [*read, _shell(f"demo{_option(world)} --revisit", db)]


def _some(rows: list[dict[str, Any]], each: int) -> list[dict[str, Any]]:
    """The first rows of each county."""
    met: Counter[str] = Counter()
    shown = []
    for row in rows:
        met[row["county"]] += 1
        if met[row["county"]] <= each:
            shown.append(row)
    return shown


def _revisited(archive: Archive, db: Path) -> list[str]:
    """The second day: what was edited, what is gone. Gives the commands to try next."""
    edited, missing = second_day(archive)
    click.echo(show.bold(f"edited since it was first seen: {len(edited)}"))
    for uid in edited:
        article = find.get(archive, uid)
        click.echo(f"  {article['title']}  {article['url']}")
        print_history(article, find.history(archive, uid))
    click.echo(
        "\n"
        + show.bold(
            f"no longer found: {len(missing)} (suspect: one miss proves nothing; its text stays in the archive)"
        )
    )
    moved = new_addresses(archive)
    for uid in missing:
        article = find.get(archive, uid)
        now = f"  now {moved[uid]}" if uid in moved else ""
        click.echo(f"  {article['title']}  {article['url']}{now}")
    return [
        *(_shell(f"show {uid} --history", db) for uid in edited[:1]),
        *(_shell(f"show {uid}", db) for uid in missing[:1]),
        _shell("site health" if moved else "stats", db),
    ]


def _option(world: World) -> str:
    return " --families" if world is FAMILIES else ""


def _shell(words: str, db: Path) -> str:
    """A command line that works when pasted here: the program where it is, the archive if the command would not find it."""
    known = db == (FAMILIES if "--families" in words else THREE).db
    option = "" if known and words.startswith("demo") else f" --db {shlex.quote(str(db))}"
    return f"{_program()} {words}{option}"


def _program() -> str:
    """`govnews` when the shell finds this one, else its path (a virtual environment that is not active)."""
    script = Path(sys.executable).with_name("govnews")
    found = shutil.which("govnews")
    if found and script.exists() and Path(found).samefile(script):
        return "govnews"
    if not script.exists():
        return f"{shlex.quote(sys.executable)} -m govnews"
    here = Path.cwd()
    return shlex.quote(str(script.relative_to(here) if script.is_relative_to(here) else script))


def _target(site: Site) -> str:
    """Path and query of a site's first column."""
    return site.columns[0].url.split(site.hosts[0], 1)[1].partition("#")[0]


def _serve(port: int, day: int, troubles: list[Trouble], world: World) -> None:
    """Until Ctrl-C. The folder goes to stdout, so that a script can take it."""
    with (
        tempfile.TemporaryDirectory(prefix="govnews-demo-") as folder,
        DemoServer(port, day, troubles, world) as server,
    ):
        sites = world.write_site_files(Path(folder), server.address)
        ids = " ".join(site.id for site in sites)
        click.echo(folder)
        show.say(f"the counties are up on {server.address} (day {day}); Ctrl-C ends them. In another terminal:")
        show.say(f"  {_program()} crawl {ids} --sites {folder} --counters {world.counters} --db {world.db}")
        show.say(f"  {_program()} site show {sites[0].id} --sites {folder}")
        show.say(f"  curl -s -H 'Host: {sites[0].hosts[0]}' {server.address}{shlex.quote(_target(sites[0]))}")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            show.say(f"\nthe counties are down; they were asked {len(server.log)} times")


def _serve_study(folder: Path) -> None:
    """Until Ctrl-C."""
    with serve_study(folder) as servers:
        show.say(f"the counties of the study are up, as {' and '.join(servers)} see them; Ctrl-C ends them")
        show.say(f"frame and site files: {folder}; docs/worked-study.md goes on from here, in another terminal")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            show.say("\nthe counties are down")
