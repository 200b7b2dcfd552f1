"""Candidates to values: choose, normalise, validate; null beats a guess (DESIGN §5, "Rules where sources disagree").

Every candidate leaves with a verdict (`chosen`, `empty`, `placeholder`, `not a date` …): that is what --explain shows.

May import: model, text, its neighbours in this room.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from govnews.extraction.metas import is_placeholder
from govnews.model import Article, Findings, Found, Issue, Reading
from govnews.text import private
from govnews.text.counts import read_count
from govnews.text.dates import Moment, find_times, is_impossible, read_time, url_date
from govnews.text.folding import bare, fold, join_han, squeeze
from govnews.text.moments import CHINA
from govnews.text.sources import is_organisation, read_persons, read_source

SAMPLE = timedelta(days=31)
"""A printed time this much older than the table's 发布日期 is a line left over from the template (article-headers.md §2.4)."""

DRIFT = timedelta(days=1)
"""An address that carries a day is made when the article is entered: late in the evening, or for the next morning."""
_MACHINE = ("meta:", "script:", "hidden:")
_ORDINARY = ("label:时间", "label:日期", "near-title")
"""Forms in which a template's sample line was seen; 发布日期 itself is never doubted."""

_CONTROLS = re.compile(
    r"(?<=[\d次])[\s\[【(|\]】)]*(?:打印|关闭|收藏|分享|字[体号]|大\s*中\s*小|返回|复制|下载|保存|纠错|朗读|听|评论|点赞|我要|扫).*$",
    re.DOTALL,
)
"""Controls of the next elements, glued to a count (`208打印关闭`)."""


class _Choice:
    """The candidates of one field while they are judged."""

    def __init__(self, findings: Findings, field: str) -> None:
        self.candidates = findings.candidates.get(field, [])
        self.out: list[Found] = []

    def judge(self, found: Found, verdict: str) -> None:
        found.verdict = verdict
        self.out.append(found)

    def store(self, findings: Findings, field: str) -> None:
        findings.candidates[field] = self.out


def settle(findings: Findings) -> Reading:
    """The article and what is doubtful about it. Pure; the findings' candidates get their verdicts."""
    values: dict[str, object] = {}
    via: dict[str, str] = {}
    flags: list[str] = list(findings.flags)
    if findings.kind == "article":
        _title(findings, values, via)
        _time(findings, values, via, flags)
        _source(findings, values, via)
        _count(findings, values, via, flags)
        _persons(findings, values, via, flags)
        for field in ("section", "issuer", "document_number", "index_number", "keywords"):
            _plain(findings, field, values, via)
        values |= {"body": findings.body, "images": findings.images, "attachments": findings.attachments}
        if findings.body_via:
            via["body"] = findings.body_via
        title = str(values.get("title") or "")
        flags += sorted(private.counted(f"{title}\n{findings.body}", title))
    else:
        _title(findings, values, via)
    article = Article(kind=findings.kind, flags=tuple(dict.fromkeys(flags)), via=via, **values)  # type: ignore[arg-type]
    issues = [*findings.issues, *_doubts(article)]
    return Reading(
        article,
        findings.family,
        tuple(issues),
        findings.counter,
        findings.candidates,
        findings.declared_charset,
        findings.used_charset,
    )


def _doubts(article: Article) -> list[Issue]:
    if article.kind != "article":
        return []
    out = []
    if article.title is None:
        out.append(Issue("no_title"))
    if article.publish_time is None:
        out.append(Issue("no_publish_time"))
    if not article.body:
        out.append(Issue("empty_body"))
    if "charset_repaired" in article.flags:
        out.append(Issue("charset_repaired"))
    return out


def _title(findings: Findings, values: dict[str, object], via: dict[str, str]) -> None:
    choice = _Choice(findings, "title")
    for found in choice.candidates:
        text = squeeze(found.value).strip()
        if "title" in values:
            choice.judge(found, "agrees" if bare(text) == bare(str(values["title"])) else "not needed")
        elif not bare(text) or is_placeholder(text):
            choice.judge(found, "placeholder")
        elif text.endswith(("…", "...")) and _is_cut(text, choice.candidates):
            choice.judge(found, "cut off; a fuller one is there")
        else:
            values |= {"title": join_han(text) if "\n" in found.value else text, "title_raw": found.value}
            via["title"] = found.via
            choice.judge(found, "chosen")
    choice.store(findings, "title")


def _is_cut(text: str, candidates: list[Found]) -> bool:
    """Whether another candidate goes on where this one breaks off with dots."""
    key = bare(text)
    stem = key.rstrip(".…")
    return any(
        b.startswith(stem) and not b.startswith(key) and len(b) > len(stem) for o in candidates if (b := bare(o.value))
    )


def _latest(findings: Findings) -> datetime | None:
    """The latest believable publish time: a day after the fetch."""
    if not findings.fetched_at:
        return None
    try:
        return datetime.fromisoformat(findings.fetched_at).astimezone(CHINA) + timedelta(days=1)
    except ValueError:
        return None


def _read_printed(found: Found, fetched_at: str | None) -> Moment | None:
    """A moment from a printed value that may have controls or the next field behind it."""
    text = fold(found.value)
    times = find_times(text)
    if times and times[0][0] <= 3:
        return times[0][2]
    return read_time(text, fetched_at) or read_time(text.split(" ")[0], fetched_at)


def _time(findings: Findings, values: dict[str, object], via: dict[str, str], flags: list[str]) -> None:
    choice = _Choice(findings, "publish_time")
    latest = _latest(findings)
    read: list[tuple[Found, Moment]] = []
    impossible = False
    for found in choice.candidates:
        moment = _read_printed(found, findings.fetched_at)
        if moment is None:
            impossible = impossible or is_impossible(found.value)
            choice.judge(found, "empty" if not found.value.strip() else "not a date")
        elif latest and moment.at > latest:
            flags.append("future")
            choice.judge(found, "later than the fetch")
        else:
            read.append((found, moment))
    printed = [r for r in read if not r[0].via.startswith(_MACHINE)]
    machine = [r for r in read if r[0].via.startswith(_MACHINE)]
    chosen = _without_sample(printed, flags, findings.samples) or (machine[0] if machine else None)
    if chosen is None:
        if impossible:
            flags.append("impossible_date")
        choice.store(findings, "publish_time")
        return
    found, moment = chosen
    finer = next((r for r in [*printed, *machine] if r[1].refines(moment) and "filler_noon" not in r[1].flags), None)
    for other in read:
        if other is chosen:
            choice.judge(other[0], "chosen" + (f", refined by {finer[0].via}" if finer else ""))
        elif other is finer:
            choice.judge(other[0], "finer and equal: gives the clock")
        elif other[1].day == moment.day:
            choice.judge(other[0], "agrees")
        else:
            choice.judge(other[0], "disagrees: the printed value rules")
            if other[0].line not in findings.samples and not other[0].via.startswith(("document:", "table:")):
                flags.append("dates_disagree")
    flags.extend(moment.flags)
    if found.via.startswith("document:"):
        flags.append("document_date")
    best = finer[1] if finer else moment
    in_url = url_date(findings.url or "")
    if in_url and abs(date.fromisoformat(in_url) - date.fromisoformat(best.day)) > DRIFT:
        flags.append("url_date_differs")
    values |= {
        "publish_time": best.iso,
        "publish_time_precision": best.precision,
        "publish_date": best.day,
        "publish_time_raw": found.value,
    }
    via["publish_time"] = found.via + (f"+{finer[0].via}" if finer else "")
    choice.store(findings, "publish_time")


def _without_sample(
    printed: list[tuple[Found, Moment]], flags: list[str], samples: set[int]
) -> tuple[Found, Moment] | None:
    """The first printed time, unless it is much older than the page's own 发布日期: then it is left over from the template, and
    what else stands on its line is too (article-headers.md §2.4)."""
    if not printed:
        return None
    newest = max(
        (moment.at for found, moment in printed if found.via.partition(":")[2].startswith("发布")),
        default=printed[0][1].at,
    )
    old = [r for r in printed if r[0].via.startswith(_ORDINARY) and newest - r[1].at > SAMPLE]
    if old:
        flags.append("template_sample")
        samples.update(found.line for found, _ in old)
    return next((r for r in printed if r not in old), None)


def _source(findings: Findings, values: dict[str, object], via: dict[str, str]) -> None:
    choice = _Choice(findings, "source")
    title = bare(str(values.get("title") or ""))
    empty_label = False
    for found in choice.candidates:
        source = read_source(found.value)
        if "source" in values:
            choice.judge(found, "agrees" if source == values["source"] else "not needed")
        elif source is None:
            empty_label = empty_label or found.via.startswith(("label:", "below:"))
            choice.judge(found, "empty" if not found.value.strip() else "no source name")
        elif bare(source) == title:
            choice.judge(found, "repeats the title")
        elif found.line in findings.samples:
            choice.judge(found, "beside a template's sample date")
            empty_label = True
        elif found.via.startswith(_MACHINE) and empty_label:
            choice.judge(found, "the printed label is empty")
        else:
            values |= {"source": source, "source_raw": found.value}
            via["source"] = found.via
            choice.judge(found, "chosen")
    choice.store(findings, "source")


def _count(findings: Findings, values: dict[str, object], via: dict[str, str], flags: list[str]) -> None:
    choice = _Choice(findings, "view_count")
    state = "absent"
    for found in choice.candidates:
        count = read_count(_first_word(found.value))
        if "view_count" in values:
            choice.judge(found, "not needed")
            continue
        if count is None:
            state = "label-without-number"
            choice.judge(found, "no number")
        elif count.value == 0 and findings.counter_script:
            state = "label-without-number"
            choice.judge(found, "0 beside a counter script")
        else:
            state = "shown"
            values |= {"view_count": count.value, "view_count_raw": found.value}
            via["view_count"] = found.via
            choice.judge(found, "chosen")
            if count.value == 0:
                flags.append("suspect_zero")
            elif findings.counter_script:
                flags.append("beside_counter_script")
            if count.approximate:
                flags.append("approximate")
    values["view_count_state"] = state
    choice.store(findings, "view_count")


def _first_word(value: str) -> str:
    """The value up to the first blank or control after it (`949 字体` → `949`); `1 234` stays two words and is refused."""
    text = re.split(r",(?!\d)", fold(value))[0].rstrip(" [【(|")
    text = _CONTROLS.sub("", text)
    head = text.split(" ")
    return head[0] if len(head) > 1 and not head[1][:1].isdigit() else text


def _persons(findings: Findings, values: dict[str, object], via: dict[str, str], flags: list[str]) -> None:
    for field in ("author", "editor"):
        choice = _Choice(findings, field)
        for found in choice.candidates:
            names = read_persons(found.value)
            if field in values:
                choice.judge(found, "not needed")
            elif names is None:
                organisation = is_organisation(found.value)
                if organisation and field == "author" and found.via.startswith(("label:", "below:")):
                    flags.append("org_as_author")
                choice.judge(found, "an organisation, no person" if organisation else "no person")
            else:
                values[field] = names
                via[field] = found.via
                choice.judge(found, "chosen")
        choice.store(findings, field)


def _plain(findings: Findings, field: str, values: dict[str, object], via: dict[str, str]) -> None:
    """Optional fields: the first value that is none of the empty words."""
    choice = _Choice(findings, field)
    for found in choice.candidates:
        text = fold(found.value).strip(" ,;:|[]")
        if field in values:
            choice.judge(found, "not needed")
        elif is_placeholder(text) or len(text) > 200:
            choice.judge(found, "empty")
        else:
            values[field] = text
            via[field] = found.via
            choice.judge(found, "chosen")
    choice.store(findings, field)
