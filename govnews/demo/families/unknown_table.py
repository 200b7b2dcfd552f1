"""竹笕县, nobody's product: old ASP in GBK, a list in table rows, headers in a cell of their own."""

from __future__ import annotations

from govnews.demo.families.county import County, linked


def _sheet(n: int) -> str:
    return f"/news_list.asp?class=3&page={n}" if n > 1 else "/news_list.asp?class=3"


COUNTY = County(
    id="991201",
    name="竹笕县",
    stem="zhujian",
    family="generic",
    column="/news_list.asp?class=3",
    sheet=_sheet,
    address=lambda s: f"/news_show.asp?id={s.number}",
    first=801,
    charset="gbk",
    row='<tr height="26"><td width="20">□</td><td><a href="{{href}}" target="_blank">{{title}}</a></td><td align="right">{{day}}</td></tr>',
    page="""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{{name}}要闻</title></head><body>{{nav}}
<table width="980" align="center"><tr><td valign="top" width="720"><table width="100%">{{rows}}</table><div align="center">{{pager}}</div></td></tr></table>
{{foot}}</body></html>""",
    pager=linked(_sheet, word="下页"),
    article="""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{{name}}人民政府网</title></head><body>{{nav}}
<table width="980" align="center"><tr><td align="center"><b><font size="4">{{title}}</font></b></td></tr>
<tr><td align="center" bgcolor="#eeeeee">[来源：{{source}}] [时间：{{time}}] [阅读：{{views}}次]</td></tr>
<tr><td style="line-height:24px">{{body}}</td></tr></table>{{foot}}</body></html>""",
    paragraph="　　{{text}}<br>",
    clock=10,
    views="printed",
    way="script",
)
