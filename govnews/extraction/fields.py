"""Candidates for each field, best first, each with where it stood. Nothing is decided here: settle.py chooses.

`via` says how a value was found: `family:hanweb`, `tag:publishtime`, `label:发布时间`, `near-title`, `table:发布日期`,
`below:来源`, `meta:pubdate`, `script:pubdata`, `count-first`.

May import: model, text, families, its neighbours in this room.
"""

from __future__ import annotations

import re

from govnews.extraction.body import Body
from govnews.extraction.document import Document, Line
from govnews.extraction.headline import Headline
from govnews.extraction.info import Info
from govnews.extraction.region import ABOVE, BESIDE, Region
from govnews.extraction.words import CRUMB, CRUMB_SIGN, NOT_SECTIONS, TOOL
from govnews.model import Found
from govnews.text.dates import find_times
from govnews.text.folding import HAN, bare, fold, join_han
from govnews.text.sources import is_organisation, read_persons, read_source

LONGEST_TAIL = 60
"""Characters of a paragraph that is a header line at the end of the text."""
_STEPS = re.compile(r"\s*(?:->|[>»›→/＞》]|&gt;)+\s*")
_TAIL_SOURCE = re.compile(
    r"(?:^|(?<=[\s(（【\[。！？!?”》；;]))(?:本文)?(?:来\s*源|稿源|来源单位|内容来源|原文来源|出处|稿件来源|信息来源|文章来源|转自|转载自|摘自|据)\s*[:：|｜丨]\s*(?P<v>[^)）】\]\s。；;][^)）】\]。；;\n]{0,60}?)(?=\s*(?:作者|记者|编辑|责任编辑|责编|通讯员|文字|摄影|审核|校对)|[)）】\]。；;]|$)"
)
_COLONS = ":：|｜丨"
_BYLINE = re.compile(
    r"[(（\[【]\s*(?P<v>(?:[^()（）\[\]【】]{0,12}?(?:记者|通讯员|作者|文/图|图/文|文|撰稿|供稿)[:： /]*)[^()（）\[\]【】。！？]{2,40})\s*[)）\]】]\s*$|"
    rf"^\s*[(（]\s*(?P<w>[{HAN}]{{2,4}}(?:[ 、　]{{1,2}}[{HAN}]{{1,4}}){{0,4}})\s*[)）]\s*$"
)
_BARE_NAME = re.compile(rf"(?!.*(?:次|人|打印|关闭|字|分享|加载|收藏|大|中|小|保存))[{HAN}]{{2,4}}$")
_NAME_STOP = re.compile(r"[\d【\[|]|字体|打印")
_WEEKDAY = re.compile(r"星期|周[一二三四五六日]")
"""Beside a date above the headline: the day of the visit."""
_ROLE_BEHIND = re.compile(r"(?<=..)(?:本报|本网)?(?:记者|通讯员|作者|编辑|摄影|图文|文图)$")
"""The role of the person in the next element, glued to an outlet (怒江日报记者 李云)."""
_TOKEN = re.compile(r"[\s|;,·]+")


def says_detail(document: Document, headline: Headline) -> bool:
    """Whether the breadcrumb above the headline ends in 正文 or its like: the page of one article."""
    for n in range(headline.first - 1, max(-1, headline.first - ABOVE), -1):
        key = document.lines[n].key
        if (
            len(key) <= 120
            and CRUMB_SIGN.search(key)
            and len(steps := _STEPS.split(key)) > 1
            and steps[-1] in NOT_SECTIONS
        ):
            return True
    return False


def labelled(infos: list[Info], *names: str, prefix: str = "label") -> list[Found]:
    """Values behind the labels of one of the fields, empty ones too (value "")."""
    return [
        Found(label.value, f"{prefix}:{label.label}", line=info.line)
        for name in names
        for info in infos
        for label in info.labels
        if label.field == name
    ]


def times(where: Region) -> list[Found]:
    """Printed publish times in the order of article-headers.md §2.3; machine times are added by the caller."""
    strong: list[Found] = []
    weak: list[Found] = []
    for info in where.header:
        for label in info.labels:
            if label.field == "publish_time":
                (strong if len(label.label) > 2 else weak).append(
                    Found(label.value, f"label:{label.label}", line=info.line)
                )
        if info.bare_time and not (info.line in where.above and _WEEKDAY.search(info.text)):
            start, end, _ = info.times[0]
            weak.append(Found(info.text[start:end], "near-title", line=info.line))
    out = strong + weak
    out += labelled(where.header, "updated")
    out += labelled(where.table, "publish_time", prefix="table")
    out += labelled(where.below, "publish_time", prefix="below")
    for info in where.dated:
        if info.bare_time:
            out.append(Found(info.text[info.times[0][0] : info.times[0][1]], "below-body"))
    out += labelled(where.dated, "updated", prefix="below")
    out += labelled(where.table, "public_date", prefix="table") + labelled(where.header, "public_date")
    out += labelled([*where.table, *where.header], "document_date", prefix="document")
    return out


def sources(document: Document, where: Region, infos: dict[int, Info], body: Body) -> list[Found]:
    """Labelled sources of the header, below the body and in the tail of the text; else one without a label beside the date."""
    head = labelled(where.header, "source")
    out = [f for f in head if f.value] + [f for f in labelled(where.below, "source", prefix="below") if f.value]
    out += _tail_sources(document, body)
    out += labelled(where.table, "source", prefix="table")
    out += [f for f in head if not f.value]
    if not out:
        text = range(body.first, len(document.lines)) if body.learned else body.numbers
        out += _beside_time(document, where, infos, set(text))
    return out


def _tail_sources(document: Document, body: Body) -> list[Found]:
    """`来源：…` in the last lines of the text, or a line of its own at its head."""
    out = []
    numbers = body.numbers[-3:][::-1] + [n for n in body.numbers[:1] if n not in body.numbers[-3:]]
    for n in numbers:
        text = document.lines[n].text
        piece = text[-160:] if n in body.numbers[-3:] else text[:80]
        if not any(sign in piece for sign in _COLONS):
            continue
        for match in list(_TAIL_SOURCE.finditer(piece))[-1:]:
            if len(text) <= 120 or match.start() > 0 or n == body.numbers[-1]:
                out.append(Found(match["v"], "text:来源"))
    return out


def _beside_time(document: Document, where: Region, infos: dict[int, Info], text: set[int]) -> list[Found]:
    """An organisation without a label on the line of the date, in brackets, or alone on a line beside it."""
    header = [i for i in where.header if i.bare_time or i.has("publish_time", "updated")]
    for info in header or where.dated:
        pieces = _pieces(info)
        split = len(document.lines[info.line].text) == 4  # year, day and clock on lines of their own, then the outlet
        for n in (*((info.line + 3, info.line + 2) if split else ()), *_next_to(info.line, infos)):
            if 0 <= n < len(document.lines) and n not in infos and n not in text and n not in where.title:
                line = document.lines[n]
                listed = line.listed and not document.lines[info.line].listed
                if len(line.text) <= 20 and not (line.heading or line.hint or listed or line.linked):
                    pieces += _words(fold(line.text))
        for piece in pieces:
            word = _ROLE_BEHIND.sub("", read_source(piece.strip("[]【】()|/ -·:,")) or "")
            if (
                2 <= len(word) <= 25
                and ":" not in word
                and is_organisation(word)
                and not TOOL.match(word)
                and not CRUMB.search(word)
            ):
                return [Found(word, "near-title")]
    return []


def _next_to(line: int, infos: dict[int, Info]) -> list[int]:
    """The lines below and above a header line that are none themselves."""
    out = []
    for step in (1, -1):
        n = line + step
        while n in infos and abs(n - line) < BESIDE + 1 and not infos[n].table:
            n += step
        out.append(n)
    return out


def _pieces(info: Info) -> list[str]:
    """The words of a line outside its labels and dates."""
    text = list(info.text)
    for start, end, _ in info.times:
        text[start:end] = " " * (end - start)
    for start, end in [*((label.start, label.end) for label in info.labels), info.count_span]:
        text[start:end] = " " * (end - start)
    rest = join_han(fold("".join(text)))
    dated = [l for l in info.labels if l.field in ("publish_time", "updated")]
    behind = [l.value[t[0][1] :] for l in dated if (t := find_times(l.value))]
    for label in info.labels:
        if label.field in ("author", "editor"):
            name, _, outlet = label.value.partition(" ")
            behind += [outlet] if outlet and read_persons(name) else []
    return ([rest] if len(rest) <= 20 else []) + _words("".join(text)) + [w for b in behind for w in _words(b)]


def _words(text: str) -> list[str]:
    """Words of a by-line; of `石佳/中国青年报` the part behind the stroke too."""
    words = [w for w in _TOKEN.split(text) if w]
    return [part for w in words for part in ([w.rsplit("/", 1)[-1], w] if "/" in w else [w])]


def counts(document: Document, where: Region) -> list[Found]:
    """Labelled view counts (with and without a number), then a number before its words (`123次浏览`)."""
    everywhere = [i for i in [*where.header, *where.below, *where.table] if not _is_row(document.lines[i.line])]
    found = labelled(everywhere, "view_count")
    found += [Found(info.count_first, "count-first") for info in everywhere if info.count_first is not None]
    return sorted(found, key=lambda f: not f.value.strip(" []()【】"))


def _is_row(line: Line) -> bool:
    """Whether a line is a row of a list, by its links: 打印 and 关闭 behind a header's labels are none."""
    return line.linked >= max(6, len(line.text) // 4)


def persons(document: Document, where: Region, body: Body, name: str) -> list[Found]:
    """Authors or editors: header labels, lines below, labels and by-lines in the last lines of the text."""
    out = [f for f in labelled([*where.header, *where.below], name) if f.value]
    if name == "author":  # 访问次数: 王帮海 — a name behind a count without a number
        out += [
            Found(f.value, f"after:{f.via[6:]}")
            for f in labelled(where.header, "view_count")
            if _BARE_NAME.match(f.value)
        ]
    for n in body.numbers[-2:]:
        text = fold(document.lines[n].text)
        if name == "author" and (match := _BYLINE.search(text)):
            out.append(Found(match["v"] or match["w"], "byline"))
    return [Found(_NAME_STOP.split(f.value)[0], f.via) for f in out]


def tail_labels(infos: dict[int, Info], body: Body, name: str) -> list[Found]:
    """Labels that stand in the last lines of the body itself (`作者:王土根 马亮`)."""
    near = [infos[n] for n in body.numbers[-3:] if n in infos]
    return [f for f in labelled(near, name, prefix="text") if f.value]


def tail_header(infos: dict[int, Info], body: Body, name: str) -> list[Found]:
    """A publish time or a count that stands as a paragraph among the last of the body, behind a label that is no ordinary word."""
    lines = [infos[n] for n in body.numbers[-3:] if n in infos]
    near = [info for info in lines if len(info.text) <= LONGEST_TAIL and info.labels and info.labels[0].start == 0]
    found = labelled(near, name, prefix="text")
    return [f for f in found if f.value and (name != "publish_time" or len(f.via) > len("text:时间"))]


def sections(document: Document, headline: Headline | None, metas: list[Found]) -> list[Found]:
    """The column: last step of the breadcrumb that is neither the title nor 正文; in plain text the short line above the title."""
    title = bare(headline.text) if headline else ""
    out = []
    limit = headline.first if headline else min(60, len(document.lines))
    for n in range(limit - 1, -1, -1) if limit else ():
        if not CRUMB_SIGN.search(document.lines[n].key):
            continue
        text = fold(document.lines[n].text)
        if len(text) <= 120 and (CRUMB.search(text) or text.count(">") >= 2 or "»" in text):
            steps = [s.strip(" :") for s in _STEPS.split(text.split("位置")[-1]) if s.strip(" :")]
            steps = [s for s in steps if s not in NOT_SECTIONS and bare(s) != title and not find_times(s)]
            if steps and len(steps[-1]) <= 20:
                out.append(Found(steps[-1].split(" ")[-1] if " " in steps[-1] else steps[-1], "breadcrumb"))
            break
    if document.plain and headline and headline.first > 0:
        above = document.lines[headline.first - 1].text
        if len(above) <= 12 and not TOOL.match(bare(above)) and any("\u4e00" <= c <= "\u9fff" for c in above):
            out.append(Found(above, "line-above"))
    return out + metas
