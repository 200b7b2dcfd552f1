"""The three steps of a page: find candidates, settle values, make the unit that is stored.

The crawl's pipelines are thin shells over these functions; imports and re-extraction call them in a row.
May import: archive, families, extraction, model.
"""

from __future__ import annotations

import re

from govnews import extraction
from govnews.archive import Archive, Observation, Sighting, Unit, Writer
from govnews.archive.pages import digest
from govnews.extraction import host_of, key_of, uid, url_key, with_years
from govnews.extraction.numbered import number_of
from govnews.families import by_name
from govnews.ingest.answers import is_a_file
from govnews.ingest.extractor import extractor_version
from govnews.ingest.reach import list_read
from govnews.model import CounterCall, Findings, Issue, ListRequest, Page, Site, Task
from govnews.text.decode import decode

MISSING = frozenset({"gone", "soft_404"})
"""Response classes that say an article is not there. Blocked, throttled and unreachable never do."""
REPLY_ROWS = 3
"""Dated rows from which a saved page that shows none is believed to be a list."""
_REPLY = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:[\[{]|<\?xml|<datastore)|.{0,200000}?<record>", re.DOTALL | re.IGNORECASE
)
_KIND_CLASS = {"challenge": "blocked", "not_found": "soft_404", "shell": "shell"}


def find(page: Page, site: Site | None = None) -> None:
    """Step one: candidates of an article page, rows of a list page, into the page. Counters have nothing to find."""
    if page.task is not None and page.task.kind == "counter":
        return
    if page.task is None and page.body and is_a_file(page):
        page.findings = Findings(url=page.url, fetched_at=page.fetched_at, kind="attachment")
        return
    if not page.body or page.response_class not in ("ok", "gone", "forbidden", "server_error", "throttled", "blocked"):
        return
    page.findings = extraction.find(page, site)
    if page.task is None and page.findings.kind == "list" and page.url and page.listing is None:
        page.listing = extraction.read_list(page, site)
    elif (
        page.task is None
        and page.findings.kind in ("other", "shell", "challenge")
        and page.url
        and page.listing is None
    ):
        _saved_reply(page, page.findings, site)


def _saved_reply(page: Page, findings: Findings, site: Site | None) -> None:
    """A page that was saved without a word of what it is: the answer of a list's endpoint, or a list whose rows a script shows, is a
    list too, though it shows a reader nothing."""
    if findings.kind == "other" and _REPLY.match(page.body) is None:
        return  # rows beside something else; no wall and no shell has any
    rows = extraction.read_list(page, site)
    asks = isinstance(rows.next_page, ListRequest)  # of an endpoint, for more of them
    if sum(item.date is not None for item in rows.items) >= (1 if asks else REPLY_ROWS):
        findings.kind, page.listing = "list", rows


def settle(page: Page) -> None:
    """Step two: values from candidates, into the page; the response's class by what the page turned out to be."""
    if page.findings is None:
        return
    page.reading = extraction.settle(page.findings)
    kind = page.reading.article.kind
    if (
        page.response_class == "ok"
        and kind in _KIND_CLASS
        and not (page.task and page.task.kind == "list" and page.listing and page.listing.is_list)
    ):
        page.response_class = _KIND_CLASS[kind]
    if page.response_class == "ok" and kind in ("list", "other") and _led_elsewhere(page):
        page.response_class = "soft_404"


def _led_elsewhere(page: Page) -> bool:
    """Whether an article was asked for and another address answered."""
    if page.task is None or page.task.kind != "article" or not page.url or not page.requested_url:
        return False
    return url_key(page.url) != url_key(page.requested_url)


def make_unit(page: Page, site: Site | None = None, *, counters: str = "safe") -> Unit:
    """Step three: everything the page gives. counters: `safe` (those that do not rise when asked), `all` or `none`."""
    key = _key(page, site)
    unit = Unit(page, key, uid(key), extractor_version(site), task=page.task, tasks=page.requests)
    reading = page.reading
    issues: list[Issue] = []
    if reading is not None:
        unit.family, unit.kind = reading.family, reading.article.kind
        unit.declared_charset, unit.used_charset = reading.declared_charset, reading.used_charset
    if page.task is not None and page.task.kind == "counter":
        _counter(page, unit, issues)
    elif page.task is not None and page.task.kind == "list":
        unit.kind = "list" if page.listing and page.listing.is_list else unit.kind
        _list_issues(page, unit.family, site, issues)
        unit.list_read = list_read(page, site, ended=any(i.code == "list_ended" for i in issues))
    else:
        _article(page, unit, site, issues, counters)
    unit.sightings = _sightings(page, unit, site)
    unit.issues = tuple(issues)
    return unit


def _key(page: Page, site: Site | None) -> str:
    """The final address if the page came and it is on the site's hosts, else the requested one."""
    final, asked = page.url, page.requested_url
    if asked and (not final or page.response_class not in ("ok", "not_modified") or not _is_ours(final, site)):
        return url_key(asked)
    return key_of(final or asked, page.body)


def _is_ours(url: str, site: Site | None) -> bool:
    """Whether an address is on the site's hosts; all are, when none are named."""
    return not site or not site.hosts or host_of(url) in {h.removeprefix("www.") for h in site.hosts}


def _may_be_asked(call: CounterCall, site: Site | None, counters: str) -> bool:
    """Counters elsewhere are asked only when the site names that host, those that rise only with `all`."""
    return counters != "none" and (counters == "all" or not call.raises) and _is_ours(call.url, site)


def _article(page: Page, unit: Unit, site: Site | None, issues: list[Issue], counters: str) -> None:
    reading = page.reading
    failed = page.response_class not in ("ok", "not_modified")
    if reading is not None and reading.article.kind == "article" and not failed:
        unit.article = reading.article
        issues += reading.issues
        call = reading.counter
        if call is not None and page.task is not None and _may_be_asked(call, site, counters):
            unit.tasks = (*unit.tasks, _counter_task(page, unit, call.url, call.family))
        return
    if page.response_class in MISSING:
        unit.missing = page.response_class
    if failed:
        code = "blocked" if page.response_class == "blocked" else "fetch_failed"
        wall = next((i.detail for i in reading.issues if i.code == "blocked"), "") if reading else ""
        if page.response_class == "redirect":
            return  # what it leads to is a page of its own
        if page.response_class not in ("robots", "off_site"):
            issues.append(Issue(code, wall or page.error or page.response_class))
        else:
            issues.append(Issue("robots_denied" if page.response_class == "robots" else "left_site"))
    elif reading is not None:
        issues += [i for i in reading.issues if i.code == "extract_failed"]
        if page.task is not None or reading.article.kind not in ("list", "attachment"):
            issues.append(Issue("not_an_article", reading.article.kind))


def _counter_task(page: Page, unit: Unit, url: str, reader: str) -> Task:
    headers = (("Referer", page.url),) if page.url else ()
    return Task("counter", url, page.site, headers=headers, uid=unit.uid, reader=reader, priority=-1)


def _counter(page: Page, unit: Unit, issues: list[Issue]) -> None:
    """A counter's reply is a capture and an observation; what cannot be read is an issue, never a zero."""
    task = page.task
    assert task is not None
    unit.kind = "other"
    read = by_name(task.reader or "").read_counter
    value = read(decode(page.body[:10_000]).text) if read and page.response_class == "ok" else None
    if value is None or not task.uid:
        issues.append(Issue("counter_unread", page.error or page.body[:80].decode("utf-8", "replace")))
    else:
        unit.observations = (Observation(task.uid, value, task.reader or ""),)


def _list_issues(page: Page, family: str | None, site: Site | None, issues: list[Issue]) -> None:
    if page.response_class in MISSING and _is_numbered(page, site):
        issues.append(Issue("list_ended"))
    elif page.response_class != "ok":
        issues.append(Issue("list_failed", page.error or page.response_class))
    elif not page.listing or not page.listing.is_list:
        issues.append(Issue("list_ended" if _is_end(page, family) else "list_empty"))


def _is_numbered(page: Page, site: Site | None) -> bool:
    """Whether nothing named this further page but its number: that it is not there is how the list ends."""
    task = page.task
    if task is None or task.page_number < 2 or site is None:
        return False
    return any(number_of(column, task.url) is not None for column in site.columns)


def _is_end(page: Page, family: str | None) -> bool:
    """Whether a page without rows is how lists of its family end: a further reply of an endpoint, not a whole page."""
    further = page.task is not None and page.task.page_number > 1
    return further and by_name(family or "").open_ended and b"<html" not in page.body[:2000].lower()


def _sightings(page: Page, unit: Unit, site: Site | None) -> tuple[Sighting, ...]:
    """The rows of a list; for an article, the other address under which it was asked."""
    hosts = {h.removeprefix("www.") for h in site.hosts} if site else set()
    out = []
    if page.listing is not None and page.url:
        column = page.task.column if page.task and page.task.column else page.url
        days = with_years(page.listing.items, page.fetched_at, page.newest)
        for item, (day, inferred) in zip(page.listing.items, days, strict=True):
            key = url_key(item.url)
            own = not hosts or host_of(item.url) in hosts
            out.append(Sighting(column, item.url, key, uid(key) if own else None, item.title, item.date, day, inferred))
    asked = page.requested_url
    if unit.article is not None and asked and url_key(asked) != unit.key:
        out.append(Sighting(page.task.column or "" if page.task else "", asked, url_key(asked), unit.uid))
    return tuple(out)


class Ingest:
    """The three steps in a row, into an archive: for imports. Use as a context manager, or call flush at the end."""

    def __init__(self, archive: Archive, run: int | None = None) -> None:
        self.writer = Writer(archive, run)

    def add(self, page: Page, site: Site | None = None) -> Unit:
        """Reads a page and hands it to the writer; the unit's outcome stands after the next commit."""
        find(page, site)
        settle(page)
        unit = make_unit(page, site, counters="none")
        self.writer.add(unit)
        return unit

    def stored(self, page: Page, site: Site | None = None) -> str | None:
        """The kind of the page if this very capture is in the archive already ("" when it was not read), else null: an
        import that goes on where it was stopped need not read its pages again."""
        row = self.writer.connection.execute(
            "SELECT kind FROM captures WHERE url_key = ? AND fetched_at = ? AND sha256 = ?",
            (_key(page, site), page.fetched_at, digest(page.body) if page.body else ""),
        ).fetchone()
        return None if row is None else row[0] or ""

    def flush(self) -> None:
        """Commits what waits."""
        self.writer.flush()

    def __enter__(self) -> Ingest:
        return self

    def __exit__(self, *_: object) -> None:
        self.writer.close()
