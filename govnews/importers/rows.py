"""A row of someone's table to a page: which column is what, and what is made of it. Shared by CSV and JSON lines.

A row with HTML goes the way of a fetched page. A row with text only is read as the plain text of a page, under the lines a page would
print of its title, time and source. May import: extraction (is it markup?), model, its neighbours in this room.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from govnews.extraction.markup import is_markup
from govnews.importers.item import LARGEST
from govnews.model import Failure, Issue, Page

NAMES: dict[str, tuple[str, ...]] = {
    "url": ("url", "link", "href", "uri", "page_url", "网址", "链接", "地址"),
    "html": ("html", "raw_html", "page_source", "source_code", "网页"),
    "text": ("text", "body", "content", "article", "fulltext", "full_text", "正文", "内容", "全文"),
    "title": ("title", "headline", "标题"),
    "publish_time": (
        "publish_time",
        "pubtime",
        "pub_time",
        "published",
        "publish_date",
        "date",
        "发布时间",
        "发布日期",
        "日期",
    ),
    "source": ("source", "来源", "稿源"),
    "fetched_at": (
        "fetched_at",
        "crawl_time",
        "crawled_at",
        "fetch_time",
        "scraped_at",
        "retrieved",
        "抓取时间",
        "采集时间",
    ),
    "status": ("status", "http_status", "status_code", "状态码"),
}
"""Our name of a column → names under which files have it, the likelier first."""
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")


def check_columns(columns: Mapping[str, str]) -> None:
    """Raises Failure `unknown_column` for a name on the left that is none of ours."""
    for name in columns:
        if name not in NAMES:
            near = difflib.get_close_matches(name, NAMES, n=1)
            hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(NAMES)}"
            raise Failure("unknown_column", f"--columns: {name} is no column of ours", hint=hint, exit_code=2)


def choose(present: Iterable[str], wanted: Mapping[str, str], file: str) -> dict[str, str]:
    """Our name → the file's: as wanted, else the likeliest that is there. Raises Failure `no_column` when a wanted one is not
    there, or nothing that could be a page."""
    names = [name for name in present if name]
    low = {name.strip().lower(): name for name in reversed(names)}
    for name in wanted.values():
        if name not in names:
            raise Failure(
                "no_column",
                f"{file}: there is no column {name}",
                hint=f"there are {', '.join(names[:20])}",
                exit_code=2,
            )
    taken = set(wanted.values())
    out = dict(wanted)
    for ours, theirs in NAMES.items():
        found = next((low[name] for name in theirs if name in low and low[name] not in taken), None)
        if ours not in out and found is not None:
            out[ours] = found
    if "html" not in out and "text" not in out:
        hint = f"say which it is: --columns html=NAME or text=NAME; there are {', '.join(names[:20])}"
        raise Failure("no_column", f"{file}: no column looks like a page or its text", hint=hint, exit_code=2)
    return out


def page_of(row: Mapping[str, Any], columns: Mapping[str, str], at: str, origin: str) -> Page | Issue:
    """The page of a row, or what is wrong with it. at: the time of fetching when the row has none."""
    values = {ours: _string(row.get(theirs)) for ours, theirs in columns.items()}
    html, text = values.get("html", ""), values.get("text", "")
    if not html.strip() and is_markup(text):
        html = text
    if not html.strip() and not text.strip():
        return Issue("unreadable_file", "a row without page and text")
    stated = values.get("fetched_at", "")
    moment = utc(stated) if stated else at
    if moment is None:
        return Issue("unreadable_file", f"the time {stated[:40]!r} is none")
    body = (html if html.strip() else _as_page(text, values)).encode("utf-8", "replace")
    if len(body) > LARGEST:
        return Issue("unreadable_file", f"{len(body)} bytes are too many for a page")
    url = values.get("url", "").strip()
    status = values.get("status", "").strip()
    return Page(
        url if url.startswith(("http://", "https://")) else None,
        body,
        moment,
        int(status) if re.fullmatch(r"[1-5]\d\d", status) else 200,
        {"content-type": "text/html; charset=utf-8" if html.strip() else "text/plain; charset=utf-8"},
        origin=origin,
    )


def _as_page(text: str, values: Mapping[str, str]) -> str:
    title = values.get("title", "").strip()
    lines = [title] if title and not text.lstrip().startswith(title) else []
    for name, label in (("publish_time", "发布时间"), ("source", "来源")):
        if value := " ".join(values.get(name, "").split()):
            lines.append(f"{label}：{value}")
    return "\n".join([*lines, "", text]) if lines else text


def _string(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value)


def utc(text: str) -> str | None:
    """A time as our machine times are written: ISO 8601 or seconds (or milliseconds) since 1970; without a zone it counts as UTC.
    Null for what is no time."""
    text = text.strip()
    try:
        if _EPOCH.fullmatch(text):
            number = float(text)
            moment = datetime.fromtimestamp(number / 1000 if number > 10**11 else number, UTC)
        else:
            moment = datetime.fromisoformat(text.replace("/", "-"))
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year >= 1990 else None
