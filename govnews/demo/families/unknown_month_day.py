"""沙湄县, nobody's product: month and day only in a list that runs into the year before, further pages in folders."""

from __future__ import annotations

from govnews.demo.families.county import County, linked


def _sheet(n: int) -> str:
    return f"/xw/yw/page/{n}/" if n > 1 else "/xw/yw/"


COUNTY = County(
    id="991204",
    name="沙湄县",
    stem="shamei",
    family="generic",
    column="/xw/yw/",
    sheet=_sheet,
    address=lambda s: f"/xw/yw/{s.number}.shtml",
    step=9,
    row='<li><span>{{month_day}}</span><a href="{{href}}" title="{{title}}">{{cut}}</a></li>',
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>要闻</title></head><body>{{nav}}<div class="l"><ul class="ul">{{rows}}</ul>
<p class="p">{{pager}}</p></div>{{foot}}</body></html>""",
    pager=linked(_sheet, word="下一页 &gt;"),
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}}-{{name}}</title></head><body>{{nav}}<div class="w"><h1>{{title}}</h1>
<p class="bar"><span>发布日期：{{time}}</span> <span>信息来源：{{source}}</span> <span>访问量：{{views}}</span></p><div class="c">{{body}}</div></div>
{{foot}}</body></html>""",
    views="printed",
    way="channel",
)
