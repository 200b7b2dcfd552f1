"""Many pieces sought in one text in a few passes, so that the marks of every family cost little more than those of one.

Each piece is sought from one of its rarer characters on; a few such characters are in all of them. For these families; none
itself. May import: the standard library.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

_OFTEN = {
    b"/": 995, b"-": 871, b".": 680, b"=": 683, b":": 652, b'"': 1260, b"<": 801, b">": 808, b"_": 197, b"(": 189, b"&": 55,
    b"a": 2025, b"b": 716, b"c": 1224, b"d": 1163, b"e": 2123, b"f": 671, b"g": 865, b"h": 837, b"i": 1861, b"j": 336, b"k": 348,
    b"l": 1434, b"m": 788, b"n": 1710, b"o": 1490, b"p": 1227, b"q": 235, b"r": 1470, b"s": 1573, b"t": 2223, b"u": 597, b"v": 531,
    b"w": 568, b"x": 644, b"y": 521, b"z": 291,
}  # fmt: skip
"""How often a character stands in an ordinary page of 50 KB, where that is known to matter."""
_RARE = 150
"""The same for every other: signs, digits, bytes of Chinese characters."""
_PASS = 900
"""What one more pass over the page costs, in characters that are looked at."""
_AFTER = 2
"""Bytes of a piece that stand at least behind such a character, so that most of its places are passed over."""


class Pieces:
    """Pieces of ASCII or UTF-8 bytes; `found` says which of them a text holds."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        every = set(pieces)
        anchors = _anchors(every)
        taken: dict[int, list[bytes]] = defaultdict(list)
        for piece in sorted(every):
            taken[next(anchor for anchor in anchors if anchor in piece[:-_AFTER])].append(piece)
        self._passes = [_one_pass(anchor, held) for anchor, held in taken.items()]

    def found(self, text: bytes) -> set[bytes]:
        """The pieces that the text holds."""
        out: set[bytes] = set()
        for pattern, following in self._passes:
            match = pattern.search(text)
            while match:
                start = match.start()
                for offset, piece in following[match[0]]:
                    if text.startswith(piece, max(0, start - offset)):
                        out.add(piece)
                match = pattern.search(text, start + 1)  # another piece may begin within this one
        return out


def _anchors(pieces: set[bytes]) -> list[int]:
    """Characters of which every piece holds one, cheapest first: each taken for what it costs a piece, then those given up
    that the others make needless."""
    chosen: list[int] = []
    left = set(pieces)
    while left:
        chosen.append(max(sorted({a for p in left for a in p[:-_AFTER]}), key=lambda a: _held(a, left) / _cost(a)))
        left = {p for p in left if chosen[-1] not in p[:-_AFTER]}
    for anchor in sorted(chosen, key=_cost, reverse=True):
        others = {a for a in chosen if a != anchor}
        if all(others & set(p[:-_AFTER]) for p in pieces):
            chosen.remove(anchor)
    return sorted(chosen, key=_cost)


def _held(anchor: int, pieces: set[bytes]) -> int:
    return sum(anchor in p[:-_AFTER] for p in pieces)


def _cost(anchor: int) -> int:
    return _PASS + _OFTEN.get(bytes([anchor]), _RARE)


def _one_pass(anchor: int, pieces: list[bytes]) -> tuple[re.Pattern[bytes], dict[bytes, list[tuple[int, bytes]]]]:
    """The pattern of the anchor and the whole rest of a piece, longest first, and the pieces that are there with each: their own and
    those of which it holds the beginning. Not as a look ahead, which costs most places where nothing follows a third more."""
    cut = [(piece.index(anchor), piece) for piece in pieces]
    rests = {piece[at:] for at, piece in cut}
    following = {rest: [(at, piece) for at, piece in cut if rest.startswith(piece[at:])] for rest in rests}
    longest = sorted((rest[1:] for rest in rests), key=lambda rest: (-len(rest), rest))
    return re.compile(re.escape(bytes([anchor])) + b"(?:" + _either(longest) + b")"), following


def _either(endings: list[bytes]) -> bytes:
    """A pattern of any of these, told apart by their first byte first."""
    first: dict[bytes, list[bytes]] = defaultdict(list)
    for ending in endings:
        first[ending[:1]].append(re.escape(ending[1:]))
    return b"|".join(re.escape(byte) + b"(?:" + b"|".join(rest) + b")" for byte, rest in first.items())
