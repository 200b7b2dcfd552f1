"""Site files: a county as a few lines of TOML, read strictly. Unknown keys are errors with the nearest right key.

The form is DESIGN §3; the tables below are its schema. May import: model, extraction, families, its neighbours in this room, the standard
library, parsel's selectors (to check them).
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cssselect import SelectorError
from lxml import etree
from parsel import Selector

from govnews.extraction.numbered import PLACE
from govnews.families import families
from govnews.model import Column, Expect, Failure, Layout, Site
from govnews.sites.directory import Division, directory, netloc, stem
from govnews.sites.place import data_dir
from govnews.sites.scope import SCOPES, scope_of


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value must be: in words, and as a check."""

    words: str
    fits: Callable[[Any], bool]


def _is_day(value: Any) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == str(value)
    except ValueError:
        return False


def _is_selector(value: Any) -> bool:
    """`css:…` or `xpath:…` that compiles, or "" for the family's own."""
    if value == "":
        return True
    language, _, query = value.partition(":") if isinstance(value, str) else ("", "", "")
    blank = Selector(text="<html></html>", type="html")
    try:
        return bool(query) and language in ("css", "xpath") and getattr(blank, language)(query) is not None
    except (SelectorError, ValueError, etree.XPathError):
        return False


def _is_pair(value: Any) -> bool:
    whole = isinstance(value, list) and len(value) == 2 and all(type(x) is int for x in value)
    return whole and 0 <= value[0] <= value[1]


def _matches(pattern: str) -> Callable[[Any], bool]:
    compiled = re.compile(pattern)
    return lambda v: isinstance(v, str) and compiled.fullmatch(v) is not None


_HOST = r"[^\s/:@]+(:\d{1,5})?"
TEXT = Kind("a text that is not empty", lambda v: isinstance(v, str) and v.strip() != "")
ID = Kind("a division code, with a suffix for a second site (533423, 533423-rmt)", _matches(r"\d{6}(-[0-9a-z-]+)?"))
ADDRESS = Kind("an address that begins with http:// or https://", _matches(rf"https?://{_HOST}(/\S*)?"))
HOSTS = Kind(
    "a list of hosts such as www.weixi.gov.cn or 127.0.0.1:8123, without http://",
    lambda v: isinstance(v, list) and v != [] and all(map(_matches(_HOST), v)),
)
VIA = Kind('an address such as http://127.0.0.1:8123, or ""', lambda v: v == "" or ADDRESS.fits(v))
SECONDS = Kind("a number of seconds, 0 or more", lambda v: type(v) in (int, float) and 0 <= v < float("inf"))
FLAG = Kind("true or false", lambda v: isinstance(v, bool))
DAY = Kind("a day such as 2024-05-31", _is_day)
SELECTOR = Kind("a valid selector that begins with css: or xpath:", _is_selector)
PAIR = Kind("two whole numbers, the smaller first: [5, 300]", _is_pair)
TABLE = Kind("a table", lambda v: isinstance(v, dict))
TABLES = Kind("a list of tables: [[…]]", lambda v: isinstance(v, list) and all(isinstance(x, dict) for x in v))
SCOPE = Kind(f"one of {', '.join(SCOPES)}", lambda v: isinstance(v, str) and v in SCOPES)
PAGES = Kind(
    "an address with {n} or {n-1} once, where the number of the page stands",
    lambda v: ADDRESS.fits(v) and len(PLACE.findall(v)) == 1,
)
FAMILY = Kind('the name of a family, or "" to detect it', lambda v: isinstance(v, str))

_FIELDS = ("title", "publish_time", "source", "view_count", "body")
SITE = {
    "id": ID,
    "name": TEXT,
    "home": ADDRESS,
    "hosts": HOSTS,
    "family": FAMILY,
    "private": FLAG,
    "via": VIA,
    "delay": SECONDS,
    "columns": TABLES,
    "layouts": TABLES,
    "expect": TABLE,
}
COLUMN = {"name": TEXT, "url": ADDRESS, "scope": SCOPE, "pages": PAGES}
LAYOUT = {"until": DAY, **dict.fromkeys(_FIELDS, SELECTOR)}
EXPECT = {"per_month": PAIR}


@dataclass(slots=True)
class SiteFile:
    """One file while it is read. Every complaint names the file, the line of the key and what would be right."""

    path: Path
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    def wrong(self, sentence: str, key: str = "") -> Failure:
        """A Failure `site_file`, with the line on which `key` stands first."""
        found = re.search(rf"^[ \t\[]*{re.escape(key)}\b", self.text, re.MULTILINE) if key else None
        line = f":{self.text.count(chr(10), 0, found.start()) + 1}" if found else ""
        return Failure("site_file", f"{self.path}{line}: {sentence}")

    def check(self, where: str, table: Mapping[str, Any], schema: Mapping[str, Kind]) -> None:
        """Unknown keys and values that are not what they should be."""
        for key, value in table.items():
            if key not in schema:
                near = difflib.get_close_matches(key, schema, n=1, cutoff=0.5)
                hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(schema)}"
                raise self.wrong(f"unknown key `{where}{key}`; {hint}", key)
            if not schema[key].fits(value):
                raise self.wrong(f"`{where}{key}` should be {schema[key].words}, not {value!r}", key)

    def need(self, where: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        """Keys that must be there."""
        for key in keys:
            if key not in table:
                raise self.wrong(f"the key `{where}{key}` is missing")


def read_site_file(path: Path) -> Site:
    """The Site of one file. Raises Failure `site_file` that names file, line, key and what would be right."""
    file = SiteFile(path)
    try:
        file.text = path.read_text("utf-8")
        file.data = tomllib.loads(file.text)
    except (OSError, UnicodeDecodeError) as error:
        raise file.wrong(f"cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise file.wrong(f"not TOML: {error}") from error
    _check(file)
    return _site(file.data, path)


def _check(file: SiteFile) -> None:
    """The schema, then what one key says of another."""
    data = file.data
    file.check("", data, SITE)
    file.need("", data, ("id", "name", "home"))
    for n, column in enumerate(data.get("columns", ()), 1):
        file.check(f"columns[{n}].", column, COLUMN)
        file.need(f"columns[{n}].", column, ("url",))
    for n, layout in enumerate(data.get("layouts", ()), 1):
        file.check(f"layouts[{n}].", layout, LAYOUT)
    file.check("expect.", data.get("expect", {}), EXPECT)
    _check_family(file)
    _check_hosts(file)
    days = [str(layout.get("until", "9999-12-31")) for layout in data.get("layouts", ())]
    if days != sorted(set(days), reverse=True):
        raise file.wrong("`layouts` should stand newest first: the one without `until`, then falling days", "layouts")
    if data.get("delay") == 0 and not (data.get("private") or data.get("via")):
        raise file.wrong("`delay` may be 0 only for a `private` site", "delay")


def _check_family(file: SiteFile) -> None:
    name, known = file.data.get("family", ""), [f.name for f in families()]
    if name and name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
        raise file.wrong(f"there is no family {name}; {hint}", "family")


def _check_hosts(file: SiteFile) -> None:
    """A column on a host that is not the site's would never be fetched."""
    hosts = {h.lower().removeprefix("www.") for h in (*file.data.get("hosts", ()), netloc(file.data["home"]))}
    for n, column in enumerate(file.data.get("columns", ()), 1):
        for host in (netloc(column[key]) for key in ("url", "pages") if key in column):
            if host.removeprefix("www.") not in hosts:
                raise file.wrong(
                    f"columns[{n}] is on {host}, which `hosts` does not list; nothing else is fetched", "hosts"
                )


def _site(data: dict[str, Any], path: Path) -> Site:
    division = directory().divisions.get(data["id"].split("-")[0])
    via = data.get("via", "")
    per_month = data.get("expect", {}).get("per_month")
    places = _places(data["name"], division)
    return Site(
        id=data["id"],
        name=data["name"],
        home=data["home"],
        hosts=tuple(h.lower() for h in data.get("hosts", ())) or (netloc(data["home"]),),
        family=data.get("family", ""),
        private=bool(data.get("private", False) or via),
        via=via,
        delay=float(data.get("delay", 3.0)),
        columns=tuple(_column(c, places, division.rank if division else "") for c in data.get("columns", ())),
        layouts=tuple(Layout(**{k: str(v) for k, v in layout.items()}) for layout in data.get("layouts", ())),
        expect=Expect((per_month[0], per_month[1]) if per_month else None),
        division_code=division.code if division else _first_site(data["id"]),
        province=division.province if division else None,
        prefecture=(division.prefecture or None) if division else None,
        origin=str(path),
    )


def _first_site(id: str) -> str | None:
    """What stands for the division of a second site outside the directory: the id of the first. Null for a first one."""
    return id.partition("-")[0] if "-" in id else None


def _column(table: Mapping[str, str], places: Collection[str], rank: str) -> Column:
    """A column whose scope the file leaves out has that of its name."""
    name = table.get("name", "")
    return Column(name, table["url"], table.get("scope") or scope_of(name, places, rank), table.get("pages", ""))


def _places(name: str, division: Division | None) -> set[str]:
    """Stems that mean the county alone: 朝阳 is the prefecture's as well as 朝阳县's."""
    above = {stem(division.province), stem(division.prefecture)} if division else set()
    return {stem(n) for n in (name, *(division.names if division else ()))} - above


def folders(sites_dir: str | Path | None = None) -> list[Path]:
    """Where site files are looked for, first first: `--sites`, GOVNEWS_SITES, ./data/sites, the packaged ones.
    Raises Failure `no_folder` for one that was named and is not there."""
    named = [p for p in (sites_dir, os.environ.get("GOVNEWS_SITES")) if p]
    for place in named:
        if not Path(place).is_dir():
            raise Failure("no_folder", f"there is no folder {place} with site files", exit_code=2)
    places = [Path(p) for p in (*named, "data/sites", data_dir() / "sites")]
    return list({p.resolve(): p for p in places if p.is_dir()}.values())


def load_site_files(sites_dir: str | Path | None = None) -> dict[str, Site]:
    """Every site file by id; of two with one id the first place in the search order wins. Raises Failure `site_file`, also for two
    files of one folder with the same id. Sample pages (`<id>.samples/`) are no site files."""
    out: dict[str, Site] = {}
    for folder in reversed(folders(sites_dir)):
        here: dict[str, Site] = {}
        for path in sorted(folder.rglob("*.toml")):
            if path.parent.suffix == ".samples":
                continue
            site = read_site_file(path)
            if site.id in here:
                raise Failure("site_file", f"{path}: {here[site.id].origin} has the same id {site.id}")
            here[site.id] = site
        out |= here
    return dict(sorted(out.items()))
