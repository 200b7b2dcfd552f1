"""云碓县, nobody's product: cards with the day apart from year and month, a summary, and a pager of numbers alone."""

from __future__ import annotations

from govnews.demo.families.county import County, Sheet


def _sheet(n: int) -> str:
    return f"/portal/news/index/p/{n}.html"


def _numbers(sheet: Sheet) -> str:
    links = (
        f'<a href="{_sheet(n)}">{n}</a>' if n != sheet.here else f'<span class="on">{n}</span>'
        for n in range(1, sheet.total + 1)
    )
    return " ".join(links)


COUNTY = County(
    id="991202",
    name="云碓县",
    stem="yundui",
    family="generic",
    column=_sheet(1),
    sheet=_sheet,
    address=lambda s: f"/portal/article/{s.number}.html",
    row="""<div class="card"><a href="{{href}}"><div class="when"><b>{{dom}}</b><i>{{year_month}}</i></div><div class="what"><h3>{{title}}</h3>
<p>点击查看{{source}}发布的详细内容</p></div></a></div>""",
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>新闻动态 - 云上{{name}}</title></head><body>{{nav}}<div class="cards">{{rows}}</div>
<div class="pagination">{{pager}}</div>{{foot}}</body></html>""",
    pager=_numbers,
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}} - 云上{{name}}</title></head><body>{{nav}}<article><header>
<h2>{{title}}</h2><div class="meta"><time>{{time}}</time><span>来源：{{source}}</span><span>{{views}} 次浏览</span></div></header>
<section class="text">{{body}}</section></article>{{foot}}</body></html>""",
    views="printed",
    way="refresh",
)
