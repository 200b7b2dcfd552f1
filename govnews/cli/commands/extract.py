"""govnews extract. May import: extraction, importers, sites, click, its neighbours in the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from govnews.cli import options, show
from govnews.cli.article import print_article
from govnews.cli.learned import known_to
from govnews.extraction import read_list, read_page
from govnews.importers.folder import address, page_files, printable
from govnews.importers.item import LARGEST
from govnews.importers.readers.page import ENDINGS as PAGES
from govnews.model import Failure, Page, Reading, Site
from govnews.model.codes import describe
from govnews.sites import resolve

GROUP = "Read pages"
_WANTED = ("title", "publish_time", "source", "view_count")
"""Fields that --explain speaks of also when the page has no candidate."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH_OR_URL...")
@click.option("--url", help="The address the saved page came from: makes links absolute, speaks for the family.")
@click.option("--explain", is_flag=True, help="Every candidate of every field, where it stood, why it won or lost.")
@click.option(
    "--site",
    "name",
    help="Read them as pages of this site: its family, its layouts, what the archive has learned of it.",
)
@click.option("--private", is_flag=True, help="Allow an address on this machine or a private network.")
@options.db
@options.sites
@options.as_json
def command(
    paths: tuple[str, ...],
    url: str | None,
    explain: bool,
    name: str | None,
    private: bool,
    db: Path,
    sites_dir: Path | None,
    as_json: bool,
) -> None:
    """Show the fields of saved pages, or of one page fetched from an address.

    A page without markup is read as the plain text of a page. "-" is standard input; a folder means the pages in it. Without
    --url the address is taken from what a browser wrote into the page, if it did.

    \b
    govnews extract page.html --url http://www.weixi.gov.cn/xwzx/wxxw/202106/20210602_1.html
    govnews extract saved/ --json
    govnews extract page.html --explain
    govnews extract page.html --site 维西 --explain
    """
    if url and (len(paths) > 1 or _is_address(paths[0]) or Path(paths[0]).is_dir()):
        raise click.UsageError("--url is the address of one saved page", click.get_current_context())
    site = resolve(name, learned=known_to(db), sites_dir=sites_dir) if name else None
    failures = 0
    for path in paths:
        try:
            for file, page in _pages(path, url, private):
                _show(file, page, site, explain, as_json)
        except Failure as failure:
            if len(paths) == 1:
                raise
            show.say(f"govnews: {failure.sentence}")
            failures += 1
    if failures:
        raise Failure("some_failed", f"{failures} of {len(paths)} could not be read")


def _is_address(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def _pages(name: str, url: str | None, private: bool) -> Iterator[tuple[str, Page]]:
    path = Path(name)
    if _is_address(name):
        from govnews.cli.fetch import fetch  # loads Scrapy's settings: only for those who fetch

        yield name, fetch(name, private=private)
    elif name == "-":
        body = sys.stdin.buffer.read()
        yield "-", Page(url or address(body), body, _utc(datetime.now(UTC)))
    elif path.is_dir():
        files = [file for _, file in page_files([path]) if file.suffix.lower() in PAGES]
        if not files:
            raise Failure("no_pages", f"there is no page in {path}")
        for file in files:
            yield str(file), _read(file, None)
    else:
        yield name, _read(path, url)


def _read(path: Path, url: str | None) -> Page:
    try:
        status = path.stat()
        if status.st_size > LARGEST:
            raise Failure("too_large", f"{printable(path)}: {status.st_size} bytes are too many for a page")
        body, changed = path.read_bytes(), _utc(datetime.fromtimestamp(status.st_mtime, UTC))
    except (OSError, ValueError, OverflowError) as error:
        raise Failure("no_such_file", f"{printable(path)}: {getattr(error, 'strerror', None) or error}") from error
    return Page(url or address(body), body, changed)


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _show(file: str, page: Page, site: Site | None, explain: bool, as_json: bool) -> None:
    reading = read_page(page, site)
    _warn(file, page, reading)
    if as_json:
        show.json_lines([_row(file, page, site, reading, explain)])
        return
    kind = reading.article.kind
    meaning = "" if kind in ("article", "list") else f": {describe('kind', kind)}"
    click.echo(show.bold(f"── {show.clean(printable(file))}") + f"  {kind}{meaning} · family {reading.family}")
    if explain:
        _explain(reading)
    elif kind == "article":
        print_article(reading.article.to_dict())
    elif kind == "list":
        rows = read_list(page, site)
        show.table([{"date": i.date, "title": i.title, "url": i.url} for i in rows.items], cut=60)
        click.echo(f"next page: {show.clean(_next(rows.to_dict()['next_page']))}")
    else:
        click.echo(show.clean(reading.article.title or "(no title)"))
    click.echo()


def _warn(file: str, page: Page, reading: Reading) -> None:
    """Says on stderr what a reader of the data alone would not expect: a page that is none, or was not read whole."""
    kind, name = reading.article.kind, printable(file)
    if not page.body.strip():
        show.say(f"govnews: {name} is empty")
    elif kind not in ("article", "list"):
        show.say(f"govnews: {name} is not an article: {describe('kind', kind)}")
    if "truncated_for_reading" in reading.article.flags:
        show.say(f"govnews: {name}: {describe('flag', 'truncated_for_reading')}")


def _row(file: str, page: Page, site: Site | None, reading: Reading, explain: bool) -> dict[str, Any]:
    """The fields of the article and `file`; of a list page its rows, with --explain the candidates."""
    row = {**reading.article.to_dict(), "file": printable(file)}
    if reading.article.kind == "list":
        row["listing"] = read_list(page, site).to_dict()
    if explain:
        row["candidates"] = {
            field: [{"value": c.value, "via": c.via, "verdict": c.verdict} for c in found]
            for field, found in reading.candidates.items()
            if found
        }
    return row


def _next(page: Any) -> str:
    return f"{page['method']} {page['url']}  {page['form'] or ''}" if isinstance(page, dict) else page or "-"


def _explain(reading: Reading) -> None:
    """A row a candidate, best first; of the chosen one also what it was read as."""
    values, rows = reading.article.to_dict(), []
    for field in dict.fromkeys((*_WANTED, *reading.candidates)):
        found = reading.candidates.get(field) or ()
        if not found and field in _WANTED:
            rows.append({"field": field, "candidate": None, "stood": None, "verdict": "no candidate"})
        for n, c in enumerate(found):
            read_as = (
                f", read as {values[field]}" if c.verdict == "chosen" and str(values.get(field)) != c.value else ""
            )
            rows.append(
                {
                    "field": field if n == 0 else "",
                    "candidate": c.value or "(empty)",
                    "stood": c.via,
                    "verdict": c.verdict + read_as,
                }
            )
    show.table(rows, cut=56)
    body = reading.article.body
    click.echo(f"body: {len(body)} characters, by {reading.article.via.get('body') or 'nothing'}")
    click.echo(f"view count: {describe('state', reading.article.view_count_state)}")
    if reading.counter:
        click.echo(f"counter: {reading.counter.url}" + (" (asking makes it rise)" if reading.counter.raises else ""))
    for flag in reading.article.flags:
        click.echo(f"flag {flag}: {describe('flag', flag)}")
    for issue in reading.issues:
        click.echo(f"issue {issue.code}: {describe('issue', issue.code)} {show.clean(issue.detail)}".rstrip())
