"""Private persons in a text: numbers of identity cards, telephones and bank cards, and the name lists of public notices (公示).

Precision comes first: a mask in the wrong place spoils a text. So an identity number must have its checksum, a real division and a real
day, a bank card its issuer's beginning, its length and the Luhn digit. Of telephones only mobiles count: a landline in a government's
news is an office's, and hotlines (12345), 400 numbers, document and index numbers, dates and amounts are left alone.
docs/release.md says what is found and what is not. May import: the standard library. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["identity_card", "mobile", "bank_card", "notice_name"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_EDGE = r"(?<![0-9A-Za-z０-９.／/_=\-])"
_END = r"(?![0-9A-Za-z０-９_]|[.／/\-]\d)"
_IDENTITY = re.compile(_EDGE + r"[1-9]\d{16}[0-9Xx]" + _END)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z０-９.／/_=])(?:(?:\+|00)86[ -]?)?1[3-9]\d(?:\d{8}|-\d{4}-\d{4}| \d{4} \d{4})" + _END
)
_CARD = re.compile(_EDGE + r"(?:62\d{14,17}|4\d{15}|5[1-5]\d{14}|62\d{2}(?: \d{4}){3}(?: \d{1,3})?)" + _END)
_AMOUNT = re.compile(r"\s*(?:元|万|亿|吨|亩|平方|公里|人次|次|户|株|千瓦|美元|立方)")
"""What follows a number that counts something."""
_NUMBERED = re.compile(
    r"(?:编号|文号|索引号|统一社会信用代码|信用代码|许可证号|项目代码|备案号|批准文号|订单号|合同号)[：:\s]*$"
)
"""What stands before a number that names a thing."""
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".split()
)

_NOTICE = re.compile(r"公示|名单|花名册|公告表|发放表")
_ROW = re.compile(r"[\t 　|，,、]+")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8}")
_NOT_NAMES = re.compile(
    r"[县市区镇乡村组省州旗社局院校厂]$|^(?:姓名|序号|电话|合计|备注|身份证|小计|单位|金额|总计|男|女)"
)
_PART = re.compile(r"\d[\d*＊xX×]{6,17}[\dXx*＊]")
"""A number of a person, also with its middle taken out: 533423********1234."""
LEAST = 3
"""Rows that make a list."""
_NUMBER = re.compile(r"\d(?:[\d*＊xX×]{6}|\d\d[- ]\d{4})")
"""What every number of a person holds somewhere: most texts have none and need not be looked at further."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One place in a text: the characters from start to before end."""

    kind: Kind
    start: int
    end: int


def marks(text: str, title: str = "") -> list[Mark]:
    """Every place of the text that is of a private person, in order, none within another. title: of the article, which says
    whether a list in it is a public notice."""
    if not _NUMBER.search(text):
        return []
    found = [
        Mark(kind, m.start(), m.end())
        for kind, first, pattern, holds in _KINDS
        if first.search(text)
        for m in _hits(pattern, holds, text)
    ]
    found += _names(text, title)
    out: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start, -m.end)):
        if not out or mark.start >= out[-1].end:
            out.append(mark)
    return out


def counted(text: str, title: str = "") -> Counter[str]:
    """Kind → how many places of the text."""
    return Counter(mark.kind for mark in marks(text, title))


def masked(text: str, title: str = "") -> str:
    """The text with every such place covered, of the same length: of a number the digits, of a name all but its first character.
    What is masked already stays as it is."""
    out, done = [], 0
    for mark in marks(text, title):
        held = text[mark.start : mark.end]
        out += [text[done : mark.start], _covered(mark.kind, held)]
        done = mark.end
    return "".join([*out, text[done:]])


def _covered(kind: Kind, held: str) -> str:
    if kind == "notice_name":
        return held[0] + "＊" * (len(held) - 1)
    return re.sub(r"[0-9Xx]", "*", held)


def _hits(pattern: re.Pattern[str], holds: Callable[[str], bool], text: str) -> Iterator[re.Match[str]]:
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if holds(match[0]) and not _AMOUNT.match(text, match.end()) and not _NUMBERED.search(before):
            yield match


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are an identity number: a province, a day of birth since 1900, the check character of GB 11643."""
    if not re.fullmatch(r"[1-9]\d{16}[0-9Xx]", number, re.ASCII) or number[:2] not in _PROVINCES:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return 1900 <= born.year <= 2100 and _CHECKS[total % 11] == number[17].upper()


def is_bank_card(number: str) -> bool:
    """Whether the digits end in their Luhn digit and are not all of a kind. Blanks do not count."""
    digits = [int(d) for d in number if d.isdecimal()]
    doubled = [d if n % 2 == 0 else sum(divmod(d * 2, 10)) for n, d in enumerate(reversed(digits))]
    return len(set(digits)) > 2 and sum(doubled) % 10 == 0


def _is_mobile(number: str) -> bool:
    digits = "".join(d for d in number if d.isdecimal())[-11:]
    return len(set(digits)) > 2


_KINDS: tuple[tuple[Kind, re.Pattern[str], re.Pattern[str], Callable[[str], bool]], ...] = (
    ("identity_card", re.compile(r"\d{17}"), _IDENTITY, is_identity_number),
    ("bank_card", re.compile(r"\d(?:\d{13}|\d{3} \d{4} )"), _CARD, is_bank_card),
    ("mobile", re.compile(r"1\d{2}(?:\d{8}|[- ]\d{4})"), _MOBILE, _is_mobile),
)
"""Kind, what each of its numbers holds somewhere, its pattern, its check. A pattern that begins with what must not stand before it is
tried at every character: the texts that have nothing of the kind, most of them, are asked for its figures first."""


def _names(text: str, title: str) -> list[Mark]:
    """Names in the list of a public notice: lines that have a name and a number of a person side by side, three or more of them
    in an article that calls itself one."""
    if not _NOTICE.search(title) and not _NOTICE.search(text[:400]):
        return []
    found = [mark for mark in _rows(text) if mark is not None]
    return found if len(found) >= LEAST else []


def _rows(text: str) -> Iterator[Mark | None]:
    at = 0
    for line in text.split("\n"):
        if len(line) <= 120 and _PART.search(line):
            yield _name_of(line, at)
        at += len(line) + 1


def _name_of(line: str, at: int) -> Mark | None:
    start = 0
    for gap in [*_ROW.finditer(line), None]:
        cell = line[start : gap.start() if gap else len(line)]
        if _NAME.fullmatch(cell) and not _NOT_NAMES.search(cell):
            return Mark("notice_name", at + start, at + start + len(cell))
        start = gap.end() if gap else start
    return None
