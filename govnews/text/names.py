"""How often a text names a person, where Chinese writes no blank between a name and the next word.

A name of two characters is counted only where its neighbours are no part of a longer name or word: 李明 in 李明华 and 文明 in 精神文明 are
not; a name of three or more is counted wherever it stands, but not inside a longer name that is known. What cannot be told is not
counted: a few mentions are missed rather than one invented. May import: text.folding, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from govnews.text.folding import HAN

_BEFORE = "记长任员席副委理总志人事导生士授师家和与及、由是在对向随同陪为了到经请听邀将被给从把跟"
"""Characters before a short name: the last of a title, or a particle."""
_AFTER = (
    "主出参调强指率到带表要介讲作致宣同一在对向赴深说认听检察为与和及等先女就并也还代前传签会视看慰走实督研接陪分来去了以从将把被任担提批署详仔现围后"
    "简逐边当通希充肯不又更最再曾正受随进入召组围重高亲来感欢回解汇总点结逐沿的、"
)
"""Characters after a short name: the first of what a leader is said to do."""
_DOTS = "·•・‧.．"


def count_name(text: str, name: str, longer: Iterable[str] = ()) -> int:
    """How often `text` names a person. longer: other names that hold this one and are not meant."""
    count = len(_pattern(name).findall(text))
    for other in longer:
        if name in other and name != other:
            count -= len(_pattern(other).findall(text)) if len(name) > 2 else _inside(text, name, other)
    return max(count, 0)


def _inside(text: str, name: str, other: str) -> int:
    """Counted hits of a short name that stand in the longer one."""
    return sum(len(_pattern(name).findall(text, m.start(), m.end() + 1)) for m in re.finditer(re.escape(other), text))


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    """A name as it may be printed: two characters padded with a blank (李 明), any dot between the parts of a transcribed name."""
    letters = [f"[{_DOTS}]" if c in _DOTS else re.escape(c) for c in name]
    if len(name) != 2:
        return re.compile("".join(letters))
    before, after = f"(?<![{HAN}])|(?<=[{_BEFORE}])", f"(?![{HAN}])|(?=[{_AFTER}])"
    return re.compile(rf"(?:{before}){letters[0]}[ \u3000]*{letters[1]}(?:{after})")
