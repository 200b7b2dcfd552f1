"""棠渚县 on Hanweb JCMS: records in CDATA, further windows POSTed to dataproxy.jsp, the count from articlehits.jsp."""

from __future__ import annotations

from govnews.demo.families.county import Ask, County
from govnews.demo.families.stories import Story

_ROW = '<li><a href="{{href}}" title="{{title}}">{{cut}}</a><span>{{day}}</span></li>'


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path == "/module/visitcount/articlehits.jsp" and ask.said.get("colid") == "7731":
        return f'document.write("{county.count(ask.said.get("artid", ""))}");'
    if ask.path != "/module/web/jpage/dataproxy.jsp" or ask.said.get("unitid") != "445566":
        return None
    shown = county.stories[ask.number("startrecord", 1) - 1 : ask.number("endrecord")]
    records = f"<recordset>{county.rows_markup(shown)}</recordset>"
    return f"<datastore><nextgroup></nextgroup><totalrecord>{county.rows}</totalrecord>{records}</datastore>"


def _address(story: Story) -> str:
    year, month, day = (int(part) for part in story.time[:10].split("-"))
    return f"/art/{year}/{month}/{day}/art_7731_{story.number}.html"


COUNTY = County(
    id="991111",
    name="棠渚县",
    stem="tangzhu",
    family="hanweb",
    column="/col/col7731/index.html",
    rows=36,
    size=6,
    address=_address,
    first=1644101,
    row=f"<record><![CDATA[{_ROW}]]></record>",
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>工作动态</title></head><body>{{nav}}
<div id="445566" class="default_pgContainer"><script type="text/xml"><datastore><nextgroup></nextgroup>
<recordset>{{rows}}</recordset></datastore></script></div><script src="/module/web/jpage/jpage.js"></script>
<script>$('#445566').jpage({perPage:6,totalRecord:36,proxyUrl:'/module/web/jpage/dataproxy.jsp',proxyParam:{'col':1,'webid':31,'path':'/',
'columnid':7731,'sourceContentType':1,'unitid':'445566','webname':'棠渚县人民政府','permissiontype':0}});</script>{{foot}}</body></html>""",
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><meta content="{{title}}" name="ArticleTitle"><meta content="{{time}}" name="PubDate">
<meta name="Maketime" content="2024-06-30 16:40:02"><title>{{title}} 工作动态 {{name}}人民政府</title></head><body>{{nav}}
<table width="1000" align="center"><tr><td align="center" class="title"><!--<$[信息标题]>begin-->{{title}}<!--<$[信息标题]>end--></td></tr>
<tr><td align="center">发布日期：{{time}}　　信息来源：<!--<$[信息来源]>begin-->{{source}}<!--<$[信息来源]>end-->　　浏览次数：
<script src="/module/visitcount/articlehits.jsp?colid=7731&artid={{number}}"></script></td></tr><tr><td><div id="zoom">
<!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin-->{{body}}<!--ZJEG_RSS.content.end--><!--<$[信息内容]>end--></div></td></tr></table>
<iframe src="/module/visitcount/visit.jsp?type=3&i_webid=31&i_columnid=7731&i_articleid={{number}}" style="display:none"></iframe>
{{foot}}</body></html>""",
    views="counter",
    answer=_answer,
    asks=3,
    way="channel",
)
