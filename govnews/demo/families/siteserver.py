"""平矶县 on SiteServer: /channels/2107_2.html, a count that only its own cipher can ask for, so that the label stays empty."""

from __future__ import annotations

from govnews.demo.families.county import County, linked


def _sheet(n: int) -> str:
    return f"/channels/2107{f'_{n}' if n > 1 else ''}.html"


COUNTY = County(
    id="991110",
    name="平矶县",
    stem="pingji",
    family="siteserver",
    column="/channels/2107.html",
    sheet=_sheet,
    address=lambda s: f"/contents/2107/{s.number}.html",
    first=60301,
    row='<li><a href="{{href}}" title="{{title}}" target="_blank">{{title}}</a><span class="time">{{day}}</span></li>',
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>平矶要闻</title><script src="../sitefiles/assets/components/stlClient.js"></script>
</head><body>{{nav}}<div class="main"><ul class="news">{{rows}}</ul><div class="pages">{{pager}}</div></div>{{foot}}</body></html>""",
    pager=linked(_sheet),
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}}</title>
<script src="../../sitefiles/assets/components/stlClient.js"></script></head><body>{{nav}}<h1 class="t">{{title}}</h1>
<div class="d">日期：{{time}}　来源：{{source}}　浏览次数：<span id="ajaxElement_1_1"></span><script>function stlDynamic_ajaxElement_1_1(pageNum)
{var url="/api/stl/actions/dynamic?"+StlClient.getQueryString();}stlDynamic_ajaxElement_1_1(0);</script>次</div>
<div id="content">{{body}}</div><script src="/api/stl/actions/add_content_hits/1/2107/{{number}}"></script>{{foot}}</body></html>""",
    clock=10,
    views="label",
    way="frames",
)
