"""The demo counties as Sites, and as site files for a `--sites` folder. They never stand among the real ones.

May import: model, its neighbours in this room, the standard library.
"""

from __future__ import annotations

from pathlib import Path

from govnews.demo.content import County, counties
from govnews.model import Column, Site


def demo_sites(via: str) -> list[Site]:
    """The counties, reached through the server at `via`."""
    return [
        Site(
            id=c.id,
            name=c.name,
            home=f"http://{c.host}/",
            hosts=(c.host,),
            family=c.family,
            private=True,
            via=via,
            delay=0.0,
            columns=(Column(c.column[0], f"http://{c.host}{c.column[1]}"),),
            origin="demo",
        )
        for c in counties()
    ]


def write_site_files(folder: Path, via: str) -> None:
    """The same as TOML files: `99/<id>.toml`."""
    (folder / "99").mkdir(parents=True, exist_ok=True)
    for county in counties():
        (folder / "99" / f"{county.id}.toml").write_text(_toml(county, via), "utf-8")


def _toml(c: County, via: str) -> str:
    family = f'family = "{c.family}"\n' if c.family else ""
    return f"""# A county of the demo; it answers only while `govnews demo --serve` runs.
id = "{c.id}"
name = "{c.name}"
home = "http://{c.host}/"
hosts = ["{c.host}"]
{family}via = "{via}"
delay = 0

[[columns]]
name = "{c.column[0]}"
url = "http://{c.host}{c.column[1]}"
"""
