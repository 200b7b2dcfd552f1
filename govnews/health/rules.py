"""The rules: numbers of one site in, what is to be said of it out, the worst first. Pure.

May import: its neighbours change.py and numbers.py, model, text, the standard library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from govnews.health.change import FEWEST_AFTER, FEWEST_BEFORE, Break, find_break
from govnews.health.numbers import Finding, Numbers, Reading
from govnews.model import Expect
from govnews.model.codes import codes
from govnews.text.moments import local_day

PAST = timedelta(days=31)
"""A page published so long before the newest one known by then, and met for the first time, is history that is filled in: it may look
otherwise for other reasons than a change of the site."""
QUIET_DAYS, QUIET_TIMES = 14, 3
"""A list is quiet when nothing came for so many days and for so many times its long gaps."""
FEW_DAYS = 6
"""Days with news from which a usual gap is known."""
LESS, USUAL_MONTH, MONTHS = 4, 8, 3
"""A month has few articles with a fourth of the usual, where the usual is at least eight, known from three months."""
LENGTHS = 3
"""Times by which the usual length of a text must have changed."""
MANY_LOST, SHARE_LOST = 5, 0.2
"""Articles that are not found, and their share of all, from which it is said."""
STALE_DAYS, STALE_TIMES, VISITS = 7, 5, 3
"""A site was not crawled for long after so many days and so many of its usual pauses; that needs VISITS days with a run."""
_DOWN = {
    "blocked": ("blocked", "blocked{wall}", "被拦截{wall}"),
    "throttled": ("blocked", "asked to slow down or to wait", "服务器要求放慢或等待"),
    "unreachable": ("unreachable", "no page could be fetched", "没有取得任何网页"),
    "server_error": ("unreachable", "the server fails", "服务器出错"),
    "list_failed": ("list_failed", "its news list could not be read", "新闻列表无法读取"),
    "layout_changed": (
        "layout_changed",
        "pages come, but most cannot be read as articles",
        "网页可取得，但多数不能读作文章",
    ),
}
"""Verdict of a run → (code, what is said, in Chinese)."""
_PLAIN = {
    "title": ("title", "标题"),
    "publish_time": ("publish time", "发布时间"),
    "source": ("source", "来源"),
    "view_count": ("view count", "浏览次数"),
    "body": ("text", "正文"),
}


def judge(numbers: Numbers, expect: Expect, now: str) -> list[Finding]:
    """Everything to be said of a site at `now` (UTC), the worst first."""
    found = [
        *_down(numbers),
        *_pages(numbers),
        *_moved(numbers),
        *_migrated(numbers),
        *_rhythm(numbers, expect),
        *_stale(numbers, now),
    ]
    order = codes("health")
    return sorted(found, key=lambda finding: order.index(finding.code))


def _down(numbers: Numbers) -> Iterator[Finding]:
    """The newest run failed: since when every run ended so."""
    known = [v for v in numbers.verdicts if v[1] != "interrupted"]
    if not known or known[0][1] not in _DOWN:
        return
    verdict = known[0][1]
    series = next((n for n, (_, other) in enumerate(known) if other != verdict), len(known))
    code, said, zh = _DOWN[verdict]
    since = local_day(known[series - 1][0]).isoformat()
    said = said.format(wall=f" by {numbers.wall}" if numbers.wall else "")
    zh = zh.format(wall=f"（{numbers.wall}）" if numbers.wall else "")
    runs = "1 run" if series == 1 else f"{series} runs"
    yield Finding(
        code, f"{said} since {since} ({runs})", since, f"crawl {numbers.site}", f"自 {since} 起{zh}（{series} 次抓取）"
    )


def _pages(numbers: Numbers) -> Iterator[Finding]:
    """What is lost on the newest pages, compared with those before."""
    readings = _comparable(numbers.readings)
    steps = [n for n in range(1, len(readings)) if _group(readings[n]) != _group(readings[n - 1])]
    yield from _family(readings)
    for field, (plain, name) in _PLAIN.items():
        had = [field in reading.fields for reading in readings]
        if (change := find_break(had, steps)) is not None:
            code = "counts_stopped" if field == "view_count" else "layout_changed"
            said = f"{plain} lost on {change.lost} of {change.after} pages, before it was on {change.had} of {change.before}"
            zh = f"自 {{since}} 起，{change.after} 页中有 {change.lost} 页缺{name}；此前 {change.before} 页中 {change.had} 页有"
            yield _since(readings, change, had, code, f"{code.replace('_', ' ')} since {{since}}: {said}", zh)
            continue
        had = [field in reading.labelled for reading in readings]
        if (change := find_break(had, steps)) is not None:
            said = f"no label of the {plain} on {change.lost} of {change.after} pages since {{since}}"
            zh = f"自 {{since}} 起，{change.after} 页中有 {change.lost} 页没有{name}的标签；其值另有取法"
            yield _since(readings, change, had, "label_lost", f"{said}; its value is found another way", zh)
    had = [not reading.disagree for reading in readings]
    if (change := find_break(had, steps)) is not None:
        said = f"printed and hidden times disagree on {change.lost} of {change.after} pages since {{since}}"
        zh = f"自 {{since}} 起，{change.after} 页中有 {change.lost} 页所印时间与隐含时间不一致"
        yield _since(readings, change, had, "dates_disagree", said, zh)
    yield from _lengths(readings, steps)


def _since(readings: Sequence[Reading], change: Break, had: Sequence[bool], code: str, said: str, zh: str) -> Finding:
    """A finding from a break; `{since}` stands in both sentences. The newest page that shows it is where to look."""
    day = local_day(readings[change.at].at).isoformat()
    shown = next(r.uid for r, one in zip(reversed(readings), reversed(had), strict=True) if not one)
    return Finding(code, said.format(since=day), day, f"show {shown}", zh.format(since=day))


def _comparable(readings: Sequence[Reading]) -> list[Reading]:
    """Without history that is filled in (PAST)."""
    out = list[Reading]()
    newest = before = ""
    for n, reading in enumerate(readings):
        if n and _group(reading) != _group(readings[n - 1]):
            before = newest
        newest = max(newest, reading.published or "")
        if not (reading.fresh and reading.published and before and _long_before(reading.published, before)):
            out.append(reading)
    return out


def _long_before(day: str, other: str) -> bool:
    return date.fromisoformat(day) < date.fromisoformat(other) - PAST


def _group(reading: Reading) -> tuple[int | None, str]:
    """What was fetched together: a run; imports by their day."""
    return reading.run, "" if reading.run is not None else local_day(reading.at).isoformat()


def _family(readings: Sequence[Reading]) -> Iterator[Finding]:
    """Another system than before writes the newest pages."""
    named = [reading for reading in readings if reading.family]
    new = Counter(r.family for r in named[-FEWEST_AFTER:]).most_common(1)[0][0] if named else ""
    had = [reading.family != new for reading in named]
    change = find_break(had, [n for n in range(1, len(named)) if _group(named[n]) != _group(named[n - 1])])
    if change is not None:
        old = Counter(r.family for r in named[: change.at]).most_common(1)[0][0]
        said = f"redesigned since {{since}}: {change.lost} of {change.after} pages are {new}, before most of {change.before} were {old}"
        zh = f"自 {{since}} 起改版：{change.after} 页中 {change.lost} 页为 {new}；此前 {change.before} 页多数为 {old}"
        yield _since(named, change, had, "redesigned", said, zh)


def _lengths(readings: Sequence[Reading], steps: Sequence[int]) -> Iterator[Finding]:
    """The texts of the newest run are of quite another length."""
    at = next((n for n in reversed(steps) if len(readings) - n >= FEWEST_BEFORE and n >= FEWEST_BEFORE), None)
    if at is None:
        return
    before, after = (median(r.length for r in part) for part in (readings[:at], readings[at:]))
    if before and after and (before > LENGTHS * after or after > LENGTHS * before):
        since = local_day(readings[at].at).isoformat()
        said = f"texts are {after:.0f} characters long since {since}, before {before:.0f} (medians of {len(readings) - at} and {at} pages)"
        zh = f"自 {since} 起正文长 {after:.0f} 字，此前 {before:.0f} 字（{len(readings) - at} 页与 {at} 页的中位数）"
        yield Finding("lengths_changed", said, since, f"show {readings[-1].uid}", zh)


def _moved(numbers: Numbers) -> Iterator[Finding]:
    if numbers.lost >= MANY_LOST and numbers.lost >= SHARE_LOST * numbers.articles:
        where = f"; {numbers.bridged} of them have a new address" if numbers.bridged else ""
        sentence = f"{numbers.lost} of {numbers.articles} articles are no longer found{where}"
        zh = f"{numbers.articles} 篇中有 {numbers.lost} 篇已无法访问" + (
            f"，其中 {numbers.bridged} 篇有新网址" if numbers.bridged else ""
        )
        yield Finding("many_lost", sentence, None, f"gone --site {numbers.site} --suspect", zh)


def _migrated(numbers: Numbers) -> Iterator[Finding]:
    """What a migration of the site leaves behind: a remark for the analyst, whatever became of the site since."""
    for day, many in numbers.redated:
        sentence = f"{many} articles that were of other days before now print {day}"
        zh = f"{many} 篇原属其他日期的文章现在都印 {day}"
        yield Finding("redated", sentence, None, f"search --site {numbers.site} --since {day} --until {day}", zh)
    for day, fell, compared in numbers.resets:
        sentence = f"view counts of {fell} of {compared} articles that were read again on {day} had fallen"
        zh = f"{day} 重新读取的 {compared} 篇中，{fell} 篇的浏览次数变小"
        yield Finding("counts_reset", sentence, day, f"site show {numbers.site}", zh)


def _rhythm(numbers: Numbers, expect: Expect) -> Iterator[Finding]:
    """Days and months, up to the day on which the lists were last read."""
    if numbers.visited is None:
        return
    today = local_day(numbers.visited)
    quiet = _quiet(numbers.days, today)
    if quiet is not None:
        yield Finding("quiet", quiet[0], quiet[2], f"site show {numbers.site}", quiet[1])
        return
    if len(numbers.columns) > 1:
        for column, days in numbers.columns:
            if (one := _quiet(days, today)) is not None:
                said, zh = (f"{one[0]}: {column}", f"{one[1]}：{column}")
                yield Finding("list_quiet", said, one[2], f"site show {numbers.site}", zh)
    yield from _months(numbers, expect, f"{today:%Y-%m}")


def _quiet(days: Sequence[str], today: date) -> tuple[str, str, str] | None:
    """(sentence, in Chinese, last day) when nothing came for long. days: newest first."""
    dates = [date.fromisoformat(day) for day in days]
    past = [day for day in dates if day <= today]
    if len(past) < FEW_DAYS:
        return None
    gaps = sorted((later - earlier).days for later, earlier in pairwise(past))
    silent = (today - past[0]).days
    if silent <= max(QUIET_DAYS, QUIET_TIMES * gaps[9 * (len(gaps) - 1) // 10]):
        return None
    usual = f"{median(gaps):.0f}"
    zh = f"已 {silent} 天无更新，通常间隔 {usual} 天"
    return f"quiet for {silent} days, usual gap {usual}", zh, past[0].isoformat()


def _months(numbers: Numbers, expect: Expect, this_month: str) -> Iterator[Finding]:
    """The last month that is over, if the site was known in all of it."""
    count = dict(numbers.months)
    last = _month_before(this_month)
    look = "stats"
    if last <= f"{local_day(numbers.known_since):%Y-%m}":
        return
    here = count.get(last, 0)
    if expect.per_month is not None and not expect.per_month[0] <= here <= expect.per_month[1]:
        least, most = expect.per_month
        zh = f"{last} 有 {here} 篇，站点文件预期 {least} 至 {most} 篇"
        yield Finding("off_promise", f"{here} articles in {last}, promised are {least} to {most}", None, look, zh)
        return
    before = [n for month, n in numbers.months if month < last][-6:]
    if len(before) >= MONTHS and (usual := median(before)) >= USUAL_MONTH and here * LESS < usual:
        zh = f"{last} 有 {here} 篇，通常每月 {usual:.0f} 篇"
        yield Finding("fewer", f"{here} articles in {last}, usual are {usual:.0f} a month", None, look, zh)


def _month_before(month: str) -> str:
    return f"{date.fromisoformat(month + '-01') - timedelta(days=1):%Y-%m}"


def _stale(numbers: Numbers, now: str) -> Iterator[Finding]:
    """Nobody crawled it for long: what is said of it is old."""
    visits = sorted({local_day(began) for began, _ in numbers.verdicts})
    if len(visits) < VISITS:
        return
    usual = median((later - earlier).days for earlier, later in pairwise(visits))
    since = (local_day(now) - visits[-1]).days
    if since > max(STALE_DAYS, STALE_TIMES * usual):
        sentence = f"last crawled {since} days ago, usually every {usual:.0f}"
        zh = f"上次抓取在 {since} 天前，通常每 {usual:.0f} 天一次"
        yield Finding("not_visited", sentence, visits[-1].isoformat(), f"crawl {numbers.site}", zh)
