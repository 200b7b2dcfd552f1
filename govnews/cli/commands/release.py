"""govnews release. May import: release, archive, sites, click."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from govnews.archive import open_archive
from govnews.cli import options, show
from govnews.model import Failure
from govnews.release import VARIANTS, Built, Citation, build, check, least_part
from govnews.sites import load_site_files

GROUP = "Read the archive"
_SIZES = {"": 1, "k": 1000, "m": 1000**2, "g": 1000**3}


class Size(click.ParamType[int]):
    """Bytes: 500m, 1900m, 2g."""

    name = "SIZE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        found = re.fullmatch(r"(\d{1,15})([kmg]?)b?", str(value).strip().lower())
        size = int(found[1]) * _SIZES[found[2]] if found else 0
        if size < least_part():
            self.fail(f"{value!r}: write a size such as 500m or 2g, at least {least_part()} bytes", param, ctx)
        return size


class Moment(click.ParamType[str]):
    """A UTC time to the second, or a day."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).strip()
        day = options.Day().convert(text[:10], param, ctx)
        clock = text[10:]
        if clock and not re.fullmatch(r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", clock):
            self.fail(f"{value!r} is no time; write 2024-06-30 or 2024-06-30T00:00:00Z", param, ctx)
        return day + (clock or "T00:00:00Z")


@click.command()
@options.db
@click.option("--out", type=click.Path(path_type=Path), help="The folder to make.")
@click.option("--check", "checked", type=click.Path(path_type=Path), metavar="DIR", help="Check a release instead.")
@click.option("--title", help="Title of the data set.")
@click.option("--creator", "creators", multiple=True, help="Who made it: Family, Given; or a body. May be given again.")
@click.option("--publisher", help="Who publishes it.")
@click.option("--version", "edition", help="Edition: 1.0, 2024-06.")
@click.option("--year", help="Year of publication.")
@click.option("--doi", default="", help="Its DOI, when it has one.")
@click.option("--license", "license", default="", help="SPDX identifier or address of the license.")
@click.option(
    "--variant", type=click.Choice(VARIANTS), default="full", show_default=True, help="With bodies or without."
)
@click.option("--unmasked", is_flag=True, help="Leave numbers and list names of private persons as they are.")
@click.option("--sample", type=click.Path(path_type=Path), help="The sample it was drawn by; goes with it.")
@click.option("--as-of", type=Moment(), help="Data as of; else the newest capture.")
@click.option("--part-size", "part", type=Size(), default="1999m", show_default=True, help="Largest file.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
@options.sites
@options.as_json
def command(
    db: Path,
    out: Path | None,
    checked: Path | None,
    title: str | None,
    creators: tuple[str, ...],
    publisher: str | None,
    edition: str | None,
    year: str | None,
    doi: str,
    license: str,
    variant: str,
    unmasked: bool,
    sample: Path | None,
    as_of: str | None,
    part: int,
    force: bool,
    sites_dir: Path | None,
    as_json: bool,
) -> None:
    """Make a frozen, citable data set of the archive, or check one.

    A folder with one SQLite file, the tables as CSV and Parquet, codebook, crawl manifest, provenance sheet, DataCite record,
    Frictionless package and hashes. The same archive gives the same bytes. Variants: full; metadata (no run of 20 characters
    of any body); features (addresses, hashes, counts). Numbers of private persons are covered. docs/release.md has more.

    \b
    govnews release --out yunnan-1.0 --title "County news of Yunnan" --creator "Li, Hua" \\
        --publisher "Example University" --version 1.0 --year 2026
    govnews release --check yunnan-1.0
    """
    if checked is not None:
        _check(checked, as_json)
        return
    citation = _citation(title, creators, publisher, edition, year, doi, license, out)
    assert out is not None
    with open_archive(db, read_only=True) as archive:
        built = build(
            archive,
            out,
            citation,
            variant=variant,
            mask=not unmasked,
            as_of=as_of,
            sample=sample,
            sites=load_site_files(sites_dir),
            part=part,
            force=force,
        )
    _tell(built, out, as_json)


def _citation(
    title: str | None,
    creators: tuple[str, ...],
    publisher: str | None,
    edition: str | None,
    year: str | None,
    doi: str,
    license: str,
    out: Path | None,
) -> Citation:
    """What the record of the data set needs; nothing of it is made up here."""
    needed = {"out": out, "title": title, "creator": creators, "publisher": publisher, "version": edition, "year": year}
    missing = [f"--{name}" for name, value in needed.items() if not value]
    if missing:
        raise click.UsageError(f"a release needs {', '.join(missing)}", click.get_current_context())
    return Citation(str(title), creators, str(publisher), str(edition), str(year), doi, license)


def _check(folder: Path, as_json: bool) -> None:
    if not folder.is_dir():
        raise Failure("no_release", f"there is no folder {folder}", exit_code=2)
    faults = 0
    for faults, fault in enumerate(check(folder), 1):  # noqa: B007 - the last number is the count
        if as_json:
            show.json_lines([{"fault": fault}])
        else:
            click.echo(show.clean(fault))
    if faults:
        raise Failure("damaged", f"{folder}: {faults} {'fault' if faults == 1 else 'faults'} found")
    show.say(f"{folder}: whole. Hashes, schema, counts and references hold")


def _tell(built: Built, out: Path, as_json: bool) -> None:
    if as_json:
        show.json_lines([{"rows": built.rows, "files": built.files, "bytes": built.size, "masked": built.masked}])
    else:
        for table, rows in built.rows.items():
            click.echo(f"{table:20} {rows:>10,}")
    if built.masked:
        show.say("covered: " + ", ".join(f"{n:,} {kind}" for kind, n in sorted(built.masked.items())))
    for note in built.notes:
        show.say(f"govnews: {note}")
    show.say(f"{built.files} files, {built.size:,} bytes: {out}")
