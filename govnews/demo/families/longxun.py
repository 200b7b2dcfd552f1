"""芦桥县 on 龙讯: rows in the page, the next ones as fragments of /site/label/8888, whose every value the page's script names."""

from __future__ import annotations

from govnews.demo.families.county import Ask, County

_TEMPLATE = "/c3/lq/publicInfoList_newest"


def _answer(county: County, ask: Ask) -> str | None:
    wanted = ask.said.get("file") == _TEMPLATE and ask.said.get("catId") == "7065001"
    if ask.path != "/site/label/8888" or not wanted:
        return None
    here = ask.number("pageIndex", 1)
    script = f'<script>Ls.pagination("#page_public_info", {{currPage:{here},pageCount:{county.pages}}});</script>'
    return f'<ul class="clearfix xxgk_nav_list">{county.rows_markup(county.on(here))}</ul>{script}'


COUNTY = County(
    id="991107",
    name="芦桥县",
    stem="luqiao",
    family="longxun",
    column="/public/column/6600231?type=4&action=list&catId=7065001",
    address=lambda s: f"/public/6600231/{s.number}.html",
    first=10931101,
    row='<li class="xxgk_navli"><a class="title" href="{{href}}" title="{{title}}">{{cut}}</a><span class="date">{{day}}</span></li>',
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>工作动态</title></head><body>{{nav}}
<div class="xxgk_nav_con"><ul class="xxgk_nav_list">{{rows}}</ul></div><div id="page_public_info" class="ls-page"></div>
<script>Ls.pagination("#page_public_info", function (pageIndex, $this) { Ls.ajax({ dataType: "html", url: "/site/label/8888", data: {
labelName: "publicInfoList", siteId: "6786551", pageSize: 9, pageIndex: pageIndex, action: "list", isDate: true, dateFormat: "yyyy-MM-dd",
length: "12", organId: '6600231', type: '4', catId: '7065001', cId: "", result: "暂无相关信息", file: "/c3/lq/publicInfoList_newest" }
}); });</script>{{foot}}</body></html>""",
    article="""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>{{title}}</title><meta name="HtmlGenerateTime" content="2024-07-01 02:10:09">
</head><body>{{nav}}<div class="gkwz"><table class="table_suoyin"><tbody><tr><th>索引号：</th><td>{{number}}</td><th>信息来源：</th><td>{{source}}</td></tr>
<tr><th>发布机构：</th><td>{{name}}人民政府</td><th>发布日期：</th><td>{{time}}</td></tr></tbody></table><h2 class="wztit">{{title}}</h2>
<div class="gzk-article j-fontContent">{{body}}</div></div>{{foot}}</body></html>""",
    answer=_answer,
)
