"""枫埠县, nobody's product: pages drawn by script, so that the site file names the JSON endpoint itself as the column."""

from __future__ import annotations

import json

from govnews.demo.families.county import Ask, County


def _answer(county: County, ask: Ask) -> str | None:
    return _reply(county, ask.number("pageNo", 1)) if ask.path == "/api/cms/article/page" else None


def _reply(county: County, here: int) -> str:
    rows = [
        {"id": s.number, "title": s.title, "linkUrl": county.href(s), "publishTime": s.time} for s in county.on(here)
    ]
    return json.dumps(
        {"code": 0, "data": {"total": county.rows, "pages": county.pages, "records": rows}}, ensure_ascii=False
    )


COUNTY = County(
    id="991205",
    name="枫埠县",
    stem="fengbu",
    family="generic",
    column="/api/cms/article/page?catalog=15&pageNo=1&pageSize=9",
    address=lambda s: f"/detail/{s.number}",
    row="",
    page="",
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}}</title></head><body>{{nav}}<main><h1>{{title}}</h1>
<div class="tips">发布时间：{{time}} | 来源：{{source}} | 阅读量：{{views}}</div><div class="rich-text">{{body}}</div></main>{{foot}}</body></html>""",
    clock=19,
    views="printed",
    answer=_answer,
)
