"""盐檀县 on Epoint: rows in the page, the others POSTed for at the builder's action, pages from 0; a count that is printed."""

from __future__ import annotations

import json

from govnews.demo.families.county import Ask, County, uuid

_ACTION = "/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew"
_SITE = uuid(7, 7)


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path != _ACTION:
        return None
    said = json.loads(ask.said.get("params", "{}"))
    if said.get("siteGuid") != _SITE or said.get("categoryNum") != "003002":
        return None
    shown = county.on(int(said["pageIndex"]) + 1)
    rows = [{"title": s.title, "infourl": county.href(s), "infodate": s.time[:10]} for s in shown]
    return json.dumps({"status": {"code": 1}, "custom": {"count": county.rows, "infodata": rows}}, ensure_ascii=False)


COUNTY = County(
    id="991115",
    name="盐檀县",
    stem="yantan",
    family="epoint",
    column="/003/003002/moreinfo.html",
    address=lambda s: f"/003/003002/{s.time[:10].replace('-', '')}/{uuid(s.number)}.html",
    row="""<li class="wb-data-list"><div class="wb-data-infor"><a href="{{href}}" title="{{title}}">{{cut}}</a></div>
<span class="wb-data-date">{{day}}</span></li>""",
    page=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>部门乡镇</title><script src="/EpointWebBuilder/js/webBuilderCommon.js"></script>
</head><body>{{{{nav}}}}<ul class="wb-data-item">{{{{rows}}}}</ul><div class="pager" id="page"></div><script>
var siteGuid = '{_SITE}', categoryNum = '003002', pageSize = 9;
function more(n) {{ $.post("{_ACTION}", {{params: JSON.stringify({{pageIndex: n}})}}, show); }}</script>{{{{foot}}}}</body></html>""",
    article=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{{{title}}}}</title><script>var siteGuid='{_SITE}'; var categorynum="003002";</script>
</head><body>{{{{nav}}}}<h1>{{{{title}}}}</h1><ul class="meta"><li>日期：{{{{time}}}}</li><li>来源：{{{{source}}}}</li>
<li>浏览量：<b id="infoViewCount">{{{{views}}}}</b></li></ul><div class="ewb-article-detail" id="zoom">{{{{body}}}}</div>
<div class="share">分享到：</div>{{{{foot}}}}</body></html>""",
    views="printed",
    answer=_answer,
)
