"""View counts: from `1,849次` or `42万` to a number. A number is read whole or not at all.

May import: text.folding, the standard library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from govnews.text.folding import fold

LARGEST = 10**9
"""Counts from here on are something else (an id, a telephone number): cms-families.md §6 rule 5."""

_COUNT = re.compile(
    r"[\[(【<]?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*([万千百wWkK]|亿)?\s*\+?\s*(?:人?次|次数|人|点击|浏览|阅读|views?|°C)?\s*[\])】>]?\s*(?:人?次)?[.。]?"
)
_TIMES = {"万": 10**4, "w": 10**4, "千": 10**3, "k": 10**3, "百": 100, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Count:
    """value: how often. approximate: a rounded one (42万, 1.2万)."""

    value: int
    approximate: bool = False


def read_count(raw: str) -> Count | None:
    """The count that `raw` is, or null when it is anything else (`--`, `[]`, `加载中`, two numbers, a date)."""
    match = _COUNT.fullmatch(fold(raw))
    if not match:
        return None
    whole, part, unit = match.groups()
    number = float(whole.replace(",", "") + (part or ""))
    if part and not unit:
        return None
    value = round(number * _TIMES.get((unit or "").lower(), 1))
    return Count(value, approximate=bool(unit)) if value < LARGEST else None
