"""What was seen of a home, against what the directory says of it: changes to propose, never to apply.

May import: model, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from govnews.model import Site
from govnews.sites.directory import directory, netloc
from govnews.sites.place import data_dir


@dataclass(frozen=True, slots=True)
class Seen:
    """Where an address of a site led. ended: `//host/` when only the host is known. at: UTC."""

    asked: str
    ended: str
    at: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change to look at. what: `scheme`, `host` or `path`: what differs. file, line: where. old, new: that line of a site file or
    row of a table. why: one sentence with what was seen and when."""

    site: str
    what: str
    file: str
    line: int
    old: str
    new: str
    why: str


def proposals(site: Site, seen: Iterable[Seen]) -> list[Proposal]:
    """Changes of a site's home and columns that what was seen of them suggests.

    A home nobody asked for follows a column of its host to another scheme or host. What led to another division's host is left out: it
    is a fault of that day or a take-over, not an address of this county."""
    newest = {one.asked: one for one in sorted(seen, key=lambda one: one.at) if not _of_another(site, one.ended)}
    out = []
    home = newest.get(site.home) or next((s for s in newest.values() if netloc(s.asked) == netloc(site.home)), None)
    if home:
        new = _home(site.home, home)
        if not _same(site.home, new):
            out.append(_proposal(site, "homepage", site.home, new, home))
    for column in site.columns:
        one = newest.get(column.url)
        if one and not one.ended.startswith("//") and not _same(column.url, one.ended):
            out.append(_proposal(site, "url", column.url, one.ended, one))
    return out


def _home(old: str, seen: Seen) -> str:
    """The home after a redirect: its path stays unless the host is another, since a front page is called this and that."""
    parts = urlsplit(seen.ended)
    scheme = parts.scheme or urlsplit(old).scheme
    if parts.netloc == netloc(old):
        return f"{scheme}://{old.split('://', 1)[1]}"
    return f"{scheme}://{parts.netloc}/"


def _same(one: str, other: str) -> bool:
    return one.rstrip("/") == other.rstrip("/")


def _of_another(site: Site, url: str) -> bool:
    codes = directory().of_host(url)
    return bool(codes) and (site.division_code or site.id) not in codes


def _proposal(site: Site, key: str, old: str, new: str, seen: Seen) -> Proposal:
    what = "path" if netloc(old) == netloc(new) else "host"
    if _same(old.split("://")[1], new.split("://")[1]):
        what = "scheme"
    why = f"{seen.asked} led to {seen.ended} on {seen.at[:10]}"
    if site.origin != "directory":
        return Proposal(site.id, what, site.origin, *_line(site.origin, old, new), why)
    file = "gov_sites.csv" if key == "homepage" else "news_columns.csv"
    return Proposal(site.id, what, file, *_row(file, site.id, key, old, new), why)


def _line(path: str, old: str, new: str) -> tuple[int, str, str]:
    """Line number, and the old and new line of a site file; 0 when the address is not written out on one line."""
    for number, line in enumerate(Path(path).read_text("utf-8").splitlines(), 1):
        if f'"{old}"' in line and not line.lstrip().startswith("#"):
            return number, line, line.replace(f'"{old}"', f'"{new}"')
    return 0, f'"{old}"', f'"{new}"'


def _row(name: str, code: str, key: str, old: str, new: str) -> tuple[int, str, str]:
    """Line number, and the old and new row of a table; a host that is left stays known as another one."""
    with (data_dir() / "directory" / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            if row["division_code"] != code:
                continue
            changed = {**row, key: new}
            if key == "homepage" and netloc(old) != netloc(new):
                others = dict.fromkeys([*filter(None, row["alt_hosts"].split("|")), netloc(old)])
                changed["alt_hosts"] = "|".join(h for h in others if h != netloc(new))
            return reader.line_num, _csv(row), _csv(changed)
    return 0, old, new


def _csv(row: dict[str, str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row.values())
    return out.getvalue()
