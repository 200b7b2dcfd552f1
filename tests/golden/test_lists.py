"""Golden lists: list pages and replies of list endpoints of our own writing, with the rows a fair reader would take from them.

`lists/` holds `<page>` and `<page>.json`: what it is about, its address, the request that brought it when that was not a plain GET,
the family it is known as, its rows (address, title, date), the next page and the page count as stated. One test a page and aspect.
A page without an expectation gets one written from what is read now, and fails: read it, correct it, keep it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from govnews import listing
from govnews.families import detect
from govnews.model import ListRequest
from govnews.text.decode import decode

HERE = Path(__file__).parent / "lists"
ASPECTS = ("family", "addresses", "titles", "dates", "next_page", "page_count")


def _expectation(page: Path) -> Path:
    return page.with_name(page.name + ".json")


PAGES = sorted(p for p in HERE.iterdir() if p.suffix != ".json" or _expectation(p).exists())
"""A reply in JSON is a page too: it has an expectation of its own."""


@cache
def _asked(page: Path) -> dict[str, Any]:
    golden = _expectation(page)
    read: dict[str, Any] = json.loads(golden.read_text("utf-8")) if golden.exists() else {}
    return read


@cache
def _got(page: Path) -> dict[str, Any]:
    asked = _asked(page)
    request = asked.get("request")
    if request:
        request = ListRequest(request["method"], request["url"], request["form"], tuple(request["headers"].items()))
    url = asked.get("url") or "http://www.example.gov.cn/"
    read = listing(page.read_bytes(), url=url, request=request).to_dict()
    return {
        "family": detect(decode(page.read_bytes()).text, url),
        "rows": [[row["url"], row["title"], row["date"]] for row in read["items"]],
        "next_page": read["next_page"],
        "page_count": read["page_count"],
    }


def _aspect(found: dict[str, Any], aspect: str) -> Any:
    columns = {"addresses": 0, "titles": 1, "dates": 2}
    return [row[columns[aspect]] for row in found["rows"]] if aspect in columns else found[aspect]


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_aspect(page: Path, aspect: str) -> None:
    golden = _expectation(page)
    if not golden.exists():
        written = {"about": "", "url": None, "request": None, "expect": _got(page)}
        golden.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"{golden.name} was missing; it now holds what was read. Read and correct it.")
    assert _aspect(_got(page), aspect) == _aspect(_asked(page)["expect"], aspect)
