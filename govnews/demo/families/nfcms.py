"""榕浦区 on NFCMS: static pages index_2.html, the count as JSONP of a host of its own, which the site file names."""

from __future__ import annotations

from govnews.demo.families.county import Ask, County, linked


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path != "/jsonp/post/sum":
        return None
    return f'{ask.said.get("callback", "cb")}({{"count":{county.count(ask.said.get("post", ""))}}});'


def _sheet(n: int) -> str:
    return "/ywdt/jdxw/index.html" if n == 1 else f"/ywdt/jdxw/index_{n}.html"


COUNTY = County(
    id="991101",
    name="榕浦区",
    stem="rongpu",
    family="nfcms",
    column="/ywdt/jdxw/index.html",
    sheet=_sheet,
    address=lambda s: f"/ywdt/jdxw/content/post_{s.number}.html",
    first=4410201,
    more_hosts=("tongji.rongpu.test",),
    row='<li><a href="{{href}}" title="{{title}}">{{cut}}</a><span class="date">{{day}}</span></li>',
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>街道新闻_{{name}}人民政府</title>
<script>window.NFCMS_SITE_ID=660178;window.NFCMS_CAT_ID="8812";window.NFCMS_PUB_TYPE="cat";</script></head><body>{{nav}}
<div class="list_con"><ul class="news_list">{{rows}}</ul></div><div class="page">{{pager}}</div>{{foot}}</body></html>""",
    pager=linked(_sheet),
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}}_{{name}}人民政府</title>
<meta name="ArticleTitle" content="{{title}}"><meta name="PubDate" content="{{time}}"><meta name="ContentSource" content="">
<script>window.NFCMS_SITE_ID=660178;window.NFCMS_PUB_TYPE="post";window.NFCMS_POST_ID="{{number}}";</script></head><body>{{nav}}
<div class="tyxxy_main"><h3 class="content_title">{{title}}</h3>
<div class="info">时间：{{time}}　来源：{{source}}　浏览次数：<span id="NFCMS-POST-VISIT-1">-</span><script>var s=document.createElement("script");
s.src="//tongji.rongpu.test/jsonp/post/sum?post={{number}}&site=660178&callback=NFCMS_CB_POST_VISIT_1&t="+Math.random();</script></div>
<div id="zoomcon">{{body}}</div></div>{{foot}}</body></html>""",
    views="counter",
    answer=_answer,
)
