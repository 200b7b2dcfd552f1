"""Addresses as a page writes them, in an attribute or in a script, found by a piece they hold. For families; none itself.

Sought as plain text, so that a page of any length costs one pass. May import: the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

LONGEST = 400
"""Characters before the piece in which an address begins, and twice as many after it in which it ends."""

_BEFORE = re.compile(r"""[^"'\s<>=(]*$""")
_AFTER = re.compile(r"""[^"'\s<>)]*""")


def addresses(html: str, piece: str) -> Iterator[str]:
    """Every address that holds the piece, in page order, entities resolved; relative ones as they are."""
    at = html.find(piece)
    while at >= 0:
        begin, end = _BEFORE.search(html[max(0, at - LONGEST) : at]), _AFTER.match(html[at : at + 2 * LONGEST])
        yield unescape((begin[0] if begin else "") + (end[0] if end else ""))
        at = html.find(piece, at + len(piece))
