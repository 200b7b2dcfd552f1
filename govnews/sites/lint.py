"""The lint of the directory: what contradicts itself in its tables and in site files, with file and line.

The tables are read row by row, as a person edits them, not as `directory()` makes sense of them. Codes: group "lint" of
model/codes.py. May import: model, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from govnews.model import Site
from govnews.model.codes import CODES
from govnews.sites.directory import netloc, stem
from govnews.sites.scope import scope_of

COLUMNS = {
    "divisions.csv": "code name level parent_code province prefecture short_name type aliases".split(),
    "gov_sites.csv": "division_code division_name level homepage access checked alt_hosts".split(),
    "news_columns.csv": "division_code division_name column url scope host checked".split(),
    "divisions_history.csv": "code name last_seen status successor_code successor_name successor_confidence".split(),
}
"""The columns that are read of each table."""
_CODE = re.compile(r"[0-9]{6}")
_HEADLINE = re.compile(r"[【《，。！]|^.{13,}$|\.\.|…")
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or doubtful. line: of the file, the header is 1; 0 when it is of no line. code: group "lint"."""

    file: str
    line: int
    code: str
    detail: str

    @property
    def severity(self) -> str:
        """error or warning."""
        return CODES[("lint", self.code)].severity


@dataclass(slots=True)
class Tables:
    """The tables as they stand: file → (line, row). divisions: code → row, the first of each."""

    rows: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    divisions: dict[str, Row] = field(default_factory=dict)


def lint(folder: Path, files: Mapping[str, Site]) -> list[Finding]:
    """What is wrong in the tables of a folder and in site files, errors first, then by file and line."""
    tables, found = Tables(), list[Finding]()
    for name, columns in COLUMNS.items():
        tables.rows[name] = list(_read(folder / name, columns, found))
    for _, row in tables.rows["divisions.csv"]:
        tables.divisions.setdefault(row["code"], row)
    for rule in RULES:
        found += rule(tables)
    found += _site_files(tables, files)
    return sorted(found, key=lambda f: (f.severity, f.file, f.line, f.code))


def _read(path: Path, columns: Iterable[str], found: list[Finding]) -> Iterator[tuple[int, Row]]:
    """The rows that have all the cells the header promises; the others become findings."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [c for c in columns if c not in (reader.fieldnames or ())]
        if missing:
            found.append(Finding(path.name, 1, "bad_table", f"no column {', '.join(missing)}"))
            return
        for row in reader:
            if None in row or None in row.values():
                found.append(
                    Finding(path.name, reader.line_num, "bad_table", f"{next(iter(row.values()))}: other cells")
                )
            else:
                yield reader.line_num, row


def _places(tables: Tables) -> Iterator[Finding]:
    """Codes, parents, prefectures and provinces of the divisions agree with each other."""
    known = tables.divisions
    for line, row in tables.rows["divisions.csv"]:
        code, parent = row["code"], row["parent_code"]

        def say(kind: str, text: str, *, line: int = line, code: str = code) -> Finding:
            return Finding("divisions.csv", line, kind, f"{code}: {text}")

        if not _CODE.fullmatch(code):
            yield say("bad_code", "not six digits")
        if known[code] is not row:
            yield say("twice", f"{row['name']}, also {known[code]['name']}")
        province = known.get(code[:2] + "0000", {}).get("name")
        if province != row["province"]:
            yield say("bad_place", f"{row['province']} is not the province of {code[:2]}: {province or 'none'}")
        if row["level"] == "province":
            continue
        if parent not in known:
            yield say("bad_code", f"its parent {parent or '(none)'} is no division")
        elif parent[:2] != code[:2] or (row["prefecture"] and parent[:4] != code[:4] and row["level"] == "county"):
            yield say("bad_place", f"its parent {parent} has other first digits")
        elif row["prefecture"] and row["level"] == "county" and known[parent]["name"] != row["prefecture"]:
            yield say(
                "bad_place", f"{row['prefecture']} is not the name of its parent {parent}: {known[parent]['name']}"
            )


def _successors(tables: Tables) -> Iterator[Finding]:
    """What the history points to is in force."""
    for line, row in tables.rows["divisions_history.csv"]:
        code = row["successor_code"]
        if code and code not in tables.divisions:
            yield Finding("divisions_history.csv", line, "bad_code", f"{row['code']} {row['name']}: successor {code}")


def _names(tables: Tables) -> Iterator[Finding]:
    """Each row of homes and columns is of a division in force, by its right name, and of one only once."""
    for file in ("gov_sites.csv", "news_columns.csv"):
        lines: dict[str, int] = {}
        for line, row in tables.rows[file]:
            code, name = row["division_code"], row["division_name"]
            right = tables.divisions.get(code, {}).get("name")
            if right is None:
                yield Finding(file, line, "bad_code", f"{code} {name} is no division in force")
            elif right != name:
                yield Finding(file, line, "other_name", f"{code}: {name}, in divisions.csv {right}")
            if code in lines:
                yield Finding(file, line, "twice", f"{code} {name}, also on line {lines[code]}")
            lines.setdefault(code, line)


def _homes(tables: Tables) -> Iterator[Finding]:
    """Homes are addresses, and no home and no host is listed for two divisions."""
    homes: dict[str, str] = {}
    hosts: dict[str, str] = {}
    for line, row in tables.rows["gov_sites.csv"]:
        who, home = f"{row['division_code']} {row['division_name']}", row["homepage"]
        if not _is_address(home):
            yield Finding("gov_sites.csv", line, "bad_address", f"{who}: {home or '(empty)'}")
            continue
        if homes.setdefault(_plain(home), who) != who:
            yield Finding("gov_sites.csv", line, "shared_home", f"{who}: {home}, also of {homes[_plain(home)]}")
            continue
        for address in (home, *filter(None, row["alt_hosts"].split("|"))):
            host = netloc(address).removeprefix("www.")
            if hosts.setdefault(host, who) != who:
                yield Finding("gov_sites.csv", line, "shared_host", f"{who}: {host}, also of {hosts[host]}")


def _columns(tables: Tables) -> Iterator[Finding]:
    """Columns are addresses on a host of their site; usable ones belong to one division; names agree with what is said of them."""
    hosts = _hosts(tables)
    first: dict[str, str] = {}
    for line, row in tables.rows["news_columns.csv"]:
        code, url, name = row["division_code"], row["url"], row["column"]

        def say(kind: str, text: str, *, line: int = line, who: str = f"{code} {row['division_name']}") -> Finding:
            return Finding("news_columns.csv", line, kind, f"{who}: {text}")

        if not _is_address(url):
            yield say("bad_address", url or "(empty)")
            continue
        at_home = netloc(url).removeprefix("www.") in hosts[code]
        usable = row["scope"] != "upper-level" and row["host"] == "same-host"
        if row["host"] == "same-host" and not at_home:
            yield say("off_host", f"{url}, hosts are {', '.join(sorted(hosts[code])) or 'not known'}")
        if usable and first.setdefault(_plain(url), code) != code:
            yield say("shared_column", f"{url}, also of {first[_plain(url)]}")
        if row["host"] != "same-host":
            yield say("other_host", url)
        for kind in _doubts(row, tables.divisions.get(code, {})):
            yield say(kind, f"{name} {url}")


def _doubts(row: Row, division: Row) -> Iterator[str]:
    """Codes for what the name of a column says against its row."""
    name, upper = "".join(row["column"].split()), row["scope"] == "upper-level"
    by_rank = any(n and n in name for n in (division.get("name"), division.get("short_name"))) or _by_stem(
        name, division
    )
    rank = (division.get("name") or "")[-1:]
    if upper:
        yield "upper_level"
    if upper and by_rank and division.get("level") == "county":
        yield "own_by_name"
    if not upper and scope_of(name, rank=rank) == "upper" and division.get("level") == "county":
        yield "upper_by_name"
    if _HEADLINE.search(name):
        yield "headline"


def _by_stem(name: str, division: Row) -> bool:
    """Whether a column is called by the county's name without its rank, and not by that of what stands above it: 连云要闻 of 连云区 in
    连云港市."""
    own, above = stem(division.get("name") or ""), (division.get("prefecture"), division.get("province"))
    return len(own) >= 2 and own in name and not any(u and stem(u) in name for u in above)


def _without_home(tables: Tables) -> Iterator[Finding]:
    """Counties nobody knows a site of."""
    homes = {row["division_code"] for _, row in tables.rows["gov_sites.csv"]}
    for line, row in tables.rows["divisions.csv"]:
        if row["level"] == "county" and row["code"] not in homes:
            yield Finding("divisions.csv", line, "no_home", f"{row['code']} {row['province']} {row['name']}")


def _site_files(tables: Tables, files: Mapping[str, Site]) -> Iterator[Finding]:
    """Site files are of divisions in force, and share no home and no column, unless they are two sites of one county."""
    seen: dict[tuple[str, str], str] = {}
    for site in files.values():
        code = site.id.split("-")[0]
        if code not in tables.divisions and not code.startswith("99"):
            yield Finding(site.origin, 0, "outside", code)
        for kind, addresses in (("shared_home", [site.home]), ("shared_column", [c.url for c in site.columns])):
            for address in addresses:
                other = seen.setdefault((kind, site.via + _plain(address)), site.id)
                if other.split("-")[0] != code:
                    yield Finding(site.origin, 0, kind, f"{address}, also of {files[other].origin}")


def _hosts(tables: Tables) -> dict[str, set[str]]:
    """Code → its hosts without www."""
    out: dict[str, set[str]] = defaultdict(set)
    for _, row in tables.rows["gov_sites.csv"]:
        for address in (row["homepage"], *filter(None, row["alt_hosts"].split("|"))):
            out[row["division_code"]].add(netloc(address).removeprefix("www."))
    return out


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)


def _plain(address: str) -> str:
    """An address as far as two that differ lead to the same page: without scheme, www. and last slash."""
    return address.split("//", 1)[-1].lower().removeprefix("www.").rstrip("/")


RULES: tuple[Callable[[Tables], Iterator[Finding]], ...] = (
    _places,
    _successors,
    _names,
    _homes,
    _columns,
    _without_home,
)
"""Each gives its findings; their order does not matter."""
