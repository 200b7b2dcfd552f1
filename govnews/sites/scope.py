"""Whose news a column carries, read from its name alone: the words are data, and what they do not say stays unsaid.

May import: the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SCOPES = {
    "own": "the county's own news",
    "department": "of its departments",
    "township": "of its towns, streets and villages",
    "notice": "notices",
    "upper": "of the prefecture, the province or the State Council, repeated here",
}
"""What a column may be said to carry. Anything else is null: not stated."""
_WORDS = {
    "upper": "国务 兵团 全国 国内 国省 省内 省外 省市 省府 省政府 中省 中央 自治区 上级 疆内 龙江 齐鲁 三晋 三秦 八桂 荆楚 燕赵 陇原 八闽",
    "department": "部门 委办 委局 局办 科局",
    "township": "乡镇 镇街 镇乡 街镇 镇办 乡街 街道 社区 基层 村镇",
    "notice": "公告 公示 通知 通告",
    "own": "本地 本县 本市 本区 本旗 本州 县内 县域 县级 全县 旗内 全旗 旗级",
}
"""Asked in this order: 省市部门动态 is an upper level's. 市内, 区内 and 全区 are left out: of a district, a city or a region alike."""


_RANKED = re.compile(r"(?:本|我|全)?(市|州|盟|地区|区)(?:内|政府|委|级)")


def scope_of(name: str, places: Iterable[str] = (), rank: str = "") -> str:
    """The scope that a column's name states, a key of SCOPES; "" when it states none (政务要闻). places: names without rank that mean
    this county and none of those above it (维西): a column called by one is its own. rank: the last sign of what the county is (县, 市,
    区, 旗), by which 市政府要闻 is an upper level's of a county and says nothing of a city; "" when it is not known."""
    text = "".join(name.split())
    if rank and (ranked := _RANKED.match(text)) and ranked[1] != rank:
        return "upper"
    own = [place for place in places if place in text]
    met = ((scope, word) for scope, words in _WORDS.items() for word in words.split() if word in text)
    stated = next((scope for scope, word in met if not any(word in place for place in own)), "")  # 龙江要闻 of 龙江县
    return stated or ("own" if own else "")
