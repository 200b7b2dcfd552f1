"""Header lines to (label, value) pairs: cut at every known label first, then read the values.

An empty value is followed at once by the next label (`来源: 作者:云县应急局 时间:2020-08-21`), fields run together without a
separator (`14:46来源:镜湖区教育局作者:乐礼当阅读次数:`), labels have blanks inside (`发 布 机 构`), stand in brackets
(`[ 发布日期 ]2021-02-21`) or lack the colon. A value never holds a known label.

May import: text.folding, text.lexicon, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from govnews.text.folding import HAN
from govnews.text.lexicon import LABELS, WEAK

FIELD_OF: dict[str, str] = {}
for _field, _words in LABELS.items():
    for _word in _words.split():
        FIELD_OF.setdefault(_word, _field)


_BEGINNING: dict[str, list[str]] = {}
"""First character → the labels that begin with it, longest first."""
for _word in sorted(FIELD_OF, key=len, reverse=True):
    _BEGINNING.setdefault(_word[0], []).append(_word)


def _any_of(words: list[str]) -> str:
    """The pattern of words with one beginning, longest first, blanks between their characters. They are told apart by the second
    character first: a row of words that each begin with an optional blank is tried to its end at every place."""
    seconds: dict[str, list[str]] = {}
    for word in words:
        seconds.setdefault(word[1:2], []).append(" ?".join(map(re.escape, word[2:])))
    longer = "|".join(
        re.escape(second) + "(?:" + "|".join(rest and f" ?{rest}" for rest in rests) + ")"
        for second, rests in seconds.items()
        if second
    )
    alone = "?" if "" in seconds else ""
    return re.escape(words[0][0]) + (f"(?: ?(?:{longer})){alone}" if longer else "")


_LABELS = {first: re.compile(_any_of(words)) for first, words in _BEGINNING.items()}
"""First character → its labels: one alternation of all would be tried at every character."""
_SECONDS = {word[1:].lstrip()[:1] for word in FIELD_OF}
_ALONE = {word for word in FIELD_OF if len(word) == 1}


def _one_of(characters: Iterable[str]) -> str:
    return "[" + "".join(sorted(map(re.escape, characters))) + "]"


_FIRST = re.compile(f"{_one_of(_BEGINNING)}(?:(?<={_one_of(_ALONE)})|(?= ?{_one_of(_SECONDS)}))")
"""Where a label may begin. Most places where 发, 时 or 文 stands are ordinary text, so the next character is looked at too. One set of
all first characters, whatever follows which: a pattern that begins with a set is sought at the pace of C, an alternation of a
hundred is tried at every character."""
_AFTER = re.compile(r" ?([\]】)〕])? ?(:|\|(?= ?[^ |]))?")
_IS_HAN = re.compile(f"[{HAN}]")
_AFTER_LONG = re.compile(r"[ \t]*(?:[\d(\[【]|$)|[ \t]")
_AFTER_WEAK = re.compile(r" ?[(\[]? ?\d|$| ")
_COUNTED = re.compile(r" ?:? ?\d[\d,.]* ?[万wk+]*(?:$|[ 次人|])|:$")
_DATED = re.compile(r"(?:19|20)\d\d ?[-/.年] ?\d")
_BRACKETS = {"[": "]", "【": "】", "(": ")", "〔": "〕"}
_BARRED = frozenset(
    "来源 信息来源 稿件来源 文章来源 编辑 责编 责任编辑 记者 作者 通讯员 摄影 审核 校对 监制 终审 阅读 浏览".split()
)
"""Labels that media centres part from their value by a bar (来源丨松溪融媒)."""
_LONG = 3
"""Characters from which a word is a label without a colon."""


@dataclass(slots=True)
class Labelled:
    """One label with its value. field: a key of lexicon.LABELS. value: folded, "" when nothing stands there.
    start, end: of the whole in the line. colon: whether the label carried one."""

    field: str
    label: str
    value: str
    start: int
    end: int
    colon: bool


def split_labels(line: str) -> list[Labelled]:
    """The labelled fields of one folded line, in order. Linear in its length; text before the first label is left out."""
    marks = _marks(line)
    out = []
    for n, (start, value_start, label, colon) in enumerate(marks):
        end = marks[n + 1][0] if n + 1 < len(marks) else len(line)
        out.append(Labelled(FIELD_OF[label], label, line[value_start:end].strip(" \t|,;·"), start, end, colon))
    return out


def _marks(line: str) -> list[tuple[int, int, str, bool]]:
    """Where labels stand: (start, start of the value, label, with a colon or in brackets)."""
    marks: list[tuple[int, int, str, bool]] = []
    passed = 0
    for first in _FIRST.finditer(line):
        if first.start() < passed or (match := _LABELS[first[0]].match(line, first.start())) is None:
            continue
        start, passed = match.span()
        end = passed
        word = match[0].replace(" ", "")
        after = _AFTER.match(line, end)
        assert after is not None  # every part of it is optional
        opening = line[:start].rstrip()[-1:]
        boxed = after[1] is not None and _BRACKETS.get(opening) == after[1]
        colon = after[2] is not None and (after[1] is None or boxed) and (after[2] == ":" or word in _BARRED)
        if not _stands_alone(line, start, end, word, colon or boxed, bool(marks)):
            continue
        value_start = after.end() if (colon or boxed) else end
        marks.append((line.rindex(opening, 0, start) if boxed else start, value_start, word, colon or boxed))
    return marks


def _stands_alone(line: str, start: int, end: int, word: str, marked: bool, after_label: bool) -> bool:
    """Whether a word is a label here and not part of the text.

    A count at its number in a line with a date: always. With a colon: unless it is the tail of a longer word (资金来源:), but
    values that run into the next label count once a label has come before. Without: long words at the start of a line, a cell
    or after a blank; ordinary words (来源, 阅读) only after another label or date and before a blank, or before a number.
    """
    before = line[start - 1] if start else ""
    glued = bool(before) and _IS_HAN.match(before) is not None
    if (
        (glued or before.isdigit())
        and FIELD_OF[word] == "view_count"
        and _COUNTED.match(line, end)
        and _DATED.search(line)
    ):
        return True  # `2021-06-02县融媒体中心阅读99`: fields in elements of their own
    if marked:
        return not glued or after_label or (word not in WEAK and len(word) > _LONG)
    if glued or (before and before not in " \t[]【】()|") or len(word) < 2:
        return False
    if (word.isascii() or end == len(line)) and FIELD_OF[word] == "view_count" and line[:start].rstrip()[-1:].isdigit():
        return False  # 61 views, 77 阅读
    if word in WEAK:
        return _AFTER_WEAK.match(line, end) is not None and (after_label or any(map(str.isdigit, line)))
    return len(word) >= _LONG and _AFTER_LONG.match(line, end) is not None


def is_label(text: str) -> str | None:
    """The field a whole cell or line names (`索 引 号`, `[发布日期]`, `来源：`), or null when it is no label."""
    return FIELD_OF.get(text.replace(" ", "").strip("[]【】()〔〕:：\t|"))
