"""浪洲区 on PHPCMS: index.php?m=content&c=index&a=lists, the count from a script that fills #hits beside downloads."""

from __future__ import annotations

from govnews.demo.families.county import Ask, County, linked


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path != "/api.php" or ask.said.get("op") != "count":
        return None
    return f"$('#todaydowns').html('2');$('#weekdowns').html('9');$('#hits').html('{county.count(ask.said.get('id', ''))}');"


def _sheet(n: int) -> str:
    return "/index.php?m=content&c=index&a=lists&catid=31" + (f"&page={n}" if n > 1 else "")


COUNTY = County(
    id="991106",
    name="浪洲区",
    stem="langzhou",
    family="phpcms",
    column="/index.php?m=content&c=index&a=lists&catid=31",
    sheet=_sheet,
    address=lambda s: f"/index.php?m=content&c=index&a=show&catid=31&id={s.number}",
    first=7701,
    row='<li><span class="rt">{{day}}</span>·<a href="{{href}}" title="{{title}}">{{title}}</a></li>',
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>要闻 - {{name}}人民政府</title><script src="/statics/js/jquery.min.js"></script>
</head><body>{{nav}}<div class="crumbs"><a href="/">首页</a> &gt; 要闻</div><ul class="list lh24 f14">{{rows}}</ul>
<div id="pages">{{pager}}</div>{{foot}}</body></html>""",
    pager=linked(_sheet),
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}} - 要闻 - {{name}}人民政府</title></head><body>{{nav}}
<div id="Article"><h1>{{title}}<br><span>{{time}}　　来源：{{source}}　　点击：<span id="hits"></span></span></h1>
<div class="content">{{body}}</div><p class="f14">下载：今日 <span id="todaydowns"></span></p></div>
<script src="/api.php?op=count&id={{number}}&modelid=1"></script>{{foot}}</body></html>""",
    clock=19,
    views="counter",
    answer=_answer,
    way="channel",
)
