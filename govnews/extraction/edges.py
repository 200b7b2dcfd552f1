"""What stands at the edges of a text: whether a line is running text, a control, a header line, the foot of the site or template; and
how much of an element at its head and its tail is no text.

body.py says between which edges. May import: text, its neighbours in this room.
"""

from __future__ import annotations

import re

from govnews.extraction.document import Document, Line
from govnews.extraction.info import Info
from govnews.extraction.words import CRUMB, CUT, EDITOR_LINE, FOOTER, HOSTS, ONLY_SIGNS, STATEMENT, TOOL

SHORT = 60
"""Characters up to which a line can be a cut mark or a control."""
FEW = 20
"""Characters of running text below which nothing of an article has been read yet."""
SIGNS = re.compile(r"[。！？；，、]|[.!?;,] ")
"""Signs of a sentence: a line with one of them may be short and running text."""
_HOSTED = 6
"""Lines of 主办, 承办, 协办 that may follow one another."""

_CLOSED = "。！？!?；"
"""What a sentence ends with; a header line or a control never does."""
_PAGER = re.compile(
    r"(?=.*(?:[上下尾末首]一?页|[共第]\d))(?:首页|[上前下后]一?页|尾页|末页|最后一?页|第一页|[共第]?\d{1,3}页?|跳?转[到至]|[\W_])+"
)
_PAGE_NUMBER = re.compile(r"\d{1,2}")
FILE_NAME = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|zip|rar|7z|ofd|txt|ceb|jpe?g|png)\s*(?:\(.*\))?$", re.IGNORECASE
)


def prose(line: Line) -> float:
    """How much running text a line is, in characters: links and controls count for nothing, short scraps for little."""
    size = len(line.text) - line.linked
    if size < 2:
        return 0.0
    if size >= 20 or SIGNS.search(line.text):
        return float(size)
    return 0.0 if line.listed else 0.15 * size


def skip_head(
    document: Document, first: int, last: int, infos: dict[int, Info], title: str, before: list[int], known: bool
) -> int:
    """The first line of text. before: header lines between headline and container; with those, labels inside a container known
    by name belong to the text, and elsewhere only lines beside them are header."""
    lines = document.lines
    settled = known and bool(before)
    header: int | None = lines[max(before)].block if before else None  # the block of the last header line passed
    n = first
    while n < last:
        repeated = _repeats(lines, n, last, title)
        if repeated:
            n += repeated
        elif is_control(lines[n]):
            n += 1
        elif not settled and _is_header(document, n, infos, header):
            header = lines[n].block
            n += 1
        elif not settled and header is None and (ahead := _header_ahead(document, n, last, infos)):
            n = ahead
        else:
            return n
    return n


def _repeats(lines: list[Line], n: int, last: int, title: str) -> int:
    """How many lines from n on are, together, the headline again."""
    joined = ""
    for m in range(n, min(last, n + 4)):
        joined += lines[m].key
        if not title.startswith(joined):
            return 0
        if joined == title:
            return m - n + 1
    return 0


def is_control(line: Line) -> bool:
    if len(line.text) > SHORT:
        return False
    key = line.key
    return bool(_is_tool(line) or ONLY_SIGNS.match(key) or CRUMB.search(line.text))


def _is_tool(line: Line) -> bool:
    return TOOL.match(line.key) is not None and not _is_sentence(line)


def is_cut(line: Line) -> bool:
    return CUT.match(line.key) is not None and (STATEMENT.match(line.key) is not None or not _is_sentence(line))


def _is_sentence(line: Line) -> bool:
    """Whether a line that begins like a control or a cut mark is text after all (打印店、复印店要关闭电源。)."""
    return not line.linked and line.text[-1] in _CLOSED


def _is_header(document: Document, n: int, infos: dict[int, Info], header: int | None) -> bool:
    """Whether a line is (part of) the header. After its first line, one with only a by-line, a place or an ordinary 时间 is
    text unless it stands in the same element: `时间：2021年4月22日下午` opens the report of a lecture."""
    info = infos.get(n)
    if info is None or len(info.text) > 200 or info.text[-1] in _CLOSED:
        return False
    if info.table and all(
        label.field == "other" for label in info.labels
    ):  # 序号, 备注 head the columns of a data table
        return header is not None and _siblings(document, document.lines[n].block, header)
    if info.value_of:
        return info.is_header and n > 0 and _is_header(document, n - 1, infos, header)
    if info.table or info.count_first is not None or info.has("view_count", "source"):
        return True
    strong = any(label.field == "publish_time" and len(label.label) > 2 for label in info.labels)
    if strong or (header is None and (info.bare_time or (info.is_header and info.labels))):
        return True
    return header is not None and info.is_header and _siblings(document, document.lines[n].block, header)


def _siblings(document: Document, a: int, b: int) -> bool:
    blocks = document.blocks
    return document.plain or a == b or (blocks[a].parent == blocks[b].parent and blocks[a].tag == blocks[b].tag)


def _header_ahead(document: Document, n: int, last: int, infos: dict[int, Info]) -> int | None:
    """A header line at most four short lines further on (an outlet or a subtitle stands above the date)."""
    for m in range(n, min(last, n + 5)):
        line = document.lines[m]
        if "。" in line.text:
            return None
        if m > n and (info := infos.get(m)) and (info.bare_time or info.has("publish_time", "view_count")):
            return m
        if len(line.text) > 40:
            return None
    return None


def cut_tail(document: Document, first: int, last: int, infos: dict[int, Info], known: bool) -> int:
    """One past the last line of text."""
    lines = document.lines
    seen = 0.0
    for n in range(first, last):
        text = lines[n].text
        if len(text) <= SHORT:
            key = lines[n].key
            if not known and is_foot(document, n, key):
                last = n
                break
            if (
                is_cut(lines[n])
                and (seen > 0 or not known)
                and (not known or _rest(lines, n, last) < 0.3 * max(seen, 1))
            ):
                last = n
                break
            if not known and seen > 0 and EDITOR_LINE.match(key) and (key[-1] == ":" or not _is_paragraph(document, n)):
                last = n
                break
        seen += prose(lines[n])
    while last > first and (
        _is_template(lines[last - 1], infos.get(last - 1), known or _is_paragraph(document, last - 1))
        or _is_page_number(document, last - 1)
    ):
        last -= 1
    return last


def _is_page_number(document: Document, n: int) -> bool:
    """Whether a line is nothing but a small number, in an element of another kind than the paragraphs above it: a pager of one page."""
    lines = document.lines
    return (
        not document.plain
        and n > 0
        and _PAGE_NUMBER.fullmatch(lines[n].key) is not None
        and not _siblings(document, lines[n].block, lines[n - 1].block)
        and prose(lines[n - 1]) >= FEW / 2
    )


def _is_paragraph(document: Document, n: int) -> bool:
    """Whether a line is a paragraph among the text's own: the same kind of element under the same parent as running text
    just above it. By-lines and 来源 lines there are the author's, not the template's."""
    lines = document.lines
    if document.plain or document.blocks[lines[n].block].tag != "p":
        return False
    above = next((m for m in range(n - 1, max(-1, n - 5), -1) if prose(lines[m]) >= FEW), None)
    return above is not None and _siblings(document, lines[n].block, lines[above].block)


def _rest(lines: list[Line], n: int, last: int) -> float:
    return sum(prose(line) for line in lines[n + 1 : last])


def _is_template(line: Line, info: Info | None, known: bool) -> bool:
    """Whether a line at the very end belongs to the template: controls, files offered for download, header values."""
    key = line.key
    if ONLY_SIGNS.match(key) or (len(line.text) <= SHORT and (_is_tool(line) or _PAGER.fullmatch(key))):
        return True
    if line.linked >= 0.7 * len(line.text) and (FILE_NAME.search(line.text) or line.listed or len(key) < 40):
        return True
    if (
        line.linked
        and re.match(r"^附件?[\d一二三四五六七八九十]*[:：.、]", key)
        and line.linked >= 0.5 * len(line.text)
    ):
        return True
    if info is not None and line.linked and info.has("keywords"):
        return True
    if key[-1] == ":" and EDITOR_LINE.match(key):
        return True  # 责任编辑: with nobody behind it
    if known or info is None or len(line.text) > 120:
        return False
    clock = info.bare_time and info.times[0][2].precision != "day"  # a bare day is the signature of a document
    return clock or info.has("publish_time", "source", "view_count", "editor")


def is_foot(document: Document, n: int, key: str) -> bool:
    """Whether a short line belongs to the foot of the site. 主办单位 below paragraphs of its own kind is part of a notice."""
    if not FOOTER.search(key):
        return False
    for m in range(n, max(0, n - _HOSTED), -1):
        if (
            not HOSTS.match(key)
            or document.plain
            or not _siblings(document, document.lines[m].block, document.lines[m - 1].block)
        ):
            return True
        key = document.lines[m - 1].key
        if not FOOTER.search(key):
            return False
    return True
