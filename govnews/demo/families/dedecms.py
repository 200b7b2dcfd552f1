"""柏岭县 on DedeCMS: /plus/list.php?tid=7&PageNo=2, the count from count.php, which counts when asked."""

from __future__ import annotations

from govnews.demo.families.county import Ask, County, linked


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path != "/plus/count.php" or ask.said.get("view") != "yes":
        return None
    return f"document.write('{county.count(ask.said.get('aid', ''))}');\r\n"


def _sheet(n: int) -> str:
    return f"/plus/list.php?tid=7&PageNo={n}" if n > 1 else "/plus/list.php?tid=7"


COUNTY = County(
    id="991105",
    name="柏岭县",
    stem="bailing",
    family="dedecms",
    column="/plus/list.php?tid=7",
    sheet=_sheet,
    address=lambda s: f"/plus/view.php?aid={s.number}",
    first=2071,
    charset="gb18030",
    content_type="text/html; charset=gb2312",
    row='<li><span>{{day}}</span><a href="{{href}}" title="{{title}}">{{cut}}</a></li>',
    page="""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>柏岭要闻</title>
<script src="/include/dedeajax2.js"></script><link href="/templets/bailing/style.css" rel="stylesheet"></head><body>{{nav}}
<div class="listbox"><ul class="d6">{{rows}}</ul></div><div class="dede_pages">{{pager}}</div>{{foot}}</body></html>""",
    pager=linked(_sheet),
    article="""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{{title}} - {{name}}政府网</title>
<script src="/include/dedeajax2.js"></script><link href="/templets/bailing/style.css" rel="stylesheet"></head><body>{{nav}}
<table width="960" align="center"><tr><td align="center"><strong class="bt">{{title}}</strong></td></tr>
<tr><td align="center">发布时间：{{time}}　来源：{{source}}　浏览：<script src="/plus/count.php?view=yes&amp;aid={{number}}&amp;mid=4"></script>次</td></tr>
<tr><td class="nr">{{body}}</td></tr></table>{{foot}}</body></html>""",
    views="counter",
    answer=_answer,
    way="script",
)
