"""How counters answer, for the families that have one: a plain number, a script that writes it, JSON. No family itself.

A reply is read whole or not at all: an error page that holds a number is no count. A zero says nothing, because it is what a
counter answers for an article it does not know. May import: the standard library.
"""

from __future__ import annotations

import json
import re
from typing import Any

_PLAIN = re.compile(
    r"[\s\ufeff]*(?:<[a-z]{1,6}(?:\s[^<>]{0,100})?>)?\s*[\"']?(\d{1,9})[\"']?\s*(?:</[a-z]{1,6}>)?[\s;]*", re.IGNORECASE
)
_WRITTEN = re.compile(r"[\s\ufeff]*document\.write(?:ln)?\(\s*[\"']?\s*(\d{1,9})\s*[\"']?\s*\)[\s;]*")
_CALL = re.compile(
    r"[\s\ufeff]*(?:/\*\*/\s*)?(?:(?:typeof\s+)?[\w.$\[\]'\"]{1,80}\s*(?:={2,3}\s*['\"]function['\"]\s*)?&&\s*)?"
    r"[\w.$]{1,80}\s*\((.*)\)[\s;]*",
    re.DOTALL,
)
"""A JSONP reply, also one that asks first whether its function is there."""


def plain(reply: str) -> int | None:
    """The number that is all a reply says, bare, in quotes or in one element."""
    return _count(_PLAIN.fullmatch(reply))


def written(reply: str) -> int | None:
    """The number a script puts out with document.write, or a plain one."""
    return _count(_WRITTEN.fullmatch(reply)) or plain(reply)


def filled(reply: str, element: str) -> int | None:
    """The number that a script puts into the element of that id: `$('#hits').html('12')` or innerHTML = 12."""
    if reply.lstrip("\ufeff \r\n\t").startswith("<"):  # a page, whatever scripts it has
        return None
    return _count(
        re.search(
            rf"""[#"']{re.escape(element)}["']\s*\)\s*\.\s*(?:(?:html|text)\(|innerHTML\s*=)\s*["']?\s*(\d{{1,9}})\s*["']?\s*[);]""",
            reply,
        )
    )


def item(reply: str, number: int) -> int | None:
    """One number of a JSON array."""
    value = _json(reply)
    return _whole(value[number]) if isinstance(value, list) and len(value) > number else None


def member(reply: str, name: str) -> int | None:
    """The number behind a name of a JSON or JSONP object."""
    value = _json(reply)
    return _whole(value.get(name)) if isinstance(value, dict) else None


def _json(reply: str) -> Any:
    text = reply.strip("\ufeff \r\n\t")
    if call := _CALL.fullmatch(text):
        text = call[1]
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _whole(value: Any) -> int | None:
    """A JSON number, or one in quotes."""
    if isinstance(value, str):
        return plain(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9 else None


def _count(found: re.Match[str] | None) -> int | None:
    return int(found[1]) or None if found else None
