"""A page without rows says by its script where it gets them: the first request is made of what is written there, or not at all."""

from __future__ import annotations

import json

import pytest

from govnews import listing
from govnews.model import ListRequest

URL = "http://www.xinshao-zf.test/news/yw.html"
HEAD = "var cat = 86; var size = 10;"
DRAW = 'html += "<li><a href=\'/article/" + a.id + ".html\'>" + a.title + "</a></li>";'
API = "http://www.xinshao-zf.test/api/page"


def _asked(script: str) -> ListRequest | str | None:
    page = f"<html><head><title>要闻</title></head><body><ul id='u'></ul><script>{script}</script></body></html>"
    return listing(page, url=URL).next_page


@pytest.mark.parametrize(
    ("script", "url", "form"),
    [
        (
            f'{HEAD} function load(p){{ $.ajax({{url: "/api/page", data: {{cat: cat, pageNo: p, size: size}}}}); }} load(1);',
            f"{API}?cat=86&pageNo=1&size=10",
            None,
        ),
        ('$.getJSON("../api/page?cat=86&page=1", function(d){ show(d); });', f"{API}?cat=86&page=1", None),
        ('$.get("/api/page", {cat: 86, pageNum: 1}, function(d){});', f"{API}?cat=86&pageNum=1", None),
        ('$.post("/api/page", {"cat": 86, "pageIndex": 1}, function(d){}, "json");', API, "cat=86&pageIndex=1"),
        ("$.ajax({type: 'POST', url: '/api/page', data: {cat: 86, page: 1, word: $('#w').val()}})", API, "cat=86&page=1&word="),
        (f"{HEAD} function go(page){{ fetch(`/api/page?cat=${{cat}}&page=${{page}}`).then(show) }}", f"{API}?cat=86&page=1", None),
        ("axios.get('/api/page', {params: {cat: 86, current: 1}}).then(show)", f"{API}?cat=86&current=1", None),
        ("function q(n){ var d = {cat: 86, pn: n}; $.ajax({url: '/api/page', data: d}) } q(1)", f"{API}?cat=86&pn=1", None),
    ],
)  # fmt: skip
def test_the_request_is_what_the_script_says(script: str, url: str, form: str | None) -> None:
    method = "POST" if form else "GET"
    assert _asked(script) == ListRequest(method, url, form)


@pytest.mark.parametrize(
    "script",
    [
        "$.get('/api/hits', {id: 5})",
        "$.get('/api/page', {cat: other, page: 1})",
        "$.get('http://api.elsewhere.test/page', {page: 1})",
        "$.get('/api/page', {cat: made(86), page: 1})",
        "$.ajax({url: base + '/page', data: {page: 1}})",
        "fetch('/api/page?page=1', {method: 'POST', body: JSON.stringify({cat: 86})})",
        "$.ajax({url: '/api/page', contentType: 'application/json', type: 'post', data: {page: 1}})",
        "$.ajax({url: '/api/page', data: {page: 1}",
        "$.get(",
    ],
)
def test_what_is_not_known_is_not_asked(script: str) -> None:
    assert _asked(script) is None


def test_the_rows_get_the_address_that_the_script_makes_of_them() -> None:
    asked = _asked(f'$.get("/api/page", {{page: 1}}, function(d){{ {DRAW} }});')
    assert asked == ListRequest("GET", f"{API}?page=1#row=/article/(id).html")
    assert isinstance(asked, ListRequest)
    rows = [{"id": n, "title": f"城关镇第{n}次清理河道垃圾", "publishDate": f"2024-05-0{n}"} for n in range(1, 4)]
    read = listing(json.dumps({"data": {"pages": 2, "list": rows}}), url=asked.url)
    assert [item.url for item in read.items] == [f"http://www.xinshao-zf.test/article/{n}.html" for n in range(1, 4)]
    assert read.next_page == ListRequest("GET", f"{API}?page=2#row=/article/(id).html")


def test_a_page_with_rows_asks_for_nothing() -> None:
    rows = "".join(
        f"<li><a href='/a/2024{n}.html'>城关镇第{n}次清理河道垃圾</a><span>2024-05-0{n}</span></li>"
        for n in range(1, 9)
    )
    page = f"<ul>{rows}</ul><script>$.get('/api/page', {{page: 1}})</script>"
    assert listing(page, url=URL).next_page is None
