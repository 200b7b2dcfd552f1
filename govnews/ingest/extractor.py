"""Which extractor read a page: package version and a digest of the sources of the pure rooms, of the libraries that read with them and
of the site's layouts, stated and learned.

May import: model, the standard library. Reads the package's own source files, once.
"""

from __future__ import annotations

import hashlib
import importlib.resources
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from govnews.model import Site

_ROOMS = ("model", "text", "families", "extraction")
LIBRARIES = ("dateparser", "lxml", "parsel")
"""Another version of these may read the same page differently."""


@cache
def package_version() -> str:
    """The installed version of govnews."""
    try:
        return version("govnews")
    except PackageNotFoundError:
        return "0"


@cache
def _sources() -> str:
    sha = hashlib.sha256()
    for room in _ROOMS:
        folder = importlib.resources.files(f"govnews.{room}")
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".py"):
                sha.update(f"{room}/{file.name}\n".encode())
                sha.update(file.read_bytes().replace(b"\r\n", b"\n"))
    for name in LIBRARIES:
        sha.update(f"{name} {version(name)}\n".encode())
    return sha.hexdigest()[:12]


def build() -> str:
    """`0.1.0+3f9a0c1d2e4b`: what every version of this extractor begins with."""
    return f"{package_version()}+{_sources()}"


def extractor_version(site: Site | None = None) -> str:
    """The build, with `.` and a digest of the site's layouts where it has some, stated or learned."""
    if site is None or not (site.layouts or site.learned_layouts):
        return build()
    stated, learned = repr(site.layouts), [layout.rule for layout in site.learned_layouts]
    return f"{build()}.{hashlib.sha256((stated + repr(learned) if learned else stated).encode()).hexdigest()[:8]}"
