"""Which Site a name means: code, id, full name, short name, then stem; counties before prefectures; former names last.

May import: model, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from govnews.model import Failure, Site
from govnews.sites.directory import LEVELS, Division, directory, stem
from govnews.sites.site_file import load_site_files

Learned = Mapping[str, Mapping[str, Any]]
"""Site id → what an archive has learned of it (family …)."""


def resolve(
    query: str, *, learned: Learned | None = None, sites_dir: str | Path | None = None, private: bool = False
) -> Site:
    """The Site that `query` means. Raises Failure: `unknown_site` (with the nearest names), `several_sites` (lists them with
    their provinces), `no_site` (the county is known, its site is not)."""
    query = query.strip()
    files = load_site_files(sites_dir)
    if query in files:
        return _with(files[query], learned, private)
    by_name = [s for s in files.values() if s.name == query and s.division_code is None]
    if len(by_name) == 1:
        return _with(by_name[0], learned, private)
    division = find_division(query)
    site = files.get(division.code) or directory().site(division.code)
    if site is None:
        raise Failure(
            "no_site",
            f"no site of {division.place} ({division.code}) is known",
            hint="govnews site show " + division.code,
        )
    return _with(site, learned, private)


def _with(site: Site, learned: Learned | None, private: bool) -> Site:
    """What was learned fills what the registry leaves open; it never overrides a site file."""
    known = (learned or {}).get(site.id, {})
    if not site.family and known.get("family"):
        site = replace(site, family=str(known["family"]))
    return replace(site, private=True) if private else site


def find_division(query: str) -> Division:
    """The one division a name means. Raises Failure `unknown_site` or `several_sites`."""
    known = directory()
    if query in known.divisions:
        return known.divisions[query]
    hits = candidates(query)
    if len(hits) == 1:
        return hits[0]
    if hits:
        lines = "; ".join(f"{d.place} ({d.code})" for d in hits[:12])
        more = f" and {len(hits) - 12} more" if len(hits) > 12 else ""
        raise Failure(
            "several_sites",
            f"{query} means several: {lines}{more}",
            hint="use the code, or province and name: 云南维西",
            exit_code=2,
        )
    raise Failure("unknown_site", f"no county is called {query}", hint=_nearest(query), exit_code=2)


def candidates(query: str) -> list[Division]:
    """Divisions a name can mean, of the first way and the first level that give any."""
    known = directory()
    ways = (
        known.names.get(query, []),
        known.stems.get(query, []),
        [code for code, _ in known.former.get(query, [])],
        _with_place(query),
    )
    for codes in ways:
        hits = [known.divisions[c] for c in dict.fromkeys(codes)]
        for level in LEVELS:
            if chosen := [d for d in hits if d.level == level]:
                return chosen
    return []


def _with_place(query: str) -> list[str]:
    """Codes for a name with its province or prefecture before it: 云南维西, 云南省维西县, 北京市朝阳区."""
    known, text = directory(), query.replace(" ", "").replace("/", "")
    out = []
    for split in range(2, len(text) - 1):
        place, name = text[:split], text[split:]
        codes = known.names.get(name, []) or known.stems.get(name, [])
        for code in codes:
            d = known.divisions[code]
            if place in {
                d.province,
                stem(d.province),
                d.prefecture,
                stem(d.prefecture),
                d.province + d.prefecture,
            } or place == _short(d.province):
                out.append(code)
    return out


def _short(province: str) -> str:
    """内蒙古自治区 → 内蒙古, 广西壮族自治区 → 广西."""
    return province[:3] if province.startswith(("内蒙古", "黑龙江")) else province[:2]


def _nearest(query: str) -> str:
    known = directory()
    if query.isdigit():
        near = difflib.get_close_matches(
            query, [c for c, d in known.divisions.items() if d.level == "county"], n=3, cutoff=0.6
        )
        return (
            "nearest codes: " + ", ".join(f"{c} {known.divisions[c].name}" for c in near)
            if near
            else "codes have six digits"
        )
    names = [n for n, codes in known.names.items() if any(known.divisions[c].level == "county" for c in codes)]
    near = difflib.get_close_matches(query, names, n=4, cutoff=0.4)
    if not near:
        near = [n for n in names if query[:2] and query[:2] in n][:4]
    places = [f"{n}（{known.divisions[known.names[n][0]].province}）" for n in near]
    return "nearest: " + "、".join(places) if places else "govnews site search NAME looks in all names"


def all_sites(
    *,
    province: str | None = None,
    sites_dir: str | Path | None = None,
    learned: Learned | None = None,
    private: bool = False,
) -> Iterator[Site]:
    """Every county site: site files first, then the directory. `province`: full or short name, or two digits.
    Raises Failure `unknown_province`."""
    files, known = load_site_files(sites_dir), directory()
    wanted = _province(province) if province else None
    done = set()
    for site in files.values():
        if wanted is None or site.province == wanted:
            done.add(site.id)
            yield _with(site, learned, private)
    for division in known.divisions.values():
        if division.level != "county" or division.code in done or (wanted and division.province != wanted):
            continue
        if found := known.site(division.code):
            yield _with(found, learned, private)


def _province(name: str) -> str:
    provinces = {d.province for d in directory().divisions.values() if d.level == "province"}
    for full in provinces:
        if name in (full, stem(full), _short(full)):
            return full
    by_code = directory().divisions.get(name.ljust(6, "0"))
    if by_code is not None and by_code.level == "province":
        return by_code.province
    near = difflib.get_close_matches(name, [_short(p) for p in provinces] + list(provinces), n=3, cutoff=0.3)
    raise Failure(
        "unknown_province",
        f"no province is called {name}",
        hint="nearest: " + "、".join(near) if near else "",
        exit_code=2,
    )


def search(text: str) -> list[Division]:
    """Divisions whose code, name, alias, former name or host holds the text; counties first."""
    known, low = directory(), text.lower()
    former = {code for name, pairs in known.former.items() if low in name for code, _ in pairs}
    hits = [
        d
        for d in known.divisions.values()
        if d.code.startswith(low)
        or low in d.name
        or low in d.short_name
        or any(low in a for a in d.aliases)
        or d.code in former
        or low in known.homes.get(d.code, {}).get("homepage", "").lower()
    ]
    return sorted(hits, key=lambda d: (LEVELS.index(d.level), d.code))
