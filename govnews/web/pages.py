"""The pages of the desk: a request in, a question to the archive, a template out.

Each request opens the archive for itself, in a thread, and is stopped after the desk's time limit. May import: archive, health, text,
model, datasette, its neighbours in this room.
"""

from __future__ import annotations

import asyncio
import csv
import io
import re
import sqlite3
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from datasette.utils.asgi import Response

from govnews.archive import SCHEMA, Archive, find, open_archive, utc_now
from govnews.archive.citation import gbt7714
from govnews.health import examine
from govnews.model import Failure
from govnews.model.codes import CODES
from govnews.text.difference import passages
from govnews.web import reading
from govnews.web.app import NAME, SETTINGS, ready_questions
from govnews.web.curve import curve
from govnews.web.trouble import Told
from govnews.web.words import Words, language_of

SIZE = 20
FACETED = 200_000
"""Hits of a search that are counted by county, year and source, at most: about a second."""
DOWNLOAD = 20_000
"""Most articles of one download."""
FIELDS = "publish_time source view_count author editor section issuer document_number index_number keywords".split()
ALWAYS = ("publish_time", "source", "view_count")
_FILTERS = ("province", "prefecture", "site", "source", "since", "until")
_COLUMNS = (
    "uid province prefecture county site publish_date publish_time title source view_count presence url snippet".split()
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Ask:
    """A request and the words in its language."""

    request: Any
    w: Words


@dataclass(frozen=True, slots=True)
class File:
    """A download. name: "" to show it instead."""

    body: str
    content_type: str
    name: str = ""


Answer = tuple[str, dict[str, Any]] | File


def words_of(request: Any) -> Words:
    """The words in the language of a request."""
    return Words(language_of(request.args.get("lang"), request.headers.get("accept-language", "")))


def start(archive: Archive, ask: Ask) -> Answer:
    """What the archive holds, how fresh it is, where to begin."""
    return "desk_start.html", {
        "totals": reading.totals(archive),
        "counties": reading.counties(archive),
        "newest": reading.newest(archive),
        "months": reading.months(archive)[:24],
        "coverage": reading.coverage(archive),
        "questions": [(name, q[ask.w.language]) for name, q in ready_questions().items()],
        **reading.places(archive),
    }


def search(archive: Archive, ask: Ask) -> Answer:
    """Search with facets; the form is the address, so that a search can be kept."""
    page = _number(ask.request.args.get("page"))
    context: dict[str, Any] = {"asked": _asked(ask.request), "page": page, "limit": DOWNLOAD, **reading.places(archive)}
    try:
        asked = _query(ask.request, limit=SIZE, offset=(page - 1) * SIZE)
        total = find.count(archive, asked)
        hits = [
            {**row, "shown": _marked(row, "snippet"), "title_shown": _marked(row, "title")}
            for row in find.search(archive, asked)
        ]
        facets = find.spread(archive, asked) if total <= FACETED else {}
    except Failure as failure:
        return "desk_search.html", {**context, "failure": ask.w.either(failure), "total": 0, "hits": [], "facets": {}}
    context |= {"total": total, "hits": hits, "pages": -(-total // SIZE), "facets": facets, "faceted": FACETED}
    return "desk_search.html", context


def download(archive: Archive, ask: Ask) -> Answer:
    """The result of a search as CSV (with a mark of UTF-8 for Excel, formulas defused) or JSON."""
    found = [
        {name: row[name] for name in _COLUMNS} for row in find.search(archive, _query(ask.request, limit=DOWNLOAD))
    ]
    if ask.request.url_vars["format"] == "json":
        return File(reading.as_json(found), "application/json; charset=utf-8")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows([_harmless(value) for value in row.values()] for row in found)
    return File("\ufeff" + out.getvalue(), "text/csv; charset=utf-8", "govnews-search.csv")


def article(archive: Archive, ask: Ask) -> Answer:
    """One article with all it rests on."""
    found = find.get(archive, ask.request.url_vars["uid"])
    earlier = find.history(archive, found["uid"])
    states = [*earlier, found]
    changes = [
        {
            "old": old,
            "parts": {
                name: _changed(old[name], new[name])
                for name in ("title", "publish_time", "source", "body")
                if old[name] != new[name]
            },
        }
        for old, new in pairwise(states)
    ]
    views = find.views(archive, found["uid"])
    fields = [
        (name, found[name], found["via"].get(name)) for name in FIELDS if found[name] is not None or name in ALWAYS
    ]
    place = reading.place(found)
    return "desk_article.html", {
        "a": found,
        "place": place,
        "fields": fields,
        "changes": changes,
        "views": views,
        "curve": curve([(v["observed_at"], v["value"]) for v in views]),
        "citation": gbt7714(found),
        **reading.about(archive, found),
    }


def county(archive: Archive, ask: Ask) -> Answer:
    """One county site."""
    found = reading.county(archive, ask.request.url_vars["site"])
    if found is None:
        name = ask.request.url_vars["site"]
        raise Failure("unknown_site", f"no county site has the id {name}", zh=f"没有编号为 {name} 的县级站点")
    findings = [f for one in examine(archive, now=utc_now(), sites=[found["site"]]) for f in one.findings]
    return "desk_county.html", {"c": found, "place": reading.place(found), "findings": findings}


def health(archive: Archive, _ask: Ask) -> Answer:
    """Every site that is not as it was, the worst first."""
    return "desk_health.html", {"sites": examine(archive, now=utc_now())}


def source(archive: Archive, ask: Ask) -> Answer:
    """One source (来源), as printed: who quotes it, when."""
    name = ask.request.args.get("name") or ""
    where = "source = ?"
    newest = reading.newest(archive, where, name, limit=50)
    if not newest:
        raise Failure("unknown_source", f"no article names the source {name}", zh=f"没有文章注明来源“{name}”")
    context = {
        "heading": name,
        "spread": reading.spread(archive, "county", where, name),
        "months": reading.months(archive, where, name),
    }
    return "desk_group.html", {**context, "kind": "source", "newest": newest, "asked": {"source": name}}


def month(archive: Archive, ask: Ask) -> Answer:
    """One month: which counties, which sources, which articles."""
    name = ask.request.url_vars["month"]
    where = "publish_date BETWEEN ? AND ?"
    days = (f"{name}-01", f"{name}-31")
    context = {
        "heading": name,
        "spread": reading.spread(archive, "county", where, *days),
        "sources": reading.spread(archive, "source", where, *days),
        "newest": reading.newest(archive, where, *days, limit=50),
    }
    return "desk_group.html", {**context, "kind": "month", "asked": {"since": name, "until": name}}


def dictionary(_archive: Archive, _ask: Ask) -> Answer:
    """Every table and column with its meaning, every code."""
    return "desk_dictionary.html", {"schema": SCHEMA, "codes": CODES.values()}


Page = Callable[[Archive, Ask], Answer]


def _route(page: Page) -> Callable[..., Awaitable[Response]]:
    async def view(request: Any, datasette: Any) -> Response:
        w = words_of(request)
        try:
            answer = await asyncio.to_thread(_read, Path(datasette.get_database(NAME).path), page, Ask(request, w))
        except Failure as failure:
            status = 410 if failure.code == "redacted" else 404 if failure.code.startswith("unknown") else 400
            heading = w({410: "taken_out", 404: "not_here"}.get(status, "cannot"))
            after = w("taken_out_note" if status == 410 else "trouble.start")
            return await explained(datasette, request, Told(status, heading, w.either(failure), after))
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            sentence = w("too_long", seconds=int(SETTINGS["sql_time_limit_ms"]) // 1000)
            return await explained(datasette, request, Told(503, w("trouble.stopped"), sentence, w("too_long_next")))
        if isinstance(answer, File):
            named = {"content-disposition": f'attachment; filename="{answer.name}"'} if answer.name else {}
            return Response(answer.body, headers=named, content_type=answer.content_type)
        template, context = answer
        html = await datasette.render_template(template, {**_common(request, w), **context}, request=request)
        return Response(html, content_type="text/html; charset=utf-8")

    return view


async def explained(datasette: Any, request: Any, t: Told) -> Response:
    """The page of what could not be done; JSON, with Datasette's keys, where JSON was asked for."""
    if request.path.endswith(".json"):
        said = {
            "ok": False,
            "error": t.sentence,
            "status": t.status,
            "title": t.heading,
            "hint": t.after,
            "words": t.words,
        }
        return Response(reading.as_json(said), status=t.status, content_type="application/json; charset=utf-8")
    change = f"/{NAME}?{urlencode({'sql': t.sql})}" if t.sql else ""
    context = {**_common(request, words_of(request)), "t": t, "change": change}
    html = await datasette.render_template("desk_error.html", context, request=request)
    return Response(html, status=t.status, content_type="text/html; charset=utf-8")


def _read(db: Path, page: Page, ask: Ask) -> Answer:
    with open_archive(db, read_only=True) as archive:
        end = time.monotonic() + int(SETTINGS["sql_time_limit_ms"]) / 1000
        archive.connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
        answer = page(archive, ask)
        if isinstance(answer, tuple):
            answer[1]["fresh"] = reading.freshness(archive)
        return answer


ROUTES = [
    (r"^/$", _route(start)),
    (r"^/search$", _route(search)),
    (r"^/search\.(?P<format>csv|json)$", _route(download)),
    (r"^/article/(?P<uid>[0-9a-fA-F]{4,16})$", _route(article)),
    (r"^/county/(?P<site>[^/]+)$", _route(county)),
    (r"^/health$", _route(health)),
    (r"^/source$", _route(source)),
    (r"^/month/(?P<month>\d{4}-(?:0[1-9]|1[0-2]))$", _route(month)),
    (r"^/dictionary$", _route(dictionary)),
]


def is_ours(path: str) -> bool:
    """Whether an address is one of our pages (and not Datasette's)."""
    return any(re.match(pattern, path) for pattern, _ in ROUTES)


def _common(request: Any, w: Words) -> dict[str, Any]:
    """What every template has: words, links that keep the language, safe links out."""
    chosen = request.args.get("lang")
    kept = {"lang": w.language} if chosen in ("en", "zh") else {}

    def to(path: str, **values: Any) -> str:
        pairs = {k: v for k, v in {**values, **kept}.items() if v not in (None, "")}
        return quote(path, safe="/.") + (f"?{urlencode(pairs)}" if pairs else "")

    other = "en" if w.language == "zh" else "zh"
    here = {k: request.args.get(k) for k in request.args} | {"lang": other}
    return {
        "w": w,
        "to": to,
        "place_of": reading.place,
        "web_link": web_link,
        "most_of": lambda rows: max((row["articles"] for row in rows), default=1),
        "database": NAME,
        "kept": kept,
        # of one slash: a link that begins with two leads to another host, and such an address can be asked for
        "other": f"/{request.path.lstrip('/')}?{urlencode(here)}",
    }


def web_link(url: str | None) -> str | None:
    """An address that may be followed: http and https only; a page may say `javascript:`."""
    return url if url and re.match(r"https?://", url, re.IGNORECASE) else None


def _asked(request: Any) -> dict[str, str]:
    """What is asked, without what is empty: text as `q`, then the filters."""
    return {name: value for name in ("q", *_FILTERS) if (value := (request.args.get(name) or "").strip())}


def _query(request: Any, **more: Any) -> find.Query:
    asked = _asked(request)
    text = asked.pop("q", "")
    filters: dict[str, Any] = {k: _day(v, k == "until") if k in ("since", "until") else v for k, v in asked.items()}
    return find.Query(text=text, **filters, **more)


def _day(text: str, last: bool) -> str:
    """A year, month or day as a bound; text compares as dates do, so a month may end on the 31st."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text, re.ASCII):
        raise Failure(
            "bad_day",
            f"{text} is no day: 2021-06-02, 2021-06 or 2021",
            zh=f"{text} 不是日期：请写作 2021-06-02、2021-06 或 2021",
        )
    return text + ("-12-31" if last else "-01-01")[len(text) - 4 :] if len(text) < 10 else text


def _number(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 7 else 1


def _marked(row: dict[str, Any], name: str) -> list[tuple[str, bool]]:
    """A text in stretches, each with whether it is a hit."""
    text, at, out = row[name] or "", 0, list[tuple[str, bool]]()
    for begin, end in row[f"{name}_marks"]:
        out += [(text[at:begin], False), (text[begin:end], True)]
        at = end
    return [part for part in (*out, (text[at:], False)) if part[0]]


def _changed(old: str | None, new: str | None) -> list[Any]:
    return passages(str(old or ""), str(new or ""))


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
