"""The demo counties as Sites, read from their site files (site_files/*.toml), whose `via` is filled in when they are served.

May import: sites, model, the standard library.
"""

from __future__ import annotations

from pathlib import Path

from govnews.demo.content import HERE
from govnews.model import Site
from govnews.sites.site_file import read_site_file


def write_site_files(folder: Path, via: str) -> list[Site]:
    """Writes the counties' site files into a folder (`99/<id>.toml`) for `--sites`, reached through `via`; gives the Sites."""
    sites = []
    for template in sorted((HERE / "site_files").glob("*.toml")):
        path = folder / template.stem[:2] / template.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template.read_text("utf-8").replace("{{via}}", via), "utf-8")
        sites.append(read_site_file(path))
    return sites
