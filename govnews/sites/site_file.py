"""Site files: a county as a few lines of TOML, read strictly. Unknown keys are errors with the nearest right key.

The form is DESIGN §3. May import: model, its neighbours in this room, the standard library, parsel's selectors (to check them).
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cssselect import SelectorError
from lxml import etree
from parsel import Selector

from govnews.model import Column, Expect, Failure, Layout, Site
from govnews.sites.directory import _host, directory
from govnews.sites.place import data_dir

_TEXT, _NUMBER, _FLAG, _TEXTS, _TABLE, _TABLES, _PAIR = (
    "text",
    "a number",
    "true or false",
    "a list of texts",
    "a table",
    "a list of tables",
    "two numbers",
)
_IS: dict[str, Callable[[Any], bool]] = {
    _TEXT: lambda v: isinstance(v, str),
    _NUMBER: lambda v: isinstance(v, (int, float)) and not isinstance(v, bool) and v >= 0,
    _FLAG: lambda v: isinstance(v, bool),
    _TEXTS: lambda v: isinstance(v, list) and all(isinstance(x, str) for x in v),
    _TABLE: lambda v: isinstance(v, dict),
    _TABLES: lambda v: isinstance(v, list) and all(isinstance(x, dict) for x in v),
    _PAIR: lambda v: isinstance(v, list) and len(v) == 2 and all(isinstance(x, int) for x in v) and v[0] <= v[1],
}
_SITE = {
    "id": _TEXT, "name": _TEXT, "home": _TEXT, "hosts": _TEXTS, "family": _TEXT, "private": _FLAG, "via": _TEXT, "delay": _NUMBER,
    "columns": _TABLES, "layouts": _TABLES, "expect": _TABLE,
}  # fmt: skip
_COLUMN = {"name": _TEXT, "url": _TEXT}
_SELECTORS = ("title", "publish_time", "source", "view_count", "body")
_LAYOUT = {"until": _TEXT, **dict.fromkeys(_SELECTORS, _TEXT)}
_EXPECT = {"per_month": _PAIR}


def read_site_file(path: Path) -> Site:
    """The Site of one file. Raises Failure `site_file` that names file, key and what would be right."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Failure("site_file", f"{path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise Failure("site_file", f"{path}: not TOML: {error}") from error
    _check(path, "", data, _SITE)
    for key in ("id", "name", "home"):
        if not data.get(key):
            raise Failure("site_file", f"{path}: the key `{key}` is missing")
    for n, column in enumerate(data.get("columns", ()), 1):
        _check(path, f"columns[{n}].", column, _COLUMN)
        if not column.get("url"):
            raise Failure("site_file", f"{path}: columns[{n}] has no `url`")
    for n, layout in enumerate(data.get("layouts", ()), 1):
        _check(path, f"layouts[{n}].", layout, _LAYOUT)
        for key in _SELECTORS:
            _check_selector(path, f"layouts[{n}].{key}", layout.get(key, ""))
    _check(path, "expect.", data.get("expect", {}), _EXPECT)
    return _site(data, path)


def _check(path: Path, where: str, data: dict[str, Any], schema: dict[str, str]) -> None:
    for key, value in data.items():
        if key not in schema:
            near = difflib.get_close_matches(key, schema, n=1, cutoff=0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(schema)}"
            raise Failure("site_file", f"{path}: unknown key `{where}{key}`; {hint}")
        if not _IS[schema[key]](value):
            raise Failure("site_file", f"{path}: `{where}{key}` should be {schema[key]}, not {value!r}")


def _check_selector(path: Path, where: str, selector: str) -> None:
    """`css:…` or `xpath:…`, and valid."""
    if not selector:
        return
    language, _, query = selector.partition(":")
    if language not in ("css", "xpath") or not query:
        raise Failure("site_file", f"{path}: `{where}` should begin with css: or xpath:, not {selector!r}")
    try:
        blank = Selector(text="<html></html>", type="html")
        blank.css(query) if language == "css" else blank.xpath(query)
    except (SelectorError, ValueError, etree.XPathError) as error:
        raise Failure("site_file", f"{path}: `{where}` is not a valid selector: {error}") from error


def _site(data: dict[str, Any], path: Path) -> Site:
    code = data["id"].split("-")[0]
    division = directory().divisions.get(code)
    via = data.get("via", "")
    per_month = data.get("expect", {}).get("per_month")
    return Site(
        id=data["id"],
        name=data["name"],
        home=data["home"],
        hosts=tuple(h.lower() for h in data.get("hosts", ())) or (_host(data["home"]),),
        family=data.get("family", ""),
        private=bool(data.get("private", False) or via),
        via=via,
        delay=float(data.get("delay", 3.0)),
        columns=tuple(Column(c.get("name", ""), c["url"]) for c in data.get("columns", ())),
        layouts=tuple(Layout(**layout) for layout in data.get("layouts", ())),
        expect=Expect((per_month[0], per_month[1]) if per_month else None),
        division_code=division.code if division else None,
        province=division.province if division else None,
        prefecture=(division.prefecture or None) if division else None,
        origin=str(path),
    )


def folders(sites_dir: str | Path | None = None) -> list[Path]:
    """Where site files are looked for, first first: `--sites`, GOVNEWS_SITES, ./data/sites, the packaged ones."""
    places = [sites_dir, os.environ.get("GOVNEWS_SITES"), "data/sites"]
    if sites_dir and not Path(sites_dir).is_dir():
        raise Failure("no_folder", f"there is no folder {sites_dir}", exit_code=2)
    out = [Path(p) for p in places if p and Path(p).is_dir()] + [data_dir() / "sites"]
    return list({p.resolve(): p for p in out}.values())


def load_site_files(sites_dir: str | Path | None = None) -> dict[str, Site]:
    """Every site file by id; of two with one id the first place in the search order wins."""
    out: dict[str, Site] = {}
    for folder in reversed(folders(sites_dir)):
        out |= {site.id: site for path in sorted(folder.rglob("*.toml")) for site in [read_site_file(path)]}
    return dict(sorted(out.items()))
