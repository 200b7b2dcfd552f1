"""Addresses as a page writes them, in an attribute or in a script, found by a piece they hold. For families; none itself.

Sought as plain text, so that a page of any length costs one pass. May import: the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

LONGEST = 400
"""Characters before the piece in which an address begins, and twice as many after it in which it ends."""
MOST = 50
"""Places that are looked at: a page calls its counter or its list from a few."""

_OUTSIDE = re.compile(r"""["'\s<>=()]""")
_AFTER = re.compile(r"""["'\s<>)]""")


def addresses(html: str, piece: str) -> Iterator[str]:
    """The addresses that hold the piece, in page order, entities resolved; relative ones as they are."""
    at = html.find(piece)
    for _ in range(MOST):
        if at < 0:
            return
        before, after = html[max(0, at - LONGEST) : at], html[at : at + 2 * LONGEST]
        begin, end = _OUTSIDE.search(before[::-1]), _AFTER.search(after)
        head = before[len(before) - begin.start() :] if begin else before
        yield unescape(head + (after[: end.start()] if end else after))
        at = html.find(piece, at + len(piece))
