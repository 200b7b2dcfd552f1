"""石磴县, nobody's product: a definition list with Chinese days, and a pager that a function of the page drives."""

from __future__ import annotations

from govnews.demo.families.county import County

COUNTY = County(
    id="991203",
    name="石磴县",
    stem="shideng",
    family="generic",
    column="/xwgk/lists.do?cid=12",
    sheet=lambda n: f"/xwgk/lists.do?cid=12&pn={n}",
    address=lambda s: f"/xwgk/detail.do?nid={s.number}",
    row='<dt><a href="{{href}}" title="{{title}}">{{cut}}</a></dt><dd>{{chinese_day}}</dd>',
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{name}}新闻公开</title><script>
function turn(n) { location.href = "/xwgk/lists.do?cid=12&pn=" + n; }</script></head><body>{{nav}}<dl class="articles">{{rows}}</dl>
<div class="turn">{{pager}}</div>{{foot}}</body></html>""",
    pager=lambda sheet: (
        f'第{sheet.here}页 共{sheet.total}页 <a href="javascript:turn({min(sheet.here + 1, sheet.total)})">下一页</a>'
        if sheet.here < sheet.total
        else f"第{sheet.here}页 共{sheet.total}页 下一页"
    ),
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}}</title></head><body>{{nav}}<dl class="detail"><dt>{{title}}</dt>
<dd class="msg">{{chinese_day}}　稿源：{{source}}　点击率：{{views}}</dd><dd class="txt">{{body}}</dd></dl>{{foot}}</body></html>""",
    clock=10,
    views="printed",
    way="frames",
)
