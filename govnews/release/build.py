"""Builds a release: first the database, then everything else from it, so that all files agree; then their hashes.

May import: archive, sites, ingest (the version), model, its neighbours in this room.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govnews.archive import Archive, explain, require_views
from govnews.archive.output import staged
from govnews.ingest import package_version
from govnews.model import Failure, Site
from govnews.release import csv_files, database, describe, package, parquet_files
from govnews.release.citation import Citation, datacite
from govnews.release.tables import Table, renumber, rows, tables
from govnews.release.withhold import Withholder, words_of

MANIFEST, SUMS, DATABASE = "manifest.json", "SHA256SUMS", "govnews.db"
FORMAT = "govnews-release/1"
GIGABYTE = 10**9
LARGEST_PART = 2 * GIGABYTE - 1
"""Bytes of a file at most, unless asked otherwise: what repositories and old file systems take."""
_BLOCK = 2**20


def least_part() -> int:
    """The smallest part that can be asked for, in bytes: the head of a Parquet file needs some room."""
    return 65_536


@dataclass(slots=True)
class Built:
    """What was built. rows: by table. masked: places by kind. notes: what a person should know."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    size: int = 0
    masked: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def build(
    archive: Archive,
    goal: Path,
    citation: Citation,
    *,
    variant: str = "full",
    mask: bool = True,
    as_of: str | None = None,
    sample: Path | None = None,
    sites: Mapping[str, Site] | None = None,
    part: int = LARGEST_PART,
    force: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Built:
    """Writes the release into the folder `goal`, whole or not at all. as_of: a UTC time or day, null = the newest capture. sample: a
    file that goes with it. sites: id → Site, for the hashes of site files. part: bytes of a file at most.
    Raises Failure `exists`, `cannot_write`, `disk_full`, `empty_archive`, `old_schema`, `no_such_path`, `part_too_small`."""
    require_views(archive)
    as_of = as_of or newest(archive)
    if sample is not None and not sample.is_file():
        raise Failure("no_such_path", f"there is no file {sample}")
    with staged(goal, force=force) as stage:
        folder = stage / goal.name
        folder.mkdir()
        made = _Build(archive, folder, citation, variant, mask and variant != "features", as_of, part, progress)
        try:
            return made.run(sample, dict(sites or {}))
        except (
            sqlite3.OperationalError
        ) as error:  # its database is written by SQLite, which has words of its own for a full disk
            raise explain(error, goal) from error


def newest(archive: Archive) -> str:
    """The newest capture. Raises Failure `empty_archive`."""
    found = archive.connection.execute("SELECT max(fetched_at) FROM captures").fetchone()[0]
    if found is None:
        raise Failure("empty_archive", f"{archive.path} holds no capture: there is nothing to release")
    return str(found)


class _Build:
    """One release under way."""

    def __init__(
        self,
        archive: Archive,
        folder: Path,
        citation: Citation,
        variant: str,
        mask: bool,
        as_of: str,
        part: int,
        progress: Callable[[str], None],
    ) -> None:
        self.archive, self.folder, self.citation = archive, folder, citation
        self.variant, self.mask, self.as_of, self.part, self.progress = variant, mask, as_of, part, progress
        self.built = Built()
        self.whole: dict[str, Any] = {}
        self.tables: list[Table] = []
        self.csv: dict[str, list[str]] = {}
        self.parquet: dict[str, list[str]] = {}

    def run(self, sample: Path | None, sites: dict[str, Site]) -> Built:
        """Every file, in order."""
        path = self.folder / DATABASE
        withholder = self._database(path)
        self._files(path)
        self._said(path, withholder, sample, sites)
        self._split(path)
        self._close(withholder)
        return self.built

    def _database(self, path: Path) -> Withholder:
        connection = self.archive.connection
        self.progress("database")
        renumber(connection)
        chosen = tables(connection, self.variant)
        words: frozenset[str] = frozenset()
        if self.variant != "full":
            self.progress("words of the bodies")
            words = words_of(_bodies(connection), _values(connection, chosen))
        withholder = Withholder(mask=self.mask, words=words)
        self.tables = database.write(path, connection, chosen, withholder)
        self.built.rows = {t.name: database.count(path, t) for t in self.tables}
        for (_, _, kind), places in sorted(withholder.masked.items()):
            self.built.masked[kind] = self.built.masked.get(kind, 0) + places
        return withholder

    def _files(self, path: Path) -> None:
        (self.folder / "csv").mkdir()
        with_parquet = parquet_files.is_there()
        if with_parquet:
            (self.folder / "parquet").mkdir()
        else:
            self.built.notes.append("without Parquet, which needs pyarrow: pip install 'govnews[parquet]'")
        for table in self.tables:
            self.progress(table.name)
            made = csv_files.write(self.folder / "csv", table.name, table.names, database.read(path, table), self.part)
            self.csv[table.name] = [f"csv/{file.name}" for file in made]
            if with_parquet:
                made = parquet_files.write(self.folder / "parquet", table, database.read(path, table), self.part)
                self.parquet[table.name] = [f"parquet/{file.name}" for file in made]

    def _said(self, path: Path, withholder: Withholder, sample: Path | None, sites: dict[str, Site]) -> None:
        if sample is not None:
            shutil.copyfile(sample, self.folder / "sample.csv")
        self._text("codebook.csv", describe.codebook_csv(self.tables))
        self._text("codes.csv", describe.codes_csv())
        self._text("codebook.md", describe.codebook_md(self.tables, self.built.rows))
        self._json(package.NAME, package.describe(self.citation, self.tables, self.csv, self.as_of))
        with closing(sqlite3.connect(path)) as connection:
            days = connection.execute("SELECT min(publish_date), max(publish_date) FROM articles").fetchone()
            facts = {**self._facts(), "tables": list(self.built.rows)}
            text = describe.provenance(self.citation, connection, facts=facts, shortened=dict(withholder.shortened))
            self._text("PROVENANCE.md", text)
            self._json("crawl.json", describe.crawl(connection, sites, package_version()))
        formats = ["application/vnd.sqlite3", "text/csv"] + ["application/vnd.apache.parquet"] * bool(self.parquet)
        size = sum(file.stat().st_size for file in _all(self.folder))
        span = (days[0], days[1]) if days[0] else None
        self._json("datacite.json", datacite(self.citation, formats=formats, size=size, as_of=self.as_of, days=span))

    def _facts(self) -> dict[str, Any]:
        return {"variant": self.variant, "masked": self.mask, "as_of": self.as_of, "govnews": package_version()}

    def _split(self, path: Path) -> None:
        """A database that is larger than a part becomes `govnews.db.001` and so on."""
        size = path.stat().st_size
        self.whole = {"bytes": size, "sha256": sha256(path)}
        if size <= self.part:
            return
        with path.open("rb") as whole:
            number = 0
            while whole.tell() < size:
                number += 1
                _copy(whole, path.with_name(f"{path.name}.{number:03d}"), self.part)
        path.unlink()

    def _close(self, withholder: Withholder) -> None:
        """The manifest, and last of all the hashes."""
        names = [str(file.relative_to(self.folder).as_posix()) for file in _all(self.folder)]
        parts = [n for n in names if n.startswith(DATABASE)]
        manifest = {
            "format": FORMAT,
            **self._facts(),
            "edition": self.citation.version,
            "database": {**self.whole, "files": parts},
            "tables": [
                {
                    "name": t.name,
                    "rows": self.built.rows[t.name],
                    "csv": self.csv[t.name],
                    "parquet": self.parquet.get(t.name, []),
                }
                for t in self.tables
            ],
            "masked": self.built.masked if self.mask else None,
            "shortened": dict(sorted(withholder.shortened.items())),
        }
        self._json(MANIFEST, manifest)
        files = _all(self.folder)
        too_large = [file.name for file in files if file.stat().st_size > self.part]
        if too_large:
            raise Failure("part_too_small", f"{too_large[0]} is larger than a part", hint="give a larger --part-size")
        lines = [f"{sha256(file)}  {file.relative_to(self.folder).as_posix()}\n" for file in files]
        self._text(SUMS, "".join(lines))
        self.built.files, self.built.size = len(files) + 1, sum(file.stat().st_size for file in files)

    def _text(self, name: str, text: str) -> None:
        (self.folder / name).write_bytes(text.encode("utf-8"))

    def _json(self, name: str, value: Any) -> None:
        self._text(name, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _bodies(connection: sqlite3.Connection) -> Iterator[str]:
    for (body,) in connection.execute("SELECT body FROM articles UNION ALL SELECT body FROM revisions"):
        yield body


def _values(connection: sqlite3.Connection, chosen: list[Table]) -> Iterator[str]:
    for table in chosen:
        for row in rows(connection, table):
            yield from (value for value in row if isinstance(value, str))


def _all(folder: Path) -> list[Path]:
    return sorted((f for f in folder.rglob("*") if f.is_file()), key=lambda f: f.relative_to(folder).as_posix())


def sha256(path: Path) -> str:
    """The hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: Any, path: Path, many: int) -> None:
    with path.open("wb") as out:
        while many and (block := source.read(min(_BLOCK, many))):
            out.write(block)
            many -= len(block)
