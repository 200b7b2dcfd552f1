"""Snippets: the sentence around a hit, and where in it the hits stand.

Pure. May import: its neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govnews.archive.search.folding import Folding
from govnews.archive.search.language import Term

LENGTH = 90
"""Characters of a snippet, about; a sentence that is longer is cut on both sides of the hit."""
_END = re.compile(r"[。！？!?；;…]+[”’」』）)]*|\n+")
_START = 4
"""Characters before the hit that are kept at least, when a sentence is cut."""


def marks(text: str, terms: Sequence[Term], folding: Folding, *, exact: bool = False) -> list[tuple[int, int]]:
    """Where the terms stand in a text, as (start, end), in order, overlapping ones joined."""
    folded = text if exact else folding.fold(text)
    found = sorted(m.span() for term in terms for m in _pattern(term, exact).finditer(folded))
    out: list[tuple[int, int]] = []
    for start, end in found:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _pattern(term: Term, exact: bool) -> re.Pattern[str]:
    return re.compile(re.escape(term.typed) if exact else " +".join(map(re.escape, term.runs)))


def first_hit(body: str, terms: Sequence[Term], folding: Folding, *, exact: bool = False) -> tuple[int, int] | None:
    """The place of a hit: of the first term that stands there as typed, else in another spelling, else (one with signs in it) folded,
    which is dear; null when none does."""
    for term in terms:
        if (at := body.find(term.typed)) >= 0:
            return at, at + len(term.typed)
    if exact:
        return None
    for term in terms:
        if len(term.runs) == 1 and (found := re.search(folding.spelt(term.folded), body)):
            return found.span()
    if all(len(term.runs) == 1 for term in terms):
        return None
    folded = folding.fold(body)
    return next((found.span() for term in terms if (found := _pattern(term, exact).search(folded))), None)


def snippet(body: str, hit: tuple[int, int] | None) -> str:
    """The sentence that holds the hit, with the sentences after it as long as there is room; the beginning of the text without a
    hit. On one line; … where text was left out inside a sentence or before it."""
    at, end = hit or (0, 0)
    start = _sentence_start(body, at)
    if end - start > LENGTH - _START:  # a long sentence: the hit must be seen
        start = max(start, at - LENGTH // 3)
    stop = _stop(body, start, max(end, start + 1))
    cut = body[start:stop].strip()
    return ("…" if start else "") + " ".join(cut.split()) + ("…" if stop < len(body.rstrip()) else "")


def _sentence_start(body: str, at: int) -> int:
    near = max(0, at - 4 * LENGTH)
    start = near
    for found in _END.finditer(body, near, at):
        start = found.end()
    return start


def _stop(body: str, start: int, least: int) -> int:
    """The last end of a sentence within the length; a cut when the first sentence is longer."""
    most = max(start + LENGTH, least + LENGTH // 3)
    stop = 0
    for found in _END.finditer(body, least, most + 1):
        stop = found.end()
    return stop or min(most, len(body))
