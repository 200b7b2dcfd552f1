"""榕浦区's second site, that of its 融媒体中心, on DedeCMS: the newest news are those of its first, told once more."""

from __future__ import annotations

from dataclasses import replace

from govnews.demo.families import dedecms, nfcms

FIRST = nfcms.COUNTY
COUNTY = replace(
    dedecms.COUNTY,
    id=f"{FIRST.id}-rmt",
    name=f"{FIRST.name}融媒体中心",
    stem="rongpu-rmt",
    first=FIRST.first - 13 * 900,  # the same remainder of 13 gives the same news
    way="plain",
    tells=FIRST.name,
)
