"""湖滩区 on 苏迪 Webplus: list2.htm, article folders by day, the count from the call its element names."""

from __future__ import annotations

from govnews.demo.families.county import Ask, County, linked


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path != "/_visitcountdisplay" or ask.said.get("type") != "3":
        return None
    return f"<span>{county.count(ask.said.get('articleId', ''))}</span>"


def _sheet(n: int) -> str:
    return f"/1207/list{n if n > 1 else ''}.htm"


COUNTY = County(
    id="991109",
    name="湖滩区",
    stem="hutan",
    family="webplus",
    column="/1207/list.htm",
    sheet=_sheet,
    address=lambda s: f"/{s.time[:4]}/{s.time[5:7]}{s.time[8:10]}/c1207a{s.number}/page.htm",
    first=48201,
    row="""<li class="news n1 clearfix"><span class="news_title"><a href='{{href}}' target='_blank' title='{{title}}'>{{title}}</a></span>
<span class="news_meta">{{day}}</span></li>""",
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>工作动态</title><script src="/_js/jquery.sudy.wp.visitcount.js" sudy-wp-siteId="64">
</script></head><body>{{nav}}<div frag="窗口3" portletmode="simpleList"><div id="wp_news_w3"><ul class="news_list list2">{{rows}}</ul></div>
<div id="wp_paging_w3">{{pager}}</div></div>{{foot}}</body></html>""",
    pager=linked(_sheet),
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}}</title><script src="/_js/jquery.min.js" sudy-wp-siteId="64"></script>
</head><body>{{nav}}<div class="article" frag="窗口4" portletmode="simpleArticleAttri"><h1 class="arti_title">{{title}}</h1>
<p class="arti_metas"><span class="arti_publisher">来源：{{source}}</span><span class="arti_update">发布时间：{{time}}</span>
<span class="arti_views">浏览次数：<span class="WP_VisitCount" url="/_visitcountdisplay?siteId=64&type=3&articleId={{number}}"></span></span></p>
<div class="entry"><div class="read"><div class="wp_articlecontent">{{body}}</div></div></div></div>
<img src="/_visitcount?siteId=64&type=3&articleId={{number}}" style="display:none" width="0" height="0"/>{{foot}}</body></html>""",
    clock=10,
    views="counter",
    answer=_answer,
)
