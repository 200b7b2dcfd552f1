"""麦坪县 on JEECMS: index_2.jhtml from a script of the pager, the count from content_view.jspx."""

from __future__ import annotations

from govnews.demo.families.county import Ask, County, Sheet


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path != "/content_view.jspx":
        return None
    views = county.count(ask.said.get("contentId", ""))
    return f"[{views},0,0,2,0]" if views else "[]"


def _pager(sheet: Sheet) -> str:
    def link(word: str, n: int, dead: bool) -> str:
        script = f"location.href=encodeURI('index{'' if n == 1 else f'_{n}'}.jhtml');"
        return (
            f'<a disabled="disabled">{word}</a>'
            if dead
            else f'<a href="javascript:void(0);" onclick="{script}">{word}</a>'
        )

    first, last = sheet.here == 1, sheet.here == sheet.total
    before, after = link("上一页", sheet.here - 1, first), link("下一页", sheet.here + 1, last)
    return f"共 {sheet.count} 条记录 {sheet.here}/{sheet.total} 页 {before} {after}"


COUNTY = County(
    id="991103",
    name="麦坪县",
    stem="maiping",
    family="jeecms",
    column="/zwdt/index.jhtml",
    sheet=lambda n: f"/zwdt/index_{n}.jhtml",
    address=lambda s: f"/zwdt/{s.number}.jhtml",
    first=48102,
    row='<li><em>{{day}}</em><a href="{{href}}" title="{{title}}">{{title}}</a></li>',
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政务动态</title><link rel="stylesheet" href="/r/cms/www/css/list.css"></head>
<body>{{nav}}<form action="/search.jspx"><input name="q"></form><div class="listcon"><ul>{{rows}}</ul></div>
<div class="pagesite">{{pager}}</div>{{foot}}</body></html>""",
    pager=_pager,
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}}-{{name}}人民政府</title><script src="/r/cms/jquery.js"></script>
<script src="/r/cms/front.js"></script><script>$(function(){Cms.viewCount("","{{number}}");});</script></head><body>{{nav}}
<div class="xl"><h1>{{title}}</h1><div class="xl-info"><span>发布时间：{{time}}</span><span>来源：{{source}}</span>
<span>浏览：<em id="views">0</em></span></div><div class="xl-con">{{body}}</div></div>{{foot}}</body></html>""",
    clock=19,
    views="counter",
    answer=_answer,
)
