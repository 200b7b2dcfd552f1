"""Many pieces sought in one text in a few passes, so that the marks of every family cost little more than those of one.

Each piece is sought from one of its rarer characters on; a few such characters are in all of them. For these families; none
itself. May import: the standard library.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

_OFTEN = {
    "_": 200,
    "q": 235,
    "j": 336,
    "k": 348,
    "y": 521,
    "v": 531,
    "w": 568,
    "u": 597,
    "x": 644,
    "f": 671,
    "b": 716,
    "m": 788,
}
"""How often a character stands in an ordinary page of 50 KB; signs that are not here are rarer, other letters more frequent."""
_LETTERS = 1500
_PASS = 600
"""What one more pass over the page costs, in characters that are looked at."""
_AFTER = 3
"""Bytes after such a character by which most of its places are passed over; a piece is longer than that."""


class Pieces:
    """Pieces of ASCII or UTF-8 bytes; `found` says which of them a text holds."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._passes: list[tuple[re.Pattern[bytes], dict[bytes, list[tuple[int, bytes]]]]] = []
        left = set(pieces)
        while left:
            anchor = max(sorted({byte for p in left for byte in p[:-_AFTER]}), key=lambda a: _gain(a, left))
            taken = {p for p in left if anchor in p[:-_AFTER]}
            self._passes.append(_one_pass(anchor, sorted(taken)))
            left -= taken

    def found(self, text: bytes) -> set[bytes]:
        """The pieces that the text holds."""
        out: set[bytes] = set()
        for pattern, following in self._passes:
            for match in pattern.finditer(text):
                start = match.start()
                for offset, piece in following[match[1]]:
                    if text.startswith(piece, max(0, start - offset)):
                        out.add(piece)
        return out


def _gain(anchor: int, left: set[bytes]) -> float:
    letter = chr(anchor)
    often = _OFTEN.get(letter, _LETTERS if letter.isalpha() or letter in "/-.:=" else 250)
    return sum(anchor in p[:-_AFTER] for p in left) / (_PASS + often)


def _one_pass(anchor: int, pieces: list[bytes]) -> tuple[re.Pattern[bytes], dict[bytes, list[tuple[int, bytes]]]]:
    """The pattern that finds the anchor before what may follow it, and the pieces by what follows."""
    following: dict[bytes, list[tuple[int, bytes]]] = defaultdict(list)
    for piece in pieces:
        at = piece.index(anchor)
        following[piece[at + 1 : at + 1 + _AFTER]].append((at, piece))
    after = b"|".join(map(re.escape, following))
    return re.compile(re.escape(bytes([anchor])) + b"(?=(" + after + b"))"), dict(following)
