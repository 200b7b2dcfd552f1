"""govnews import. May import: importers, archive, sites, click."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import click

from govnews.archive import Archive, finish_run, held_archive, learned, remember_sites, start_run, utc_now
from govnews.archive.search.index import update_index
from govnews.cli import options, show
from govnews.cli.learned import known_to
from govnews.cli.progress import Progress
from govnews.importers import Done, Imported, Options, Selection, import_paths, printable, refuse_absent, select
from govnews.importers.rows import check_columns
from govnews.ingest import package_version
from govnews.model import Failure, Site
from govnews.model.codes import describe
from govnews.sites import load_site_files, resolve
from govnews.sites.resolve import of_host

GROUP = "Read pages"


class Columns(click.ParamType[dict[str, str]]):
    """`url=link,html=content`: our name of a column, then the file's."""

    name = "OURS=THEIRS,..."

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, str]:
        if isinstance(value, dict):
            return value
        pairs = [pair.partition("=") for pair in str(value).split(",")]
        for ours, sign, theirs in pairs:
            if not ours.strip() or not sign or not theirs.strip():
                self.fail(f"{value!r}: write url=link,html=content", param, ctx)
        return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@options.db
@click.option(
    "--site", "name", help="Whose pages they are: a county by code or name. Pages of other hosts are passed over."
)
@click.option(
    "--columns", type=Columns(), default={}, help="Columns of a CSV or JSON lines file, where their names do not tell."
)
@click.option(
    "--cdx",
    "indexes",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="An index (CDXJ or CDX) of WARC files in PATH: only the records it names, of hosts of the registry or of --site.",
)
@options.sites
@options.as_json
def command(
    paths: tuple[Path, ...],
    db: Path,
    name: str | None,
    columns: dict[str, str],
    indexes: tuple[Path, ...],
    sites_dir: Path | None,
    as_json: bool,
) -> None:
    """Take saved pages into the archive: files or folders of them.

    HTML and plain text, .mhtml; .warc, .warc.gz, .wet and .arc (Common Crawl, a library's, our own); CSV and JSON lines with
    a column of pages. They go the way of a crawled page; the time of fetching is the one the file states, else its own. What
    cannot be read is an issue, and the rest goes in. Stopped at any moment, the same command goes on; twice changes nothing.

    \b
    govnews import saved-pages/
    govnews import CC-MAIN-*.warc.gz --site 维西
    govnews import --cdx weixi.cdxj warcs/ --site 维西
    govnews import pages.csv --columns url=link,html=content,fetched_at=crawl_time
    """
    refuse_absent(paths)
    check_columns(columns)
    site = resolve(name, sites_dir=sites_dir, learned=known_to(db)) if name else None
    chosen = select(indexes, paths, _whose(site, sites_dir)) if indexes else None
    with held_archive(db, create=True) as archive:
        result = _import(archive, paths, columns, site, sites_dir, chosen)
        update_index(archive)
    if as_json:
        show.json_lines([_as_dict(result)])
    else:
        _count(result)
    _tell(result)
    show.say(f"archive: {db}")
    if not result.files and chosen is None:
        show.say(f"govnews: there is no file in {', '.join(printable(path) for path in paths)}")
    if result.unreadable and not result.pages:
        raise Failure("nothing_imported", "no page could be read")


def _whose(site: Site | None, sites_dir: Path | None) -> Callable[[str], str | None]:
    """Host → the site it belongs to: the one that is named, else any of the registry."""
    files, named = load_site_files(sites_dir), {h.removeprefix("www.") for h in site.hosts} if site else set()

    @cache
    def whose(host: str) -> str | None:
        if site is not None:
            return site.id if host in named else None
        found = of_host(host, files) if "." in host else None
        return found.id if found else None

    return whose


def _import(
    archive: Archive,
    paths: tuple[Path, ...],
    columns: dict[str, str],
    site: Site | None,
    sites_dir: Path | None,
    chosen: Selection | None,
) -> Imported:
    """The import between the two ends of its run row, which says so when it was stopped."""
    known = learned(archive)
    reading = Options(columns, None if chosen is None else chosen.entries)

    def site_of(id: str) -> Site | None:
        try:
            return resolve(id, sites_dir=sites_dir, learned=known)
        except Failure:
            return None

    progress, result, reason = Progress("pages"), Imported(), "interrupted"
    settings = {"paths": [str(p) for p in paths], "site": site.id if site else None, "columns": reading.columns}
    run = start_run(archive, "import", now=utc_now(), version=package_version(), vantage=None, settings=settings)
    if site is not None:
        remember_sites(archive, [site], now=utc_now())
    elif chosen is not None:
        ids = sorted({entry.site for entries in chosen.entries.values() for entry in entries})
        remember_sites(archive, [met for id in ids if (met := site_of(id))], now=utc_now())

    def tell(done: Done) -> None:
        progress(done.pages, done.read / done.size if done.size else None)

    files = paths if chosen is None else tuple(chosen.entries)
    notes = () if chosen is None else chosen.notes
    try:
        import_paths(
            archive,
            files,
            run=run,
            options=reading,
            site=site,
            site_of=site_of,
            progress=tell,
            result=result,
            notes=notes,
        )
        reason = "finished"
    except Failure as failure:
        reason = failure.code
        raise
    finally:
        counts = {"files": result.files, **result.outcomes, **result.kinds, **result.classes}
        finish_run(archive, run, now=utc_now(), reason=reason, counts=counts, sites={})
        progress.end()
    return result


def _as_dict(result: Imported) -> dict[str, Any]:
    return {
        "files": result.files,
        "pages": result.pages,
        "known": result.known,
        **result.outcomes,
        "kinds": result.kinds,
        "responses": result.classes,
        "passed_over": result.passed_over,
        "unreadable": result.unreadable,
        "noted": result.noted,
    }


def _count(result: Imported) -> None:
    files = "1 file" if result.files == 1 else f"{result.files} files"
    click.echo(f"{files}: " + ", ".join(f"{result.outcomes[o]} {o}" for o in ("new", "changed", "same")))
    for kind, n in result.kinds.most_common():
        click.echo(f"  {n} not an article: {describe('kind', kind)}")
    for kind, n in result.classes.most_common():
        click.echo(f"  {n} no page: {describe('response', kind)}")


def _tell(result: Imported) -> None:
    """What did not go in, and what went in with a doubt, by name."""
    lists = (("passed over", result.passed_over), ("could not read", result.unreadable), ("noted", result.noted))
    for what, files in lists:
        for name, reason in files[:10]:
            show.say(f"govnews: {what} {show.clean(name)}: {show.clean(reason)}")
        if len(files) > 10:
            show.say(f"govnews: {what} {len(files) - 10} more; all are in table issues")
