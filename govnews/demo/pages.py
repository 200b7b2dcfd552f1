"""One page of the demo counties: a pure function of host, path and day. No clock, no network, no state.

May import: content.py, cms.py, home.py, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from urllib.parse import parse_qs, urlsplit

from govnews.demo.cms import CMS, Cms, Pager
from govnews.demo.content import HERE, Block, County, ListColumn, Story, by_host
from govnews.demo.home import Head, Home, home_page

ROBOTS = b"User-agent: *\nDisallow: /search\nDisallow: /admin/\n"
POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c636060606000000005000183d5dd3b0000000049454e44ae426082"
)
"""A picture of one transparent point: every picture of the counties."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"

_SLOT = re.compile(r"\{\{(>?)(\w+)\}\}")
_WAYS = {"diqing": "channel", "vsb": "plain", "yanbo": "frames"}
"""How each county's home page leads to its news, by its system (home.py)."""
_CALL = "/system/resource/code/news/click/dynclicks.jsp"


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answers: status, body, Content-Type and further headers."""

    status: int
    body: bytes
    content_type: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()


def page(host: str, path: str, day: int = 1) -> Response:
    """What stands at `path` (with its query) of `host` on the counties' day 1 or 2."""
    county = by_host(host)
    if county is None:
        return Response(404, b"no such host", "text/plain")
    if path == "/robots.txt":
        return Response(200, ROBOTS, "text/plain")
    if (front := home_page(_home(county), path)) is not None:
        return _html(county, front)
    if (listed := _find_list(county, path)) is not None:
        return _html(county, _list(county, *listed))
    if (story := next((s for s in county.stories if s.path == path), None)) is not None:
        return _story(county, story, day)
    if urlsplit(path).path == _CALL and county.cms == "vsb":
        return _counter(county, path, day)
    if re.search(r"\.(?:jpg|png)$", path):
        return Response(200, POINT, "image/png")
    if re.search(r"e=\.pdf$|download\.jsp", path):
        return Response(200, PDF, "application/pdf")
    return _html(county, fill(county, "missing"), 404)


def _home(county: County) -> Home:
    columns = tuple(
        (c.name, c.path, [Head(s.title, s.url or s.path, s.time[:10]) for s in county.rows(c)]) for c in county.columns
    )
    charset = CMS[county.cms].charset
    return Home(county.name, county.full_name, charset, county.site_code, county.icp, columns, _WAYS[county.cms])


def fill(county: County, name: str, **values: str) -> str:
    """A template of the county's system, filled: `{{name}}` is a value, `{{>name}}` another template. All values are markup."""
    site = {k: str(getattr(county, k)) for k in ("name", "full_name", "host", "site_code", "icp", "owner")} | values

    def put(match: re.Match[str]) -> str:
        return fill(county, match[2], **values) if match[1] else site[match[2]]

    return _SLOT.sub(put, _template(f"{county.cms}/{name}"))


@cache
def _template(name: str) -> str:
    return (HERE / "templates" / f"{name}.html").read_text("utf-8")


def _html(county: County, text: str, status: int = 200) -> Response:
    cms = CMS[county.cms]
    return Response(status, text.encode(cms.charset), cms.content_type)


def list_paths(county: County, column: ListColumn) -> list[str]:
    """The paths of a column's pages, first to last."""
    pages = -(-len(county.rows(column)) // column.rows)
    return [CMS[county.cms].list_path(column.path, n, pages) for n in range(1, pages + 1)]


def _find_list(county: County, path: str) -> tuple[ListColumn, int] | None:
    """Column and page number of a list's path, or null."""
    for column in county.columns:
        paths = list_paths(county, column)
        if path in paths:
            return column, paths.index(path) + 1
    return None


def _list(county: County, column: ListColumn, here: int) -> str:
    cms, rows, paths = CMS[county.cms], county.rows(column), list_paths(county, column)
    shown = rows[(here - 1) * column.rows : here * column.rows]
    markup = "\n".join(_row(cms, story, n) for n, story in enumerate(shown))
    pager = cms.pager(Pager(here, len(paths), len(rows), lambda n: paths[n - 1]))
    return fill(county, "list", column=column.name, rows=markup, pager=pager)


def _row(cms: Cms, story: Story, n: int) -> str:
    shown = story.title if len(story.title) <= cms.cut else story.title[: cms.cut - 1] + "…"
    form = cms.pinned if story.pinned else cms.row
    return form.format(
        n=n,
        href=escape(story.url or story.path),
        title=escape(story.title),
        shown=escape(shown),
        date=cms.date(story.time),
    )


def _story(county: County, story: Story, day: int) -> Response:
    current = story.on(day)
    if current is None:
        return _html(county, fill(county, "missing"), 404)
    if current.kind == "soft_404":
        return _html(county, fill(county, "missing"))
    if current.kind == "challenge":
        return challenge()
    return _html(county, _article(county, current))


def challenge(status: int = 200) -> Response:
    """A firewall's check in place of a page."""
    return Response(status, _template("challenge").encode(), "text/html", (("Set-Cookie", "__jsluid_s=0; Path=/"),))


def wall() -> Response:
    """A firewall's refusal."""
    return Response(403, _template("wall").encode(), "text/html; charset=utf-8")


def _article(county: County, story: Story) -> str:
    cms = CMS[county.cms]
    column = next(c for c in county.columns if c.name in (story.columns or (county.columns[0].name,)))
    return fill(
        county,
        "article",
        title=escape(story.title),
        time=story.time,
        minute=story.time[:16],
        source=escape(story.source),
        views="" if story.views is None else str(story.views),
        header=story.header.replace("{views}", f"{story.views or 0:,}"),
        column=column.name,
        column_path=column.path,
        number=_number(story),
        body=body_markup(cms, (b for b in story.blocks if b.kind != "file")),
        files=body_markup(cms, (b for b in story.blocks if b.kind == "file")),
    )


def _number(story: Story) -> str:
    """VSB's number of the article: the N of /info/T/N.htm."""
    match = re.search(r"(\d+)\.htm$", story.path)
    return match[1] if match else ""


def body_markup(cms: Cms, blocks: Iterable[Block]) -> str:
    """A body in the system's own markup; neighbouring rows become one table. A PDF's address stands in a script, unescaped."""
    out = []
    for kind, group in groupby(blocks, key=lambda b: b.kind):
        if kind == "row":
            rows = [_table_row(cms, block) for block in group]
            out.append(cms.blocks["table"].format("\n".join(rows)))
        else:
            out += [cms.blocks[kind].format(*(b.cells if kind == "pdf" else map(escape, b.cells))) for b in group]
    return "\n".join(out)


def _table_row(cms: Cms, block: Block) -> str:
    return cms.blocks["tr"].format("".join(cms.blocks["td"].format(escape(cell)) for cell in block.cells))


def _counter(county: County, path: str, day: int) -> Response:
    """VSB's read call: the number with blanks around it; what nobody knows has been read 0 times."""
    asked = parse_qs(urlsplit(path).query).get("clickid", [""])[0]
    stories = (s.on(day) or s for s in county.stories if _number(s) == asked)
    views = next((s.views for s in stories), 0)
    return Response(200, f"\r\n{views}\r\n".encode(), "text/html;charset=UTF-8")
