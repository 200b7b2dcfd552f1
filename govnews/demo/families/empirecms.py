"""虹泉县 on EmpireCMS: tables in GBK, index_2.html, the count from ViewClick, which only reads without addclick."""

from __future__ import annotations

from govnews.demo.families.county import Ask, County, linked


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path != "/e/public/ViewClick/":
        return None
    return f"document.write('{county.count(ask.said.get('id', ''))}');"


def _sheet(n: int) -> str:
    return "/yaowen/" if n == 1 else f"/yaowen/index_{n}.html"


COUNTY = County(
    id="991104",
    name="虹泉县",
    stem="hongquan",
    family="empirecms",
    column="/yaowen/",
    sheet=_sheet,
    address=lambda s: f"/yaowen/{s.time[:10]}/{s.number}.html",
    first=5501,
    charset="gbk",
    row='<tr><td>·<a href="{{href}}" title="{{title}}">{{cut}}</a></td><td>{{day}}</td></tr>',
    page="""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk"><title>要闻</title></head><body>{{nav}}
<form action="/e/search/index.php" method="post"><input name="keyboard"></form><script src="/e/member/login/loginjs.php"></script>
<script src="/e/data/js/ajax.js"></script><table class="list" width="700">{{rows}}</table><div class="epages">{{pager}}</div>{{foot}}</body></html>""",
    pager=linked(_sheet),
    article="""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk"><title>{{title}}</title></head><body>{{nav}}
<form action="/e/search/index.php" method="post"><input name="keyboard"></form>
<table border="0" width="1000"><tr><td align="center"><font size="5">{{title}}</font></td></tr>
<tr><td align="center">日期：{{time}} 信息来源：{{source}} 点击数：<script src="/e/public/ViewClick/?classid=12&id={{number}}&addclick=1"></script></td></tr>
<tr><td>{{body}}</td></tr></table>{{foot}}</body></html>""",
    clock=10,
    views="counter",
    answer=_answer,
    way="frames",
)
