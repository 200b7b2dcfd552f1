"""Whether a page has a counter: a script, or an element that a script fills, named as counters are.

May import: the standard library.
"""

from __future__ import annotations

import re

_CALLS = (
    "dynclicks", "artcount", "articlehits", "content_view.jspx", "viewclick", "count.php?", "op=count", "visitcount",
)  # fmt: skip
_STEMS = ("click", "hit", "view", "visit", "read")
_CALLED = re.compile(r"(?:get|show|load|add|update)\w{0,12}(?:click|hits?|view|visit|read)\w{0,8}\s{0,8}\(")
_COUNTED = re.compile(r"(?:click|hits?|view|visit|read)(?:s|ed)?_?(?:count|num|times?|number)\w{0,8}\s{0,8}[(=.'\"]")
_BEFORE, _BEHIND = 18, 40
"""Characters around a stem in which a name of `_CALLED` stands."""
_ELEMENT = re.compile(
    rb"id=[\"'](?:[\w\x80-\xff]{0,30}(?:hits?|pv|read(?:num|count)\w*)|[\w\x80-\xff]{0,30}(?:click|view|visit)\w*)[\"']"
)


def has_counter(lowered: bytes, inline: list[str]) -> bool:
    """Whether a script of the page, or an element it fills, is named like a counter. lowered: the page in UTF-8, small letters.
    inline: its scripts."""
    scripts = "\n;".join(inline).lower()
    return any(call in scripts for call in _CALLS) or _is_named(scripts) or _ELEMENT.search(lowered) is not None


def _is_named(scripts: str) -> bool:
    """Whether a name is a counter's. Only what stands around a stem is matched: the patterns are slow on whole scripts."""
    for stem in _STEMS:
        at = scripts.find(stem)
        while at >= 0:
            if _COUNTED.match(scripts, at) or _CALLED.search(scripts, max(0, at - _BEFORE), at + _BEHIND):
                return True
            at = scripts.find(stem, at + 1)
    return False
