"""Whose news a column carries, read from its name alone: the words are data, and what they do not say stays unsaid.

May import: the standard library.
"""

from __future__ import annotations

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
    "upper": "国务 全国 国内 国省 省内 省外 省市 省府 省政府 中省 中央 自治区 上级 疆内",
    "department": "部门 委办 委局 局办 科局",
    "township": "乡镇 镇街 镇乡 街镇 镇办 乡街 街道 社区 基层 村镇",
    "notice": "公告 公示 通知 通告",
    "own": "本地 本县 本市 本区 本旗 本州 县内 县域 县级 全县 旗内 全旗 旗级",
}
"""Asked in this order: 省市部门动态 is an upper level's. 市内, 区内 and 全区 are left out: of a district, a city or a region alike."""


def scope_of(name: str, places: Iterable[str] = ()) -> str:
    """The scope that a column's name states, a key of SCOPES; "" when it states none (政务要闻). places: names without rank that mean
    this county and none of those above it (维西): a column called by one is its own."""
    text = "".join(name.split())
    stated = next((scope for scope, words in _WORDS.items() if any(word in text for word in words.split())), "")
    return stated or ("own" if any(place in text for place in places) else "")
