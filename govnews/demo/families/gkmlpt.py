"""岭湾区 on gkmlpt: the column is a shell named by its fragment, the API gives a hundred rows a page, no count is shown."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

from govnews.demo.families.county import Ask, County
from govnews.demo.families.stories import Story

_CHINA = timezone(timedelta(hours=8))


def _answer(county: County, ask: Ask) -> str | None:
    if ask.path != "/gkmlpt/api/all/4410" or ask.said.get("sid") != "763023":
        return None
    shown = county.on(max(ask.number("page"), 1))
    return json.dumps({"total": county.rows, "articles": [_entry(county, s) for s in shown]}, ensure_ascii=False)


def _entry(county: County, story: Story) -> dict[str, Any]:
    at = int(datetime.fromisoformat(story.time).replace(tzinfo=_CHINA).timestamp())
    return {
        "id": story.number,
        "title": story.title,
        "publisher": f"{county.name}人民政府",
        "date": at,
        "display_publish_time": at,
        "created_at": story.time,
        "url": county.url(story),
        "attachment": [],
    }


COUNTY = County(
    id="991102",
    name="岭湾区",
    stem="lingwan",
    family="gkmlpt",
    column="/gkmlpt/index#4410",
    shell=True,
    rows=104,
    size=100,
    address=lambda s: f"/gkmlpt/content/{s.number // 1_000_000}/{s.number // 1000}/post_{s.number}.html",
    first=4520011,
    row="",
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开平台</title><link href="/gkmlpt/gkml/pc/css/app.css" rel="stylesheet">
<script>window._CONFIG = {SID: '763023', TREE: [{"id":4410,"name":"工作动态"}]};</script></head><body>{{nav}}<div id="app"></div>
<p><a href="/gkmlpt/guide">公开指南</a> <a href="/gkmlpt/policy">公开制度</a></p>{{foot}}</body></html>""",
    article="""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>{{title}}</title><script src="/gkmlpt/gkml/pc/js/chunk-common.js"></script>
<script>window._CONFIG={SID:'763023',TREE:[]};</script></head><body><div id="app"><div class="crumbs">当前位置：首页 &gt; 工作动态</div>
<div class="content-box"><p class="headline"><b>{{title}}</b></p><p class="attr">发布日期：{{time}}　来源：{{source}}</p>
<div class="article-content">{{body}}</div></div></div>{{foot}}</body></html>""",
    clock=19,
    answer=_answer,
)
