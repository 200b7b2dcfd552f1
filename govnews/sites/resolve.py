"""Which Site a name means: id, code, host, full name, short name, then stem; counties before prefectures; former names last.

May import: model, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from govnews.model import Failure, LearnedLayout, Site
from govnews.sites.directory import LEVELS, Division, directory, netloc, stem
from govnews.sites.site_file import load_site_files

Learned = Mapping[str, Mapping[str, Any]]
"""Site id → what an archive has learned of it (family …)."""
Hit = tuple[str, str]
"""A division code, and the former name it was found by, or ""."""
LISTED = 12
"""Divisions that a message about a name of several names."""


def resolve(
    query: str, *, learned: Learned | None = None, sites_dir: str | Path | None = None, private: bool = False
) -> Site:
    """The Site that `query` means; its `note` says when the name is a former one. Raises Failure: `unknown_site` (with the nearest
    names), `several_sites` (lists them with their provinces), `no_site` (the county is known, its site is not)."""
    query = query.strip()
    files = load_site_files(sites_dir)
    own = [s for s in files.values() if s.id not in directory().divisions and not _named_as_first(s, files)]
    site = files.get(query) or _one_of([s for s in own if s.name == query], query)
    if site is None and "." in query:
        site = of_host(query, files)
    if site is None:
        found = candidates(query)
        if not found:
            site = _one_of([s for s in own if stem(s.name) == query], query)
        if site is None:
            site = _of_division(_one_division(query, found, (s.name for s in own)), files)
    return _with(site, learned, private)


def _named_as_first(site: Site, files: Mapping[str, Site]) -> bool:
    """Whether a second site is called what its county is called: the name means the county's first one."""
    if "-" not in site.id:
        return False
    division = directory().divisions.get(site.division_code or "")
    first = files.get(site.division_code or "")
    return site.name in (*(division.names if division else ()), *((first.name,) if first else ()))


def of_host(query: str, files: Mapping[str, Site]) -> Site | None:
    """The site an address or a bare host belongs to: site files before the directory, counties before prefectures."""
    host = netloc(query).removeprefix("www.")
    filed = [s for s in files.values() if host in {h.removeprefix("www.") for h in (*s.hosts, netloc(s.home))}]
    if site := _one_of(filed, query):
        return site
    codes = directory().of_host(query)
    return _of_division((codes[0], ""), files) if codes else None


def division_of(query: str) -> str:
    """The code of the division that `query` means, whether a site of it is known or not. Raises Failure `unknown_site`,
    `several_sites`."""
    return _one_division(query.strip(), candidates(query.strip()), ())[0]


def _of_division(hit: Hit, files: Mapping[str, Site]) -> Site:
    code, former = hit
    division = directory().divisions[code]
    site = files.get(code) or directory().site(code)
    if site is None:
        raise Failure(
            "no_site",
            f"no site of {division.place} ({code}) is known",
            hint="a site file can name one: docs/add-a-county.md",
        )
    if not former:
        return site
    return replace(site, note="; ".join(n for n in (f"{former} is now {division.name}", site.note) if n))


def _with(site: Site, learned: Learned | None, private: bool) -> Site:
    site = with_learned(site, learned)
    return replace(site, private=True) if private else site


def with_learned(site: Site, learned: Learned | None) -> Site:
    """What was learned fills what the registry leaves open; it never overrides a site file."""
    known = (learned or {}).get(site.id, {})
    if not site.family and known.get("family"):
        before = tuple((str(family), str(until)) for family, until in known.get("families_before", ()))
        site = replace(site, family=str(known["family"]), family_learned=True, families_before=before)
    if layouts := known.get("layouts"):
        site = replace(site, learned_layouts=tuple(LearnedLayout.from_dict(layout) for layout in layouts))
    return site


def _one_of(sites: list[Site], query: str) -> Site | None:
    if len(sites) > 1:
        lines = "; ".join(f"{s.name} ({s.id})" for s in sites[:LISTED])
        raise Failure("several_sites", f"{query} means several: {lines}", hint="use the id", exit_code=2)
    return sites[0] if sites else None


def _one_division(query: str, found: list[Hit], also: Iterable[str]) -> Hit:
    """The only one of `found`. Raises Failure `unknown_site` or `several_sites`."""
    if not found:
        sentence = f"no county is called {query}" if query else "the name of the county is empty"
        raise Failure("unknown_site", sentence, hint=_nearest(query, also), exit_code=2)
    if len(found) > 1:
        hits = [directory().divisions[code] for code, _ in found]
        lines = "; ".join(f"{d.place} ({d.code})" for d in hits[:LISTED])
        more = f" and {len(hits) - LISTED} more" if len(hits) > LISTED else ""
        example = _short(hits[0].province) + stem(hits[0].short_name or hits[0].name)
        if len(candidates(example)) != 1:
            example = hits[0].code
        raise Failure(
            "several_sites",
            f"{query} means several: {lines}{more}",
            hint=f"use the code, or more of the place: {example}",
            exit_code=2,
        )
    return found[0]


def candidates(query: str) -> list[Hit]:
    """Divisions a name can mean, of the first way and the first level that give any."""
    divisions = directory().divisions
    if query in divisions:
        return [(query, "")]
    for hits in (*_ways(query), _with_place(query)):
        for level in LEVELS:
            if chosen := [h for h in dict.fromkeys(hits) if divisions[h[0]].level == level]:
                return chosen
    return []


def _ways(name: str) -> Iterator[list[Hit]]:
    """Hits by name, by stem, by former name or code."""
    known = directory()
    yield [(code, "") for code in known.names.get(name, ())]
    yield [(code, "") for code in known.stems.get(name, ())]
    yield known.former.get(name, [])


def _with_place(query: str) -> list[Hit]:
    """Hits for a name with its province or prefecture, or both, before it: 云南维西, 云南省迪庆州维西县, 北京市朝阳区."""
    text = "".join(query.replace("/", " ").split())
    for split in range(2, len(text) - 1):
        place, name = text[:split], text[split:]
        for hits in _ways(name):
            if inside := [h for h in hits if place in _places(directory().divisions[h[0]])]:
                return inside
    return []


def _places(division: Division) -> set[str]:
    """What can be written before a county's name: province, prefecture, or both, each in full or short."""
    known = directory()
    prefecture = known.divisions.get(division.parent_code) if division.prefecture else None
    above = {n for name in prefecture.names for n in (name, stem(name))} if prefecture else set()
    provinces = {division.province, _short(division.province)}
    return provinces | above | {p + a for p in provinces for a in above}


def _short(province: str) -> str:
    """内蒙古自治区 → 内蒙古, 广西壮族自治区 → 广西."""
    return province[:3] if province.startswith(("内蒙古", "黑龙江")) else province[:2]


def _nearest(query: str, also: Iterable[str]) -> str:
    """A hint with names, codes or hosts that look like the query; of a division that is no more, what became of it."""
    known = directory()
    if row := known.vanished.get(query):
        said = f"{query} ({row['province']}, {row['code']}) is in no list after {row['last_seen'][:4]}"
        return said + (
            f"; perhaps now {row['successor_name']} ({row['successor_code']})" if row["successor_code"] else ""
        )
    if "." in query and (near := difflib.get_close_matches(netloc(query).removeprefix("www."), known.hosts, n=3)):
        return "nearest: " + ", ".join(near)
    counties = {c: d for c, d in known.divisions.items() if d.level == "county"}
    if query.isdigit():
        codes = difflib.get_close_matches(query, counties, n=3, cutoff=0.6)
        return (
            "nearest: " + "、".join(f"{counties[c].name}（{c}）" for c in codes) if codes else "codes have six digits"
        )
    place = max((f for f in _province_forms() if query.startswith(f) and query != f), key=len, default="")
    inside = [d for d in counties.values() if not place or d.province == _province_forms()[place]]
    names = {n: d for d in reversed(inside) for n in d.names}
    pool, wanted = [*also, *names], query[len(place) :].strip()
    near = (
        difflib.get_close_matches(wanted, pool, n=4, cutoff=0.4) or [n for n in pool if wanted and wanted[:2] in n][:4]
    )
    places = dict.fromkeys(f"{n}（{names[n].province}）" if n in names else n for n in near)
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
    wanted = full_province(province) if province else None
    for site in files.values():
        if wanted is None or site.province == wanted:
            yield _with(site, learned, private)
    for division in known.divisions.values():
        if division.level != "county" or division.code in files or (wanted and division.province != wanted):
            continue
        if found := known.site(division.code):
            yield _with(found, learned, private)


def full_province(name: str) -> str:
    """云南, 云南省, 53 or 530000 → 云南省. Raises Failure `unknown_province` with the nearest names."""
    forms = _province_forms()
    if name in forms:
        return forms[name]
    near = difflib.get_close_matches(name, forms, n=3, cutoff=0.3)
    raise Failure(
        "unknown_province",
        f"no province is called {name}",
        hint="nearest: " + "、".join(near) if near else "govnews site list shows all",
        exit_code=2,
    )


@cache
def _province_forms() -> dict[str, str]:
    """Every way to write a province → its full name: 云南省, 云南, 530000, 53."""
    provinces = [d for d in directory().divisions.values() if d.level == "province"]
    return {form: d.name for d in provinces for form in (d.name, _short(d.name), d.code, d.code[:2])}


def others_of(site: Site, sites_dir: str | Path | None = None) -> list[Site]:
    """The other sites of the same county, the first one first."""
    county = site.division_code or site.id
    files = load_site_files(sites_dir)
    first = files.get(county) or directory().site(county)
    more = [s for id, s in files.items() if id != county and (s.division_code or id) == county]
    return [s for s in (first, *more) if s is not None and s.id != site.id]


def search_files(text: str, sites_dir: str | Path | None = None) -> list[Site]:
    """Sites of site files whose id, name, home or host holds the text."""
    low = text.strip().lower()
    low = netloc(low).removeprefix("www.") if "." in low else low
    files = load_site_files(sites_dir).values()
    return [s for s in files if low and any(low in said.lower() for said in (s.id, s.name, s.home, *s.hosts))]


def search(text: str) -> list[Division]:
    """Divisions whose code, name, alias, former name or host holds the text; counties first."""
    known, low = directory(), text.strip().lower()
    low = netloc(low).removeprefix("www.") if "." in low else low  # a whole address is searched by its host
    if not low:
        return []
    former = {code for name, pairs in known.former.items() if low in name for code, _ in pairs}
    hits = [
        d
        for d in known.divisions.values()
        if d.code.startswith(low)
        or any(low in name for name in d.names)
        or d.code in former
        or any(low in known.homes[d.code][key].lower() for key in ("homepage", "alt_hosts") if d.code in known.homes)
    ]
    return sorted(hits, key=lambda d: (LEVELS.index(d.level), d.code))
