"""Checks a release as whoever downloads it would: hashes, the package's rules, every value by its type, counts, keys, references.

Needs nothing but the folder. May import: the standard library, its neighbours in this room; pyarrow, where it is installed.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from govnews.model import Failure
from govnews.release import citation, package, parquet_files
from govnews.release.build import DATABASE, FORMAT, MANIFEST, SUMS, sha256

csv.field_size_limit(2**31 - 1)


def check(folder: Path) -> Iterator[str]:
    """Every fault, one line each; none for a release that is whole. Raises Failure `no_release` for a folder that is none."""
    manifest = _read(folder, MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Failure("no_release", f"{folder} is no release: it has no {MANIFEST} of {FORMAT}")
    broken = list(_sums(folder))
    yield from broken
    if broken:  # what is damaged need not be read
        return
    record, described = _read(folder, "datacite.json"), _read(folder, package.NAME)
    yield from (f"datacite.json: {fault}" for fault in citation.faults(record))
    rules = [f"{package.NAME}: {fault}" for fault in package.faults(described)]
    yield from rules
    if not rules:
        yield from _tables(folder, manifest, described)
    yield from _database(folder, manifest)
    if parquet_files.is_there():
        yield from _parquet(folder, manifest)


def _read(folder: Path, name: str) -> Any:
    try:
        return json.loads((folder / name).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _sums(folder: Path) -> Iterator[str]:
    """Files that are missing, added or changed."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        yield f"{SUMS} cannot be read"
        return
    stated = {name: hash for hash, _, name in (line.partition("  ") for line in lines)}
    present = {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()} - {SUMS}
    yield from (f"{name} is not there" for name in sorted(stated.keys() - present))
    yield from (f"{name} is not of this release" for name in sorted(present - stated.keys()))
    for name in sorted(stated.keys() & present):
        if sha256(folder / name) != stated[name]:
            yield f"{name} has another hash"


def _tables(folder: Path, manifest: dict[str, Any], described: dict[str, Any]) -> Iterator[str]:
    """Every CSV table against its schema, and against the tables it refers to."""
    counts = {t["name"]: t["rows"] for t in manifest["tables"]}
    wanted = {(k["reference"]["resource"], k["reference"]["fields"]) for r in described["resources"] for k in _keys(r)}
    held: dict[tuple[str, str], set[str]] = {}
    for resource in described["resources"]:
        columns = [c for t, c in wanted if t == resource["name"]]
        found: dict[str, set[str]] = {c: set() for c in columns}
        yield from _table(folder, resource, counts.get(resource["name"]), found)
        held |= {(resource["name"], c): values for c, values in found.items()}
    for resource in described["resources"]:
        for key in _keys(resource):
            there = held[(key["reference"]["resource"], key["reference"]["fields"])]
            at = [f["name"] for f in resource["schema"]["fields"]].index(key["fields"])
            lost = sum(1 for row in _rows(folder, resource) if len(row) > at and row[at] and row[at] not in there)
            if lost:
                yield f"{resource['name']}.{key['fields']}: {lost} values are not in {key['reference']['resource']}"


def _keys(resource: dict[str, Any]) -> list[dict[str, Any]]:
    keys: list[dict[str, Any]] = resource["schema"].get("foreignKeys", [])
    return keys


def _rows(folder: Path, resource: dict[str, Any], *, head: bool = False) -> Iterator[list[str]]:
    """The rows of all parts of a table, as one."""
    for number, path in enumerate(package.paths(resource)):
        with (folder / path).open(encoding="utf-8", newline="") as file:
            table = csv.reader(file, strict=True)
            if number == 0 and not head:
                next(table, None)
            yield from table


def _table(folder: Path, resource: dict[str, Any], count: int | None, found: dict[str, set[str]]) -> Iterator[str]:
    """One table; the values of the columns in `found` are gathered on the way."""
    name, fields = resource["name"], resource["schema"]["fields"]
    names = [f["name"] for f in fields]
    readers = [package.READERS[f["type"]] for f in fields]
    key = [names.index(c) for c in resource["schema"].get("primaryKey", [])]
    keys, many = set[bytes](), 0
    rows = _rows(folder, resource, head=True)
    if next(rows, None) != names:
        yield f"{name}: its first line does not name the fields"
        return
    for many, row in enumerate(rows, 1):
        if len(row) != len(names):
            yield f"{name}: row {many} has {len(row)} values"
            continue
        for field, reader, value in zip(names, readers, row, strict=True):
            if value and not _is(reader, value):
                yield f"{name}: row {many}: {field} {value[:40]!r} is not of its type"
        for column, values in found.items():
            values.add(row[names.index(column)])
        if key:
            keys.add(hashlib.sha256("\0".join(row[n] for n in key).encode()).digest())
    if count != many:
        yield f"{name}: {many} rows, the manifest says {count}"
    if key and len(keys) != many:
        yield f"{name}: two rows have one key"


def _is(reader: Any, value: str) -> bool:
    try:
        reader(value)
    except ValueError:
        return False
    return True


def _database(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    stated = manifest["database"]
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        path = folder / DATABASE
        if stated["files"] != [DATABASE]:
            path = Path(temporary) / DATABASE
            with path.open("wb") as whole:
                for name in stated["files"]:
                    whole.write((folder / name).read_bytes())
        if sha256(path) != stated["sha256"]:
            yield f"{DATABASE} has another hash than the manifest says"
            return
        with path.open("rb") as file:
            if file.read(20)[18:] != b"\x01\x01":
                yield f"{DATABASE} is in WAL mode"
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            yield from _inside(connection, manifest)


def _inside(connection: sqlite3.Connection, manifest: dict[str, Any]) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"{DATABASE}: {line}"
    held = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    stated = {t["name"]: t["rows"] for t in manifest["tables"]}
    if held != stated.keys():
        yield f"{DATABASE}: its tables are not those of the manifest: {', '.join(sorted(held ^ stated.keys()))}"
    for name in sorted(held & stated.keys()):
        many = connection.execute(f"SELECT count(*) FROM [{name}]").fetchone()[0]
        if many != stated[name]:
            yield f"{DATABASE}: {name} has {many} rows, the manifest says {stated[name]}"
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info([{name}])")}
        if "body" in columns and manifest["variant"] != "full":
            yield f"{DATABASE}: {name} has bodies, which the variant {manifest['variant']} leaves out"


def _parquet(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    from pyarrow import parquet

    for table in manifest["tables"]:
        if not table["parquet"]:
            continue
        many = sum(parquet.read_metadata(folder / name).num_rows for name in table["parquet"])
        if many != table["rows"]:
            yield f"parquet of {table['name']}: {many} rows, the manifest says {table['rows']}"
