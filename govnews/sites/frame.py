"""The frame: every county with what is known of how it could be crawled, from which samples are drawn and coverage is asked.

May import: model, its neighbours in this room, the standard library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from govnews.model import Failure, Site
from govnews.sites.directory import directory
from govnews.sites.former import former_counties, type_then
from govnews.sites.resolve import candidates, resolve
from govnews.sites.site_file import load_site_files

STATES = ("crawlable", "no_site", "no_column")


@dataclass(frozen=True, slots=True)
class County:
    """One county of the frame. code: division code of today, or the site id of a site outside the directory. type: 县, 市辖区 …;
    null outside the directory. state: one of STATES. sites: of the county, its own first. code_then, name_then: at the date of the
    frame. why: more about its state, or "". groups: what else a person's own frame says of it, by the name of the column."""

    code: str
    name: str
    province: str | None
    prefecture: str | None
    type: str | None
    state: str
    sites: tuple[Site, ...] = ()
    then: tuple[str, str] = ("", "")
    why: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)

    def group(self, key: str) -> str:
        """Its value of what strata can be made of; `-` for none."""
        return self.groups.get(key) or str(getattr(self, key, None) or "-")

    @property
    def code_then(self) -> str:
        """Its code at the date of the frame."""
        return self.then[0] or self.code

    @property
    def name_then(self) -> str:
        """Its name at the date of the frame."""
        return self.then[1] or self.name


def frame(sites_dir: str | Path | None = None, *, at: int | None = None) -> list[County]:
    """All counties of the directory, by code. at: as they were at the end of that year, each with what it is today; one whose
    successor is not known with confidence has no site."""
    files, known = load_site_files(sites_dir), directory().divisions
    today = {code: _county(code, files) for code in sorted(c for c, d in known.items() if d.level == "county")}
    if at is None:
        return list(today.values())
    out = dict(today)
    for former in former_counties():
        if not former.alive(at):
            continue
        now = today.get(former.successor or "")
        if now is not None and former.same_unit:
            out.pop(now.code, None)
        then, kind = (former.code, former.name), type_then(former.name)
        if now is None:
            why = "what it became is not known with confidence"
            out[former.code] = County(former.code, former.name, former.province, None, kind, "no_site", (), then, why)
        else:
            out[former.code] = replace(now, then=then, type=kind)
    return [out[code] for code in sorted(out)]


def counties(
    names: Iterable[str], sites_dir: str | Path | None = None, *, strangers: Mapping[str, County] | None = None
) -> list[County]:
    """The counties (or prefectures, or sites) that names mean, each once; one whose site is not known is no fault here.
    strangers: code → what a file says of a county that nobody here knows (it was abolished). Raises Failure `unknown_site`,
    `several_sites`."""
    files, out = load_site_files(sites_dir), dict[str, County]()
    for name in names:
        try:
            site = resolve(name, sites_dir=sites_dir)
            code = site.division_code or site.id
        except Failure as failure:
            if failure.code == "unknown_site" and strangers and name in strangers:
                out.setdefault(name, strangers[name])
                continue
            if failure.code != "no_site":
                raise
            ((code, _),) = candidates(name.strip())
        assert code is not None
        out.setdefault(code, _county(code, files))
    return list(out.values())


def _county(code: str, files: dict[str, Site]) -> County:
    division = directory().divisions.get(code)
    own = files.get(code) or directory().site(code)
    more = [s for id, s in sorted(files.items()) if id != code and s.division_code == code]
    sites = tuple(s for s in (own, *more) if s is not None)
    state = "no_site" if not sites else "crawlable" if any(s.columns for s in sites) else "no_column"
    if division is None:
        first = sites[0]
        return County(code, first.name, first.province, first.prefecture, None, state, sites)
    return County(
        code, division.name, division.province, division.prefecture or None, division.type or None, state, sites
    )
