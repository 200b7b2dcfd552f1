"""A saved page is a list when it holds the rows of one, also those that only a script shows; a wall stays a wall."""

from __future__ import annotations

import json

import pytest

from govnews.ingest import way
from govnews.model import Page

ROWS = [(f"/art/2024/5/{n}/art_12_{n}.html", f"城关镇第{n}次清理河道垃圾", f"2024-05-0{n}") for n in range(1, 6)]
RECORDS = "".join(
    f"<record><![CDATA[<li><a href='{href}'>{title}</a><span>{day}</span></li>]]></record>" for href, title, day in ROWS
)
LINKS = "".join(f"<li><a href='{href}'>{title}</a><span>{day}</span></li>" for href, title, day in ROWS)
WALL = "<script src='https://help.365cyd.com/cyd-error-help.html'></script>"
OBJECTS = json.dumps([{"title": title, "url": href, "publishTime": day} for href, title, day in ROWS])


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<datastore><totalrecord>5</totalrecord><recordset>{RECORDS}</recordset></datastore>", "list"),
        (f"<html><body><div id='9'><script type='text/xml'>{RECORDS}</script></div></body></html>", "list"),
        (f"<html><body>{WALL}<div id='9'><script type='text/xml'>{RECORDS}</script></div></body></html>", "list"),
        (f"<html><body>{WALL}<ul><!--{LINKS}--></ul><p>政务公开</p></body></html>", "list"),
        (f'{{"data": {{"rows": {OBJECTS}}}}}', "list"),
        (f"<html><body>{WALL}<p>您的请求已被拦截</p></body></html>", "challenge"),
        ('{"data": {"rows": []}}', "other"),
        ("<datastore><recordset></recordset></datastore>", "other"),
    ],
)
def test_what_a_saved_page_is(body: str, kind: str) -> None:
    page = Page("http://www.weixi.gov.cn/col/col12/index.html", body.encode(), "2024-06-01T00:00:00Z", 200)
    way.find(page)
    way.settle(page)
    unit = way.make_unit(page)
    assert unit.kind == kind
    assert [s.target_url for s in unit.sightings] == (
        [f"http://www.weixi.gov.cn{href}" for href, _, _ in ROWS] if kind == "list" else []
    )
    assert page.response_class == ("blocked" if kind == "challenge" else "ok")
