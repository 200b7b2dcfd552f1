"""The directory: 2,847 counties, their homes and one news column each, from the curated tables in data/directory.

Facts and their provenance: data/directory/README.md. May import: model, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from govnews.model import Column, Failure, Site
from govnews.sites.place import data_dir
from govnews.sites.scope import scope_of

LEVELS = ("county", "prefecture", "province")
"""In the order in which a name is looked for."""
SUFFIXES = ("自治县", "自治旗", "自治州", "地区", "林区", "特区", "县", "市", "区", "旗", "盟", "州", "省")
TRUSTED = ("high", "medium")
"""Successors of this confidence are followed; low ones are often wrong (data/directory/README.md)."""


@dataclass(frozen=True, slots=True)
class Division:
    """One division in force. code: GB/T 2260, six digits. short_name: without the names of peoples (维西县)."""

    code: str
    name: str
    level: str
    parent_code: str
    province: str
    prefecture: str
    short_name: str
    type: str
    aliases: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """`云南省 迪庆藏族自治州 维西傈僳族自治县`: a county name is never shown without its province (朝阳区!)."""
        return " ".join(dict.fromkeys(p for p in (self.province, self.prefecture, self.name) if p))

    @property
    def rank(self) -> str:
        """县, 市, 区 or 旗 of a county; "" of what is none."""
        return self.name[-1] if self.level == "county" and self.name[-1:] in set("县市区旗") else ""

    @property
    def names(self) -> tuple[str, ...]:
        """Full name, short name and aliases."""
        return tuple(dict.fromkeys(n for n in (self.name, self.short_name, *self.aliases) if n))


@dataclass(slots=True)
class Directory:
    """The tables in memory. homes, columns: code → row of gov_sites.csv, news_columns.csv. names, stems: names in use, with and
    without their rank → codes. hosts: host without www. → codes. former: names, stems and codes no longer in use → (code of today,
    what it was called). history: code of today → rows of divisions_history.csv that it follows. vanished: names no longer in use whose
    successor is not known, or only guessed → their row."""

    divisions: dict[str, Division] = field(default_factory=dict)
    homes: dict[str, dict[str, str]] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)
    hosts: dict[str, list[str]] = field(default_factory=dict)
    former: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    history: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    vanished: dict[str, dict[str, str]] = field(default_factory=dict)

    def site(self, code: str) -> Site | None:
        """The Site of a division as far as the directory knows it; null when it has no known home.

        Only a column on the same host that is not an upper level's is used; without one the Site has no columns and its
        note says why.
        """
        division, home = self.divisions.get(code), self.homes.get(code)
        if division is None or home is None:
            return None
        hosts = [netloc(home["homepage"]), *(netloc(h) for h in home["alt_hosts"].split("|") if h)]
        columns, note = self._columns(code)
        return Site(
            id=code,
            name=division.short_name or division.name,
            home=home["homepage"],
            hosts=tuple(dict.fromkeys(h for h in hosts if h)),
            columns=columns,
            division_code=code,
            province=division.province,
            prefecture=division.prefecture or None,
            note=note,
        )

    def _columns(self, code: str) -> tuple[tuple[Column, ...], str]:
        row = self.columns.get(code)
        if row is None:
            return (), "the directory knows no news column of this site"
        if row["scope"] == "upper-level":
            return (), f"the only known column ({row['column']}) is an upper level's: {row['url']}"
        if row["host"] != "same-host":
            return (), f"the only known column ({row['column']}) is on another host: {row['url']}"
        scope = "own" if row["scope"] == "own" else scope_of(row["column"], rank=self.divisions[code].rank)
        return (Column(row["column"], row["url"], scope),), ""

    def former_names(self, code: str) -> tuple[str, ...]:
        """What a division, or those it took over, used to be called: 延庆县 of 延庆区."""
        return tuple(
            dict.fromkeys(name for key, pairs in self.former.items() for c, name in pairs if c == code and key == name)
        )

    def namesakes(self, code: str) -> tuple[Division, ...]:
        """Other divisions of the same level that have one of its names: 朝阳区 in Beijing and in Changchun."""
        own = self.divisions[code]
        codes = dict.fromkeys(c for name in own.names for c in self.names[name] if c != code)
        return tuple(d for c in codes if (d := self.divisions[c]).level == own.level)

    def of_host(self, address: str) -> list[str]:
        """Codes of the divisions whose home or other known host an address is on, counties first."""
        codes = self.hosts.get(netloc(address).removeprefix("www."), [])
        return sorted(codes, key=lambda c: LEVELS.index(self.divisions[c].level))

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Rows for the archive's table `divisions`."""
        for d in self.divisions.values():
            yield (d.code, d.name, d.level, d.parent_code, d.province, d.prefecture, d.short_name, d.type)


def netloc(address: str) -> str:
    """The host, with its port if one is written, of an address or bare host; "" when there is none."""
    return urlsplit(address if "//" in address else f"//{address}").netloc.lower()


def stem(name: str) -> str:
    """A name without its rank: 维西县 → 维西. What would leave one character keeps it (通县)."""
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name[: -len(suffix)]
    return name


@cache
def directory() -> Directory:
    """The directory, read once: some 13,000 rows, about 0.05 s."""
    folder, out = data_dir() / "directory", Directory()
    for row in _read(folder, "divisions.csv"):
        _add_division(out, row)
    out.homes = {row["division_code"]: row for row in _read(folder, "gov_sites.csv")}
    for code, row in out.homes.items():
        for address in (row["homepage"], *filter(None, row["alt_hosts"].split("|"))):
            out.hosts.setdefault(netloc(address).removeprefix("www."), []).append(code)
    out.columns = {row["division_code"]: row for row in _read(folder, "news_columns.csv")}
    for row in _read(folder, "divisions_history.csv"):
        _add_former(out, row)
    return out


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The rows of one table of the directory, as they stand."""
    return _read(data_dir() / "directory", name)


def _read(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        names = next(lines)
        for line in lines:  # half of csv.DictReader's time
            if line and len(line) != len(names):
                said = f"{folder / name}, line {lines.line_num}: {len(line)} cells under a header of {len(names)}"
                raise Failure("bad_table", said)
            if line:
                yield dict(zip(names, line, strict=True))


def _add_division(out: Directory, row: dict[str, str]) -> None:
    division = Division(
        code=row["code"],
        name=row["name"],
        level=row["level"],
        parent_code=row["parent_code"],
        province=row["province"],
        prefecture=row["prefecture"],
        short_name=row["short_name"],
        type=row["type"],
        aliases=tuple(a for a in row["aliases"].split("|") if a),
    )
    out.divisions[division.code] = division
    for name in division.names:
        out.names.setdefault(name, []).append(division.code)
    for name in {stem(n) for n in division.names}:
        out.stems.setdefault(name, []).append(division.code)


def _add_former(out: Directory, row: dict[str, str]) -> None:
    """An old name, its stem and its code, as far as none of them is in use today."""
    code, name = row["successor_code"], row["name"]
    if row["successor_confidence"] not in TRUSTED or code not in out.divisions:
        if name not in out.names and row["status"] != "statistical-unit":
            out.vanished[name] = row
        return
    if name != out.divisions[code].name:
        out.history.setdefault(code, []).append(row)
    if name in out.names:
        return
    for key in dict.fromkeys((name, stem(name), row["code"])):
        if key in out.names or key in out.stems or key in out.divisions:
            continue
        known = out.former.setdefault(key, [])
        if all(c != code for c, _ in known):
            known.append((code, name))
