"""Golden pages: every page here is of our own writing, with the values a fair reader would take from it.

`articles/` and `others/` hold `<page>` and `<page>.json`: what the page is about, its address, the frozen time of fetching, headers,
and the fields expected of `govnews.extract`; a body is given line by line, `flags` are those that must be among the page's.
One test a page and field. A page without an expectation gets one written from what is extracted now, and fails: read it,
correct it, keep it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from govnews import extract

HERE = Path(__file__).parent
PAGES = sorted(p for folder in ("articles", "others") for p in (HERE / folder).iterdir() if p.suffix != ".json")


def _expectation(page: Path) -> Path:
    return page.with_name(page.name + ".json")


def _cases() -> list[Any]:
    cases = []
    for page in PAGES:
        golden = _expectation(page)
        fields = json.loads(golden.read_text("utf-8"))["expect"] if golden.exists() else ["written"]
        cases += [pytest.param(page, field, id=f"{page.name}-{field}") for field in fields]
    return cases


@cache
def _extracted(page: Path) -> dict[str, Any]:
    golden = _expectation(page)
    asked = json.loads(golden.read_text("utf-8")) if golden.exists() else {}
    article = extract(
        page.read_bytes(), url=asked.get("url"), headers=asked.get("headers"), fetched_at=asked.get("fetched_at")
    )
    return article.to_dict()


def _write(page: Path) -> None:
    got = _extracted(page)
    got["body"] = got["body"].split("\n")
    _expectation(page).write_text(
        json.dumps({"about": "", "url": None, "fetched_at": None, "expect": got}, ensure_ascii=False, indent=1) + "\n",
        "utf-8",
    )


@pytest.mark.parametrize(("page", "field"), _cases())
def test_field(page: Path, field: str) -> None:
    golden = _expectation(page)
    if not golden.exists():
        _write(page)
        pytest.fail(f"{golden.name} was missing; it now holds what was extracted. Read and correct it.")
    want = json.loads(golden.read_text("utf-8"))["expect"][field]
    got = _extracted(page)[field]
    if field == "body":
        assert got.split("\n") == (want or [""])
    elif field == "flags":
        assert set(want) <= set(got)
    else:
        assert got == want


def test_there_are_enough() -> None:
    kinds = [json.loads(_expectation(p).read_text("utf-8"))["expect"]["kind"] for p in PAGES]
    assert kinds.count("article") >= 40
    assert len(kinds) - kinds.count("article") >= 30
