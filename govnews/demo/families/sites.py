"""The families' counties as Sites: their site files name no family, so that the crawl has to find out.

May import: its neighbours, sites, model, the standard library.
"""

from __future__ import annotations

import json
from pathlib import Path

from govnews.demo.families import counties
from govnews.demo.families.county import County
from govnews.model import Site
from govnews.sites.site_file import read_site_file


def write_site_files(folder: Path, via: str) -> list[Site]:
    """Writes the counties' site files into a folder (`99/<id>.toml`) for `--sites`, reached through `via`; gives the Sites."""
    sites = []
    for county in counties():
        path = folder / county.id[:2] / f"{county.id}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_site_file(county, via), "utf-8")
        sites.append(read_site_file(path))
    return sites


def _site_file(county: County, via: str) -> str:
    """Strings and lists of strings are the same in JSON and TOML."""
    values = {
        "id": county.id,
        "name": county.name,
        "home": f"http://{county.host}/",
        "hosts": list(county.hosts),
        "via": via,
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    column = ["[[columns]]", 'name = "要闻动态"', f"url = {json.dumps(county.column_url())}"]
    return "\n".join(["# A county of the demo's families.", *lines, "delay = 0", *column, ""])
