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

from govnews.model import Column, Site
from govnews.sites.place import data_dir

LEVELS = ("county", "prefecture", "province")
"""In the order in which a name is looked for."""
SUFFIXES = ("自治县", "自治旗", "自治州", "地区", "林区", "特区", "县", "市", "区", "旗", "盟", "州", "省")


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


@dataclass(slots=True)
class Directory:
    """The tables in memory. names: full, short and other names in use → codes. former: old names → (code, old name)."""

    divisions: dict[str, Division] = field(default_factory=dict)
    homes: dict[str, dict[str, str]] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)
    former: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def site(self, code: str) -> Site | None:
        """The Site of a division as far as the directory knows it; null when it has no known home.

        Only a column on the same host that is not an upper level's is used; without one the Site has no columns and its
        note says why.
        """
        division, home = self.divisions.get(code), self.homes.get(code)
        if division is None or home is None:
            return None
        hosts = [_host(home["homepage"]), *(_host(h) for h in home["alt_hosts"].split("|") if h)]
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
        return (Column(row["column"], row["url"]),), ""

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Rows for the archive's table `divisions`."""
        for d in self.divisions.values():
            yield (d.code, d.name, d.level, d.parent_code, d.province, d.prefecture, d.short_name, d.type)


def _host(address: str) -> str:
    parts = urlsplit(address if "//" in address else f"//{address}")
    return (parts.netloc or "").lower()


def _read(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def stem(name: str) -> str:
    """A name without its rank: 维西县 → 维西. Names of two characters keep it (通县)."""
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name[: -len(suffix)]
    return name


@cache
def directory() -> Directory:
    """The directory, read once: some 14,000 rows, about 0.05 s."""
    folder = data_dir() / "directory"
    out = Directory()
    for row in _read(folder, "divisions.csv"):
        aliases = tuple(a for a in row["aliases"].split("|") if a)
        d = Division(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            parent_code=row["parent_code"],
            province=row["province"],
            prefecture=row["prefecture"],
            short_name=row["short_name"],
            type=row["type"],
            aliases=aliases,
        )
        out.divisions[d.code] = d
        for name in {d.name, d.short_name, *aliases} - {""}:
            out.names.setdefault(name, []).append(d.code)
        for name in {stem(d.short_name or d.name), stem(d.name)}:
            out.stems.setdefault(name, []).append(d.code)
    out.homes = {row["division_code"]: row for row in _read(folder, "gov_sites.csv")}
    out.columns = {row["division_code"]: row for row in _read(folder, "news_columns.csv")}
    for row in _read(folder, "divisions_history.csv"):
        successor = row["successor_code"]
        if (
            row["successor_confidence"] in ("high", "medium")
            and successor in out.divisions
            and row["name"] not in out.names
        ):
            known = out.former.setdefault(row["name"], [])
            if all(code != successor for code, _ in known):
                known.append((successor, row["name"]))
    return out
