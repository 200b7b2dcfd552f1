"""govnews extract. May import: extraction, click, its neighbours in the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from govnews.cli import options, show
from govnews.cli.article import print_article
from govnews.cli.fetch import fetch
from govnews.extraction import read_list, read_page
from govnews.model import Failure, Page, Reading
from govnews.model.codes import describe

GROUP = "Read pages"
_ENDINGS = (".html", ".htm", ".shtml", ".jhtml", ".txt", ".xml", ".json")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH_OR_URL...")
@click.option("--url", help="The address the saved page came from: makes links absolute, speaks for the family.")
@click.option("--explain", is_flag=True, help="Every candidate of every field, where it stood, why it won or lost.")
@click.option("--private", is_flag=True, help="Allow an address on this machine or a private network.")
@options.as_json
def command(paths: tuple[str, ...], url: str | None, explain: bool, private: bool, as_json: bool) -> None:
    """Show the fields of saved pages, or of one page fetched from an address.

    A page without markup is read as the plain text of a page. "-" is standard input; a folder means the pages in it.

    \b
    govnews extract page.html --url http://www.weixi.gov.cn/xwzx/wxxw/202106/20210602_1.html
    govnews extract saved/ --json
    govnews extract page.html --explain
    """
    failures = []
    for name in paths:
        try:
            for file, page in _pages(name, url, private):
                _show(file, page, explain, as_json)
        except Failure as failure:
            if len(paths) == 1:
                raise
            show.say(f"govnews: {failure.sentence}")
            failures.append(failure)
    if failures:
        raise Failure("some_failed", f"{len(failures)} of {len(paths)} could not be read")


def _pages(name: str, url: str | None, private: bool) -> Iterator[tuple[str, Page]]:
    if name.startswith(("http://", "https://")):
        yield name, fetch(name, private=private)
    elif name == "-":
        yield "-", Page(url, sys.stdin.buffer.read(), _now())
    elif Path(name).is_dir():
        for file in sorted(p for p in Path(name).rglob("*") if p.suffix.lower() in _ENDINGS):
            yield str(file), _read(file, None)
    else:
        yield name, _read(Path(name), url)


def _read(path: Path, url: str | None) -> Page:
    try:
        return Page(
            url, path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        )
    except OSError as error:
        raise Failure("no_such_file", f"{path}: {error.strerror}") from error


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _show(file: str, page: Page, explain: bool, as_json: bool) -> None:
    reading = read_page(page)
    article = reading.article
    if as_json:
        row = {**article.to_dict(), "file": file}
        if explain:
            row["candidates"] = {
                f: [{"value": c.value, "via": c.via, "verdict": c.verdict} for c in found]
                for f, found in reading.candidates.items()
                if found
            }
        show.json_lines([row])
        return
    click.echo(show.bold(f"── {file}") + f"  {describe('kind', article.kind)}, family {reading.family}")
    if not page.body.strip():
        click.echo("the page is empty")
    elif explain:
        _explain(reading)
    elif article.kind == "article":
        print_article(article.to_dict())
    elif article.kind == "list":
        rows = read_list(page)
        show.table([{"date": i.date, "title": i.title, "url": i.url} for i in rows.items], cut=60)
        click.echo(f"next page: {rows.next_page or '-'}")
    else:
        click.echo(article.title or "(no title)")
    click.echo()


def _explain(reading: Reading) -> None:
    rows = [
        {"field": field if n == 0 else "", "value": c.value or "(empty)", "stood": c.via, "verdict": c.verdict}
        for field, found in reading.candidates.items()
        for n, c in enumerate(found)
    ]
    show.table(rows, cut=44)
    via = reading.article.via.get("body")
    click.echo(
        f"body     {len(reading.article.body)} characters, by {via or 'nothing'}; view count: {reading.article.view_count_state}"
    )
    for flag in reading.article.flags:
        click.echo(f"flag     {flag}: {describe('flag', flag)}")
    for issue in reading.issues:
        click.echo(f"issue    {issue.code}: {describe('issue', issue.code)} {issue.detail}".rstrip())
