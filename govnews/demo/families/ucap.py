"""雪桦县 on 开普云 Ucap: the first rows in the page, the others from its JSON search; a counter that only writes."""

from __future__ import annotations

import json

from govnews.demo.families.county import Ask, County, hexes

_CHANNEL = hexes(100894)


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path != f"/common/search/{_CHANNEL}":
        return None
    here = ask.number("page", 1)
    results = [
        {
            "title": s.title,
            "url": s.url or f"//{county.host}{county.address(s)}",
            "publishedTimeStr": s.time,
            "manuscriptId": str(s.number),
        }
        for s in county.on(here)
    ]
    data = {"total": county.rows, "page": here, "rows": county.size, "channelId": _CHANNEL, "results": results}
    return json.dumps({"data": data}, ensure_ascii=False)


COUNTY = County(
    id="991114",
    name="雪桦县",
    stem="xuehua",
    family="ucap",
    column="/xuehua/c100894/list.shtml",
    address=lambda s: f"/xuehua/c100894/{s.time[:7].replace('-', '')}/{hexes(s.number)}.shtml",
    row='<dl><dt><a href="{{href}}">{{title}}</a></dt><dd>{{day}}</dd></dl>',
    page=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="channelid" content="{_CHANNEL}"><title>要闻动态</title></head><body>
{{{{nav}}}}<div class="list_main" id="list">{{{{rows}}}}</div><div id="page_div"></div>
<script>var listUrl="/common/search/{_CHANNEL}?page=1&_pageSize=9&_isAgg=true&_isJson=true&_template=index";</script>{{{{foot}}}}</body></html>""",
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}}_{{name}}人民政府</title></head><body>{{nav}}<div class="con">
<h1><UCAPTITLE>{{title}}</UCAPTITLE></h1><div class="date">发布时间：<PUBLISHTIME>{{time}}</PUBLISHTIME> 来源：<span id="ly">{{source}}</span>
<span class="font">字号：[<a>大</a><a>中</a><a>小</a>]</span></div><div id="UCAP-CONTENT"><UCAPCONTENT>{{body}}</UCAPCONTENT></div>
<div class="share">分享到：<div class="bdsharebuttonbox"></div></div></div><script>addViewRecord('12','100894','{{number}}','');</script>
{{foot}}</body></html>""",
    answer=_answer,
    way="script",
)
