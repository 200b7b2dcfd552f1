"""One small county a family, and some of unknown vendors: each module here is the whole description of one (`COUNTY`).

Found by scanning this folder; adding one touches one file. Lives here: what a county is (county.py), what its articles say
(stories.py), one page as a pure function (pages.py), what a right archive holds (truth.py). The pages never look at what the
crawler makes of them. May import: the standard library, its neighbours, truth's words and the Response of the demo.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from govnews.demo.families.county import County


@cache
def counties() -> tuple[County, ...]:
    """All of them, by id."""
    modules = (importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    return tuple(
        sorted((c for m in modules if isinstance(c := getattr(m, "COUNTY", None), County)), key=lambda c: c.id)
    )


def by_host(host: str) -> County | None:
    """The county of a Host header, also of its counter's host, or null."""
    bare = host.partition(":")[0].lower()
    return next((c for c in counties() if bare in (*c.hosts, c.host.removeprefix("www."))), None)
