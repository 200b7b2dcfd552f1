"""冀桐县 on the platform of 河北: the column names the block that gives its rows, page by page until one has none."""

from __future__ import annotations

from govnews.demo.families.county import Ask, County, uuid

_COLUMN = f"/columns/{uuid(31, 1)}"
_BLOCK = f"{_COLUMN}/templates/{uuid(32, 2)}/blocks/{uuid(33, 3)}"


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path != _BLOCK:
        return None
    return f"<ul>{county.rows_markup(county.on(ask.number('page', 1)))}</ul>"


COUNTY = County(
    id="991108",
    name="冀桐县",
    stem="jitong",
    family="hebei",
    column=f"{_COLUMN}/index.html",
    address=lambda s: f"{_COLUMN}/{s.time[:7].replace('-', '')}/{s.time[8:10]}/{uuid(s.number)}.html",
    row='<li class="xxgk_gfxwjk-list-li"><a href="{{href}}" title="{{title}}">{{title}}</a><i>{{day}}</i></li>',
    page=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>冀桐要闻</title></head><body>{{{{nav}}}}
<div class="lb"><ul>{{{{rows}}}}</ul></div><div id="pager"></div><script>var blockUrl = '{_BLOCK}'; loadPage(blockUrl, 1);</script>
{{{{foot}}}}</body></html>""",
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}}</title><meta name="ArticleTitle" content="{{title}}">
<meta name="PubDate" content="{{time}}"><meta name="ContentSource" content="{{source}}"></head><body>{{nav}}
<div class="xqy"><h1>{{title}}</h1><div class="xqy-tip"><span>发布时间：{{time}}</span><span>来源：{{source}}</span>
<span>【字体：大 中 小】</span></div><div class="incontent" id="zoom">{{body}}</div></div>{{foot}}</body></html>""",
    answer=_answer,
    asks=4,
)
