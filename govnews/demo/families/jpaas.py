"""禾汀区 on Hanweb JPAAS: a column without rows, whose block is asked of build/unit with the values of its queryData."""

from __future__ import annotations

import json

from govnews.demo.families.county import Ask, County, hexes

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path != _UNIT or ask.said.get("tagId") != "信息列表" or ask.said.get("pageId") != "1229501":
        return None
    said = json.loads(ask.said["paramJson"])
    size = said["pageSize"]
    shown = county.stories[(said["pageNo"] - 1) * size : said["pageNo"] * size]
    html = f"<ul class='list'>{county.rows_markup(shown)}</ul><div class='pages' count='{county.rows}' rows='{size}'></div>"
    return json.dumps({"success": True, "data": {"html": html}}, ensure_ascii=False)


COUNTY = County(
    id="991112",
    name="禾汀区",
    stem="heting",
    family="jpaas",
    column="/col/col1229501/index.html",
    shell=True,
    rows=34,
    size=15,
    address=lambda s: f"/art/{s.time[:4]}/art_{hexes(s.number)}.html",
    row="<li><a href='{{href}}' title='{{title}}'>{{cut}}</a><b>{{day}}</b></li>",
    page=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政务要闻</title><script src="/jpaas-front/js/unit.js"></script></head><body>
{{{{nav}}}}<div class="list" queryData="{{'parseType':'bulidstatic','webId':'2f1e','tplSetId':'9c0d','pageType':'column','tagId':'信息列表',
'editType':'null','pageId':'1229501'}}" url="{_UNIT}"></div>{{{{foot}}}}</body></html>""",
    article=f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><meta name="SiteName" content="{{{{name}}}}人民政府">
<meta name="ArticleTitle" content="{{{{title}}}}"><meta name="PubDate" content="{{{{time}}}}"><meta name="ContentSource" content="{{{{source}}}}">
<title>{{{{title}}}}</title></head><body><script id="unit" queryData="{{'webId':'2f1e','pageType':'article','tagId':'文章页'}}" src="{_UNIT}"></script>
{{{{nav}}}}<div class="art-title"><p class="main-title">{{{{title}}}}</p><p class="sub">发布日期：{{{{day}}}}<i>|</i>来源：{{{{source}}}}</p></div>
<div id="zoom" class="article-content">{{{{body}}}}</div><div class="share"><span>分享：</span></div>{{{{foot}}}}</body></html>""",
    answer=_answer,
    way="refresh",
)
