"""Sources and persons: the value behind 来源, 作者, 编辑, cleaned but never rewritten.

Rules: article-headers.md §3. 本站, 本网 stay as printed; a placeholder or a sentence is no source; an organisation in 作者 is
no person and no source.

May import: text.folding, text.dates, text.lexicon, the standard library.
"""

from __future__ import annotations

import re

from govnews.text.dates import find_times
from govnews.text.folding import HAN, bare, fold, join_han
from govnews.text.lexicon import NOT_PERSONS, ORGANISATION_ENDINGS, PLACEHOLDERS

LONGEST_SOURCE = 60
LONGEST_NAME = 12
"""Characters of one person's name; names of minorities are transcribed with a dot (阿卜杜拉·买买提)."""

_TAIL = re.compile(
    r"\s*(?:[|\t【\[〖{<]|\(\s*\)|大\s+中\s+小|\[?\s*(?:字体|字号|打印|关闭|收藏|分享|扫一扫|视力保护|保护视力|保存|听|朗读|参与互动|我要评论|加入收藏|语音|繁體|举报|投诉|纠错|订阅|关注|已关注|点赞|查看原文|阅读原文|\d+\s*条?(?:评论|跟帖|回复)|T\s?\|\s?T|A[+-])|(?:第?\d[\d,]*\s*人?次)?(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*\d*\s*次?$|\d{1,2}:\d\d).*$",
    re.DOTALL,
)
_BOXES = {"[": "]", "【": "】", "(": ")", "〔": "〕", "<": ">", "{": "}"}
_TRIM = " \t|,;·:/\\-—_>*.。、~"
_UNFILLED = re.compile(r"^\$\w+\$$|\{\{|\$\{|<%|\[!--|^请(?:输入|选择|填写)")
"""Template code that was never filled in, and the hint of an empty form field."""
_NUMBERED = re.compile(rf"(.*[{HAN}]) ?\d{{1,7}}")
_SENTENCE = re.compile(r"[。！？!?；]|,.*,|，.*，")
_ENDS_LIKE_BODY = re.compile(
    rf"(?:{'|'.join(sorted(map(re.escape, ORGANISATION_ENDINGS), key=len, reverse=True))})(?:客户端|微信|网|公众号)?$"
)
_SPLIT_NAMES = re.compile(r"[、,;/|]+|\s+")
_PADDED = re.compile(rf"(?<![{HAN}])([{HAN}]) ([{HAN}])(?![{HAN}])")
_ROLE = re.compile(
    r"^(?:(?:本报|本网|本台|特约|见习|实习)?(?:(?:记者|通讯员|作者|编辑|文/图|图/文|摄影|供稿|撰稿)[:： ]?|[文图][:： ]))+"
)
"""What stands before a name; 文 alone may be its surname."""
_NAME = re.compile(rf"[{HAN}·•.A-Za-z\u0f00-\u0fff\ua000-\ua4cf\ua4d0-\ua4ff\u0600-\u06ff ]+")


def read_source(raw: str) -> str | None:
    """The source that `raw` names, or null. Blanks between Chinese characters go, brackets around it go, tools after it go."""
    text = fold(raw)
    while (cleaner := _cleaned(text)) != text:  # each round only takes away
        text = cleaner
    if (
        not text
        or len(text) > LONGEST_SOURCE
        or text.lower() in PLACEHOLDERS
        or text.isdigit()
        or _UNFILLED.search(text)
    ):
        return None
    if _SENTENCE.search(text) and len(text) > 20:
        return None
    return text if any(c.isalpha() for c in text) else None


def _cleaned(text: str) -> str:
    """Without brackets around it, a date, and the controls and other outlets' reporters behind it."""
    text = _unbox(text.strip(_TRIM).rstrip(" ([【〔<{"))
    times = find_times(text)
    if times:
        text = text[: times[0][0]].rstrip(" ([【<") if times[0][0] > 0 else text[times[0][1] :]
    text = _unbox(_TAIL.sub("", text).strip(_TRIM))
    if (number := _NUMBERED.fullmatch(text)) and is_organisation(number[1]):
        text = number[1]  # a lone number in the next element: likes, or a count without its word
    return join_han(_outlets(text)).strip(_TRIM)


def _outlets(text: str) -> str:
    """Of several words behind an outlet only those that are bodies too: a reporter's name or a control follows (求是网 参与互动)."""
    words = text.split(" ")
    if len(words) < 2 or not is_organisation(words[0]):
        return text
    keep = 1
    while keep < len(words) and is_organisation(words[keep]):
        keep += 1
    return " ".join(words[:keep])


def _unbox(text: str) -> str:
    """Without one pair of brackets around the whole, or the closing half of one that opened before the label (【来源：…】)."""
    if len(text) > 2 and _BOXES.get(text[0]) == text[-1] and text.find(text[-1]) == len(text) - 1:
        return text[1:-1].strip()
    opening = next((o for o, c in _BOXES.items() if text.endswith(c)), None)
    return text[:-1].strip() if opening and opening not in text else text


def is_organisation(text: str) -> bool:
    """Whether a name ends as bodies and media do (…局, …网, …融媒体中心). A heuristic: true is likely, never certain."""
    word = bare(text).strip("《》\"'“”")
    return len(word) >= 2 and _ENDS_LIKE_BODY.search(word) is not None and word not in ("编辑部",)


def read_persons(raw: str) -> str | None:
    """Persons in `raw`, joined by 、, or null. A two-character name padded with a blank (余 杏) is one name."""
    text = _PADDED.sub(r"\1\2", fold(raw).strip(_TRIM + "()[]【】"))
    names = []
    for part in _SPLIT_NAMES.split(text):
        name = _ROLE.sub("", part.strip("()[]【】:")).strip(_TRIM)
        if not name or name.lower() in NOT_PERSONS or name.lower() in PLACEHOLDERS:
            continue
        if (
            len(name) > LONGEST_NAME
            or len(name) < 2
            or not _NAME.fullmatch(name)
            or name.isascii()
            or is_organisation(name)
        ):
            continue
        names.append(name)
    return "、".join(dict.fromkeys(names)) or None
