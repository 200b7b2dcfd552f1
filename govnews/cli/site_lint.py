"""govnews site lint. May import: sites, model, click, its neighbours in the command line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from govnews.cli import options, show
from govnews.model import Failure
from govnews.model.codes import describe
from govnews.sites import data_dir, load_site_files
from govnews.sites.lint import COLUMNS, lint


@click.command("lint")
@click.option("--errors", is_flag=True, help="Errors only, no warnings.")
@click.option(
    "--directory",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with the tables, instead of the directory in use.",
)
@options.sites
@options.as_json
def command(errors: bool, folder: Path | None, sites_dir: Path | None, as_json: bool) -> None:
    """Look for contradictions in the directory and in site files: file, line and what is wrong.

    Homes, hosts and columns listed for two, codes and places that do not fit, columns of an upper level or off the site.
    Exit 1 when there is an error; warnings are doubts to look at.

    \b
    govnews site lint --errors
    govnews site lint --directory data/directory --json
    """
    folder = folder or data_dir() / "directory"
    if missing := [name for name in COLUMNS if not (folder / name).is_file()]:
        raise Failure("no_table", f"there is no {missing[0]} in {folder}", exit_code=2)
    found = lint(folder, load_site_files(sites_dir))
    wrong = sum(f.severity == "error" for f in found)
    shown = [f for f in found if f.severity == "error" or not errors]
    if as_json:
        show.json_lines(
            {"file": f.file, "line": f.line or None, "severity": f.severity, "code": f.code, "detail": f.detail}
            for f in shown
        )
    else:
        for f in shown:
            where = f"{f.file}:{f.line}" if f.line else f.file
            click.echo(show.clean(f"{where}: {f.severity} {f.code}: {f.detail}"))
    for code, n in Counter(f.code for f in shown).most_common():
        show.say(f"{n:>5}  {code}: {describe('lint', code)}")
    if wrong:
        raise Failure(
            "directory_errors", f"{wrong} {'error' if wrong == 1 else 'errors'} in the directory or in site files"
        )
    show.say(f"no error, {len(found)} warnings")
