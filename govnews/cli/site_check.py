"""govnews site check. May import: sites, model, click, its neighbours in the command line; crawl at first use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govnews.cli import options, show
from govnews.cli.learned import known_to
from govnews.model import Failure, Site
from govnews.model.codes import describe
from govnews.sites import read_site_file, resolve
from govnews.sites.samples import Check, check_samples, expectations, samples_of
from govnews.sites.site_file import folders

if TYPE_CHECKING:
    from govnews.crawl.look import Look

NEEDED = ("title", "publish_time")
"""Fields that an article of any site has; a body may be of pictures only."""
FIELDS = (*NEEDED, "source", "view_count", "body")


@dataclass(slots=True)
class Subject:
    """One site under check. path: its site file; null for a county that the directory alone knows. site: null when the file is wrong."""

    name: str
    path: Path | None
    site: Site | None = None
    checks: list[Check] = field(default_factory=list)


@click.command("check")
@click.argument("names", metavar="[SITE]...", nargs=-1)
@click.option("--live", is_flag=True, help="Also visit each site: a page and an article of every column.")
@click.option("--private", is_flag=True, help="Allow hosts on this machine or a private network.")
@options.db
@options.sites
@options.as_json
def command(names: tuple[str, ...], live: bool, private: bool, db: Path, sites_dir: Path | None, as_json: bool) -> None:
    """Check site files: against their form, against their saved pages, and with --live against the site.

    SITE is what crawl takes, or a site file; without one every site file is checked. Saved pages are those that site add keeps beside
    a site file. With --live the columns are visited as a crawl would, into an archive that is thrown away. Exit 1 when a site fails.

    \b
    govnews site check
    govnews site check 维西 --live
    govnews site check data/sites/53/533423.toml --json
    """
    subjects = (
        [_subject(name, sites_dir) for name in names] if names else [Subject(p.stem, p) for p in _files(sites_dir)]
    )
    for subject in subjects:
        _read(subject)
    if live:
        _visit(subjects, db, private)
    for subject in subjects:
        _show(subject, as_json)
    failed = [s for s in subjects if not all(c.ok for c in s.checks)]
    if failed:
        raise Failure(
            "check_failed", f"{len(failed)} of {len(subjects)} sites failed: {', '.join(s.name for s in failed)}"
        )
    several = f"{len(subjects)} sites are as they should be" if len(subjects) != 1 else "the site is as it should be"
    show.say(several + ("" if live else "; not visited (--live)"))


def _files(sites_dir: Path | None) -> list[Path]:
    """Every site file, as `load_site_files` finds them, wrong ones too; of two with one name the first place wins."""
    found = {
        path.name: path
        for folder in reversed(folders(sites_dir))
        for path in sorted(folder.rglob("*.toml"))
        if path.parent.suffix != ".samples"
    }
    return sorted(found.values(), key=lambda path: path.name)


def _subject(name: str, sites_dir: Path | None) -> Subject:
    """The site a person means: a file, a file's id, or a name. Raises what `resolve` raises."""
    if name.endswith(".toml"):
        if not Path(name).is_file():
            raise Failure("no_such_file", f"there is no site file {name}", exit_code=2)
        return Subject(Path(name).stem, Path(name))
    by_id = next((path for path in _files(sites_dir) if path.stem == name), None)
    if by_id:
        return Subject(name, by_id)
    site = resolve(name, sites_dir=sites_dir)
    return Subject(site.id, None if site.origin == "directory" else Path(site.origin), site)


def _read(subject: Subject) -> None:
    """Without the network: the file's form, then its saved pages."""
    if subject.path is None:
        return
    try:
        subject.site = read_site_file(subject.path)
        subject.checks.append(Check(str(subject.path), "form", True))
        folder = samples_of(subject.path)
        if folder.is_dir():
            subject.checks += check_samples(folder, subject.site)
    except Failure as failure:
        subject.checks.append(Check(str(subject.path), "form", False, failure.sentence))


def _visit(subjects: list[Subject], db: Path, private: bool) -> None:
    """Every column of every site that can be read, in one polite crawl."""
    from govnews.crawl.look import look  # loads Scrapy: only for those who visit

    known, sites = known_to(db), []
    for subject in subjects:
        if subject.site is None:
            continue
        if not subject.site.columns:
            subject.checks.append(
                Check(subject.site.home, "column", False, subject.site.note or "no news column is known")
            )
        sites.append(_as_crawled(subject.site, known, private))
    looks = look(sites)
    for subject in subjects:
        if subject.site:
            used = _sampled(subject.path)
            subject.checks += [c for l in looks if l.site == subject.site.id for c in _seen(l, used)]


def _as_crawled(site: Site, known: dict[str, dict[str, Any]], private: bool) -> Site:
    """The site with what an archive has learned of its family, and with leave to be on this machine."""
    family = site.family or str(known.get(site.id, {}).get("family") or "")
    return replace(site, family=family, private=site.private or private)


def _sampled(path: Path | None) -> set[str]:
    """Fields that some saved article has, and a page of today should have too."""
    if path is None or not samples_of(path).is_dir():
        return set()
    try:
        pages = expectations(samples_of(path))
    except Failure:
        return set()  # said already
    return {name for page in pages for name in FIELDS if page["kind"] == "article" and page.get(name) is not None}


def _seen(seen: Look, sampled: set[str]) -> Iterator[Check]:
    """A look at one column as checks: its list, then each field of its article."""
    at = seen.column.url
    issues = ", ".join(f"{code} ({describe('issue', code)})" for code in seen.issues)
    yield Check(
        at,
        "list",
        seen.rows > 0,
        "" if seen.rows else f"{describe('verdict', seen.verdict)}; {issues}".rstrip("; "),
        None,
        seen.rows,
    )
    if not seen.rows:
        return
    if seen.article is None:
        yield Check(at, "article", False, f"none could be read; {issues}".rstrip("; "))
        return
    for name in FIELDS:
        value = seen.article[name] or None if name == "body" else seen.article[name]
        ok = value is not None or not (name in NEEDED or name in sampled)
        said = "" if value is not None else "not printed, or not read" if ok else "lost: a page of this site has it"
        found = value[:40] if name == "body" and value else value
        yield Check(seen.article["url"], name, ok, said, None, found)


def _show(subject: Subject, as_json: bool) -> None:
    """A line a check: all of a live visit, of the rest what is wrong."""
    if as_json:
        show.json_lines({"site": subject.name, **show.clean(asdict(check))} for check in subject.checks)
        return
    wrong = sum(not c.ok for c in subject.checks)
    name = subject.site.name if subject.site else ""
    of = f"{len(subject.checks)} {'check' if len(subject.checks) == 1 else 'checks'}"
    click.echo(show.bold(f"{subject.name} {name}".strip()) + f": {of}, {wrong or 'none'} wrong")
    for c in subject.checks:
        if not c.ok or (c.found is not None and c.expected is None):
            click.echo(
                show.clean(
                    f"  {'ok   ' if c.ok else 'WRONG'} {c.at}  {c.field}{_values(c)}{': ' + c.said if c.said else ''}"
                )
            )


def _values(check: Check) -> str:
    """` 2024-05-06, was 2024-05-05`, as far as there are values."""
    found = "" if check.found is None else f" {' '.join(str(check.found).split())}"
    return found + (
        f", was {' '.join(str(check.expected).split())}" if check.expected is not None and not check.ok else ""
    )
