"""govnews demo. May import: demo, archive, click."""

from __future__ import annotations

import shlex
import shutil
import sys
import tempfile
import threading
from pathlib import Path

import click

from govnews.archive import Archive, find, open_archive
from govnews.cli import show
from govnews.cli.article import print_article, print_history
from govnews.cli.summary import print_summary
from govnews.crawl.summary import Summary
from govnews.demo.run import rows_of_run, run_demo, second_day
from govnews.demo.server import TROUBLES, DemoServer, Trouble
from govnews.demo.sites import write_site_files
from govnews.model import Failure

GROUP = "Start"
_DB = Path("data/demo.db")
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
    "--db", type=click.Path(path_type=Path), default=_DB, show_default=True, help="The archive the demo writes."
)
@click.option("--revisit", is_flag=True, help="The counties' second day: every known article is visited again.")
@click.option(
    "--serve", is_flag=True, help="Keep the counties up and print a --sites folder to use from another terminal."
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
def command(db: Path, revisit: bool, serve: bool, port: int, trouble: tuple[str, ...]) -> None:
    """Crawl three small invented counties served on this machine.

    \b
    govnews demo                 new: everything is archived
    govnews demo                 again: only the lists are read
    govnews demo --revisit       their second day: one edit, one article no longer there
    """
    troubles = [Trouble.parse(text) for text in trouble]
    if serve:
        _serve(port, 2 if revisit else 1, troubles)
        return
    if revisit and not db.exists():
        raise Failure("no_archive", f"there is no {db} to visit again", hint=f"first: {_shell('demo', db)}")
    show.say("serving three invented counties on this machine and crawling them …")
    summary, _ = run_demo(db, revisit=revisit, port=port, troubles=troubles)
    print_summary(summary)
    if summary.interrupted:
        raise KeyboardInterrupt
    with open_archive(db, read_only=True) as archive:
        click.echo()
        following = _revisited(archive, db) if revisit else _visited(archive, db, summary)
    click.echo("\nnext:")
    for line in following:
        click.echo(f"  {line}")


def _visited(archive: Archive, db: Path, summary: Summary) -> list[str]:
    """The first day: what is new, one article in full; or that nothing is. Gives the commands to try next."""
    rows = find.search(archive, find.Query(limit=1000))
    if summary.total("new"):
        show.table(rows, headers=_HEADS, cut=40)
        click.echo()
        best = max(
            rows,
            key=lambda row: (row["view_count"] is not None and row["source"] is not None, row["publish_date"] or ""),
        )
        print_article(find.get(archive, best["uid"]))
    else:
        seen = rows_of_run(archive, summary.run)
        click.echo(
            f"nothing new: {summary.total('lists')} list pages were read and no more, because every row on them was known already: "
            f"{seen['archived']} archived, {seen['off_site']} off-site (kept as a sighting), {seen['no_article']} known to be no article"
        )
    shown = [_shell(f"show {rows[0]['uid']}", db)] if rows else []
    return [_shell("search 防汛", db), *shown, _shell("demo --revisit", db)]


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
    for uid in missing:
        article = find.get(archive, uid)
        click.echo(f"  {article['title']}  {article['url']}")
    return [
        *(_shell(f"show {uid} --history", db) for uid in edited[:1]),
        *(_shell(f"show {uid}", db) for uid in missing[:1]),
        _shell("stats", db),
    ]


def _shell(words: str, db: Path) -> str:
    """A command line that works when pasted here: the program where it is, the archive if the command would not find it."""
    option = "" if db == _DB and words.startswith("demo") else f" --db {shlex.quote(str(db))}"
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


def _serve(port: int, day: int, troubles: list[Trouble]) -> None:
    """Until Ctrl-C. The folder goes to stdout, so that a script can take it."""
    with tempfile.TemporaryDirectory(prefix="govnews-demo-") as folder, DemoServer(port, day, troubles) as server:
        sites = write_site_files(Path(folder), server.address)
        ids = " ".join(site.id for site in sites)
        click.echo(folder)
        show.say(f"the counties are up on {server.address} (day {day}); Ctrl-C ends them. In another terminal:")
        show.say(f"  {_program()} crawl {ids} --sites {folder} --db {_DB}")
        show.say(f"  {_program()} site show {sites[0].id} --sites {folder}")
        show.say(f"  curl -s -H 'Host: {sites[0].hosts[0]}' {server.address}/xwzx/ltxw.html")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            show.say(f"\nthe counties are down; they were asked {len(server.log)} times")
