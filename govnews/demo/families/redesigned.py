"""芦汀县 on TRS WCM; on its second day on SiteServer: the same column and the same news, every article at a new address, the old ones
not there. The new pages print no source."""

from __future__ import annotations

from dataclasses import replace

from govnews.demo.families import siteserver, trs

_ID, _NAME, _STEM = "991301", "芦汀县", "luting"
_DAY_TWO = replace(
    siteserver.COUNTY,
    id=_ID,
    name=_NAME,
    stem=_STEM,
    column=trs.COUNTY.column,
    first=trs.COUNTY.first - 13 * 600_000,  # the same remainder of 13 gives the same news
    article=siteserver.COUNTY.article.replace("来源：{{source}}　", ""),
)
COUNTY = replace(trs.COUNTY, id=_ID, name=_NAME, stem=_STEM, later=_DAY_TWO)
