"""A page to its findings, in one pass from top to bottom: decode, lines, kind, candidates. settle.py makes the article.

May import: model, text, families, its neighbours in this room. Pure: no clock, no files, no network; never raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import TypeVar
from urllib.parse import urljoin

from lxml.etree import _Element

from govnews.extraction import fields, metas
from govnews.extraction.body import Body, body_text, find_body
from govnews.extraction.counter_scripts import has_counter
from govnews.extraction.document import Document, Image, Link, from_plain
from govnews.extraction.family_of import family_of
from govnews.extraction.header import scan, table_titles
from govnews.extraction.headline import Headline, column_names, crumb_lines, find_headline, page_titles
from govnews.extraction.info import Info
from govnews.extraction.kind import Evidence, classify, wall_make
from govnews.extraction.layout import layout_of, select
from govnews.extraction.learning import Seen, layout_at, learned_spot
from govnews.extraction.lines import from_bytes, from_tree
from govnews.extraction.markup import is_markup, parse_bytes
from govnews.extraction.no_article import leads, stamps
from govnews.extraction.region import Region, dated_lines, dated_rows, region
from govnews.extraction.settle import settle
from govnews.families import Family, by_name
from govnews.model import Article, Findings, Found, Issue, LearnedLayout, Page, Reading, Site
from govnews.text.dates import read_time
from govnews.text.decode import Decoded, decode
from govnews.text.folding import bare

LONGEST = 8 * 2**20
"""Bytes (or characters) of a page that are read; a longer one is cut and flagged `truncated_for_reading`."""

_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|zip|rar|7z|ofd|ceb|mp3|mp4|wmv|flv|avi|txt|csv)(?:$|[?#])", re.IGNORECASE
)
_DOWNLOAD = re.compile(r"downloadattach|downfile\.jsp|/download\.jsp|attachment/download|/file/download", re.IGNORECASE)
_VSB_PDF = re.compile(r"""showVsbpdfIframe\(\s*["']([^"']+)["']""")
_Placed = TypeVar("_Placed", Image, Link)
_ICONS = (
    "icon_", "icon/", "/ico", "fileicon", "filetype", "dotted", "blank.gif", "spacer", "qrcode", "ewm", "weixin", "logo", "share",
    "print", "close",
)  # fmt: skip
"""In addresses of pictures that are no part of an article. Plain pieces one by one: a pattern of them is tried at every character."""


def extract(
    page: bytes | str,
    *,
    url: str | None = None,
    headers: dict[str, str] | None = None,
    fetched_at: str | None = None,
    site: Site | None = None,
) -> Article:
    """The article on a page, or what the page is instead (`kind`). Pure, and never raises, whatever the input.

    page: bytes (decoded here, whatever charset they claim) or text. url: makes links absolute and speaks for the family.
    headers: as received, any case. fetched_at: UTC, ISO 8601; relative and future dates are judged against it.
    site: its family and layouts, if known.
    """
    body = page if isinstance(page, bytes) else page.encode("utf-8", "surrogatepass")
    lowered = {k.lower(): v for k, v in (headers or {}).items()}
    return read_page(Page(url, body, fetched_at or "", headers=lowered), site).article


def read_page(page: Page, site: Site | None = None) -> Reading:
    """find and settle in a row: everything a page says."""
    return settle(find(page, site))


def find(page: Page, site: Site | None = None, seen: list[Seen] | None = None) -> Findings:
    """What a page offers before anything is chosen. Pure; never raises: a fault of ours is an issue `extract_failed`.

    seen: where an article of no known family is noted as it was read, for those who learn the site's layout from it."""
    findings = Findings(url=page.url, fetched_at=page.fetched_at or None)
    try:
        _find(page, site, findings, seen)
    except Exception as error:  # noqa: BLE001 - the bytes are kept and can be read again by a better version
        findings.kind = "other"
        findings.issues.append(Issue("extract_failed", f"{type(error).__name__}: {error}"))
    return findings


def _find(page: Page, site: Site | None, findings: Findings, seen: list[Seen] | None) -> None:
    source = _decoded(page, findings)
    if _is_file(page.body):
        findings.kind = "attachment"
        return
    markup = is_markup(source.text)
    known = family_of(source.lowered if markup else "", page.url if markup else None, site, page.fetched_at)
    family = by_name(known)
    findings.family = family.name
    stated: dict[str, list[Found]] = {}
    root = None
    if markup and (layout := layout_of(site, page.fetched_at)) is not None:
        root = parse_bytes(source.utf8)
        stated, issues = select(root, layout)
        findings.issues += issues
    document = _document(source, root) if markup else from_plain(source.text)
    learned = layout_at(site, page.fetched_at) if markup and family.name == "generic" else None
    infos, headline = _read(page, family, source, stated, document, findings, learned)
    if seen is not None and markup and headline and findings.kind == "article" and family.name == "generic":
        seen.append(Seen(document, infos, headline, page.fetched_at))
    if findings.kind not in ("article", "list") and sum(len(l.text) for l in document.hidden) > 200:
        shown = _document(source, root, hidden=True)
        again = Findings(url=page.url, fetched_at=findings.fetched_at, family=family.name)
        _read(page, family, source, stated, shown, again)
        if again.kind == "article":
            for name in (
                "kind",
                "candidates",
                "body",
                "body_via",
                "images",
                "attachments",
                "counter",
                "counter_script",
            ):
                setattr(findings, name, getattr(again, name))


def _document(source: Decoded, root: _Element | None, *, hidden: bool = False) -> Document:
    """The lines of a page with markup. root: its tree, when a site's selectors have asked for one."""
    if root is None:
        return from_bytes(source.utf8, source.lowered, hidden=hidden)
    return from_tree(root, hidden=hidden)


def _decoded(page: Page, findings: Findings) -> Decoded:
    body = page.body
    if len(body) > LONGEST:
        body = body[:LONGEST]
        findings.flags.append("truncated_for_reading")
    decoded = decode(body, page.headers.get("content-type"))
    findings.declared_charset, findings.used_charset = decoded.declared, decoded.charset
    findings.charset_repaired = decoded.repaired
    if decoded.repaired:
        findings.flags.append("charset_repaired")
    return decoded


_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"RIFF",
    b"ID3",
)


def _is_file(body: bytes) -> bool:
    """Whether the bytes are a document, picture or archive and not a page."""
    return body.startswith(_MAGIC) or (b"\x00\x00\x00" in body[:512] and b"<" not in body[:512])


def _read(
    page: Page,
    family: Family,
    source: Decoded,
    own: dict[str, list[Found]],
    document: Document,
    findings: Findings,
    learned: LearnedLayout | None = None,
) -> tuple[dict[int, Info], Headline | None]:
    """Fills the findings from a document; gives what stands where on it. own: what the site file's selectors gave. learned: the layout
    of the site's pages at that time."""
    if document.too_deep:
        findings.flags.append("too_deep")
    html = source.text
    scripts = metas.script_values(document.scripts, family)
    marked = metas.marked_values(html, source.lowered, family) if not document.plain else {}
    marked = {name: [*own.get(name, []), *marked.get(name, [])] for name in {*own, *marked}}
    title_metas = metas.meta_values(document, metas.TITLE_NAMES)
    infos = scan(document)
    crumbs = crumb_lines(document)
    columns = column_names(document, crumbs)
    stated = [f.value for f in [*marked.get("title", []), *title_metas, *scripts.get("title", [])]]
    headline = find_headline(document, infos, stated, table_titles(infos), crumbs, columns)
    place = learned_spot(document, infos, headline, learned) if learned else None
    body = find_body(document, infos, headline, family.containers, place)
    where = region(document, infos, headline, body)
    _media(page.url, html, document, body, headline, findings)
    _candidates(document, infos, headline, body, where, columns, title_metas, scripts, marked, findings)
    findings.body, findings.body_via = body_text(document, body), body.via
    if family.counter:
        findings.counter = family.counter(html, page.url or "")
    findings.counter_script = findings.counter is not None or (
        bool(findings.candidates["view_count"]) and has_counter(source.lowered, document.scripts)
    )
    evidence = _evidence(document, infos, headline, body, where, title_metas, findings)
    findings.kind = classify(html, document, evidence, page.status)
    if findings.kind == "challenge":
        findings.issues.append(Issue("blocked", wall_make(html) or f"status {page.status}"))
    return infos, headline


def _candidates(
    document: Document,
    infos: dict[int, Info],
    headline: Headline | None,
    body: Body,
    where: Region,
    columns: set[str],
    title_metas: list[Found],
    scripts: dict[str, list[Found]],
    marked: dict[str, list[Found]],
    findings: Findings,
) -> None:
    """Every field's candidates, best first."""
    printed_title = [Found(headline.text, f"headline:{'+'.join(headline.reasons)}")] if headline else []
    table_title = [f for f in fields.labelled(where.table, "title", prefix="table") if len(bare(f.value)) >= 6]
    out = findings.candidates
    out["title"] = [
        *marked.get("title", []),
        *printed_title,
        *table_title,
        *title_metas,
        *scripts.get("title", []),
        *(Found(title, "title-tag") for title in page_titles(document, columns)),
    ]
    out["publish_time"] = [
        *marked.get("publish_time", []),
        *fields.times(where),
        *fields.tail_header(infos, body, "publish_time"),
        *metas.meta_times(document),
        *scripts.get("publish_time", []),
    ]
    source_metas = metas.meta_values(document, metas.SOURCE_NAMES)
    out["source"] = [
        *marked.get("source", []),
        *fields.sources(document, where, infos, body),
        *scripts.get("source", []),
        *source_metas,
    ]
    out["view_count"] = [*marked.get("view_count", []), *fields.counts(document, where)]
    out["view_count"] += fields.tail_header(infos, body, "view_count")
    out["author"] = [*fields.persons(document, where, body, "author"), *fields.tail_labels(infos, body, "author")]
    out["author"] += metas.meta_values(document, metas.AUTHOR_NAMES)
    out["editor"] = [*fields.persons(document, where, body, "editor"), *fields.tail_labels(infos, body, "editor")]
    out["section"] = fields.sections(document, headline, metas.meta_values(document, metas.SECTION_NAMES))
    every = [*where.table, *where.header]
    for name in ("issuer", "document_number", "index_number", "keywords"):
        out[name] = [f for f in fields.labelled(every, name, prefix="label") if f.value]
    out["keywords"] += metas.meta_values(document, metas.KEYWORDS_NAMES)


def _evidence(
    document: Document,
    infos: dict[int, Info],
    headline: Headline | None,
    body: Body,
    where: Region,
    title_metas: list[Found],
    findings: Findings,
) -> Evidence:
    """What speaks for an article, for classify()."""
    near = [f for f in findings.candidates["publish_time"] if not f.via.startswith("document:")]
    stated = any(f.via == "meta:articletitle" for f in title_metas)
    timed = (f for f in near if read_time(f.value) or read_time(f.value[:20]))
    first = next(timed, None)  # the others are read only when it is a meta
    named = ("publish_time", "source", "view_count")
    labels = sum(label.field in named for i in [*where.header, *where.below, *where.table] for label in i.labels)
    media = len(findings.images) + len(findings.attachments) + findings.players
    dated = dated_lines(document, infos)
    agreed = headline is not None and "title agrees" in headline.reasons
    end = body.numbers[-1] if body.numbers else headline.last if headline else 0
    return Evidence(
        rows=dated_rows(document, infos, body),
        dated=len(dated),
        led=leads(document, body.numbers),
        stamped=stamps(document, body.numbers),
        among=sum(headline.last < n <= end for n in dated) if headline else len(dated),
        signed=any(n in infos and infos[n].bare_time for n in body.numbers[-2:]),
        title=bool(findings.candidates["title"]) and (headline is not None or stated or bool(where.table)),
        stated_title=stated,
        agreed=agreed,
        headed=headline is not None and "above the header" in headline.reasons,
        own=agreed or (headline is not None and document.lines[headline.first].linked < len(headline.text) / 2),
        time=first is not None and (stated or any(not f.via.startswith("meta:") for f in chain((first,), timed))),
        labels=labels,
        body=len(bare(findings.body)),
        media=media,
        container=body.via not in ("", "density"),
        placed=body.learned,
        detail=first is None and headline is not None and fields.says_detail(document, headline),
    )


def _media(
    url: str | None, html: str, document: Document, body: Body, headline: Headline | None, findings: Findings
) -> None:
    """Images and attachments of the article: inside its container, or beside its lines."""
    first, last, loose = 1, 0, False
    if body.numbers:
        first, last, loose = body.numbers[0], body.numbers[-1] + 1, True
    elif headline is not None:
        first, last = headline.last + 1, headline.last + 12
    held = (1, 0)
    if body.block is not None and body.via != "density":
        held = (body.block, document.blocks[body.block].end)

    def ours(placed: Sequence[_Placed], slack: int) -> list[_Placed]:
        """Those in the container or at most so many lines beside the text: a page has hundreds of links, and few are asked more."""
        above, below = (first - slack, last + slack) if loose else (first, last)
        return [p for p in placed if held[0] <= p.block <= held[1] or above <= p.line <= below]

    def absolute(address: str) -> str:
        try:
            return urljoin(url, address) if url else address
        except ValueError:
            return address

    images = [
        {"url": absolute(i.src), "text": i.alt}
        for i in ours(document.images, 0)
        if not i.src.startswith("data:") and not _is_icon(i.src.lower())
    ]
    files = [l for l in ours(document.links, 4) if _is_attachment(l)]
    frames = ours(document.frames, 1)
    files += [f for f in frames if _FILE.search(f.href) or "video" in f.href or "pdf" in f.href.lower()]
    pdfs = [Link(m, [], 0, 0) for m in _VSB_PDF.findall(html)] if "showVsbpdfIframe" in html else []
    findings.players = len(frames)
    findings.images = tuple({i["url"]: i for i in images}.values())
    findings.attachments = tuple(
        {f.href: {"url": absolute(f.href), "text": f.text or f.title} for f in [*files, *pdfs]}.values()
    )


def _is_icon(address: str) -> bool:
    return any(piece in address for piece in _ICONS)


def _is_attachment(link: Link) -> bool:
    if link.href.lower().startswith("javascript:"):
        return bool(_FILE.search(link.text.split("(")[0].strip()))
    return bool(_FILE.search(link.href) or _DOWNLOAD.search(link.href) or _FILE.search(link.text.strip()))
